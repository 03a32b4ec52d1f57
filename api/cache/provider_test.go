package cache

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

// server is a provider that answers in batches and remembers what it was paid for.
type server struct {
	free   bool // costs nothing
	length int
	batch  int              // texts a batch; 0 answers without telling of batches
	stop   func(sent int)   // called after each batch, with the texts sent so far
	failed map[string]error // texts that get no vector
	err    error            // the answer to everything
	// identity is what it tells of its model, and weights make other vectors when they
	// change.
	identity api.Identity
	weights  string
	norms    api.Norms // of what it answers

	mu   sync.Mutex
	paid []string
	reqs []api.Request
}

func (s *server) Name() string { return "mine" }

func (s *server) Models(context.Context) ([]api.Model, error) {
	return []api.Model{{Provider: "mine", ID: "m"}}, nil
}

func (s *server) Identify(context.Context, string) api.Identity { return s.identity }

func (s *server) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reqs = append(s.reqs, req)
	result := api.Result{Dimensions: s.length, Vectors: make([][]float32, len(req.Texts)), Failed: map[int]error{}, Norms: s.norms}
	size := s.batch
	if size == 0 {
		size = len(req.Texts)
	}
	for from := 0; from < len(req.Texts); from += size {
		if ctx.Err() != nil {
			return api.Result{Usage: result.Usage}, ctx.Err()
		}
		if s.err != nil {
			return api.Result{Usage: result.Usage}, s.err
		}
		s.answer(req, &result, from, min(from+size, len(req.Texts)))
	}
	return result, nil
}

func (s *server) answer(req api.Request, result *api.Result, from, to int) {
	var at []int
	var vectors [][]float32
	for i := from; i < to; i++ {
		text := req.Texts[i]
		s.paid = append(s.paid, text)
		if why := s.failed[text]; why != nil {
			result.Failed[i] = &api.TextError{Index: i, Err: why}
			continue
		}
		result.Vectors[i] = vectorFor(s.weights+req.Prefix+text, s.length)
		at = append(at, i)
		vectors = append(vectors, result.Vectors[i])
	}
	result.Usage = result.Usage.Plus(api.Usage{Tokens: to - from, Requests: 1, Latencies: []time.Duration{time.Millisecond}})
	if s.batch > 0 && req.Arrived != nil {
		req.Arrived(at, vectors)
	}
	if s.batch > 0 && req.Batch != nil {
		req.Batch((to+s.batch-1)/s.batch, (len(req.Texts)+s.batch-1)/s.batch)
	}
	if req.Progress != nil {
		req.Progress(to)
	}
	if s.stop != nil {
		s.stop(to)
	}
}

// behind puts a new cache before the server.
func behind(t *testing.T, s *server) (*Provider, *Cache) {
	t.Helper()
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	return NewProvider(s, c, "https://key@api.example.com/v1", s.free), c
}

// embed embeds what must succeed.
func embed(t *testing.T, p *Provider, req api.Request) api.Result {
	t.Helper()
	result, err := p.Embed(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestOnlyUnknownTextsArePaidForAndOnce(t *testing.T) {
	for _, batch := range []int{0, 2} {
		s := &server{length: 8, batch: batch}
		p, _ := behind(t, s)
		embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
		s.paid = nil
		texts := []string{"c", "a", "d", "c", "b", "c", "e"}
		result := embed(t, p, api.Request{Model: "m", Texts: texts})
		if want := []string{"c", "d", "e"}; !reflect.DeepEqual(s.paid, want) {
			t.Errorf("paid for %q, want %q", s.paid, want)
		}
		if !reflect.DeepEqual(result.Vectors, vectorsFor(texts, 8)) || result.Dimensions != 8 || len(result.Failed) != 0 {
			t.Errorf("the answer is %+v", result)
		}
		if u := result.Usage; u.Cached != 2 || u.Tokens != 3 || u.Elapsed <= 0 || u.Requests == 0 || len(u.Latencies) != u.Requests {
			t.Errorf("used: %+v", u)
		}
		s.paid = nil
		result = embed(t, p, api.Request{Model: "m", Texts: texts})
		if u := result.Usage; s.paid != nil || u.Cached != len(texts) || u.Tokens != 0 || result.Dimensions != 8 {
			t.Errorf("the second time %q are paid for: %+v", s.paid, result.Usage)
		}
		if !reflect.DeepEqual(result.Vectors, vectorsFor(texts, 8)) {
			t.Error("the second time other vectors come")
		}
	}
}

func TestOtherModelsPrefixesAndDimensionsAreAskedFor(t *testing.T) {
	s := &server{length: 8}
	p, _ := behind(t, s)
	for _, req := range []api.Request{{Model: "m"}, {Model: "n"}, {Model: "m", Prefix: "query: "}, {Model: "m", Dimensions: 8}} {
		req.Texts = []string{"a"}
		embed(t, p, req)
	}
	if len(s.paid) != 4 {
		t.Errorf("paid for %q", s.paid)
	}
	got := embed(t, p, api.Request{Model: "m", Prefix: "query: ", Texts: []string{"a"}})
	if last := s.reqs[2]; last.Prefix != "query: " || !reflect.DeepEqual(got.Vectors[0], vectorFor("query: a", 8)) {
		t.Error("the prefix does not reach the provider, or its vector is another")
	}
}

func TestStoppedRunPaysOnlyForTheRestNextTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &server{length: 8, batch: 10, stop: func(sent int) {
		if sent == 30 {
			cancel()
		}
	}}
	p, c := behind(t, s)
	texts := numbered("text", 100)
	result, err := p.Embed(ctx, api.Request{Model: "m", Texts: texts})
	if !errors.Is(err, context.Canceled) || result.Usage.Tokens != 30 {
		t.Fatalf("the stopped run: %+v, %v", result.Usage, err)
	}
	known, err := p.Known(t.Context(), api.Request{Model: "m", Texts: texts})
	if err != nil || !slices.Contains(known[:30], true) || slices.Contains(known[:30], false) || slices.Contains(known[30:], true) {
		t.Errorf("known are %v, %v", known, err)
	}
	s.paid, s.stop = nil, nil
	// The next run is another program's.
	path := c.Path()
	c.Close()
	p = NewProvider(s, openAt(t, path), "https://api.example.com/v1", false)
	result = embed(t, p, api.Request{Model: "m", Texts: texts})
	if !reflect.DeepEqual(s.paid, texts[30:]) || result.Usage.Cached != 30 {
		t.Errorf("the next run pays for %d texts, %d are cached", len(s.paid), result.Usage.Cached)
	}
}

func TestFailedRunKeepsWhatArrived(t *testing.T) {
	s := &server{length: 8, batch: 10}
	s.stop = func(int) { s.err = errors.New("cut") }
	p, _ := behind(t, s)
	if _, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: numbered("text", 30)}); err == nil || err.Error() != "cut" {
		t.Errorf("the failed run: %v", err)
	}
	known, err := p.Known(t.Context(), api.Request{Model: "m", Texts: numbered("text", 30)})
	if err != nil || slices.Index(known, false) != 10 {
		t.Errorf("known are %v, %v", known, err)
	}
}

func TestTextsWithoutAVectorAreNamedByTheirPlaces(t *testing.T) {
	s := &server{length: 8, batch: 2, failed: map[string]error{"bad": errors.New("too long")}}
	p, _ := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
	result := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "bad", "c", "bad"}})
	for _, i := range []int{2, 4} {
		var failed *api.TextError
		if !errors.As(result.Failed[i], &failed) || failed.Index != i || result.Vectors[i] != nil {
			t.Errorf("text %d: %v, %v", i, result.Failed[i], result.Vectors[i])
		}
	}
	if len(result.Failed) != 2 || result.Vectors[3] == nil {
		t.Errorf("%+v", result)
	}
	s.paid = nil
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "bad"}})
	if !reflect.DeepEqual(s.paid, []string{"bad"}) {
		t.Errorf("paid for %q", s.paid)
	}
}

func TestErrorsAboutOneTextNameItsPlace(t *testing.T) {
	s := &server{length: 8}
	p, _ := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
	for _, err := range []error{&api.EmptyTextError{Index: 1}, fmt.Errorf("mine: %w", &api.TextError{Index: 1, Err: errors.New("why")})} {
		s.err = err
		_, got := p.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a", "b", "a", ""}})
		if !strings.HasPrefix(got.Error(), "text 4 ") {
			t.Errorf("%v", got)
		}
	}
	s.err = &api.EmptyTextError{Index: 99}
	if _, got := p.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"b"}}); got != s.err {
		t.Errorf("an error about no text: %v", got)
	}
}

func TestEveryTextArrivesOnce(t *testing.T) {
	for _, batch := range []int{0, 2} {
		s := &server{length: 8, batch: batch}
		p, _ := behind(t, s)
		embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
		texts := []string{"a", "b", "c", "b", "d"}
		times := make([]int, len(texts))
		var progress []int
		embed(t, p, api.Request{Model: "m", Texts: texts, Progress: func(done int) { progress = append(progress, done) },
			Arrived: func(at []int, vectors [][]float32) {
				for k, i := range at {
					times[i]++
					if !reflect.DeepEqual(vectors[k], vectorFor(texts[i], 8)) {
						t.Errorf("text %d arrives with another's vector", i)
					}
				}
			}})
		if !reflect.DeepEqual(times, []int{1, 1, 1, 1, 1}) {
			t.Errorf("the texts arrive %v times", times)
		}
		if !slices.IsSorted(progress) || progress[len(progress)-1] != len(texts) {
			t.Errorf("progress is %v", progress)
		}
	}
}

func TestFreeModelThatChangedItsLengthIsAskedForEverything(t *testing.T) {
	s := &server{free: true, identity: "digest:1", length: 8, batch: 10}
	p, c := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "c"}})
	s.length, s.paid = 12, nil
	texts := []string{"a", "b", "new", "a"}
	var done []int
	result := embed(t, p, api.Request{Model: "m", Texts: texts, Progress: func(n int) { done = append(done, n) }})
	if want := []int{4, 4}; !slices.Equal(done, want) {
		t.Errorf("of 4 texts %v are said to be done, want %v", done, want)
	}
	if slices.ContainsFunc(s.reqs, func(req api.Request) bool { return req.Length != 0 }) {
		t.Error("a free model is told how long its vectors must be")
	}
	if want := []string{"new", "a", "b"}; !reflect.DeepEqual(s.paid, want) {
		t.Errorf("paid for %q, want %q", s.paid, want)
	}
	if !reflect.DeepEqual(result.Vectors, vectorsFor(texts, 12)) || result.Dimensions != 12 || result.Usage.Cached != 0 || result.Usage.Tokens != 3 {
		t.Errorf("%+v", result)
	}
	if n, err := countKnown(t.Context(), c, p.scope(api.Request{Model: "m"}), []string{"a", "b", "c", "new"}); n != 3 || err != nil {
		t.Errorf("%d vectors are known, %v; the stale one is not", n, err)
	}
}

func TestFullDiskDoesNotStopARun(t *testing.T) {
	s := &server{length: 512, batch: 50}
	p, c := behind(t, s)
	c.db.SetMaxOpenConns(1)
	if _, err := c.db.Exec(`PRAGMA max_page_count = 20`); err != nil {
		t.Fatal(err)
	}
	texts := numbered("text", 300)
	for range 2 {
		if got := embed(t, p, api.Request{Model: "m", Texts: texts}); !reflect.DeepEqual(got.Vectors, vectorsFor(texts, 512)) {
			t.Error("other vectors come")
		}
	}
	if len(s.paid) != len(texts) {
		t.Errorf("%d texts are paid for, want each once", len(s.paid))
	}
	if told := c.Notices(); len(told) != 1 || !strings.Contains(told[0], "the disk is full") {
		t.Errorf("it says %q", told)
	}
}

func TestWithoutACacheEverythingIsAskedFor(t *testing.T) {
	s := &server{length: 8, batch: 2}
	p := NewProvider(s, nil, "https://api.example.com/v1", false)
	for range 2 {
		embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "a"}})
	}
	if len(s.paid) != 4 {
		t.Errorf("paid for %q", s.paid)
	}
}

func TestStoppedBeforeItBeganAsksNothing(t *testing.T) {
	s := &server{length: 8}
	p, _ := behind(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}}); !errors.Is(err, context.Canceled) || s.reqs != nil {
		t.Errorf("%v, %d requests", err, len(s.reqs))
	}
}

func TestWrongNumberOfVectorsIsAnError(t *testing.T) {
	p := NewProvider(short{&server{}}, nil, "", false)
	if _, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}}); err == nil || !strings.Contains(err.Error(), "0 vectors for 1 texts") {
		t.Error(err)
	}
}

// short answers nothing.
type short struct{ *server }

func (short) Embed(context.Context, api.Request) (api.Result, error) { return api.Result{}, nil }

func TestTheProviderBehindStaysReachable(t *testing.T) {
	s := &server{}
	p := NewProvider(s, nil, "", false)
	models, err := p.Models(t.Context())
	if p.Name() != "mine" || err != nil || len(models) != 1 {
		t.Errorf("%s has %v, %v", p.Name(), models, err)
	}
}

func TestHeldVectorsComeWithoutAskingAnybody(t *testing.T) {
	s := &server{length: 8}
	p, _ := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
	asked := len(s.reqs)
	held, err := p.Held(t.Context(), api.Request{Model: "m", Texts: []string{"b", "c", "a"}})
	want := [][]float32{vectorFor("b", 8), nil, vectorFor("a", 8)}
	if err != nil || !reflect.DeepEqual(held, want) || len(s.reqs) != asked {
		t.Errorf("held are %v, %v, and the server was asked %d times more", held, err, len(s.reqs)-asked)
	}
}

func TestWhatWasLostIsCountedWithAnError(t *testing.T) {
	p := NewProvider(losing{&server{}}, nil, "", false)
	got, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}})
	if u := got.Usage; !errors.Is(err, context.Canceled) || u.Requests != 3 || u.Failed != 2 || u.Lost != 1 || u.LostTokens != 7 {
		t.Errorf("%+v, %v", u, err)
	}
}

// losing loses what it sends.
type losing struct{ *server }

func (losing) Embed(context.Context, api.Request) (api.Result, error) {
	return api.Result{Usage: api.Usage{Requests: 3, Failed: 2, Lost: 1, LostTokens: 7}}, context.Canceled
}

func TestTheProviderAsksWhetherItMayBePaidAgain(t *testing.T) {
	s := &server{length: 3}
	p, _ := behind(t, s)
	var tokens int
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}, Approval: word{allow: func(n int) bool { tokens = n; return true }}})
	if len(s.reqs) != 1 || s.reqs[0].Approval == nil || !s.reqs[0].Approval.Allow(7) || tokens != 7 {
		t.Errorf("asked for leave for %d tokens", tokens)
	}
}

// word is an approval that consists of what it does; either may be nil.
type word struct {
	allow  func(tokens int) bool
	record func(api.Usage)
}

func (w word) Allow(tokens int) bool { return w.allow == nil || w.allow(tokens) }

func (w word) Record(u api.Usage) {
	if w.record != nil {
		w.record(u)
	}
}
