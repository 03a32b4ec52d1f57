package openai

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

// A server on one's own machine that has answered is starting again when nothing
// answers there any more; one that never did has not been started.
func TestAServerOfOnesOwnThatRestartsIsAskedAgain(t *testing.T) {
	gone := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	for _, c := range []struct {
		name      string
		kind      string
		killed    int // the request that it takes and does not answer
		gone      func(request int) bool
		requests  int
		permanent bool
		err       string
	}{
		{"gone for a moment", "ollama", 0, func(n int) bool { return n == 2 || n == 3 }, 5, false, ""},
		{"gone for good", "ollama", 0, func(n int) bool { return n > 1 }, 5, false, "start the server"},
		{"killed with the first it took", "ollama", 1, func(n int) bool { return n == 2 || n == 3 }, 6, false, ""},
		{"killed with the first it took, of no known kind", "generic", 1, func(n int) bool { return n == 2 || n == 3 }, 6, false, ""},
		{"never there", "ollama", 0, func(int) bool { return true }, 1, true, "start the server"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				cfg := Config{Profile: profile(t, c.kind), BaseURL: "http://127.0.0.1:9", MaxInputs: 1, Concurrency: 1, RequestsPerSecond: 1e6}
				start := time.Now()
				cl := inside(t, cfg, func(r *http.Request) (*http.Response, error) {
					if requests++; c.gone(requests) {
						return nil, gone
					}
					if requests == c.killed {
						_, _ = io.Copy(io.Discard, r.Body)
						return nil, syscall.ECONNRESET
					}
					return response(200, answerTo(readAsked(t, r))), nil
				})
				got, err := embed(cl, numbered(3)...)
				// One that starts again needs its time: no wait is cut short by chance.
				if took := time.Since(start); c.requests > 1 && took < 2*time.Second {
					t.Errorf("after %v", took)
				}
				if requests != c.requests || got.Usage.Lost != min(c.killed, 1) {
					t.Errorf("%d requests, want %d; %+v", requests, c.requests, got.Usage)
				}
				var e *api.ServerError
				switch {
				case c.err == "" && err != nil:
					t.Error(err)
				case c.err != "" && (!errors.As(err, &e) || e.Permanent != c.permanent || !strings.Contains(err.Error(), c.err)):
					t.Errorf("%v, permanent %v", err, e != nil && e.Permanent)
				}
			})
		})
	}
}

// A server that has just been started says so until its model is loaded.
func TestAServerThatLoadsItsModelIsWaitedFor(t *testing.T) {
	for _, c := range []struct{ loads, requests int }{{7, 8}, {100, maxLoading}} {
		synctest.Test(t, func(t *testing.T) {
			requests, start := 0, time.Now()
			cfg := Config{Profile: profile(t, "llamacpp"), BaseURL: "http://127.0.0.1:9", RequestsPerSecond: 1e6}
			cl := inside(t, cfg, func(r *http.Request) (*http.Response, error) {
				if requests++; requests <= c.loads {
					return response(503, `{"error":{"message":"Loading model","type":"unavailable_error","code":503}}`), nil
				}
				return response(200, answerTo(readAsked(t, r))), nil
			})
			cl.jitter = func(time.Duration) time.Duration { return 0 } // it is the only one who asks
			_, err := embed(cl, numbered(3)...)
			if requests != c.requests || (err == nil) != (c.loads < maxLoading) || time.Since(start) < 30*time.Second || time.Since(start) > 2*time.Minute {
				t.Errorf("%d requests in %s, %v", requests, time.Since(start), err)
			}
		})
	}
}
