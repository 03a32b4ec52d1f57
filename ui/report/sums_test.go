package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

func TestWhatAllOfAComparisonCostIsSummedUp(t *testing.T) {
	c := circle(t, 3)
	c.Paid = []api.Tally{{Texts: 3, Tokens: 9, USD: .5, Requests: 1}, {Texts: 3, Tokens: 9, USD: .25, Requests: 1}}
	got := written(t, func(b *bytes.Buffer) error { return CompareText(t.Context(), b, c) })
	if !strings.Contains(got, "Total: spent $0.75 for 18 tokens in 2 requests.\n") {
		t.Errorf("it says\n%s", got)
	}
}

func TestWhatARunMayCostIsSaidOnlyOfWhatIsEstimated(t *testing.T) {
	for want, e := range map[string]pipeline.Estimate{
		"costs $0.50": {Texts: 2, USD: .5, Priced: true},
		"costs ≈$0.50, at most $0.76 (the server may count 1.5 times the tokens estimated, and some more for every text)": {Texts: 2, USD: .5, Priced: true, Estimated: true},
		"costs less than $0.000001": {Texts: 2, USD: 1e-9, Priced: true},
	} {
		if got := CostsAtMost(e, .7505); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	sends := func(id string, priced bool, missing int) pipeline.Estimate {
		return pipeline.Estimate{Source: pipeline.Source{Model: api.Model{Provider: "shop", ID: id}}, Texts: 3, Cached: 3 - missing, Priced: priced, Paid: true}
	}
	if got := Unpriced([]pipeline.Estimate{sends("a", false, 1), sends("b", true, 1), sends("c", false, 0), sends("d", false, 2)}); got != "shop/a, shop/d" {
		t.Errorf("without a price are %q", got)
	}
}

func TestWhatLostAnswersCostIsUnknownWithoutAPrice(t *testing.T) {
	for _, c := range []struct {
		of          api.Tally
		spent, lost float64 // less than 0 is unknown
	}{
		{api.Tally{USD: .5}, .5, 0}, {api.Tally{USD: .5, Unpriced: 3}, -1, 0}, {api.Tally{USD: .5, Lost: 1, LostUSD: .25}, .5, .25}, {api.Tally{Lost: 1}, 0, -1},
	} {
		spent, lost := usd(c.of)
		if (spent == nil) != (c.spent < 0) || spent != nil && *spent != c.spent || (lost == nil) != (c.lost < 0) || lost != nil && *lost != c.lost {
			t.Errorf("%+v: %v and %v", c.of, spent, lost)
		}
	}
}

func TestAProviderIsSomewhere(t *testing.T) {
	for want, r := range map[string]ProviderRow{
		"inside vecscope": {Name: "local"}, "-": {Name: "x", Profile: "generic"}, "http://a/v1": {Profile: "generic", BaseURL: "http://a/v1"},
	} {
		if got := r.address(); got != want {
			t.Errorf("%+v is at %q, want %q", r, got, want)
		}
	}
	usd := 7.0
	for want, b := range map[string]api.Balance{
		"-": {}, "$7.00": {USD: &usd}, "$7.00, 3 credits, 12 points": {USD: &usd, Other: map[string]string{"points": "12", "credits": "3"}},
	} {
		if got := balance(b); got != want {
			t.Errorf("%+v: %q, want %q", b, got, want)
		}
	}
	for want, r := range map[string]ProviderRow{"set": {HasKey: true, KeyEnv: "K"}, "none needed": {}, "not set": {KeyEnv: "K"}} {
		if got := r.key(); got != want {
			t.Errorf("%+v: %q, want %q", r, got, want)
		}
	}
}

// One provider without a key is enough to say what it lacks.
func TestProvidersWithoutAKeyAreNamedBelow(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: true, 2: true} {
		rows := []ProviderRow{{Name: "local"}, {Name: "a"}, {Name: "b"}}
		for i := range n {
			rows[i+1].Err = &api.KeyError{Provider: rows[i+1].Name, Env: "K"}
		}
		if got := written(t, func(b *bytes.Buffer) error { return ProvidersText(b, rows) }); strings.Contains(got, "\nNot set up\n") != want {
			t.Errorf("of %d without a key it says\n%s", n, got)
		}
	}
}

// Clusters by thresholds of their own say which in JSON, and which texts stay.
func TestClustersSayByWhichThresholdsTheyWereFound(t *testing.T) {
	c := circle(t, 4)
	for own, want := range map[bool]string{true: "{\"threshold\":null,\n\"thresholds\":{\"own/circle@2\":0.8},\n", false: "{\"threshold\":0.9,\n"} {
		var each []float64
		if own {
			each = []float64{.8}
		}
		found, err := FindClusters(t.Context(), c, .9, true, each...)
		if err != nil {
			t.Fatal(err)
		}
		got := written(t, func(b *bytes.Buffer) error { return ClustersJSON(b, found) })
		if !strings.HasPrefix(got, want) || !strings.Contains(got, `"keep":"`) || !strings.Contains(got, `"drop":["`) {
			t.Errorf("it begins\n%.400s\nwant\n%s", got, want)
		}
		text := written(t, func(b *bytes.Buffer) error { return ClustersText(b, found) })
		if !strings.Contains(text, "of 4 texts would be dropped.") || !strings.Contains(text, map[bool]string{true: " at 0.8 or more", false: " at 0.9 or more"}[own]) {
			t.Errorf("it says\n%s", text)
		}
	}
}

func TestACellKeepsWhatNobodyObeys(t *testing.T) {
	for cell, want := range map[string]string{"a\r\nb": "a b", "a\nb": "a b", "a\tb": "a b", "a\u2028b": "a b", "a\u2029b": "a b", "a\u0085b": "a b", "a\vb": "a b", "a\u00a0b": "a\u00a0b", "a\x07b": "a\ufffdb", "a\u202eb": "ab", "a\xffb": "a\ufffdb"} {
		if got := field(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
	for d, want := range map[Delimiter]string{Comma: "a\tb\nc", Tab: "a b\nc"} {
		if got := faithful("a\tb\r\nc", d); got != want {
			t.Errorf("with %q between the cells: %q, want %q", d, got, want)
		}
	}
	if got := multiline("a\r\nb\rc\nd\te\x1bf"); got != "a\nb\nc\nd e\ufffdf" {
		t.Errorf("several lines become %q", got)
	}
}

func TestASumIsAboutWhereOneOfItsPartsIs(t *testing.T) {
	guessed, counted := api.Tally{Provider: "a", Model: "m", Tokens: 9, Estimated: 9, USD: .5, Requests: 1}, api.Tally{Provider: "b", Model: "m", Tokens: 9, USD: .25, Requests: 1}
	for name, spent := range map[string][]api.Tally{"first": {guessed, counted}, "last": {counted, guessed}} {
		got := written(t, func(b *bytes.Buffer) error { return UsageText(b, spent) })
		if !strings.Contains(got, "≈$0.75") || !strings.Contains(got, " $0.25") || !strings.Contains(got, "≈$0.50") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// Pairs stand by what makes them duplicates: under its own threshold a similarity is none.
func TestAPairStandsByTheSimilarityThatMakesItADuplicate(t *testing.T) {
	d := Duplicates{Own: []float64{.9, .3}}
	for want, similarity := range map[float64][]float64{.35: {.85, .35}, .5: {.1, .5}, .95: {.95, .5}} {
		if got := d.highest(Pair{Similarity: similarity}); got != want {
			t.Errorf("%v stands at %g, want %g", similarity, got, want)
		}
	}
}
