package pipeline

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// letters is a provider whose vectors count letters; it notes what it was asked.
type letters struct {
	api.Uncached
	asked   [][]string
	manners []api.Manner // in which they were sent
	fresh   []bool       // whether past what is kept
	norms   api.Norms    // of what it answers
}

func (l *letters) Embed(_ context.Context, req api.Request) (api.Result, error) {
	l.asked, l.manners, l.fresh = append(l.asked, slices.Clone(req.Texts)), append(l.manners, req.Manner()), append(l.fresh, req.Fresh)
	d := req.Dimensions
	if d == 0 {
		d = 4
	}
	result := api.Result{Dimensions: d, Vectors: make([][]float32, len(req.Texts)), Failed: map[int]error{}, Norms: l.norms}
	for i, t := range req.Texts {
		if t == "" {
			result.Failed[i] = &api.EmptyTextError{Index: i}
			continue
		}
		if t == "?" {
			result.Failed[i] = &api.TextError{Index: i, Err: errors.New("only punctuation")}
			continue
		}
		v := make([]float32, d)
		for _, r := range t {
			v[int(r)%d]++
		}
		result.Vectors[i] = v
		result.Usage.Tokens += len(t)
	}
	return result, nil
}

func price(v float64) *float64 { return &v }

func engine(p api.Provider) (*Engine, api.Model) {
	m := api.Model{Provider: "test", ID: "letters", Kind: api.KindEmbedding, Dimensions: 4, Price: price(0)}
	paid := api.Model{Provider: "paid", ID: "large", Kind: api.KindEmbedding, Dimensions: 8, KeyEnv: "PAID_KEY"}
	return &Engine{
		Catalog:   catalog.New([]api.Model{m, paid}),
		Providers: map[string]api.Provider{"test": p},
		HasKey:    func(string) bool { return false },
	}, m
}

func TestFullLengthIsAskedForAndSmallerOnesAreDerived(t *testing.T) {
	trained := api.Model{Provider: "p", ID: "m", Dimensions: 1536, MaxDimensions: 1536, SupportsDimensions: true, Price: price(0.02)}
	hashed := api.Model{Provider: "local", ID: "h", Dimensions: 4096, MaxDimensions: 65536, SupportsDimensions: true, Price: price(0), Source: api.SourceBinary}
	own := api.Model{Provider: "ollama", ID: "o", Dimensions: 768, SupportsDimensions: true, Price: price(0)}
	unknown := api.Model{Provider: "ollama", ID: "u", SupportsDimensions: true, Price: price(0)}
	reducedByDefault := api.Model{Provider: "p", ID: "q", Dimensions: 1536, MaxDimensions: 4096, SupportsDimensions: true, Price: price(0.05)}
	cases := []struct {
		name    string
		model   api.Model
		asked   int
		source  int
		derived bool
	}{
		{"full length", trained, 1536, 0, false},
		{"paid, shorter", trained, 256, 0, true},
		{"inside the binary and computed at every length", hashed, 256, 256, false},
		{"a free server's, shorter", own, 64, 0, true},
		{"of a length that is not known", unknown, 64, 0, true},
		{"longer than what comes unasked", reducedByDefault, 4096, 4096, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, derived := SourceOf(c.model, api.Candidate{Model: c.model.Ref(), Dimensions: c.asked})
			if s.Dimensions != c.source || derived != c.derived {
				t.Errorf("asks for %d, derived %v; want %d, %v", s.Dimensions, derived, c.source, c.derived)
			}
		})
	}
}

func TestOnlyNewTextsAreAskedFor(t *testing.T) {
	p := &letters{}
	e, m := engine(p)
	s := Source{Model: m}
	first, err := e.Embed(t.Context(), s, []string{"one", "two", "three"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := e.Embed(t.Context(), s, []string{"two", "four", "?", "", "one"}, EmbedOptions{Before: first})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"four", "?", ""}; !slices.Equal(p.asked[1], want) {
		t.Errorf("the second time %q were asked for, want %q", p.asked[1], want)
	}
	if !slices.Equal(second.Vectors.Row(4), first.Vectors.Row(0)) {
		t.Error("a text asked for before has another vector now")
	}
	for at, want := range map[int]string{2: "text 3 has no vector: only punctuation", 3: "text 4 is empty: there is nothing to embed"} {
		if got := second.Failed[at]; got == nil || got.Error() != want {
			t.Errorf("text %d failed with %v, want %s", at+1, got, want)
		}
	}
}

func TestUnavailableModelsSayWhy(t *testing.T) {
	e, m := engine(&letters{})
	paid, err := e.Catalog.Find("paid/large")
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Available(m); err != nil {
		t.Errorf("a model that can be asked: %v", err)
	}
	var key *api.KeyError
	if err := e.Available(paid); !errors.As(err, &key) || key.Env != "PAID_KEY" {
		t.Errorf("without its key: %v", err)
	}
	e.HasKey = func(string) bool { return true }
	var unreachable *NotReachableError
	if err := e.Available(paid); !errors.As(err, &unreachable) {
		t.Errorf("with its key: %v", err)
	}
	if err := e.Available(api.Model{Kind: api.KindReranker}); err == nil {
		t.Error("a reranker counts as available")
	}
}

func TestAnalyseCutsAndCompares(t *testing.T) {
	p := &letters{}
	e, m := engine(p)
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"abcd", "aabb", "ab", "?"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: 3}, emb, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Derived || r.Vectors.Dim() != 3 || r.Matrix.Len() != 4 {
		t.Errorf("derived %v, %d dimensions, %d texts", r.Derived, r.Vectors.Dim(), r.Matrix.Len())
	}
	if v, ok := r.Matrix.At(1, 2); !ok || v < 0.999999 {
		t.Errorf("aabb and ab are %v alike, want 1", v)
	}
	if best := r.Scan.Pairs()[0]; best.A != 1 || best.B != 2 {
		t.Errorf("the best pair is %v", best)
	}
	if r.Scan.Background.Pairs != 3 {
		t.Errorf("%d pairs, want the 3 of the texts that have vectors", r.Scan.Background.Pairs)
	}
}

// shortSighted reads four bytes of a text.
type shortSighted struct{ letters }

func (s *shortSighted) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	result, err := s.letters.Embed(ctx, req)
	for i, t := range req.Texts {
		if len(t) > 4 {
			result.Clipped = append(result.Clipped, i)
		}
		if t[0] == 't' || t[0] == 'f' {
			result.Unknown = append(result.Unknown, i)
		}
	}
	return result, err
}

func TestTextsReadOnlyInPartAreKnownFromFirstToLast(t *testing.T) {
	e, m := engine(&shortSighted{})
	first, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "three", "four", "three"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 3}; !slices.Equal(first.Clipped, want) {
		t.Errorf("at first %v are clipped, want %v", first.Clipped, want)
	}
	if want := []int{1, 2, 3}; !slices.Equal(first.Unknown, want) {
		t.Errorf("at first %v are known in part, want %v", first.Unknown, want)
	}
	second, err := e.Embed(t.Context(), Source{Model: m}, []string{"seven", "four", "three"}, EmbedOptions{Before: first})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 2}; !slices.Equal(second.Clipped, want) {
		t.Errorf("with one taken over %v are clipped, want %v", second.Clipped, want)
	}
	if want := []int{1, 2}; !slices.Equal(second.Unknown, want) {
		t.Errorf("with one taken over %v are known in part, want %v", second.Unknown, want)
	}
	moved, err := e.Embed(t.Context(), Source{Model: m}, []string{"four", "one", "three"}, EmbedOptions{Before: first})
	if err != nil || !slices.Equal(moved.Clipped, []int{2}) || !slices.Equal(moved.Unknown, []int{0, 2}) {
		t.Errorf("in other places %v are clipped and %v known in part, %v", moved.Clipped, moved.Unknown, err)
	}
	r, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: 2}, second, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.ReadInPart(0) || r.ReadInPart(1) || !r.ReadInPart(2) {
		t.Errorf("the result has %v clipped", r.Clipped)
	}
	if r.KnownInPart(0) || !r.KnownInPart(1) || !r.KnownInPart(2) || r.InPart() != 3 {
		t.Errorf("the result has %v known in part, %d in part", r.Unknown, r.InPart())
	}
	unknown := slices.Clone(second.Unknown)
	short, err := second.WithoutClipped()
	if err != nil || !slices.Equal(short.Unknown, []int{1}) || !slices.Equal(second.Unknown, unknown) {
		t.Errorf("without those that are too long %v are known in part, %v", short.Unknown, err)
	}
	var long *LongTextError
	if short.Vectors.Has(0) || !slices.Equal(short.Vectors.Row(1), second.Vectors.Row(1)) || short.Vectors.Has(2) || !errors.As(short.Failed[2], &long) || len(short.Failed) != 2 || len(second.Failed) != 0 {
		t.Errorf("without those that are too long there are %d vectors, and %v", short.Vectors.Present(), short.Failed)
	}
}

func TestUsageTellsWhetherItCountsOtherTexts(t *testing.T) {
	e, m := engine(&letters{})
	s, c := Source{Model: m}, api.Candidate{Model: m.Ref(), Dimensions: 4}
	var emb *Embedding
	for _, step := range []struct {
		texts  []string
		tokens int
		others bool
	}{
		{[]string{"a", "bb"}, 3, false},
		{[]string{"bb", "a", "ccc"}, 6, false},
		{[]string{"a"}, 6, true},
		{[]string{"a", "dddd"}, 10, true},
	} {
		var err error
		if emb, err = e.Embed(t.Context(), s, step.texts, EmbedOptions{Before: emb}); err != nil {
			t.Fatal(err)
		}
		r, err := Analyse(t.Context(), m, c, emb, nil)
		if err != nil || r.Usage.Tokens != step.tokens || r.UsageOfOthers != step.others {
			t.Errorf("%q took %d tokens, of others too: %v, %v; want %+v", step.texts, r.Usage.Tokens, r.UsageOfOthers, err, step)
		}
	}
}
