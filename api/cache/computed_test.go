package cache

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// computing is a model of which one version or another computes.
type computing struct {
	server
	version string
	asked   int    // how often for the version
	clipped string // a text that it reads in part
	unknown string // a text of which it knows a part
}

func (c *computing) Version(string) string {
	c.asked++
	return c.version
}

func (c *computing) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	result, err := c.server.Embed(ctx, req)
	if at := slices.Index(req.Texts, c.clipped); at >= 0 {
		result.Clipped = []int{at}
	}
	if at := slices.Index(req.Texts, c.unknown); at >= 0 {
		result.Unknown = []int{at}
	}
	return result, err
}

func TestManyTextsOfASlowModelAreComputedOnce(t *testing.T) {
	s := &computing{server: server{length: 8, batch: 50, failed: map[string]error{"text 7": errors.New("nothing to see")}}, version: "1", clipped: "text 3", unknown: "text 150"}
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	opened := 0
	p := NewComputed(s, func(context.Context) (*Cache, error) { opened++; return c, nil })
	few := api.Request{Model: "m", Texts: numbered("few", fewTexts)}
	embedBy(t, p, few)
	if opened != 0 || s.asked != 0 {
		t.Error("a small run opens the file, or finds out the version, for which all weights are read")
	}
	many := api.Request{Model: "m", Texts: numbered("text", 200)}
	first := embedBy(t, p, many)
	s.paid = nil
	arrived, last := 0, 0
	again := many
	again.Arrived = func(at []int, _ [][]float32) { arrived += len(at) }
	again.Progress = func(done int) { last = done }
	second := embedBy(t, p, again)
	if want := []string{"text 3", "text 7", "text 150"}; !slices.Equal(s.paid, want) {
		t.Errorf("computed again are %q, want %q", s.paid, want)
	}
	if !reflect.DeepEqual(second.Vectors, first.Vectors) || !slices.Equal(second.Clipped, []int{3}) || !slices.Equal(first.Clipped, []int{3}) {
		t.Errorf("the second time other vectors come, clipped %v", second.Clipped)
	}
	if want := []int{150}; !slices.Equal(first.Unknown, want) || !slices.Equal(second.Unknown, want) {
		t.Errorf("known in part are %v, then %v, want %v", first.Unknown, second.Unknown, want)
	}
	var of *api.TextError
	if len(second.Failed) != 1 || !errors.As(second.Failed[7], &of) || of.Index != 7 || second.Usage.Cached != 197 || second.Dimensions != 8 {
		t.Errorf("failed %v, used %+v", second.Failed, second.Usage)
	}
	if arrived != 199 || last != 200 {
		t.Errorf("%d arrived, progress ends at %d", arrived, last)
	}
	for name, change := range map[string]func(*api.Request){
		"another version": func(*api.Request) { s.version, s.weights = "2", "new " }, "anew": func(r *api.Request) { r.Fresh = true },
		"other dimensions": func(r *api.Request) { r.Dimensions = 4 }, "another prefix": func(r *api.Request) { r.Prefix = "query: " }, "a quick model": func(*api.Request) { s.version = "" },
	} {
		s.version, s.weights, s.paid = "1", "", nil
		req := many
		change(&req)
		if embedBy(t, p, req); len(s.paid) != 200 {
			t.Errorf("%s: %d texts are computed", name, len(s.paid))
		}
	}
}

func TestWhatWasComputedBeforeAStopIsKept(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	s := &computing{server: server{length: 8, batch: 100, stop: func(int) { stop() }}, version: "1", unknown: "text 40"}
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	p := NewComputed(s, func(context.Context) (*Cache, error) { return c, nil })
	req := api.Request{Model: "m", Texts: numbered("text", 200)}
	if got, err := p.Embed(ctx, req); !errors.Is(err, context.Canceled) || !slices.Equal(got.Unknown, []int{40}) {
		t.Fatalf("known in part are %v, %v", got.Unknown, err)
	}
	s.paid, s.stop = nil, nil
	if embedBy(t, p, req); len(s.paid) != 101 {
		t.Errorf("%d texts are computed after the stop", len(s.paid))
	}
}

func embedBy(t *testing.T, p api.Embedder, req api.Request) api.Result {
	t.Helper()
	result, err := p.Embed(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestVectorsOfVeryManyTextsAreNotGatheredOnceMore(t *testing.T) {
	n := 3*computedTogether + 10
	s := &computing{server: server{length: 8, batch: 50, failed: map[string]error{"text 2000": errors.New("nothing to see")}}, version: "1", unknown: "text 1500"}
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	p := NewComputed(s, func(context.Context) (*Cache, error) { return c, nil })
	var came []int
	vectors := make([][]float32, n)
	req := api.Request{Model: "m", Texts: numbered("text", n), Streamed: true}
	req.Arrived = func(at []int, of [][]float32) {
		came = append(came, at...)
		for k, i := range at {
			vectors[i] = of[k]
		}
	}
	last := 0
	req.Progress = func(done int) {
		if done < last {
			t.Errorf("%d texts are done after %d", done, last)
		}
		last = done
	}
	first := embedBy(t, p, req)
	want := vectorsFor(req.Texts, 8)
	want[2000] = nil
	var of *api.TextError
	if first.Vectors != nil || len(came) != n-1 || last != n || !errors.As(first.Failed[2000], &of) || of.Index != 2000 || !slices.Equal(first.Unknown, []int{1500}) {
		t.Errorf("%d vectors at once, %d of %d arrived, %d done, failed %v, known in part %v", len(first.Vectors), len(came), n, last, first.Failed, first.Unknown)
	}
	if !reflect.DeepEqual(vectors, want) {
		t.Error("vectors arrive at the places of others")
	}
	s.paid, came, last, vectors = nil, nil, 0, make([][]float32, n)
	second := embedBy(t, p, req)
	if again := []string{"text 1500", "text 2000"}; !slices.Equal(s.paid, again) || !reflect.DeepEqual(vectors, want) {
		t.Errorf("computed again are %q, want %q", s.paid, again)
	}
	if second.Usage.Cached != n-2 || second.Dimensions != 8 || len(came) != n-1 || last != n {
		t.Errorf("%+v, %d arrived, %d done", second.Usage, len(came), last)
	}
}

// Few texts are computed sooner than they are written.
func TestFewTextsMoreAreNotWritten(t *testing.T) {
	s := &computing{server: server{length: 8, batch: 50}, version: "1"}
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	p := NewComputed(s, func(context.Context) (*Cache, error) { return c, nil })
	texts := numbered("text", 200)
	embedBy(t, p, api.Request{Model: "m", Texts: texts[:100]})
	for more, again := range map[int][]string{fewTexts: texts[100 : 100+fewTexts], fewTexts + 1: nil} {
		embedBy(t, p, api.Request{Model: "m", Texts: texts[:100+more]})
		s.paid = nil
		if embedBy(t, p, api.Request{Model: "m", Texts: texts[:100+more]}); !slices.Equal(s.paid, again) {
			t.Errorf("of %d texts more %d are computed again", more, len(s.paid))
		}
		if _, err := c.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		embedBy(t, p, api.Request{Model: "m", Texts: texts[:100]})
	}
}

func TestWhatCannotBeReadIsComputedAgainAndSaid(t *testing.T) {
	s := &computing{server: server{length: 8, batch: 50}, version: "1"}
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	if err := c.db.Close(); err != nil { // under its feet
		t.Fatal(err)
	}
	p := NewComputed(s, func(context.Context) (*Cache, error) { return c, nil })
	result := embedBy(t, p, api.Request{Model: "m", Texts: numbered("text", 100)})
	if slices.ContainsFunc(result.Vectors, func(v []float32) bool { return v == nil }) {
		t.Error("a text has no vector because the cache cannot be read")
	}
	said := c.Notices()
	if !slices.ContainsFunc(said, func(line string) bool { return strings.Contains(line, "What it may hold is computed again.") }) {
		t.Errorf("said is %q", said)
	}
}

func TestAnErrorAboutOneOfManyTextsNamesItsPlace(t *testing.T) {
	s := &computing{server: server{length: 8, batch: computedTogether}, version: "1"}
	s.stop = func(int) { s.err = &api.EmptyTextError{Index: 5} }
	memory, _ := openNoticed(t, "")
	p := NewComputed(s, func(context.Context) (*Cache, error) { return memory, nil })
	_, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: numbered("text", computedTogether+10)})
	var empty *api.EmptyTextError
	if !errors.As(err, &empty) || empty.Index != computedTogether+5 {
		t.Errorf("%v", err)
	}
	if n := memory.pending.count(); n != 0 {
		t.Errorf("%d vectors are held that can be computed again and go to no file", n)
	}
}
