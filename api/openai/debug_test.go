package openai

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// logOf embeds a text and gives the lines of the log from the arrows and words on,
// each after the numbers of its request and attempt: "1.1 -> POST".
func logOf(t *testing.T, answer func(stop func(), attempt int) (*http.Response, error)) []string {
	t.Helper()
	var log lockedBuilder
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		attempts := 0
		c := inside(t, Config{Debug: &log}, func(*http.Request) (*http.Response, error) {
			attempts++
			return answer(cancel, attempts)
		})
		_, _ = c.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}})
	})
	line := regexp.MustCompile(`^\S+ nanogpt request (\d+), attempt (\d+) (.*)$`)
	var lines []string
	for l := range strings.Lines(log.String()) {
		parts := line.FindStringSubmatch(strings.TrimSpace(l))
		if parts == nil {
			t.Fatalf("a line names no request and attempt: %s", l)
		}
		lines = append(lines, parts[1]+"."+parts[2]+" "+parts[3])
	}
	return lines
}

func TestEveryLineOfTheLogNamesItsRequestAndAttempt(t *testing.T) {
	const lost = "the answer was lost: if the server has done the work, asking again is billed again"
	for _, c := range []struct {
		name   string
		answer func(stop func(), attempt int) (*http.Response, error)
		want   []string // the beginnings of the lines
	}{
		{"cut off once", func(_ func(), attempt int) (*http.Response, error) {
			if attempt == 1 {
				return response(200, answerOf("[1,2]")[:30]), nil
			}
			return response(200, answerOf("[1,2]")), nil
		}, []string{"1.1 -> POST https://", "1.1 <- 200 after", "1.1 failed: answered 200: ", "1.1 " + lost, "1.1 waiting 1s before attempt 2", "1.2 -> POST", "1.2 <- 200"}},
		{"refused", func(func(), int) (*http.Response, error) { return response(401, `{"error":{"message":"no"}}`), nil },
			[]string{"1.1 -> POST", "1.1 <- 401 after", "1.1 failed: answered 401 Unauthorized: no; check "}},
		{"stopped in mid-answer", func(stop func(), _ int) (*http.Response, error) {
			stop()
			return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(breaking{context.Canceled})}, nil
		}, []string{"1.1 -> POST", "1.1 <- 200", "1.1 stopped", "1.1 " + lost}},
		{"stopped before anything was sent", func(stop func(), _ int) (*http.Response, error) {
			stop()
			return nil, &net.OpError{Op: "dial", Err: context.Canceled}
		}, []string{"1.1 -> POST", "1.1 stopped"}},
		{"stopped in a wait", func(stop func(), _ int) (*http.Response, error) {
			time.AfterFunc(time.Second/2, stop)
			return response(500, ""), nil
		}, []string{"1.1 -> POST", "1.1 <- 500", "1.1 failed: answered 500", "1.1 waiting 1s", "1.1 not followed by another: stopped"}},
		{"stopped in a pause", func(stop func(), _ int) (*http.Response, error) {
			time.AfterFunc(time.Second/2, stop)
			return response(429, ""), nil
		}, []string{"1.1 -> POST", "1.1 <- 429", "1.1 failed: answered 429", "1.1 waiting 1s", "1.2 not sent: stopped"}},
	} {
		got := logOf(t, c.answer)
		if len(got) != len(c.want) {
			t.Errorf("%s: the log says\n%s", c.name, strings.Join(got, "\n"))
			continue
		}
		for i, want := range c.want {
			if !strings.HasPrefix(got[i], want) || want == "1.1 stopped" && got[i] != want {
				t.Errorf("%s: line %d is\n%s\nwant\n%s", c.name, i+1, got[i], want)
			}
		}
	}
}

// breaking is a body that breaks off.
type breaking struct{ err error }

func (b breaking) Read([]byte) (int, error) { return 0, b.err }

func TestCallsAreNumberedOneAfterTheOther(t *testing.T) {
	var log lockedBuilder
	synctest.Test(t, func(t *testing.T) {
		c := inside(t, Config{Debug: &log}, func(r *http.Request) (*http.Response, error) {
			return response(200, answerTo(readAsked(t, r))), nil
		})
		for range 2 {
			if _, err := embed(c, "a"); err != nil {
				t.Error(err)
			}
		}
	})
	for _, want := range []string{"request 1, attempt 1 ->", "request 1, attempt 1 <-", "request 2, attempt 1 ->", "request 2, attempt 1 <-"} {
		if strings.Count(log.String(), want) != 1 {
			t.Errorf("%q is not once in\n%s", want, log.String())
		}
	}
}

func TestADailyLimitSaysWhenItOpensInsteadOfLater(t *testing.T) {
	_, _, err := waits(t, response(429, `{"error":{"message":"Daily limit","code":"daily_usd_limit_exceeded"}}`, "Retry-After", "86400"))
	var e *api.ServerError
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	want := "nanogpt answered 429 Too Many Requests: Daily limit (daily_usd_limit_exceeded); opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04 MST")
	if err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// A body is cut after keys are taken out of it: half of one would not be known for one.
func TestNoCutGoesThroughAKey(t *testing.T) {
	var log lockedBuilder
	l := newDebugLog(&log, "mine", scrub.New(api.NewSecret(testKey)))
	for before := loggedBody - len(testKey) - 2; before < loggedBody+2; before++ {
		if said := l.body([]byte(strings.Repeat("x", before) + testKey + strings.Repeat("y", 5*loggedBody))); strings.Contains(said, testKey[:4]) {
			t.Fatalf("behind %d bytes the log shows …%s", before, said[max(0, len(said)-len(testKey)):])
		}
	}
}
