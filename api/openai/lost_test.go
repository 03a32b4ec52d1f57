package openai

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

// lost is what a usage says of requests that brought nothing.
type lost struct{ requests, failed, lost, lostTokens, tokens int }

func lostOf(u api.Usage) lost { return lost{u.Requests, u.Failed, u.Lost, u.LostTokens, u.Tokens} }

// threes counts three tokens a text, so that they are told from the server's count.
func threes(string) int { return 3 }

func TestWhatBroughtNoVectorsIsCounted(t *testing.T) {
	good := answerOf("[1,2]") // counts 8 tokens
	for _, c := range []struct {
		name   string
		kind   string
		answer *http.Response
		want   lost
	}{
		{"refused", "nanogpt", response(402, `{"error":"Insufficient balance"}`), lost{1, 1, 0, 0, 0}},
		{"failed, then answered", "nanogpt", response(500, `{"error":{"message":"busy"}}`), lost{2, 1, 0, 0, 8}},
		{"a gateway waited in vain", "nanogpt", response(504, ""), lost{2, 1, 1, 3, 8}},
		{"Cloudflare waited in vain", "nanogpt", response(524, "error code: 524"), lost{2, 1, 1, 3, 8}},
		{"Cloudflare found nobody", "nanogpt", response(522, "error code: 522"), lost{2, 1, 0, 0, 8}},
		{"cut off", "nanogpt", response(200, good[:30]), lost{2, 1, 1, 3, 8}},
		{"cut off behind the usage", "nanogpt", response(200, `{"usage":{"prompt_tokens":8},"data":[{"emb`), lost{2, 1, 0, 0, 16}},
		{"empty", "nanogpt", response(200, ""), lost{2, 1, 1, 3, 8}},
		{"NaN with a usage", "nanogpt", response(200, answerOf("[NaN]")), lost{1, 1, 0, 0, 8}},
		{"NaN without one", "nanogpt", response(200, `{"data":[{"embedding":[NaN]}]}`), lost{1, 1, 1, 3, 0}},
		{"a wrong count with a usage", "nanogpt", response(200, answerOf("[1,2]", "[1,2]")), lost{1, 1, 0, 0, 8}},
		{"no vectors and a usage of nothing", "nanogpt", response(200, `{"data":[],"usage":{"total_tokens":0}}`), lost{1, 1, 1, 3, 0}},
		{"an error with a usage", "openrouter", response(200, `{"error":{"message":"no"},"usage":{"prompt_tokens":5}}`), lost{1, 1, 0, 0, 5}},
		{"an error without one", "openrouter", response(200, `{"error":{"message":"no"}}`), lost{1, 1, 1, 3, 0}},
		{"an error that is a refusal", "openrouter", response(200, `{"error":{"message":"no","code":401}}`), lost{1, 1, 0, 0, 0}},
		{"a page of somebody else", "nanogpt", response(200, "<html>log in</html>"), lost{1, 1, 0, 0, 0}},
		{"on one's own machine", "ollama", response(200, good[:30]), lost{2, 1, 1, 3, 8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				first := true
				cl := inside(t, Config{Profile: profile(t, c.kind), Count: threes}, func(*http.Request) (*http.Response, error) {
					if first {
						first = false
						return c.answer, nil
					}
					return response(200, good), nil
				})
				var told api.Usage
				got, _ := cl.Embed(context.Background(), api.Request{Model: "m", Texts: []string{"a"}, Approval: word{record: func(u api.Usage) { told = told.Plus(u) }}})
				if lostOf(got.Usage) != c.want {
					t.Errorf("%+v, want %+v", lostOf(got.Usage), c.want)
				}
				if got.Usage.Elapsed = 0; !reflect.DeepEqual(told, got.Usage) {
					t.Errorf("told at once is %+v of %+v", told, got.Usage)
				}
				if len(got.Usage.Latencies) != c.want.requests-c.want.failed {
					t.Errorf("%d latencies", len(got.Usage.Latencies))
				}
			})
		})
	}
}

func TestWhatIsCutByTheEndOfTheContextIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := inside(t, Config{MaxInputs: 1, Concurrency: 2, Count: threes, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
			a := readAsked(t, r)
			if a.Input[0] == "text 0" {
				return response(200, answerTo(a)), nil
			}
			time.AfterFunc(time.Second, cancel)
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		got, err := c.Embed(ctx, api.Request{Model: "m", Texts: numbered(10)})
		if want := (lost{3, 2, 2, 6, 8}); !errors.Is(err, context.Canceled) || lostOf(got.Usage) != want {
			t.Errorf("%+v, %v; want %+v", lostOf(got.Usage), err, want)
		}
	})
}

func TestATimeoutIsLostEveryTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := inside(t, Config{Timeout: 10 * time.Second, Count: threes}, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		var reasons []string
		got, err := c.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a", "b"}, Notice: func(n api.Notice) { reasons = append(reasons, n.Reason) }})
		if want := (lost{2, 2, 2, 12, 0}); err == nil || lostOf(got.Usage) != want {
			t.Errorf("%+v, %v; want %+v", lostOf(got.Usage), err, want)
		}
		if want := []string{"no answer within 10s"}; !slices.Equal(reasons, want) || !strings.Contains(err.Error(), want[0]+", asked twice;") {
			t.Errorf("the wait was for %q, the end %v", reasons, err)
		}
	})
}

func TestWhatNeverLeftTheMachineIsNotLost(t *testing.T) {
	c := newClient(t, Config{Profile: profile(t, "ollama"), BaseURL: nowhere(t)})
	got, err := embed(c, "a")
	if want := (lost{1, 1, 0, 0, 0}); err == nil || lostOf(got.Usage) != want {
		t.Errorf("nothing listens: %+v, %v", lostOf(got.Usage), err)
	}
	// Nobody takes the connection: the time is over before anything is sent.
	unreachable := newClient(t, Config{Profile: profile(t, "ollama"), Timeout: time.Millisecond, HTTP: &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
	}}})
	unreachable.gate.clock.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	got, err = embed(unreachable, "a")
	if want := (lost{2, 2, 0, 0, 0}); err == nil || lostOf(got.Usage) != want {
		t.Errorf("nobody takes the connection: %+v, %v", lostOf(got.Usage), err)
	}
}

func TestTheServersBillIsCountedOrCalledLost(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.NotANumber(), apitest.OneMissing(), apitest.NoVectors(), apitest.OneShort(), apitest.BrokenBase64(), apitest.Cut(), apitest.CutBefore()} {
		s := apitest.New(t, apitest.Options{Quick: true})
		s.Fail(fault)
		c, _ := patient(t, s)
		var model api.Model
		for _, m := range s.Models() {
			if m.ID == "text-embedding-3-small" {
				model = m
			}
		}
		got, _ := c.Embed(t.Context(), api.Request{Model: model.ID, Texts: []string{"first", "second text", "the third of the texts"}})
		told, _ := model.Cost(got.Usage.Tokens)
		switch u := got.Usage; {
		case (u.Failed != 1) != (len(got.Failed) == 1): // of three texts, one has no vector
			t.Errorf("%s: %+v", fault, lostOf(u))
		case u.Lost == 0 && told != s.Spent():
			t.Errorf("%s: told $%v, the server billed $%v", fault, told, s.Spent())
		case u.Lost > 0 && !(told < s.Spent() && u.LostTokens > 0):
			t.Errorf("%s: told $%v and %d tokens lost, the server billed $%v", fault, told, u.LostTokens, s.Spent())
		}
	}
}

func TestAWaitSaysWhetherTheAttemptBeforeItMayBeBilled(t *testing.T) {
	for _, c := range []struct {
		kind, address string
		lost          bool
	}{{"nanogpt", "", true}, {"ollama", "", false}, {"ollama", "https://example.com", true}} {
		for _, way := range []struct {
			name   string
			answer *http.Response
			lost   bool
		}{
			{"cut off", nil, true}, {"500", response(500, ""), false},
			{"cut off behind the usage", response(200, `{"usage":{"prompt_tokens":8},"data":[{"emb`), true},
		} {
			synctest.Test(t, func(t *testing.T) {
				first := true
				cl := inside(t, Config{Profile: profile(t, c.kind), BaseURL: c.address}, func(r *http.Request) (*http.Response, error) {
					if !first {
						return response(200, answerTo(readAsked(t, r))), nil
					}
					first = false
					if way.answer == nil {
						return nil, io.ErrUnexpectedEOF
					}
					return way.answer, nil
				})
				var notices []api.Notice
				_, err := cl.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}, Notice: func(n api.Notice) { notices = append(notices, n) }})
				if err != nil || len(notices) != 1 || notices[0].Lost != (c.lost && way.lost) {
					t.Errorf("%s at %q, %s: %+v, %v", c.kind, c.address, way.name, notices, err)
				}
			})
		}
	}
}

// batches collects what Request.Batch is told.
type batches struct{ told [][2]int }

func (b *batches) tell(done, total int) { b.told = append(b.told, [2]int{done, total}) }

func TestBatchesAreCountedAsTheyAreAnswered(t *testing.T) {
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: 4, Concurrency: 1, RequestsPerSecond: 1e6}
	for _, c := range []struct {
		name  string
		texts []string
		want  [][2]int
	}{
		{"nothing to send", []string{"", " "}, nil},
		{"three", numbered(10), [][2]int{{0, 3}, {1, 3}, {2, 3}, {3, 3}}},
		{"one too large", append(numbered(4), "huge"), [][2]int{{0, 2}, {1, 2}, {2, 2}}},
		{"one too large among others", []string{"a", "b", "huge", "d"}, [][2]int{{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 3}, {3, 3}}},
	} {
		cl := serveConfig(t, cfg, func(w http.ResponseWriter, r *http.Request) {
			a := readAsked(t, r)
			if slices.Contains(a.Input, "huge") {
				w.WriteHeader(413)
				return
			}
			_, _ = io.WriteString(w, answerTo(a))
		})
		var got batches
		if _, err := cl.Embed(t.Context(), api.Request{Model: "m", Texts: c.texts, Batch: got.tell}); err != nil || !slices.Equal(got.told, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.name, got.told, err, c.want)
		}
	}
}

func TestARefusedBatchIsNotOver(t *testing.T) {
	c := serve(t, "openai", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) })
	var got batches
	_, err := c.Embed(t.Context(), api.Request{Model: "m", Texts: numbered(3), Batch: got.tell})
	if err == nil || !strings.Contains(err.Error(), "403") || !slices.Equal(got.told, [][2]int{{0, 1}}) {
		t.Errorf("%v, %v", got.told, err)
	}
}

func TestALostRequestIsCountedWithAllItsTexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := true
		cl := inside(t, Config{Profile: profile(t, "nanogpt"), Count: threes}, func(*http.Request) (*http.Response, error) {
			if first {
				first = false
				return response(504, ""), nil
			}
			return response(200, answerOf("[1,2]", "[2,1]")), nil
		})
		got, err := cl.Embed(context.Background(), api.Request{Model: "m", Texts: []string{"a", "b"}})
		if u := got.Usage; err != nil || u.Lost != 1 || u.LostTexts != 2 || u.LostTokens != 6 {
			t.Errorf("%+v, %v", u, err)
		}
	})
}
