package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// holding is letters before a cache that gives what it holds.
type holding struct {
	letters
	holds map[string][]float32
}

func (h *holding) Held(_ context.Context, req api.Request) ([][]float32, error) {
	held := make([][]float32, len(req.Texts))
	for i, t := range req.Texts {
		held[i] = h.holds[t]
	}
	return held, nil
}

func (h *holding) Norms(context.Context, api.Request) api.Norms { return api.Norms{Low: .9, High: 1.1} }

func TestNormsAreThoseOfWhatIsKnownAndOfWhatCame(t *testing.T) {
	p := &holding{holds: map[string][]float32{"one": {1, 0, 0, 0}}}
	e := paidEngine(p)
	s := paidSource(t, e)
	emb, _, err := e.FromCache(t.Context(), s, []string{"one"}, EmbedOptions{})
	if err != nil || emb.Norms != (api.Norms{Low: .9, High: 1.1}) {
		t.Fatalf("%+v, %v", emb.Norms, err)
	}
	p.norms = api.Norms{Low: .95, High: 1.2}
	more, err := e.Embed(t.Context(), s, []string{"one", "two"}, EmbedOptions{Before: emb})
	if err != nil || more.Norms != (api.Norms{Low: .9, High: 1.2}) {
		t.Errorf("%+v, %v", more.Norms, err)
	}
	other, err := e.Embed(t.Context(), s, []string{"two"}, EmbedOptions{Before: emb})
	if err != nil || other.Norms != p.norms {
		t.Errorf("%+v of a text alone that has just come, %v", other.Norms, err)
	}
	r, err := Cut(s.Model, api.Candidate{Model: s.Model.Ref(), Dimensions: 2}, more)
	if err != nil || r.Norms != more.Norms {
		t.Errorf("%+v where vectors are cut, %v", r, err)
	}
}

// stopped is such a cache in which a stop finds the reading of what it holds.
type stopped struct {
	holding
	stop context.CancelFunc
	read int // how often it was read
}

func (s *stopped) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	s.stop()
	s.read++
	return s.holding.Held(ctx, req)
}

func TestAStopEndsTheReadingOfWhatIsKnown(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	cache := &stopped{holding: holding{holds: map[string][]float32{"one": {1, 0, 0, 0}}}, stop: stop}
	e := paidEngine(cache)
	texts := []string{"one"}
	for i := range heldTogether {
		texts = append(texts, fmt.Sprint(i))
	}
	if emb, _, err := e.FromCache(ctx, paidSource(t, e), texts, EmbedOptions{}); !errors.Is(err, context.Canceled) || cache.read != 1 {
		t.Errorf("it is read %d times: %+v, %v", cache.read, emb, err)
	}
}

func paidSource(t *testing.T, e *Engine) Source {
	t.Helper()
	m, err := e.Catalog.Find("test/paid")
	if err != nil {
		t.Fatal(err)
	}
	return Source{Model: m}
}

func TestLookupTakesWhatIsKnownAndPricesTheRest(t *testing.T) {
	p := &holding{holds: map[string][]float32{"one": {1, 0, 0, 0}, "two": {0, 1, 0, 0}}}
	e := paidEngine(p)
	s := paidSource(t, e)
	texts := []string{"two", "three", " ", "one", "three"}
	emb, est, err := e.FromCache(t.Context(), s, texts, EmbedOptions{Long: LongCut, Count: words})
	if err != nil || len(p.asked) != 0 {
		t.Fatalf("the lookup asked for %q, %v", p.asked, err)
	}
	if has := []bool{emb.Vectors.Has(0), emb.Vectors.Has(1), emb.Vectors.Has(2), emb.Vectors.Has(3)}; !slices.Equal(has, []bool{true, false, false, true}) || !emb.Partial {
		t.Errorf("it found %v, partial %v", has, emb.Partial)
	}
	var empty *api.EmptyTextError
	if !errors.As(emb.Failed[2], &empty) || emb.Usage.Cached != 2 || emb.Spent.Requests != 0 {
		t.Errorf("an empty text failed with %v; used: %+v", emb.Failed[2], emb.Usage)
	}
	if !est.Sends() || est.Missing() != 1 || est.Cached != 2 || est.Tokens != 1 {
		t.Errorf("the rest takes %+v", est)
	}
	p.holds["three"] = []float32{0, 0, 1, 0}
	emb, est, err = e.FromCache(t.Context(), s, texts, EmbedOptions{Before: emb, Long: LongCut, Count: words})
	if err != nil || emb.Partial || est.Sends() || emb.Usage.Cached != 3 {
		t.Errorf("with all known: partial %v, %+v, used %+v, %v", emb.Partial, est, emb.Usage, err)
	}
}

// forgetful is a cache that believes to know what it cannot give any more.
type forgetful struct{ holding }

func (f *forgetful) Known(_ context.Context, req api.Request) ([]bool, error) {
	known := make([]bool, len(req.Texts))
	for i := range known {
		known[i] = true
	}
	return known, nil
}

func TestWhatTheCacheCannotGiveIsPriced(t *testing.T) {
	e := paidEngine(&forgetful{holding{holds: map[string][]float32{"one": {1, 0, 0, 0}}}})
	emb, est, err := e.FromCache(t.Context(), paidSource(t, e), []string{"one", "two"}, EmbedOptions{Count: words})
	if err != nil || !emb.Partial || !emb.Vectors.Has(0) || emb.Vectors.Has(1) || est.Cached != 1 || est.Missing() != 1 || est.USD <= 0 {
		t.Errorf("%d of %d are known, and the rest costs $%g, %v", est.Cached, est.Texts, est.USD, err)
	}
}

// The vectors of many texts are hundreds of megabytes: what nothing is added to is not copied.
func TestVectorsOfTheSameTextsAreNotCopied(t *testing.T) {
	e := paidEngine(&holding{})
	s := paidSource(t, e)
	emb, err := e.Embed(t.Context(), s, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		texts []string
		same  bool
	}{"the same texts": {[]string{"one", "two"}, true}, "in another order": {[]string{"two", "one"}, false}} {
		again, err := e.Embed(t.Context(), s, c.texts, EmbedOptions{Before: emb})
		if err != nil || again.Partial {
			t.Fatal(name, err)
		}
		at := slices.Index(c.texts, "one")
		if &again.Vectors.Row(at)[0] == &emb.Vectors.Row(0)[0] != c.same || !slices.Equal(again.Vectors.Row(at), emb.Vectors.Row(0)) {
			t.Errorf("%s: they are those of before: %t", name, !c.same)
		}
	}
}

func TestLookupOfAProviderThatHoldsNothingTakesWhatIsInMemory(t *testing.T) {
	e := paidEngine(&letters{})
	s := paidSource(t, e)
	before, err := e.Embed(t.Context(), s, []string{"one"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	emb, est, err := e.FromCache(t.Context(), s, []string{"two", "one", " "}, EmbedOptions{Before: before, Long: LongCut, Count: words})
	if err != nil || !emb.Vectors.Has(1) || emb.Vectors.Has(0) || est.Missing() != 1 || len(emb.Failed) != 1 {
		t.Errorf("found %d vectors, the rest takes %+v, %v", emb.Vectors.Present(), est, err)
	}
	r, err := Analyse(t.Context(), s.Model, api.Candidate{Model: s.Model.Ref(), Dimensions: 4}, emb, nil)
	if err != nil || r.Missing() != 1 || r.Scan.Background.Pairs != 0 {
		t.Errorf("%d texts are missing in the result, %v", r.Missing(), err)
	}
}

// generous is such a cache that gives more than it was asked for.
type generous struct{ holding }

func (g *generous) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	held, err := g.holding.Held(ctx, req)
	return append(held, []float32{0, 0, 0, 1}), err
}

func TestOfWhatIsGivenUnaskedNothingIsTaken(t *testing.T) {
	e := paidEngine(&generous{holding{holds: map[string][]float32{"one": {1, 0, 0, 0}}}})
	emb, _, err := e.FromCache(t.Context(), paidSource(t, e), []string{"one", "two"}, EmbedOptions{Long: LongCut, Count: words})
	if err != nil || !emb.Vectors.Has(0) || emb.Vectors.Has(1) {
		t.Errorf("%d vectors, %v", emb.Vectors.Present(), err)
	}
}

// Wherever texts stand now, their vectors stand there too.
func TestVectorsFollowTheirTexts(t *testing.T) {
	p := &letters{}
	e, m := engine(p)
	s := Source{Model: m}
	before, err := e.Embed(t.Context(), s, []string{"one", "two", "three"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, texts := range [][]string{
		{"one", "two", "three"}, {"three", "one", "two"}, {"one", "two"}, {"two", "three"}, {"one"}, {"one", "one", "three"}, {"three", "three", "three", "two", "one"}, {},
	} {
		emb, err := e.Embed(t.Context(), s, texts, EmbedOptions{Before: before})
		if err != nil || emb.Vectors.Len() != len(texts) || emb.Partial || len(p.asked) != 1 {
			t.Fatalf("%q: %d vectors after %d askings, partial %v, %v", texts, emb.Vectors.Len(), len(p.asked), emb.Partial, err)
		}
		for i, text := range texts {
			if want := slices.Index(before.Texts, text); !slices.Equal(emb.Vectors.Row(i), before.Vectors.Row(want)) {
				t.Errorf("%q: text %d has the vector of another", texts, i+1)
			}
		}
	}
}

// overtaken hands over what a cache has, and then everything of a length that is new.
type overtaken struct {
	api.Uncached
	streamed bool
}

func (o overtaken) Embed(_ context.Context, req api.Request) (api.Result, error) {
	req.Arrived([]int{0}, [][]float32{{1, 0}})
	all := [][]float32{{1, 0, 0}, {0, 1, 0}}
	req.Arrived([]int{0, 1}, all)
	if o.streamed {
		all = nil
	}
	return api.Result{Dimensions: 3, Vectors: all}, nil
}

func TestWhatCameFirstMayBeOvertaken(t *testing.T) {
	for _, streamed := range []bool{false, true} {
		e := paidEngine(overtaken{streamed: streamed})
		emb, err := e.Embed(t.Context(), paidSource(t, e), []string{"one", "two"}, EmbedOptions{})
		if err != nil || emb.Vectors.Present() != 2 || emb.Vectors.Dim() != 3 || emb.Partial {
			t.Errorf("streamed %v: %d vectors of %d dimensions, %v", streamed, emb.Vectors.Present(), emb.Vectors.Dim(), err)
		}
	}
}

// unusable gives a vector that is none before it breaks off.
type unusable struct{ api.Uncached }

func (unusable) Embed(_ context.Context, req api.Request) (api.Result, error) {
	req.Arrived([]int{0}, [][]float32{{float32(math.NaN()), 1}})
	return api.Result{Usage: api.Usage{Requests: 1, Tokens: 5}}, errBroken
}

func TestWhyTheAskingFailedGoesBeforeWhatIsWrongWithWhatCame(t *testing.T) {
	e := paidEngine(unusable{})
	emb, err := e.Embed(t.Context(), paidSource(t, e), []string{"one", "two"}, EmbedOptions{})
	if !errors.Is(err, errBroken) || !emb.Partial || emb.Spent.Tokens != 5 {
		t.Errorf("%+v, %v", emb, err)
	}
}

// changing gives vectors of another length in its second batch.
type changing struct {
	api.Uncached
	fails error
}

func (c changing) Embed(_ context.Context, req api.Request) (api.Result, error) {
	first, second := []float32{1, 0}, []float32{1, 0, 0}
	req.Arrived([]int{0}, [][]float32{first})
	req.Arrived([]int{1}, [][]float32{second})
	return api.Result{Vectors: [][]float32{first, second}}, c.fails
}

func TestAChangeOfLengthMidwayKeepsWhatCameFirst(t *testing.T) {
	refused := errors.New("vectors of 2 and 3 dimensions for one request")
	for _, fails := range []error{nil, refused} {
		e := paidEngine(changing{fails: fails})
		emb, err := e.Embed(t.Context(), paidSource(t, e), []string{"one", "two"}, EmbedOptions{})
		if err == nil || fails != nil && !errors.Is(err, refused) {
			t.Errorf("the error is %v", err)
		}
		if !emb.Partial || !emb.Vectors.Has(0) || emb.Vectors.Has(1) || emb.Vectors.Dim() != 2 {
			t.Errorf("kept are %d vectors of %d dimensions, partial %v", emb.Vectors.Present(), emb.Vectors.Dim(), emb.Partial)
		}
	}
}

func TestVectorsOfAFormerLengthAreLeftOutAndSaid(t *testing.T) {
	p := &letters{}
	e := paidEngine(p)
	s := paidSource(t, e)
	before, err := e.Embed(t.Context(), s, []string{"one"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	longer := Source{Model: s.Model, Dimensions: 6}
	emb, err := e.Embed(t.Context(), longer, []string{"one", "two"}, EmbedOptions{Before: before})
	var changed *LengthChangedError
	if !errors.As(err, &changed) || changed.Was != 4 || changed.Now != 6 {
		t.Fatalf("the error is %v", err)
	}
	if !emb.Partial || emb.Vectors.Has(0) || !emb.Vectors.Has(1) {
		t.Errorf("kept are %d vectors, partial %v", emb.Vectors.Present(), emb.Partial)
	}
}

func TestACandidateLongerThanItsVectorsIsAnError(t *testing.T) {
	e, m := engine(&letters{})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"ab", "cd"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: 512}, emb, nil)
	if want := "the vectors of test/letters have 4 dimensions, fewer than 512"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// counting is such a cache that tells of how many texts it is asked at once.
type counting struct {
	holding
	asked []int
}

func (c *counting) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	c.asked = append(c.asked, len(req.Texts))
	return c.holding.Held(ctx, req)
}

func TestWhatIsKnownOfVeryManyTextsIsTakenInParts(t *testing.T) {
	for _, n := range []int{heldTogether - 1, heldTogether, heldTogether + 1, 2*heldTogether + 3} {
		p := &counting{holding: holding{holds: map[string][]float32{}}}
		texts := make([]string, n)
		for i := range texts {
			texts[i] = fmt.Sprint("text ", i)
			p.holds[texts[i]] = []float32{float32(i + 1), 1}
		}
		e := paidEngine(p)
		emb, est, err := e.FromCache(t.Context(), paidSource(t, e), texts, EmbedOptions{Long: LongCut, Count: words})
		if err != nil || emb.Partial || emb.Vectors.Present() != n || est.Missing() != 0 || emb.Usage.Cached != n {
			t.Fatalf("%d of %d vectors, %v", emb.Vectors.Present(), n, err)
		}
		for _, i := range []int{0, heldTogether - 2, n - 1} {
			if row := emb.Vectors.Row(i); math.Abs(float64(row[0]/row[1])-float64(i+1)) > 0.01*float64(i+1) {
				t.Errorf("of %d: text %d has the vector of another", n, i+1)
			}
		}
		if most := slices.Max(p.asked); most > heldTogether || len(p.asked) != (n+heldTogether-1)/heldTogether {
			t.Errorf("of %d texts it is asked for %v at once", n, p.asked)
		}
	}
}
