package candidate

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestDimensionsAreListedAsNumbersOrAsWhatComes(t *testing.T) {
	for _, c := range []struct {
		dimensions []int
		want       string
	}{
		{[]int{256}, "256 dimensions"},
		{[]int{256, 1536}, "256 and 1536 dimensions"},
		{[]int{64, 256, 1536}, "64, 256 and 1536 dimensions"},
		{[]int{0}, "as many dimensions as come"},
		{[]int{256, 0}, "256 and as many dimensions as come"},
	} {
		var chosen []api.Candidate
		for _, n := range c.dimensions {
			chosen = append(chosen, api.Candidate{Model: "shop/good", Dimensions: n})
		}
		if got := DimensionsList(chosen); got != c.want {
			t.Errorf("%v is %q, want %q", c.dimensions, got, c.want)
		}
	}
}

func TestDimensionsSayWhereTheirVectorsComeFrom(t *testing.T) {
	native := api.Model{Provider: "shop", ID: "cut", Dimensions: 512, NativeDimensions: 1024, Matryoshka: "64..512", MinDimensions: 64}
	whole := api.Model{Provider: "shop", ID: "as it is", Dimensions: 512, NativeDimensions: 512}
	served := api.Model{Provider: "shop\x1b[1m", ID: "given", Dimensions: 512, NativeDimensions: 1024}
	untrained := api.Model{Provider: "shop", ID: "whole", Dimensions: 512}
	inside := api.Model{Provider: "local", ID: "ngrams", Dimensions: 1024, SupportsDimensions: true, Price: new(float64), Source: api.SourceBinary}
	fixed := api.Model{Provider: "local", ID: "glove", Dimensions: 100, Price: new(float64), Source: api.SourceBinary}
	for _, c := range []struct {
		model api.Model
		n     int
		want  string
	}{
		{untrained, 0, "as many as the server gives"},
		{untrained, 512, "full length"},
		{untrained, 256, "derived: cut here, not trained for truncation"},
		{native, 512, "what the provider gives unasked"},
		{native, 64, "derived: cut here, trained for truncation"},
		{native, 63, "derived: cut here, below what it was trained for"},
		{whole, 512, "full length"},
		{served, 512, "what the provider gives unasked"},
		{served, 1024, "asked of shop"},
		{native, 256, "derived: cut here, trained for truncation"},
		{native, 32, "derived: cut here, below what it was trained for"},
		{inside, 256, "computed at this length"},
		{fixed, 50, "derived: cut here, not trained for truncation"},
	} {
		if got := DimensionsOrigin(c.model, c.n); got != c.want {
			t.Errorf("%s@%d is %q, want %q", c.model.ID, c.n, got, c.want)
		}
	}
}
