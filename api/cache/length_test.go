package cache

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/openai"
)

// lengthsOf checks an error about two lengths and gives it.
func lengthsOf(t *testing.T, err error, had, came int) *api.LengthError {
	t.Helper()
	var e *api.LengthError
	if !errors.As(err, &e) || e.Had != had || e.Came != came {
		t.Fatalf("%v, want %d and %d dimensions", err, had, came)
	}
	return e
}

func TestPaidModelThatChangedItsLengthIsAskedForNothingMore(t *testing.T) {
	for name, second := range map[string][]string{"among known texts": {"a", "b", "new"}, "all new": {"new"}} {
		for _, batch := range []int{0, 1} {
			s := &server{length: 8, batch: batch}
			p, c := behind(t, s)
			first := []string{"a", "b", "c"}
			embed(t, p, api.Request{Model: "m", Texts: first})
			s.length, s.paid = 12, nil
			var arrived []int
			result, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: second, Arrived: func(at []int, vectors [][]float32) {
				for i, v := range vectors {
					if len(v) == 8 {
						arrived = append(arrived, at[i])
					}
				}
			}})
			e := lengthsOf(t, err, 8, 12)
			if !e.Cached || !strings.Contains(err.Error(), "vecscope cache prune --model mine/m") || !strings.Contains(err.Error(), "12 dimensions for m, but the cache holds some of 8") {
				t.Errorf("%s: %v", name, err)
			}
			if !reflect.DeepEqual(s.paid, []string{"new"}) || result.Usage.Tokens != 1 || s.reqs[len(s.reqs)-1].Length != 8 {
				t.Errorf("%s: paid for %q, %+v", name, s.paid, result.Usage)
			}
			if len(arrived) != len(second)-1 {
				t.Errorf("%s: %v arrived", name, arrived)
			}
			if got, err := c.Get(t.Context(), p.scope(api.Request{Model: "m"}), first); err != nil || !reflect.DeepEqual(got, vectorsFor(first, 8)) {
				t.Errorf("%s: what was kept is lost: %v", name, err)
			}
			if _, err := c.Forget(t.Context(), p.baseURL, "m"); err != nil {
				t.Fatal(err)
			}
			if got := embed(t, p, api.Request{Model: "m", Texts: second}); got.Dimensions != 12 {
				t.Errorf("%s: %d dimensions once the others are forgotten", name, got.Dimensions)
			}
		}
	}
}

func TestALengthThatChangesMidwayKeepsWhatCameFirst(t *testing.T) {
	s := &server{length: 8, batch: 2}
	s.stop = func(int) { s.length = 12 }
	p, c := behind(t, s)
	texts := []string{"a", "b", "c", "d"}
	result, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: texts})
	if e := lengthsOf(t, err, 8, 12); e.Cached || strings.Contains(err.Error(), "prune") || result.Usage.Tokens != 4 {
		t.Errorf("%v, %+v", err, result.Usage)
	}
	got, err := c.Get(t.Context(), p.scope(api.Request{Model: "m"}), texts)
	if err != nil || !reflect.DeepEqual(got[:2], vectorsFor(texts[:2], 8)) || got[2] != nil || got[3] != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTheRealClientStopsAtTheFirstVectorOfAnotherLength(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	profile, err := openai.FindProfile("nanogpt")
	if err != nil {
		t.Fatal(err)
	}
	client, err := openai.New(openai.Config{Profile: profile, BaseURL: server.URL, Key: api.NewSecret(server.Key), MaxInputs: 2, Concurrency: 1, RequestsPerSecond: 1e6})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	p := NewProvider(client, c, client.BaseURL(), false)
	req := api.Request{Model: "BAAI/bge-m3", Texts: numbered("text", 6)}
	// Midway: the second of three batches is another's.
	server.Fail(apitest.Fine(), apitest.OfLength(7))
	got, err := p.Embed(t.Context(), req)
	if e := lengthsOf(t, err, 1024, 7); e.Cached || !strings.Contains(err.Error(), "try again, or choose another model") {
		t.Errorf("%v", err)
	}
	if u := got.Usage; u.Requests != 2 || u.Failed != 1 || u.Lost != 0 || u.Tokens == 0 {
		t.Errorf("%+v", u)
	}
	// And against what is kept.
	server.FailWhen(apitest.Always(), apitest.OfLength(7))
	spent := server.Spent()
	got, err = p.Embed(t.Context(), req)
	if e := lengthsOf(t, err, 1024, 7); !e.Cached || !strings.Contains(err.Error(), "vecscope cache prune --model nanogpt/BAAI/bge-m3") {
		t.Errorf("%v", err)
	}
	if u := got.Usage; u.Requests != 1 || u.Failed != 1 || u.Cached != 2 || server.Spent() <= spent {
		t.Errorf("%+v", u)
	}
	server.Recover()
	if got := embed(t, p, req); got.Dimensions != 1024 || got.Usage.Cached != 2 {
		t.Errorf("%d dimensions, %+v", got.Dimensions, got.Usage)
	}
}

func TestForgettingAModelLeavesTheOthers(t *testing.T) {
	s := &server{length: 8}
	p, c := behind(t, s)
	for _, req := range []api.Request{{Model: "m"}, {Model: "m", Prefix: "query: "}, {Model: "m", Dimensions: 8}, {Model: "n"}} {
		req.Texts = []string{"a", "b"}
		embed(t, p, req)
	}
	other := NewProvider(s, c, "https://other.example.com/v1", false)
	embed(t, other, api.Request{Model: "m", Texts: []string{"a"}})
	removed, err := c.Forget(t.Context(), p.baseURL, "m")
	if err != nil || removed.Entries != 6 {
		t.Errorf("%+v, %v", removed, err)
	}
	stats, err := c.Stats(t.Context())
	if err != nil || stats.Entries != 3 {
		t.Errorf("%+v, %v", stats, err)
	}
	if n, err := c.Length(t.Context(), p.scope(api.Request{Model: "m"})); n != 0 || err != nil {
		t.Errorf("a length of %d, %v", n, err)
	}
	if n, err := c.Length(t.Context(), p.scope(api.Request{Model: "n"})); n != 8 || err != nil {
		t.Errorf("a length of %d, %v", n, err)
	}
	if removed, err := (*Cache)(nil).Forget(t.Context(), "", "m"); removed.Entries != 0 || err != nil {
		t.Errorf("%+v, %v", removed, err)
	}
}

func TestAnAdvisedCommandIsSafeToRun(t *testing.T) {
	p, _ := behind(t, &server{length: 8})
	r := &run{Provider: p, req: api.Request{Model: "m;x"}, bounded: true}
	if err := r.explained(&api.LengthError{Had: 8, Came: 12}); !strings.Contains(err.Error(), "--model 'mine/m;x'") {
		t.Errorf("%v", err)
	}
}

// With --fresh too vectors of another length are of another model: what is kept is set
// aside, not lost.
func TestFreshVectorsOfAnotherLengthSetTheFormerAside(t *testing.T) {
	s := &server{free: true, length: 8, batch: 2}
	p, c := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
	s.length = 12
	embed(t, p, api.Request{Model: "m", Texts: []string{"new"}, Fresh: true})
	if said := c.Notices(); len(said) != 1 || !strings.Contains(said[0], "mine/m is another model than before") {
		t.Errorf("said is %q", said)
	}
	if n := countEntries(t, c); n != 3 {
		t.Errorf("%d vectors are kept, of both models", n)
	}
}
