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
