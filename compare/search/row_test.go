package search

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
)

// three rows over four texts and two queries, the second of which has no vector in the
// candidate's.
func rowsOf(t *testing.T) (candidate, words, both Row) {
	t.Helper()
	v := vectors(t, []float32{1, 0}, []float32{3, 4}, []float32{0, 1}, []float32{-1, 0})
	x := index(t, "east", "north east", "north", "west east east")
	asked := []string{"east", "north"}
	candidate = Row{Texts: v, Queries: vectors(t, []float32{1, 0}, nil)}
	words = Row{Index: x, Asked: asked}
	both = Row{Texts: v, Queries: candidate.Queries, Index: x, Asked: asked, Weight: 1}
	return candidate, words, both
}

func TestRowsSearchForManyQueries(t *testing.T) {
	candidate, words, both := rowsOf(t)
	for name, c := range map[string]struct {
		row    Row
		cosine bool
		want   [][]int
	}{
		"candidate": {candidate, true, [][]int{{0, 1, 2}, nil}},
		// "east" is in texts 0, 3 (twice of three words) and 1; "north" in 2 and 1.
		"words": {words, false, [][]int{{0, 3, 1}, {2, 1}}},
		// 1/61 + 1/61; 1/62 + 1/63 against 1/64 + 1/62: text 1 before text 3.
		"both": {both, false, [][]int{{0, 1, 3}, nil}},
	} {
		found, err := c.row.Search(t.Context(), 3)
		if err != nil || c.row.Cosine() != c.cosine || len(found) != 2 {
			t.Fatalf("%s: %v, %v", name, found, err)
		}
		for i, want := range c.want {
			if got := texts(found[i]); !slices.Equal(got, want) {
				t.Errorf("%s, query %d: %v, want %v", name, i+1, got, want)
			}
		}
		ended, stop := context.WithCancel(t.Context())
		stop()
		if _, err := c.row.Search(ended, 3); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFusedHitMayStandDeepInBothRankings(t *testing.T) {
	_, _, both := rowsOf(t)
	both.Asked, both.Weight = []string{"north east", ""}, 2
	// Text 1 is second by cosine and first by words, text 0 first and second.
	found, err := both.Search(t.Context(), 1)
	if err != nil || !slices.Equal(texts(found[0]), []int{1}) {
		t.Errorf("%v, %v", found, err)
	}
}

func TestRowsAreMeasuredByWhatAllCanRank(t *testing.T) {
	candidate, words, both := rowsOf(t)
	labels, err := evaluate.NewQueries(4, []evaluate.Query{
		{Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}, Source: evaluate.NoText},
		{Judged: []evaluate.Judgment{{Text: 2, Grade: 1}}, Source: evaluate.NoText},
	}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if all, err := Measured(labels, []Row{words}); err != nil || all.Items() != 2 {
		t.Errorf("words need no vectors: %v", err)
	}
	if part, err := Measured(labels, []Row{both}); err != nil || part.Items() != 1 {
		t.Errorf("what is ranked by words and vectors needs vectors, too: %v", err)
	}
	rows := []Row{candidate, words, both}
	part, err := Measured(labels, rows)
	if err != nil || part.Items() != 1 || part.Origin(0) != 0 {
		t.Fatalf("the second query has no vector: %v", err)
	}
	for i, rank := range []float64{2, 3, 2} {
		r, err := rows[i].Measure(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		if j := JudgedBy(r); j.Queries != 1 || !near(j.MRR, 1/rank) {
			t.Errorf("row %d: %+v, want rank %v", i, j, rank)
		}
	}
	only := func(query int) bool { return query == 1 }
	second, err := labels.Only(nil, only)
	if err != nil {
		t.Fatal(err)
	}
	var none *evaluate.Error
	if _, err := Measured(second, rows); !errors.As(err, &none) || none.Problem != evaluate.NoneAnswerable {
		t.Errorf("no query is left: %v", err)
	}
}

func TestARowCountsTheHitsAloneThatItFinds(t *testing.T) {
	index, err := lexical.NewIndex(t.Context(), []string{"east wind", "north gale", "rain all day", "wind and rain"})
	if err != nil {
		t.Fatal(err)
	}
	labels, err := evaluate.NewQueries(4, []evaluate.Query{
		{Judged: []evaluate.Judgment{{Text: 0, Grade: 1}}, Source: evaluate.NoText},
		{Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}, Source: evaluate.NoText},
		{Source: evaluate.NoText},
	}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Row{Index: index, Asked: []string{"wind", "snow", "rain"}}.Measure(t.Context(), labels)
	if err != nil {
		t.Fatal(err)
	}
	// "wind" finds two texts and "snow" none; "rain" has no answer and does not count.
	if j := JudgedBy(r); j.Hits != 2 || j.Unjudged != 1 {
		t.Errorf("%d of %d not judged, want 1 of 2", j.Unjudged, j.Hits)
	}
	// What is not found is not among the first ten, though there are fewer texts.
	if j := JudgedBy(r); j.Hit1 != .5 || j.Hit3 != .5 || j.Hit10 != .5 || j.MRR != .5 || j.NDCG != .5 {
		t.Errorf("of two answers one is found first and one not: %+v", j)
	}
}

// Neither vector nor word: a text that a fused row cannot find is not among its hits.
func TestAFusedRowCountsWhatItFinds(t *testing.T) {
	v := vectors(t, []float32{1, 0}, []float32{3, 4}, nil, nil)
	row := Row{Texts: v, Queries: vectors(t, []float32{1, 0}), Index: index(t, "east", "north", "west", "east too"), Asked: []string{"east"}, Weight: 1}
	labels, err := evaluate.NewQueries(4, []evaluate.Query{{Judged: []evaluate.Judgment{{Text: 2, Grade: 1}, {Text: 3, Grade: 1}}, Source: evaluate.NoText}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := row.Measure(t.Context(), labels)
	if err != nil {
		t.Fatal(err)
	}
	// Texts 0, 1 and 3 are found, text 2 is not.
	if j := JudgedBy(r); j.Hits != 3 || j.Unjudged != 2 || len(r.Queries[0].Found) != 2 || r.Queries[0].Found[1].Rank != 0 {
		t.Errorf("%+v of %+v", j, r.Queries[0])
	}
}

// What is measured is the ranking that is shown: words weigh in it as they do in a search.
func TestAFusedRowIsMeasuredAsItsWordsWeigh(t *testing.T) {
	_, _, both := rowsOf(t)
	both.Queries = vectors(t, []float32{1, 0}, []float32{0, 1})
	labels, err := evaluate.NewQueries(4, []evaluate.Query{{Judged: []evaluate.Judgment{{Text: 3, Grade: 1}}, Source: evaluate.NoText}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// Text 3 is last by cosine and second by words, text 1 second and third.
	for weight, want := range map[float64]int{1: 3, 10: 2} {
		both.Weight = weight
		found, err := both.Search(t.Context(), 4)
		if err != nil {
			t.Fatal(err)
		}
		r, err := both.Measure(t.Context(), labels)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Queries[0].Found[0].Rank; got != want || Rank(found[0], 3) != want {
			t.Errorf("with the weight %g it is measured at rank %d and found at %d, want %d", weight, got, Rank(found[0], 3), want)
		}
	}
}

func TestHitsAreCountedUpToTheTenth(t *testing.T) {
	for rank, want := range map[int][3]float64{1: {1, 1, 1}, 2: {0, 1, 1}, 3: {0, 1, 1}, 4: {0, 0, 1}, 10: {0, 0, 1}, 11: {}, 0: {}} {
		j := JudgedBy(&evaluate.Result{Queries: []evaluate.QueryResult{{Found: []evaluate.Found{{Rank: rank}}}, {}}})
		if j.Queries != 1 || [3]float64{j.Hit1, j.Hit3, j.Hit10} != want {
			t.Errorf("at rank %d: %+v", rank, j)
		}
	}
}

// Of texts as near the top the one that more lists find comes first, wherever it stands.
func TestATextThatMoreListsFindComesFirst(t *testing.T) {
	lines := Align(3, hits(0), hits(1), hits(1), hits(2, 0))
	var order []int
	for _, l := range lines {
		order = append(order, l.Text)
	}
	// 0 is first once and second once, 1 is first twice, 2 is first once.
	if !slices.Equal(order, []int{0, 1, 2}) {
		t.Errorf("%v", order)
	}
	if lines = Align(3, hits(0), hits(1), hits(1)); lines[0].Text != 1 || lines[1].Text != 0 {
		t.Errorf("%+v", lines)
	}
}

func TestTheBackgroundOfOneTextIsNone(t *testing.T) {
	for _, v := range [][][]float32{{{1, 0}}, {nil}, {{1, 0}, nil}} {
		b, err := BackgroundOf(t.Context(), vectors(t, v...))
		if err != nil || b != (Background{}) {
			t.Errorf("%+v, %v", b, err)
		}
	}
	two, err := BackgroundOf(t.Context(), vectors(t, []float32{1, 0}, []float32{3, 4}))
	if err != nil || !near(two.Mean, .6) || two.SD != 0 {
		t.Errorf("of two texts: %+v, %v", two, err)
	}
	three, err := BackgroundOf(t.Context(), vectors(t, []float32{1, 0}, []float32{3, 4}, []float32{0, 1}))
	if err != nil || !near(three.Mean, 1.4/3) || !near(three.SD*three.SD, (.36+.64)/3-1.96/9) {
		t.Errorf("of three texts: %+v, %v", three, err)
	}
}
