package openai

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestASilentServerIsGivenUpAfterTwoTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		requests := 0
		c := inside(t, Config{Timeout: 10 * time.Second}, func(r *http.Request) (*http.Response, error) {
			requests++
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		_, err := embed(c, "a")
		var e *api.ServerError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), "no answer within 10s, asked twice") || errors.Is(err, context.DeadlineExceeded) || requests != 2 || time.Since(start) != 21*time.Second {
			t.Errorf("%v after %d requests and %s", err, requests, time.Since(start))
		}
	})
}

// drip gives a byte a second, for ever.
type drip struct{ ctx context.Context }

func (d drip) Read(p []byte) (int, error) {
	if err := sleep(d.ctx, time.Second); err != nil {
		return 0, err
	}
	p[0] = ' '
	return 1, nil
}

func TestASlowDripIsATimeoutToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := inside(t, Config{Timeout: 10 * time.Second}, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(drip{r.Context()})}, nil
		})
		if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), "no answer within 10s") {
			t.Errorf("%v", err)
		}
	})
}
