package findings

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
)

// Rows that lack vectors are called what they are called elsewhere, together where they lack
// equally many; texts of whose vectors a cut leaves nothing are named by their numbers.
func TestWhatLacksVectorsIsNamed(t *testing.T) {
	made := &trial.Trial{Rows: []trial.Row{
		{ID: "a/one@8", Candidate: api.Candidate{Model: "a/one", Dimensions: 8}}, {ID: "a/two@8", Candidate: api.Candidate{Model: "a/two", Dimensions: 8}},
		{ID: "a/three@8", Candidate: api.Candidate{Model: "a/three", Dimensions: 8}},
	}}
	short := func(r *trial.Row) string { return r.Candidate.Short() }
	for _, c := range []struct {
		lacking      []trial.Lacking
		named, basis string
	}{
		{[]trial.Lacking{{ID: "a/one@8", Texts: 1, Of: 9}}, "one@8 has no vector for 1 text", "1 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 2, Of: 9}, {ID: "a/two@8", Texts: 2, Of: 9}}, "one@8 and two@8 have no vector for 2 texts", "2 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 2, Of: 9}, {ID: "a/two@8", Texts: 2, Of: 9}, {ID: "a/three@8", Texts: 2, Of: 9}},
			"one@8, two@8 and three@8 have no vector for 2 texts", "2 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 2, Of: 9}, {ID: "a/two@8", Texts: 3, Of: 9}}, "one@8 has no vector for 2 texts, two@8 has no vector for 3 texts", "2 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Queries: 1}}, "one@8 has no vector for 1 query", "1 query"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 1, Of: 9, Queries: 3}}, "one@8 has no vector for 1 text and 3 queries", "1 of 9 texts and 3 queries"},
		{[]trial.Lacking{{ID: "gone@8", Texts: 1, Of: 9}}, "gone@8 has no vector for 1 text", "1 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 1, Of: 9, Dimensions: 8, Zero: []int{0}}},
			"one@8 has no vector for 1 text (the first 8 values of that of text 1 are all 0)", "1 of 9 texts"},
		{[]trial.Lacking{{ID: "a/one@8", Texts: 1, Queries: 1, Of: 9, Dimensions: 8, Zero: []int{1}, ZeroQueries: []int{2}}},
			"one@8 has no vector for 1 text and 1 query (the first 8 values of those of text 2 and query 3 are all 0)", "1 of 9 texts and 1 query"},
		{[]trial.Lacking{{ID: "a/one@8", Queries: 2, Dimensions: 8, ZeroQueries: []int{2, 4}}},
			"one@8 has no vector for 2 queries (the first 8 values of those of queries 3, 5 are all 0)", "2 queries"},
	} {
		made.Lacking = c.lacking
		if got := (sentence{t: made, names: short}).lacking(); got != c.named {
			t.Errorf("%+v: %q, want %q", c.lacking, got, c.named)
		}
		if got := equallyLacking(c.lacking)[0].countOfAll(); got != c.basis {
			t.Errorf("%+v: %q, want %q", c.lacking, got, c.basis)
		}
	}
	for n, want := range map[int]string{1: "text 1", 2: "texts 1, 2", 5: "texts 1, 2, 3, 4, 5", 6: "texts 1, 2, 3, 4, 5 and 1 more", 1205: "texts 1, 2, 3, 4, 5 and 1,200 more"} {
		indexes := make([]int, n)
		for i := range indexes {
			indexes[i] = i
		}
		if got := numbered("text", "texts", indexes); got != want {
			t.Errorf("%d are numbered as %q, want %q", n, got, want)
		}
	}
}
