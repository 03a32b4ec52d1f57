package uitest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/shell"
)

// Shop is a paid provider with a cache: it notes what it was asked for, and may
// wait, fail or stop on the way.
type Shop struct {
	mu sync.Mutex
	// Asked are the texts of every request that was sent.
	Asked [][]string
	// Knows tells by model and text, written together, what was paid for.
	Knows map[string]bool
	// Notice is told before the first answer.
	Notice *api.Notice
	// Holds, when set, keeps every answer back after its first text until it is
	// closed or the asking ends.
	Holds chan struct{}
	// Meanwhile, when set, is called once when After texts have been answered: what a
	// person does while the rest is under way.
	Meanwhile func()
	After     int
	// Lost is how many requests are said to be lost when the asking is cut.
	Lost int
	// Breaks is the error with which it ends after Meanwhile; nil goes on.
	Breaks error
	// Fails are the models that answer with an error.
	Fails map[string]error
	// Length is how many dimensions full vectors have.
	Length int
	// Tilt is added to vectors that are shorter at the server.
	Tilt float32
	// Left is the balance in dollars; nil when it is not told.
	Left *float64
	// Forgets lets it know nothing any more as soon as it has told what it knows.
	Forgets bool
	// Loses is how many tokens its first answer holds, which is lost.
	Loses int
}

// NewShop is a shop with vectors of four dimensions in which nothing goes wrong.
func NewShop() *Shop { return &Shop{Length: 4, Knows: map[string]bool{}} }

// Known tells which texts were paid for before.
func (s *Shop) Known(_ context.Context, req api.Request) ([]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := make([]bool, len(req.Texts))
	for i, t := range req.Texts {
		known[i] = s.Knows[req.Model+t]
	}
	if s.Forgets {
		s.Knows = map[string]bool{}
	}
	return known, nil
}

// Held gives the vectors of those, as a cache does.
func (s *Shop) Held(_ context.Context, req api.Request) ([][]float32, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := make([][]float32, len(req.Texts))
	for i, t := range req.Texts {
		if s.Knows[req.Model+t] {
			held[i] = s.vector(req, t)
		}
	}
	return held, nil
}

// vector is what a model answers to a text.
func (s *Shop) vector(req api.Request, text string) []float32 {
	length := req.Dimensions
	if length == 0 {
		length = s.Length
	}
	vector := make([]float32, length)
	for k := range vector {
		vector[k] = float32(len(text)%(k+2)) + 1
	}
	if req.Dimensions > 0 {
		vector[0] += s.Tilt
	}
	return vector
}

// Blocked implements api.Provider: it can be asked.
func (s *Shop) Blocked() error { return nil }

// Balance is what Left says.
func (s *Shop) Balance(context.Context) (api.Balance, error) { return api.Balance{USD: s.Left}, nil }

// Embed answers text by text, and lets happen what the fields of the shop say.
func (s *Shop) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if err := s.Fails[req.Model]; err != nil {
		return api.Result{}, err
	}
	result := api.Result{Dimensions: req.Dimensions, Vectors: make([][]float32, len(req.Texts))}
	if result.Dimensions == 0 {
		result.Dimensions = s.Length
	}
	if s.Notice != nil && req.Notice != nil {
		req.Notice(*s.Notice)
	}
	if s.Loses > 0 && !req.Approval.Allow(s.Loses) {
		return api.Result{Usage: api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: s.Loses}}, errors.New("the answer was lost")
	}
	var sent []string
	for i, t := range req.Texts {
		result.Vectors[i] = s.vector(req, t)
		s.mu.Lock()
		if s.Knows[req.Model+t] && !req.Fresh {
			result.Usage.Cached++
		} else {
			sent = append(sent, t)
			result.Usage.Tokens += 3
		}
		s.Knows[req.Model+t] = true
		s.mu.Unlock()
		if req.Arrived != nil {
			req.Arrived([]int{i}, result.Vectors[i:i+1])
		}
		if req.Progress != nil {
			req.Progress(i + 1)
		}
		if req.Batch != nil {
			req.Batch(i+1, len(req.Texts))
		}
		if err := s.pause(ctx, i+1); err != nil {
			s.note(sent)
			result.Usage.Requests, result.Usage.Failed = i+1+s.Lost, s.Lost
			result.Usage.Lost, result.Usage.LostTokens = s.Lost, 600*s.Lost
			return api.Result{Usage: result.Usage}, err
		}
		if s.Holds != nil {
			select {
			case <-s.Holds:
			case <-ctx.Done():
				s.note(sent)
				return api.Result{Usage: result.Usage}, ctx.Err()
			}
		}
	}
	if len(sent) > 0 {
		result.Usage.Requests, result.Usage.Latencies = 1, []time.Duration{40 * time.Millisecond}
		s.note(sent)
	}
	return result, nil
}

// pause lets the person do something after so many answers.
func (s *Shop) pause(ctx context.Context, answered int) error {
	if do := s.Meanwhile; do != nil && answered == s.After {
		s.Meanwhile = nil
		do()
		if s.Breaks != nil {
			return s.Breaks
		}
	}
	return ctx.Err()
}

func (s *Shop) note(sent []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Asked = append(s.Asked, sent)
}

// Sent is how many texts were paid for.
func (s *Shop) Sent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.Asked {
		n += len(a)
	}
	return n
}

// ShopTexts are few and short.
var ShopTexts = []corpus.Text{{Text: "one"}, {Text: "a second text"}, {Text: "and the third"}}

// ShopOptions are the explorer with a paid provider beside the local models.
func ShopOptions(t testing.TB, s *Shop, candidates ...string) shell.Options {
	o := OptionsWith(t, ShopTexts, candidates...)
	cost := 20.0
	model := func(id string) api.Model {
		return api.Model{
			Provider: "shop", ID: id, Name: id, Kind: api.KindEmbedding, Dimensions: 4, SupportsDimensions: true,
			MaxTokens: 50, Price: &cost, KeyEnv: "SHOP_KEY", Source: api.SourceCached,
		}
	}
	local := o.Engine.Catalog.Models()
	o.Engine.Catalog = catalog.New(local, []api.Model{model("good"), model("bad")})
	o.Engine.Providers["shop"] = s
	o.Engine.HasKey = func(env string) bool { return env == "SHOP_KEY" }
	return o
}

// SpentOn is what the session has spent on a model.
func SpentOn(a *shell.App, ref string) api.Tally {
	spent, _ := a.Session.Payments().Ledger().Of(ref)
	return spent
}

// SetSession makes of the ledger one of a session that has spent just that.
func SetSession(a *shell.App, limits spending.Limits, spent ...api.Tally) {
	a.Session.SetLedger(spending.NewLedger(limits, a.Session.Payments().Ledger().Log()))
	for _, t := range spent {
		a.Session.Payments().Ledger().Add(t)
	}
}

// SetLimits lets the ledger have other limits.
func SetLimits(a *shell.App, limits config.Spending) {
	SetSession(a, spending.Limits{PerRun: limits.PerRun, PerSession: limits.PerSession}, a.Session.Payments().Ledger().Session()...)
}
