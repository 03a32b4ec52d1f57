package openai

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func TestEveryLengthOfAnswerIsReadWhole(t *testing.T) {
	for _, n := range []int{0, 1, firstPiece - 1, firstPiece, firstPiece + 1, 3 * firstPiece, 5 * largestPiece, smallBody, smallBody + 1} {
		whole := bytes.Repeat([]byte("0123456789"), n/10+1)[:n]
		for _, told := range []int64{-1, int64(n)} {
			for name, reader := range map[string]io.Reader{"": bytes.NewReader(whole), "with the end": iotest.DataErrReader(bytes.NewReader(whole)), "in halves": iotest.HalfReader(bytes.NewReader(whole))} {
				resp := &http.Response{ContentLength: told, Body: io.NopCloser(reader)}
				got, err := make(oneLarge, 1).read(t.Context(), resp, smallBody+1)
				if err != nil || !bytes.Equal(got, whole) {
					t.Fatalf("%d bytes %s, told %d: %d came, %v", n, name, told, len(got), err)
				}
			}
		}
	}
}

func TestWhatIsOverTheLimitIsNotRead(t *testing.T) {
	for _, limit := range []int64{0, 10, firstPiece, 100_000} {
		for _, more := range []int64{1, firstPiece, 1 << 20} {
			for _, told := range []int64{-1, limit + more} {
				resp := &http.Response{ContentLength: told, Body: io.NopCloser(io.LimitReader(endless{}, limit+more))}
				got, err := make(oneLarge, 1).read(t.Context(), resp, limit)
				if !errors.Is(err, errTooLarge) || int64(len(got)) <= min(limit, 10) {
					t.Errorf("%d and %d more: %d came, %v", limit, more, len(got), err)
				}
			}
		}
	}
}

func TestWhatCameBeforeAFailureIsGiven(t *testing.T) {
	resp := &http.Response{ContentLength: -1, Body: io.NopCloser(io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF)))}
	got, err := make(oneLarge, 1).read(t.Context(), resp, 100)
	if string(got) != "half" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v", got, err)
	}
}

// endless never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for n := copy(p, "x"); n > 0 && n < len(p); n *= 2 {
		copy(p[n:], p[:n])
	}
	return len(p), nil
}

func TestEndlessAnswersTakeTheirLimitOnce(t *testing.T) {
	large := make(oneLarge, 1)
	var all sync.WaitGroup
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const limit = 4 * smallBody
	for range 4 {
		all.Go(func() {
			if _, err := large.read(t.Context(), &http.Response{ContentLength: -1, Body: io.NopCloser(endless{})}, limit); !errors.Is(err, errTooLarge) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	runtime.ReadMemStats(&after)
	// Of all together, for what is freed in between is counted too.
	if took := after.TotalAlloc - before.TotalAlloc; took > 4*(limit+2*largestPiece) {
		t.Errorf("%d MB for four answers of %d MB", took>>20, limit>>20)
	}
}

func TestWaitingForAnotherLargeAnswerCanBeStopped(t *testing.T) {
	large := make(oneLarge, 1)
	large <- struct{}{} // somebody reads one
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := large.read(ctx, &http.Response{ContentLength: -1, Body: io.NopCloser(endless{})}, 2*smallBody)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	// A small one waits for nobody.
	if got, err := large.read(t.Context(), &http.Response{ContentLength: 5, Body: io.NopCloser(strings.NewReader("small"))}, 2*smallBody); err != nil || string(got) != "small" {
		t.Errorf("%q, %v", got, err)
	}
}
