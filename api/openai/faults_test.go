package openai

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

// outcome is what becomes of three texts when the first answer goes wrong.
type outcome struct {
	requests int
	err      string // what the error holds; empty when all is well in the end
	failed   int    // texts without a vector
	length   int    // of the vectors; 0 when it is the model's
	guessed  bool   // the tokens are an estimate
	another  bool   // the vectors that come later are another model's
}

var (
	unharmed = outcome{requests: 1}
	mended   = outcome{requests: 2} // by trying again
	halved   = outcome{requests: 3}
	oneLost  = outcome{requests: 1, failed: 1} // whose vector is of no use
)

func broken(err string) outcome { return outcome{requests: 1, err: err} }

// outcomes are what every fault leads to, whatever kind of server has it.
var outcomes = map[string]outcome{
	"unauthorized": broken("Invalid API key"), "forbidden": broken("not allowed to use this model"), "refused": halved,
	"unpaid": broken("add credit"), "not-found": broken("does not exist"),
	"not-found-page": broken("does not look like an embeddings API"), "login-page": broken("does not look like an embeddings API"),
	"too-large": halved, "too-many-tokens": halved, "unexplained": halved, "model-replaced": {requests: 1, another: true},
	"error-in-200": mended, "server-error": mended, "bad-gateway": mended, "unavailable": mended,
	"too-large-to-process": halved,
	"rate-limited":         mended, "rate-limited-seconds": mended, "rate-limited-date": mended,
	"daily-limit": broken("opens again at"), "daily-requests": broken("opens again at"),
	"shuffled": unharmed, "no-indices": unharmed,
	"some-indices": broken("some have none"), "index-twice": broken("comes twice"), "index-outside": broken("the index 3 for 3 texts"), "index-negative": broken("-1 is no position"),
	"numbers-for-base64": unharmed, "base64-for-numbers": unharmed, "broken-base64": oneLost, "odd-base64": oneLost,
	"one-short": broken("dimensions in one answer"), "empty-vector": oneLost, "null-vector": oneLost, "nested-vector": oneLost,
	"other-length": {requests: 1, length: 7}, "one-missing": broken("2 vectors for 3 texts"), "one-too-many": broken("4 vectors for 3 texts"), "no-vectors": broken("no vectors"),
	"not-a-number": oneLost, "infinite": oneLost, "null-number": oneLost, "huge-number": oneLost,
	"zero-vector": oneLost, "not-unit-length": unharmed,
	"no-usage": {requests: 1, guessed: true}, "zero-usage": {requests: 1, guessed: true}, "total-usage": unharmed,
	"escape-sequences": unharmed, "escape-sequences-in-error": mended,
	"invalid-json": mended, "trailing-garbage": unharmed, "empty-body": mended, "null-data": broken("no vectors"),
	"bare-list": broken("no embedding"), "wrong-list": broken("other than objects"),
	"hang": {requests: 2, err: "no answer within"}, "hang-in-body": {requests: 2, err: "no answer within"},
	"cut": mended, "cut-before": mended, "drip": unharmed,
	"huge": broken("more than any embeddings need"), "gzip": unharmed, "huge-gzip": broken("more than any embeddings need"),
}

// patient makes a client of a server that waits no real time.
func patient(t *testing.T, s *apitest.Server) (*Client, *lockedBuilder) {
	t.Helper()
	log := &lockedBuilder{}
	c := newClient(t, Config{Profile: profile(t, string(s.Dialect)), BaseURL: s.URL, Key: api.NewSecret(s.Key), RequestsPerSecond: 1e6,
		Timeout: time.Minute, Debug: log, HTTP: &http.Client{Transport: &http.Transport{}}})
	var mu sync.Mutex
	now := time.Now()
	c.gate.clock = clock{
		now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return now
		},
		sleep: func(ctx context.Context, d time.Duration) error {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(d)
			return ctx.Err()
		},
		timeout: context.WithTimeout,
	}
	return c, log
}

// expired is a context whose end is the end of its time.
type expired struct{ context.Context }

func (e expired) Err() error {
	if e.Context.Err() != nil {
		return context.DeadlineExceeded
	}
	return nil
}

// runOut lets every request run out of time once the server hangs, however long it
// takes to get there: when it has the request or, inBody, when its answer has begun.
func runOut(c *Client, s *apitest.Server, inBody bool) {
	begun := make(chan struct{}, maxAttempts)
	inner := c.http.Transport
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		resp, err := inner.RoundTrip(r)
		begun <- struct{}{}
		return resp, err
	})
	sent := 0
	c.gate.clock.timeout = func(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		sent++
		go func(arrived int) {
			defer cancel()
			if s.Await(ctx, arrived) != nil || !inBody {
				return
			}
			select {
			case <-begun:
			case <-ctx.Done():
			}
		}(sent)
		return expired{ctx}, cancel
	}
}

// embedder is the first model of a server that has vectors.
func embedder(t *testing.T, s *apitest.Server) api.Model {
	t.Helper()
	for _, m := range s.Models() {
		if m.Unselectable() == "" {
			return m
		}
	}
	t.Fatal("the server has no model")
	return api.Model{}
}

// TestEveryKindOfServerWithEveryFault is the table of all profiles × all faults.
func TestEveryKindOfServerWithEveryFault(t *testing.T) {
	for _, dialect := range apitest.Dialects() {
		t.Run(string(dialect), func(t *testing.T) {
			for _, fault := range apitest.Faults() {
				t.Run(fault.Name(), func(t *testing.T) {
					t.Parallel()
					want, ok := outcomes[fault.Name()]
					if !ok {
						t.Fatal("nobody has said what becomes of this fault")
					}
					s := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
					suffer(t, s, fault, want)
				})
			}
		})
	}
}

// suffer embeds three texts while a fault lasts, and then without it.
func suffer(t *testing.T, s *apitest.Server, fault apitest.Fault, want outcome) {
	t.Helper()
	c, log := patient(t, s)
	if strings.HasPrefix(fault.Name(), "hang") {
		s.FailWhen(apitest.Always(), fault)
		runOut(c, s, fault.Name() == "hang-in-body")
	} else {
		s.Fail(fault)
	}
	model := embedder(t, s)
	req := api.Request{Model: model.ID, Texts: []string{"first", "second text", "the third of the texts"}}
	got, err := c.Embed(t.Context(), req)
	if n := len(s.Embeddings()); n != want.requests {
		t.Errorf("%d requests, want %d\n%s", n, want.requests, log)
	}
	if (err != nil) != (want.err != "") || (err != nil && !strings.Contains(err.Error(), want.err)) {
		t.Fatalf("error %v, want %q", err, want.err)
	}
	checkSaid(t, s, err, log)
	if err != nil {
		return
	}
	length := want.length
	if length == 0 {
		length = model.Dimensions
	}
	guessed := want.guessed || s.Dialect == apitest.LMStudio && fault.Name() != "total-usage" // it counts no tokens
	if got.Dimensions != length || len(got.Failed) != want.failed || got.Usage.Estimated != guessed || got.Usage.Tokens < 3 {
		t.Errorf("%d dimensions, failed %v, usage %+v", got.Dimensions, got.Failed, got.Usage)
	}
	s.Recover()
	healthy, _ := patient(t, s)
	right, err := healthy.Embed(t.Context(), req)
	if err != nil {
		t.Fatalf("without the fault: %v", err)
	}
	for i, v := range got.Vectors {
		if want.length == 0 && got.Failed[i] == nil && near(v, right.Vectors[i]) == want.another {
			t.Errorf("text %d has another vector than without the fault", i)
		}
	}
}

func near(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Abs(float64(x-y)) < 1e-6 })
}

// checkSaid looks for a key and for what commands a terminal in all that was said.
func checkSaid(t *testing.T, s *apitest.Server, err error, log *lockedBuilder) {
	t.Helper()
	said := strings.ReplaceAll(log.String(), "\n", "")
	if err != nil {
		said += err.Error()
		var e *api.ServerError
		if !errors.As(err, &e) || e.Advice == "" && e.OpensAt.IsZero() && !strings.Contains(err.Error(), "shorten") {
			t.Errorf("%v does not say what to do", err)
		}
	}
	if s.Key != "" && strings.Contains(said, s.Key) {
		t.Error("the key was said")
	}
	if strings.ContainsFunc(said, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		t.Errorf("something would reach the terminal: %q", said)
	}
}

// TestEveryListSurvivesEveryFault is the same for the lists of models.
func TestEveryListSurvivesEveryFault(t *testing.T) {
	for _, dialect := range apitest.Dialects() {
		if profile(t, string(dialect)).list == nil {
			continue
		}
		for _, fault := range []apitest.Fault{apitest.Fine(), apitest.WrongList(), apitest.BareList(), apitest.EscapeSequences(), apitest.Drip(), apitest.Gzip(), apitest.NullData(), apitest.EmptyBody(), apitest.LoginPage(), apitest.Huge(1 << 30)} {
			t.Run(string(dialect)+" "+fault.Name(), func(t *testing.T) {
				t.Parallel()
				s := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
				whole, err := first(patient(t, s)).Models(t.Context())
				if err != nil || len(whole) == 0 {
					t.Fatalf("without a fault: %d models, %v", len(whole), err)
				}
				s.FailWhen(func(r apitest.Request) bool { return !r.Embeds() }, fault)
				c, log := patient(t, s)
				models, err := c.Models(t.Context())
				checkSaid(t, s, err, log)
				for _, m := range models {
					if m.ID == "" || m.Name == "" || m.Provider != c.Name() || m.Dimensions < 0 || strings.ContainsFunc(m.ID+m.Name+m.Owner+m.Description, func(r rune) bool { return !unicode.IsGraphic(r) }) {
						t.Errorf("%+v", m)
					}
				}
				switch fault.Name() {
				case "", "escape-sequences", "drip", "gzip":
					if err != nil || !slices.Equal(ids(models), ids(whole)) {
						t.Errorf("%v, %v; want %v", ids(models), err, ids(whole))
					}
				case "empty-body", "login-page", "huge":
					if err == nil {
						t.Errorf("%v", ids(models))
					}
				case "wrong-list":
					if err != nil || len(models) == 0 {
						t.Errorf("%v, %v", ids(models), err)
					}
				}
			})
		}
	}
}

func first[A, B any](a A, _ B) A { return a }

func TestCheckOfEveryKindOfServer(t *testing.T) {
	for _, dialect := range apitest.Dialects() {
		s := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
		c, _ := patient(t, s)
		got := c.Check(t.Context())
		if !got.Reachable || !got.Authorised || got.Err != nil || (got.Models == 0) != (c.cfg.Profile.list == nil) {
			t.Errorf("%s: %+v", dialect, got)
		}
		if dialect == apitest.NanoGPT && (got.Balance.USD == nil || *got.Balance.USD != apitest.DefaultBalance) {
			t.Errorf("balance %+v", got.Balance)
		}
		if s.Spent() != 0 {
			t.Errorf("%s: checking cost $%v", dialect, s.Spent())
		}
		if s.Key == "" {
			continue
		}
		c, _ = patient(t, s)
		c.cfg.Key = api.NewSecret("sk-some-other-key")
		if got := c.Check(t.Context()); !got.Reachable || got.Authorised || got.Err == nil {
			t.Errorf("%s with another key: %+v", dialect, got)
		}
	}
}
