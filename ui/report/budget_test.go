package report

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

func TestLostAnswersArePaidForAgainOnlyWithinTheBudget(t *testing.T) {
	price := 1e6 // a dollar a token
	exact := api.Model{Price: &price, Tokenizer: "cl100k_base"}
	other := api.Model{Price: &price}
	for _, tt := range []struct {
		name   string
		usd    float64
		e      pipeline.Estimate
		tokens []int
		want   []bool
	}{
		{"nothing left", -1, pipeline.Estimate{Source: pipeline.Source{Model: exact}, Paid: true, Priced: true, Texts: 1, Tokens: 4, USD: 4}, []int{1}, []bool{false}},
		{"enough for some", 4, pipeline.Estimate{Source: pipeline.Source{Model: exact}, Paid: true, Priced: true, Texts: 1, Tokens: 4, USD: 4}, []int{3, 2, 1, 1}, []bool{true, false, true, false}},
		// At most 1.5 × 4 + 3 tokens: $9 for the 4 estimated.
		{"the server may count more", 9, pipeline.Estimate{Source: pipeline.Source{Model: other}, Paid: true, Priced: true, Estimated: true, Texts: 1, Tokens: 4, USD: 4}, []int{3, 2, 1}, []bool{true, false, true}},
		{"no price: once more", 0, pipeline.Estimate{Paid: true, Texts: 1, Tokens: 4}, []int{4, 1}, []bool{true, false}},
		{"all known", 5, pipeline.Estimate{Paid: true, Priced: true, Texts: 1, Cached: 1}, []int{1}, []bool{false}},
	} {
		again := NewBudget(tt.usd).Again(tt.e)
		var got []bool
		for _, n := range tt.tokens {
			got = append(got, again(n))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if NewBudget(5).Again(pipeline.Estimate{Texts: 1, Tokens: 4, Priced: true}) != nil {
		t.Error("what costs nothing is limited")
	}
	b := NewBudget(4)
	e := pipeline.Estimate{Source: pipeline.Source{Model: exact}, Paid: true, Priced: true, Texts: 1, Tokens: 4, USD: 4}
	if first, second := b.Again(e), b.Again(e); !first(3) || second(2) {
		t.Error("two models do not share a budget")
	}
}
