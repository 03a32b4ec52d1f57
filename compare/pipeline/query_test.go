package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// ranked ranks texts under the candidate of letters at so many dimensions.
func ranked(t *testing.T, p *letters, dimensions int, prefix, query string, texts ...string) ([]compare.Hit, error) {
	t.Helper()
	e, m := engine(p)
	c := api.Candidate{Model: m.Ref(), Dimensions: dimensions}
	source, _ := SourceOf(m, c)
	emb, err := e.Embed(t.Context(), source, texts, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, c, emb, nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Roles.Query.Prefix = prefix
	asked, err := e.Embed(t.Context(), QuerySource(m, c), []string{query}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return Rank(t.Context(), asked, r)
}

func order(hits []compare.Hit) (texts []int) {
	for _, h := range hits {
		texts = append(texts, h.Text)
	}
	return texts
}

func TestRankPutsTheNearestFirstAndTiesInOrder(t *testing.T) {
	// Letters are counted by their code modulo 4: a is 1, b 2, c 3, d 0.
	hits, err := ranked(t, &letters{}, 4, "", "aa", "b", "ab", "?", "ba", "a")
	if want := []int{4, 1, 3, 0}; err != nil || !slices.Equal(order(hits), want) {
		t.Errorf("%v, %v; want the texts %v", hits, err, want)
	}
}

func TestARankingThatIsStoppedIsNone(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	texts := &Embedding{Texts: []string{"a", "b"}, Vectors: vectorsOf(t, []float32{1, 0}, []float32{0, 1})}
	r := &Result{Vectors: texts.Vectors, From: 2}
	if hits, err := Rank(ctx, &Embedding{Vectors: vectorsOf(t, []float32{1, 0})}, r); !errors.Is(err, context.Canceled) || hits != nil {
		t.Errorf("%v, %v", hits, err)
	}
}

func TestRankCutsTheQueryAsTheTextsAreCut(t *testing.T) {
	// With two dimensions only d and a count: the c of the query is cut away.
	hits, err := ranked(t, &letters{}, 2, "", "ccca", "d", "a")
	if err != nil || !slices.Equal(order(hits), []int{1, 0}) || hits[0].Similarity != 1 {
		t.Errorf("%v, %v", hits, err)
	}
}

func TestAQueryWithoutAVectorSaysWhy(t *testing.T) {
	_, err := ranked(t, &letters{}, 4, "", "?", "a")
	if err == nil || err.Error() != "no vector for the query: only punctuation" {
		t.Errorf("%v", err)
	}
}

func TestQueriesWithoutAnyVectorAreNoneOfAnotherLength(t *testing.T) {
	e, m := engine(&letters{})
	texts, err := e.Embed(t.Context(), Source{Model: m}, []string{"a"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: 2}, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	none, err := e.Embed(t.Context(), Source{Model: m}, []string{"?"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if q, err := Queries(none, r); err != nil || q.Vectors.Present() != 0 {
		t.Errorf("%+v, %v", q, err)
	}
	bare, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref()}, none, nil)
	if err != nil {
		t.Fatal(err)
	}
	if q, err := Queries(texts, bare); err != nil || q.Vectors.Present() != 1 {
		t.Errorf("of texts without a vector the queries are of another length: %+v, %v", q, err)
	}
}

// With two dimensions only d and a count: nothing is left of b, nor of c.
func TestAQueryOfWhichNothingIsLeftTakesNoPartAndTheOthersDo(t *testing.T) {
	e, m := engine(&letters{})
	c := api.Candidate{Model: m.Ref(), Dimensions: 2}
	texts, err := e.Embed(t.Context(), Source{Model: m}, []string{"a", "d"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, c, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := e.Embed(t.Context(), Source{Model: m}, []string{"a", "b", "?", "d"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	q, err := Queries(asked, r)
	if err != nil || q.Vectors.Present() != 2 || !q.Vectors.Has(0) || !q.Vectors.Has(3) || len(q.Failed) != 2 || len(asked.Failed) != 1 {
		t.Fatalf("%+v, %v", q, err)
	}
	const want = "no vector for the query: the first 2 values of its vector are all 0; take more dimensions, or leave it out"
	if why := WhyNoVector(q, 1); why == nil || why.Error() != want {
		t.Errorf("%v, want %s", why, want)
	}
	alone, err := e.Embed(t.Context(), Source{Model: m}, []string{"bc"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Rank(t.Context(), alone, r); err == nil || err.Error() != want {
		t.Errorf("ranked by it: %v, want %s", err, want)
	}
}

func TestAQueryOfAnotherLengthIsNotCompared(t *testing.T) {
	e, m := engine(&letters{})
	c := api.Candidate{Model: m.Ref(), Dimensions: 4}
	texts, err := e.Embed(t.Context(), Source{Model: m}, []string{"a"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, c, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	derived, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: 2}, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []int{3, 6} {
		query, err := e.Embed(t.Context(), Source{Model: m, Dimensions: d}, []string{"a"}, EmbedOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("the query's vector has %d dimensions, those of the texts have 4; to embed the texts again, quit and run: vecscope cache prune --model test/letters", d)
		for _, of := range []*Result{r, derived} {
			if hits, err := Rank(t.Context(), query, of); err == nil || err.Error() != want {
				t.Errorf("compared with texts of %d dimensions: %v, %v", of.Vectors.Dim(), hits, err)
			}
		}
	}
}

func TestAQueryIsAskedOfTheSourceOfTheTextsWithThePrefix(t *testing.T) {
	m := api.Model{Provider: "p", ID: "m", Dimensions: 8, Price: price(1), Roles: api.Roles{Query: api.Manner{Prefix: "q: "}}}
	whole := QuerySource(m, api.Candidate{Model: "p/m", Dimensions: 8})
	derived := QuerySource(m, api.Candidate{Model: "p/m", Dimensions: 2})
	if whole.Prefix != "q: " || whole.Dimensions != 0 || whole.Key() != derived.Key() {
		t.Errorf("%+v and %+v", whole, derived)
	}
	if documents, _ := SourceOf(m, api.Candidate{Model: "p/m", Dimensions: 8}); documents.Key() == whole.Key() || documents.Prefix != "" {
		t.Error("texts and queries share vectors")
	}
}

func TestEveryRoleIsASourceOfItsOwnOnlyWhereTheModelMakesADifference(t *testing.T) {
	c := api.Candidate{Model: "p/m", Dimensions: 8}
	keys := func(roles api.Roles) map[string]bool {
		m := api.Model{Provider: "p", ID: "m", Dimensions: 8, Roles: roles}
		symmetric, _ := SourceOf(m, c)
		return map[string]bool{symmetric.Key(): true, DocumentSource(m, c).Key(): true, QuerySource(m, c).Key(): true}
	}
	for model, want := range map[string]int{"nomic-embed-text": 3, "e5-small": 2, "bge-large-en": 2, "bge-m3": 1, "jina-embeddings-v3": 3, "voyage-3": 3} {
		if got := len(keys(api.PresetRoles(model))); got != want {
			t.Errorf("%s has %d sources, want %d", model, got, want)
		}
	}
}

func TestTheRoleIsSentWithTheTexts(t *testing.T) {
	p := &letters{}
	e := paidEngine(p)
	s := Source{Model: api.Model{Provider: "test", ID: "free"}, Manner: api.Manner{Prefix: "q: ", Field: api.Field{Name: "task", Value: "x"}}}
	if _, err := e.Embed(t.Context(), s, []string{"one"}, EmbedOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := p.manners[0]; got != s.Manner {
		t.Errorf("sent as %+v, want %+v", got, s.Manner)
	}
}
