package openai

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
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

func TestALineOfTheLogHasAllThatTells(t *testing.T) {
	var log lockedBuilder
	l, q := newDebugLog(&log, "mine", scrub.New()), call{number: 3, attempt: 2, method: http.MethodPost, url: &url.URL{Scheme: "https", Host: "a.example", Path: "/v1"}, body: []byte(`{"b":2}`), paid: true}
	l.request(q)
	l.answer(q, response(429, "", "Content-Type", "application/json", "Retry-After", "7", "X-Request-Id", "r-1"), []byte(`{"a":1}`), 1500*time.Millisecond)
	l.answer(q, response(200, ""), make([]byte, 12_345), time.Second)
	l.failed(t.Context(), q, &fault{lost: true, ServerError: &api.ServerError{Provider: "mine", Message: "cut off"}})
	l.failed(t.Context(), call{number: 4, attempt: 1}, &fault{lost: true, ServerError: &api.ServerError{Provider: "mine", Status: 500, Message: "broken"}})
	stopped, stop := context.WithCancel(t.Context())
	stop()
	l.failed(stopped, q, &fault{ServerError: &api.ServerError{Provider: "mine", Message: "cut off"}})
	want := []string{
		`request 3, attempt 2 -> POST https://a.example/v1, 7 bytes: {"b":2}`,
		`request 3, attempt 2 <- 429 after 1.5s, 7 bytes, Content-Type: application/json, Retry-After: 7, X-Request-Id: r-1: {"a":1}`,
		`request 3, attempt 2 <- 200 after 1s, 12 kB:`,
		`request 3, attempt 2 failed: cut off`,
		`request 3, attempt 2 the answer was lost: if the server has done the work, asking again is billed again`,
		`request 4, attempt 1 failed: answered 500 Internal Server Error: broken`,
		`request 3, attempt 2 stopped`,
	}
	lines := strings.Split(strings.TrimSuffix(log.String(), "\n"), "\n")
	for i, line := range lines {
		_, lines[i], _ = strings.Cut(line, " mine ") // without the time
		lines[i] = strings.TrimSpace(lines[i])
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the log says\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got := l.body([]byte("{" + strings.Repeat(" ", loggedBody) + `"a":1}`)); got != `{ "a":1}` {
		t.Errorf("of a body with much white space the log shows %.50q", got)
	}
	for n, said := range map[int64]string{0: "0 bytes", 9_999: "9999 bytes", 10_000: "10 kB", 9_999_999: "9999 kB", 10_000_000: "10 MB"} {
		if got := bytesText(n); got != said {
			t.Errorf("%d: %s, want %s", n, got, said)
		}
	}
}
