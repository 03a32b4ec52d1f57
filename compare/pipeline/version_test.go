package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// versioned is letters of which another version may answer.
type versioned struct {
	letters
	version string
	fails   error
}

func (v *versioned) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	result, err := v.letters.Embed(ctx, req)
	result.Version = v.version
	for i := range result.Vectors {
		result.Vectors[i][0] += float32(len(v.version))
	}
	if v.fails != nil {
		req.Arrived([]int{0}, result.Vectors[:1])
		return api.Result{Version: v.version}, v.fails
	}
	return result, err
}

func TestWhatIsInMemoryOfAnotherVersionIsAskedForAgain(t *testing.T) {
	p := &versioned{version: "1"}
	e, m := engine(p)
	s := Source{Model: m}
	before, err := e.Embed(t.Context(), s, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p.version = "second"
	texts := []string{"one", "three", "two"}
	emb, err := e.Embed(t.Context(), s, texts, EmbedOptions{Before: before})
	if err != nil || emb.Partial || emb.Version != "second" {
		t.Fatalf("%+v, %v", emb, err)
	}
	tokens := 0
	for _, asked := range p.asked[1:] {
		tokens += len(strings.Join(asked, ""))
	}
	if emb.Spent.Tokens != tokens {
		t.Errorf("%d tokens are spent in both askings, want %d", emb.Spent.Tokens, tokens)
	}
	alone, err := e.Embed(t.Context(), s, texts, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if !slices.Equal(emb.Vectors.Row(i), alone.Vectors.Row(i)) {
			t.Errorf("text %d has a vector of the former version", i+1)
		}
	}
	p.version, p.fails = "the third", errors.New("broken off")
	emb, err = e.Embed(t.Context(), s, []string{"one", "four", "five"}, EmbedOptions{Before: emb})
	if !errors.Is(err, p.fails) || emb.Vectors.Has(0) || !emb.Vectors.Has(1) || !emb.Partial {
		t.Errorf("after an error %d vectors of two versions stand together, %v", emb.Vectors.Present(), err)
	}
}

// That a server tells nothing any more does not make it another model.
func TestWhatIsInMemoryStaysWhereAServerTellsNothingAnyMore(t *testing.T) {
	p := &versioned{version: "1"}
	e, m := engine(p)
	before, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p.version = ""
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "three", "two"}, EmbedOptions{Before: before})
	if err != nil || len(p.asked) != 2 || !slices.Equal(p.asked[1], []string{"three"}) || emb.Version != "1" || emb.Partial {
		t.Errorf("asked are %q, version %q, %v", p.asked, emb.Version, err)
	}
}

func TestAProviderThatFindsAnotherModelIsToldWithTheCost(t *testing.T) {
	p := &versioned{version: "2", fails: &api.ModelChangedError{Provider: "test", Model: "paid"}}
	e := paidEngine(p)
	s := paidSource(t, e)
	s.Model.Price = price(1)
	_, err := e.Embed(t.Context(), s, []string{"one", "two", "three", "one"}, EmbedOptions{Long: LongCut, Count: words})
	var changed *api.ModelChangedError
	if !errors.As(err, &changed) || changed.Texts != 3 || !changed.Priced || changed.USD != 3e-6 {
		t.Errorf("%+v, %v", changed, err)
	}
}

// onceOnly answers one asking, and fails at those after it.
type onceOnly struct {
	versioned
	answered bool
}

func (o *onceOnly) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if o.answered {
		return api.Result{Version: o.version}, o.fails
	}
	o.answered = true
	fails := o.fails
	o.fails = nil
	defer func() { o.fails = fails }()
	return o.versioned.Embed(ctx, req)
}

func TestWhatIsAskedForAgainInVainIsNotCalledWhole(t *testing.T) {
	first := &versioned{version: "1"}
	e, m := engine(first)
	before, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken off")
	e, _ = engine(&onceOnly{versioned: versioned{version: "second", fails: broken}})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "three", "two"}, EmbedOptions{Before: before})
	if !errors.Is(err, broken) || emb == nil || !emb.Partial || emb.Vectors.Has(0) || emb.Vectors.Has(2) {
		t.Errorf("%v; of three texts %d have a vector", err, emb.Vectors.Present())
	}
}

// Where a server tells nothing, the vectors of before have no version.
func TestWhatIsInMemoryOfAnUnknownModelIsAskedForAgainWhenAnotherIsFound(t *testing.T) {
	p := &versioned{}
	e, m := engine(p)
	s := Source{Model: m}
	before, err := e.Embed(t.Context(), s, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"one", "three", "two"}
	for version, again := range map[string]bool{"": false, "digest:a": false, api.FoundChanged + "1": true} {
		p.version = version
		emb, err := e.Embed(t.Context(), s, texts, EmbedOptions{Before: before})
		if err != nil || emb.Version != version {
			t.Fatalf("%+v, %v", emb, err)
		}
		if same := slices.Equal(emb.Vectors.Row(0), before.Vectors.Row(0)); same == (again && version != before.Version) {
			t.Errorf("version %q: the vector of before is kept: %t", version, same)
		}
	}
}

func TestAnotherPaidVersionIsToldWithTheCost(t *testing.T) {
	p := &versioned{version: "1"}
	e := paidEngine(p)
	s := paidSource(t, e)
	s.Model.Price = price(1)
	how := EmbedOptions{Long: LongCut, Count: words}
	before, err := e.Embed(t.Context(), s, []string{"one", "two"}, how)
	if err != nil {
		t.Fatal(err)
	}
	asked := len(p.asked)
	p.version, p.norms = "second", api.Norms{Low: 1, High: 2}
	how.Before = before
	emb, err := e.Embed(t.Context(), s, []string{"one", "two", "three"}, how)
	var changed *api.ModelChangedError
	if !errors.As(err, &changed) || changed.Texts != 3 || !changed.Priced || changed.USD != 3e-6 {
		t.Fatalf("%v", err)
	}
	if len(p.asked) != asked+1 || emb.Vectors.Has(0) || !emb.Vectors.Has(2) {
		t.Errorf("asked %d times, has %d vectors", len(p.asked)-asked, emb.Vectors.Present())
	}
	if emb.Norms != p.norms || emb.Spent.Tokens != len("three") {
		t.Errorf("what came has norms %+v and took %+v", emb.Norms, emb.Spent)
	}
	s.Prefix = "find: " // which is sent, and paid for, with every text
	if _, err = e.Embed(t.Context(), s, []string{"one", "two", "three"}, how); !errors.As(err, &changed) || changed.USD != 6e-6 {
		t.Errorf("with a prefix it costs $%g, %v", changed.USD, err)
	}
	how.Count, how.Long = nil, LongSent
	if _, err = e.Embed(t.Context(), s, []string{"one", "two", "three"}, how); !errors.As(err, &changed) || changed.Texts != 3 || changed.Priced {
		t.Errorf("where nobody counts tokens: %v", err)
	}
}

func TestWhatIsAskedForAgainForAnotherVersionIsNotPastWhatHasJustCome(t *testing.T) {
	p := &versioned{version: "1"}
	e, m := engine(p)
	s := Source{Model: m}
	before, err := e.Embed(t.Context(), s, []string{"one", "two"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p.version, s.Fresh = "second", true
	emb, err := e.Embed(t.Context(), s, []string{"one", "three", "two"}, EmbedOptions{Before: before})
	if err != nil || !emb.Source.Fresh || !slices.Equal(p.fresh, []bool{false, true, false}) {
		t.Errorf("%+v, asked past what is kept: %v, %v", emb.Source, p.fresh, err)
	}
}

func TestAFreshSourceIsAskedPastWhatIsKept(t *testing.T) {
	p := &holding{holds: map[string][]float32{"one": {1, 0, 0, 0}}}
	e := paidEngine(p)
	s := paidSource(t, e)
	s.Fresh = true
	emb, est, err := e.FromCache(t.Context(), s, []string{"one"}, EmbedOptions{Long: LongCut, Count: words})
	if err != nil || emb.Vectors.Present() != 0 || est.Missing() != 1 {
		t.Errorf("it takes %d vectors, the rest takes %+v, %v", emb.Vectors.Present(), est, err)
	}
}
