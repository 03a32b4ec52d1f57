package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

// waits embeds a text on a server that gives those answers, then good ones, and
// tells at what times it was asked, in seconds from the start.
func waits(t *testing.T, answers ...*http.Response) (at []float64, notices []api.Notice, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c := inside(t, Config{}, func(r *http.Request) (*http.Response, error) {
			at = append(at, time.Since(start).Round(time.Millisecond).Seconds())
			if n := len(at); n <= len(answers) {
				return answers[n-1], nil
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		_, err = c.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}, Notice: func(n api.Notice) { notices = append(notices, n) }})
	})
	return at, notices, err
}

func repeat(n int, status int, body string, headers ...string) []*http.Response {
	var all []*http.Response
	for range n {
		all = append(all, response(status, body, headers...))
	}
	return all
}

// Others wait too where a server speaks of its load: by 429, or by 503 with a time. A 503
// without one, as a gateway gives it for one server behind it, is of its request alone.
func TestWhoseRequestsWait(t *testing.T) {
	c := inside(t, Config{}, nil)
	for _, tt := range []struct {
		status int
		after  string
		pause  bool
	}{{429, "", true}, {429, "5", true}, {503, "5", true}, {503, "", false}, {500, "5", false}, {502, "", false}, {400, "5", false}} {
		header := http.Header{}
		if tt.after != "" {
			header.Set("Retry-After", tt.after)
		}
		if f := c.answerFault(tt.status, header, []byte(`{"error":{"message":"busy"}}`)); f.pause != tt.pause {
			t.Errorf("%d with Retry-After %q: all wait %t", tt.status, tt.after, f.pause)
		}
	}
}

func TestWhatMayPassIsTriedAgainAfter1And2And4Seconds(t *testing.T) {
	for _, status := range []int{408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530} {
		at, notices, err := waits(t, repeat(3, status, `{"error":{"message":"busy"}}`)...)
		if err != nil || !slices.Equal(at, []float64{0, 1, 3, 7}) {
			t.Errorf("%d: asked at %v, %v", status, at, err)
		}
		if len(notices) != 3 || notices[2].Attempt != 4 || notices[2].Wait != 4*time.Second || notices[2].Provider != "nanogpt" || !strings.Contains(notices[2].Reason, fmt.Sprint(status)) {
			t.Errorf("%d: notices %+v", status, notices)
		}
		at, _, err = waits(t, repeat(4, status, `{"error":{"message":"busy"}}`)...)
		var e *api.ServerError
		if !errors.As(err, &e) || e.Status != status || e.Permanent || len(at) != 4 {
			t.Errorf("%d for good: %v after %d attempts", status, err, len(at))
		}
	}
}

func TestWhatIsFinalIsNotTriedAgain(t *testing.T) {
	for _, status := range []int{400, 401, 402, 403, 404, 405, 422, 501, 505, 519, 531} {
		at, notices, err := waits(t, repeat(1, status, `{"error":{"message":"no"}}`)...)
		var e *api.ServerError
		if !errors.As(err, &e) || !e.Permanent || len(at) != 1 || len(notices) != 0 {
			t.Errorf("%d: %v after %d attempts", status, err, len(at))
		}
	}
	for code, status := range map[string]int{"insufficient_quota": 429, "daily_rpd_limit_exceeded": 429, "daily_usd_limit_exceeded": 429} {
		if at, _, err := waits(t, repeat(1, status, `{"error":{"message":"no","code":"`+code+`"}}`)...); err == nil || len(at) != 1 {
			t.Errorf("%s: %v after %d attempts", code, err, len(at))
		}
	}
}

func TestTheJitterIsFull(t *testing.T) {
	c := newClient(t, Config{Profile: profile(t, "ollama")})
	least, most := time.Hour, time.Duration(0)
	for range 2000 {
		d := c.jitter(backoff(3))
		least, most = min(least, d), max(most, d)
	}
	if least < 0 || least > time.Second || most >= 4*time.Second || most < 3*time.Second {
		t.Errorf("waits of up to 4 s lie between %s and %s", least, most)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // the bubble's clock
	for after, want := range map[string]float64{
		"7": 7, "0": 1, "0.5": 1, "-3": 1, "soon": 1, "": 1, "60": 60,
		now.Add(9 * time.Second).Format(http.TimeFormat):  9,
		now.Add(-9 * time.Second).Format(http.TimeFormat): 1,
	} {
		for _, status := range []int{429, 503} {
			at, _, err := waits(t, response(status, "", "Retry-After", after))
			if err != nil || !slices.Equal(at, []float64{0, want}) {
				t.Errorf("%d with Retry-After %q: asked at %v, %v; want %v", status, after, at, err, want)
			}
		}
	}
}

func TestEveryHintOfHowLongToWaitIsHeeded(t *testing.T) {
	said := func(words string) string { return `{"error":{"message":"` + words + `"}}` }
	for _, c := range []struct {
		name, body string
		headers    []string
		want       float64
	}{
		{"milliseconds", "", []string{"Retry-After-Ms", "1500"}, 1.5},
		{"milliseconds before seconds", "", []string{"Retry-After-Ms", "2500", "Retry-After", "3"}, 2.5},
		{"senseless milliseconds", "", []string{"Retry-After-Ms", "soon", "Retry-After", "3"}, 3},
		{"requests", "", []string{"X-Ratelimit-Reset-Requests", "2s", "X-Ratelimit-Remaining-Requests", "0"}, 2},
		{"tokens", "", []string{"X-Ratelimit-Reset-Tokens", "1m0s"}, 60},
		{"what is used up", "", []string{"X-Ratelimit-Reset-Requests", "2s", "X-Ratelimit-Remaining-Requests", "59", "X-Ratelimit-Reset-Tokens", "7s", "X-Ratelimit-Remaining-Tokens", "0"}, 7},
		{"both used up", "", []string{"X-Ratelimit-Reset-Requests", "9s", "X-Ratelimit-Remaining-Requests", "0", "X-Ratelimit-Reset-Tokens", "7s", "X-Ratelimit-Remaining-Tokens", "0"}, 9},
		{"the next when neither is", "", []string{"X-Ratelimit-Reset-Requests", "6h0m0s", "X-Ratelimit-Remaining-Requests", "59", "X-Ratelimit-Reset-Tokens", "7s", "X-Ratelimit-Remaining-Tokens", "120"}, 7},
		{"plain seconds", "", []string{"X-Ratelimit-Reset-Requests", "4"}, 4},
		{"OpenAI's words", said("Rate limit reached for requests. Limit: 3 / min. Please try again in 20s. Contact us"), nil, 20},
		{"Azure's words", said("Please retry after 26 seconds."), nil, 26},
		{"Gemini's words", said("Please retry in 38.5s."), nil, 38.5},
		{"milliseconds in words", said("try again in 1800ms"), nil, 1.8},
		{"headers before words", said("try again in 20s"), []string{"Retry-After", "5"}, 5},
		{"no words of waiting", said("20s have passed; try it on 3 models"), nil, 1},
	} {
		for _, status := range []int{429, 503} {
			at, _, err := waits(t, response(status, c.body, c.headers...))
			if err != nil || !slices.Equal(at, []float64{0, c.want}) {
				t.Errorf("%s, %d: asked at %v, %v; want %v", c.name, status, at, err, c.want)
			}
		}
	}
	for words, want := range map[string]time.Duration{"try again in 1m0.5s.": 60500 * time.Millisecond, "retry after 2 minutes": 2 * time.Minute, "Wait 1 hour": time.Hour, "retry after 3": 3 * time.Second, "try again": 0, "": 0} {
		if got := waitIn(words); got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}

func TestTheLastErrorSaysHowLongToWait(t *testing.T) {
	for want, headers := range map[string][]string{"; try again in 20s": {"Retry-After", "20"}, "; try again in 1s": {"Retry-After-Ms", "200"}, "; try again later": nil} {
		_, _, err := waits(t, repeat(4, 429, `{"error":{"message":"slow down"}}`, headers...)...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", headers, err, want)
		}
	}
	// What a person has to do first is not waited away.
	want := "nanogpt answered 402 Payment Required: no credit; add credit to the account"
	if _, _, err := waits(t, response(402, `{"error":{"message":"no credit"}}`, "Retry-After", "20")); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestADateIsMeasuredByTheServersClock(t *testing.T) {
	theirs := time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	at, _, err := waits(t, response(429, "", "Date", theirs.Format(http.TimeFormat), "Retry-After", theirs.Add(5*time.Second).Format(http.TimeFormat)))
	if err != nil || !slices.Equal(at, []float64{0, 5}) {
		t.Errorf("asked at %v, %v", at, err)
	}
}

func TestLongPausesAreReportedInsteadOfWaited(t *testing.T) {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for after, opens := range map[string]time.Duration{
		"61": 61 * time.Second, "86400": 24 * time.Hour, "1e300": farthest, "99999999999999999999": farthest,
		now.Add(12 * time.Hour).Format(http.TimeFormat): 12 * time.Hour,
		"Fri, 31 Dec 9999 23:59:59 GMT":                 farthest,
	} {
		at, notices, err := waits(t, response(429, `{"error":{"message":"Daily limit","code":"daily_usd_limit_exceeded"}}`, "Retry-After", after))
		var e *api.ServerError
		if !errors.As(err, &e) || len(at) != 1 || len(notices) != 0 || !e.OpensAt.Equal(now.Add(opens)) || e.RetryAfter != opens || e.Permanent {
			t.Errorf("Retry-After %s: %+v after %d attempts", after, e, len(at))
		}
		if !strings.Contains(err.Error(), "opens again at") {
			t.Errorf("%v does not say when", err)
		}
	}
}

func TestA429PausesEveryWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var mu sync.Mutex
		var at []time.Duration
		c := inside(t, Config{MaxInputs: 1, Concurrency: 4, RequestsPerSecond: 10}, func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			at = append(at, time.Since(start))
			third := len(at) == 3
			mu.Unlock()
			if third {
				return response(429, "", "Retry-After", "30"), nil
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := embed(c, numbered(6)...); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		for i, d := range at {
			if i > 2 && d < 30*time.Second {
				t.Errorf("request %d was sent at %s, in the pause", i+1, d)
			}
		}
		if len(at) != 13 {
			t.Errorf("%d requests", len(at))
		}
	})
}

func TestAShorterPauseEndsNoLongerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var mu sync.Mutex
		asked := 0
		c := inside(t, Config{MaxInputs: 1, Concurrency: 2, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			asked++
			n, at := asked, time.Since(start)
			mu.Unlock()
			switch {
			case n <= 2: // both are under way when the first of them is refused
				time.Sleep(time.Duration(n) * time.Second)
				return response(429, "", "Retry-After", []string{"30", "5"}[n-1]), nil
			case at < 31*time.Second:
				t.Errorf("request %d was sent at %s, in the longer pause", n, at)
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		if _, err := embed(c, numbered(2)...); err != nil || asked != 4 {
			t.Errorf("%d requests, %v", asked, err)
		}
	})
}

func TestOtherFailuresHoldNobodyElseBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var mu sync.Mutex
		last := map[string]time.Duration{}
		c := inside(t, Config{MaxInputs: 1, Concurrency: 2, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
			a := readAsked(t, r)
			mu.Lock()
			defer mu.Unlock()
			_, again := last[a.Input[0]]
			last[a.Input[0]] = time.Since(start)
			if a.Input[0] == "text 0" && !again {
				return response(500, ""), nil
			}
			return response(200, answerTo(a)), nil
		})
		if _, err := embed(c, numbered(5)...); err != nil {
			t.Fatal(err)
		}
		if last["text 4"] >= time.Second || last["text 0"] < time.Second {
			t.Errorf("sent at %v", last)
		}
	})
}

func TestWaitsEndWhenTheyAreCancelled(t *testing.T) {
	for _, status := range []int{429, 500} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			start := time.Now()
			c := inside(t, Config{}, func(*http.Request) (*http.Response, error) { return response(status, "", "Retry-After", "50"), nil })
			time.AfterFunc(2*time.Second, cancel)
			_, err := c.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}})
			if !errors.Is(err, context.Canceled) || time.Since(start) != 2*time.Second {
				t.Errorf("%d: %v after %s", status, err, time.Since(start))
			}
		})
	}
}

func TestAWaitThatEndsTakesNoPlaceFromWhatFollows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		c := inside(t, Config{Concurrency: 1}, func(r *http.Request) (*http.Response, error) {
			if asked++; asked == 1 {
				return response(429, "", "Retry-After", "50"), nil
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if _, err := c.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := c.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}}); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

func TestAFailureEndsTheWaitsOfTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c := inside(t, Config{MaxInputs: 1, Concurrency: 2, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
			if readAsked(t, r).Input[0] == "text 0" {
				return response(500, "", "Retry-After", "50"), nil
			}
			time.Sleep(time.Second)
			return response(401, `{"error":{"message":"bad key"}}`), nil
		})
		if _, err := embed(c, numbered(2)...); err == nil || !strings.Contains(err.Error(), "401") || time.Since(start).Round(time.Millisecond) != time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

func TestADeadlineEndsTheWaitForTheLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c := inside(t, Config{MaxInputs: 1, Concurrency: 1, RequestsPerSecond: 0.1}, func(r *http.Request) (*http.Response, error) {
			return response(200, answerTo(readAsked(t, r))), nil
		})
		if _, err := c.Embed(ctx, api.Request{Model: "m", Texts: numbered(2)}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

func TestALostAnswerIsAskedForAgainAndTheLogSaysWhatThatMayCost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log lockedBuilder
		requests := 0
		c := inside(t, Config{Debug: &log}, func(r *http.Request) (*http.Response, error) {
			if requests++; requests == 1 {
				return nil, io.ErrUnexpectedEOF
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})
		if _, err := embed(c, "a"); err != nil || requests != 2 {
			t.Errorf("%v after %d requests", err, requests)
		}
		if !strings.Contains(log.String(), "asking again is billed again") {
			t.Errorf("the log says\n%s", log.String())
		}
	})
}
