package costs

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

func TestARunSaysHowItEnded(t *testing.T) {
	refused := func(n int, why error) session.Refused { return session.Refused{Texts: n, Why: why} }
	zeros := &api.TextError{Index: 3, Err: errors.New("the server gave\x1b[1m a vector of zeros; try another")}
	for name, c := range map[string]struct {
		spent   api.Tally
		refused session.Refused
		want    string
		level   ui.NoticeLevel
	}{
		"all came":      {api.Tally{Texts: 3, Tokens: 9, Requests: 1, USD: .5}, session.Refused{}, "Embedded 3 texts: 9 tokens, $0.50, 1 request.", ui.NoticeGood},
		"one was not":   {api.Tally{Texts: 3, Tokens: 9, Requests: 1, USD: .5}, refused(1, zeros), "Embedded 2 texts: 9 tokens, $0.50, 1 request; 1 text has no vector: the server gave a vector of zeros.", ui.NoticeWarn},
		"none came":     {api.Tally{Texts: 2, Tokens: 9, Requests: 1, USD: .5}, refused(2, errors.New("busy")), "No vectors came: 9 tokens, $0.50, 1 request; 2 texts have no vector: busy.", ui.NoticeWarn},
		"more than all": {api.Tally{Texts: 1, Tokens: 9, Requests: 1, USD: .5}, refused(2, errors.New("busy")), "No vectors came: 9 tokens, $0.50, 1 request; 2 texts have no vector: busy.", ui.NoticeWarn},
		"lost, perhaps billed": {api.Tally{Texts: 1, Tokens: 9, Requests: 2, Failed: 1, Lost: 1, LostTokens: 3, LostUSD: .25, USD: .5}, session.Refused{},
			"Embedded 1 text: 9 tokens, $0.50+, 2 requests (1 failed); up to $0.25 for 1 request without a usable answer may still be billed.", ui.NoticeWarn},
		"nothing asked": {api.Tally{Texts: 4, Cached: 4}, refused(1, zeros), "", ui.NoticeGood},
	} {
		if got, level := RunText(Bill{Spent: c.spent}, c.refused); got != c.want || level != c.level {
			t.Errorf("%s: %q at level %v, want\n%q at %v", name, got, level, c.want, c.level)
		}
	}
}

func TestAStopSaysWhatIsKeptAndWhatItTook(t *testing.T) {
	stopped := func(texts, of, done, total int, free bool) session.Stopping {
		return session.Stopping{Texts: texts, Of: of, Kept: session.Batches{Done: done, Total: total}, Free: free}
	}
	const asks, both = "E asks what the rest costs.", "E asks what the rest costs, R computes what costs nothing."
	for name, c := range map[string]struct {
		stopping session.Stopping
		spent    api.Tally
		want     string
	}{
		"texts":       {stopped(1200, 2000, 0, 0, false), api.Tally{}, "Stopped: 1,200 of 2,000 texts are kept. " + asks},
		"one of them": {stopped(1, 2, 0, 1, false), api.Tally{}, "Stopped: 1 of 2 texts is kept. " + asks},
		"batches":     {stopped(5, 9, 2, 3, true), api.Tally{Tokens: 12, USD: .5, Requests: 2}, "Stopped: 2 of 3 batches are kept, for 12 tokens, $0.50. " + both},
		"one batch":   {stopped(5, 9, 1, 3, false), api.Tally{}, "Stopped: 1 of 3 batches is kept. " + asks},
		"lost with others": {stopped(5, 9, 2, 3, false), api.Tally{Tokens: 12, USD: .5, Requests: 2, Lost: 1, LostTokens: 3, LostUSD: .25},
			"Stopped: 2 of 3 batches are kept, for 12 tokens, $0.50; up to $0.25 for 1 request without a usable answer may still be billed. " + asks},
		"lost alone": {stopped(0, 9, 0, 3, false), api.Tally{Requests: 1, Lost: 1, LostTokens: 3, LostUSD: .25},
			"Stopped: 0 of 3 batches are kept; up to $0.25 for 1 request without a usable answer may still be billed. " + asks},
	} {
		if got := StoppedText(c.stopping, Bill{Spent: c.spent}); got != c.want {
			t.Errorf("%s: %q, want\n%q", name, got, c.want)
		}
	}
}

func TestLengthsThatAreOthersThanListedAreSaid(t *testing.T) {
	change := func(id string, listed, came int) session.LengthChange {
		return session.LengthChange{Model: api.Model{ID: id, Dimensions: listed}, Came: came}
	}
	unlisted := session.LengthChange{Model: api.Model{ID: "c"}, Came: 4, Asked: 8}
	if got := LengthsText([]session.LengthChange{unlisted}); got != "the vectors of c have 4 dimensions, not the 8 that were asked for" {
		t.Errorf("%q", got)
	}
	if got := LengthsText([]session.LengthChange{change("a", 8, 4), change("b\x1b[1m", 2, 1)}); got != "the vectors of a have 4 dimensions, not the 8 of its list; the vectors of b have 1 dimension, not the 2 of its list" {
		t.Errorf("%q", got)
	}
}

func TestTokensSayWhetherTheyWereCounted(t *testing.T) {
	for want, s := range map[string]api.Tally{"1,200": {Tokens: 1200}, "≈1,200": {Tokens: 1200, Estimated: 1}} {
		if got := SpentTokens(s); got != want {
			t.Errorf("%+v: %q", s, got)
		}
	}
	for tokens, want := range map[int]string{0: "0 tokens, $2.00", 1: "1 token, $2.00", 2: "2 tokens, $2.00"} {
		if got := (Bill{Spent: api.Tally{Tokens: tokens, USD: 2}}).tokensAndCost(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := LatencyOf(api.Tally{}, .5); got != format.Unknown {
		t.Errorf("of nothing the latency is %q", got)
	}
}

// What a source is for is told by its candidates, and what is sent where that is not the texts.
func TestASourceIsNamedByItsCandidatesAndItsRole(t *testing.T) {
	b := boxOf(t, spending.Limits{})
	for want, e := range map[string]pipeline.Estimate{
		"m@8": {Candidates: []string{"shop/m@8"}}, "m@8 @4 @2": {Candidates: []string{"shop/m@8", "shop/m@4", "shop/m@2"}},
		"m@8, queries": {Candidates: []string{"shop/m@8"}, Role: api.RoleQuery}, "m@8 @4, documents": {Candidates: []string{"shop/m@8", "shop/m@4"}, Role: api.RoleDocument},
	} {
		if got := b.sourceName(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestASumIsWrittenAsTheWidthAllows(t *testing.T) {
	total := pipeline.Total([]pipeline.Estimate{{Texts: 1300, Cached: 100, Tokens: 45_000, USD: 1.5, Paid: true, Priced: true, Estimated: true}})
	for _, c := range []struct {
		w    int
		want string
	}{{50, "Total: 1,200 texts to send, ≈45,000 tokens: ≈$1.50"}, {49, "Total: 1,200 texts, ≈45,000 tokens: ≈$1.50"}, {42, "Total: 1,200 texts, ≈45,000 tokens: ≈$1.50"},
		{41, "Total: ≈45,000 tok: ≈$1.50"}, {26, "Total: ≈45,000 tok: ≈$1.50"}, {25, "Total: ≈$1.50"}, {3, "Total: ≈$1.50"}} {
		if got := sumText(total, c.w); got != c.want {
			t.Errorf("in %d columns: %q, want %q", c.w, got, c.want)
		}
	}
}

// Those that cannot be asked for the same reason are named together, each once; what is
// too long is counted as what it is.
func TestNotesNameSourcesAndTexts(t *testing.T) {
	missing := &api.KeyError{Provider: "shop", Env: "SHOP_KEY"}
	model := api.Model{Provider: "shop", ID: "m", MaxTokens: 50}
	c := boxOf(t, spending.Limits{}, []pipeline.Estimate{
		{Candidates: []string{"shop/m@8"}, Unavailable: missing}, {Candidates: []string{"shop/m@8"}, Role: api.RoleQuery, Unavailable: missing},
		{Candidates: []string{"shop/n@8"}, Unavailable: missing}, {Candidates: []string{"shop/o@8"}}, {Candidates: []string{"shop/p@8"}, Unavailable: errors.New("it is out of order")},
	}...)
	lines := c.unavailableNotes()
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "m@8, n@8 cannot be asked: ") || !strings.HasPrefix(lines[1], "p@8 cannot be asked: it is out of order") {
		t.Errorf("%q", lines)
	}
	if sum := c.summed(); len(sum) != 1 || sum[0].Candidates[0] != "shop/o@8" {
		t.Errorf("the sum counts %+v", sum)
	}
	c.estimates = c.estimates[:3]
	if len(c.summed()) != 3 || c.hasLong() {
		t.Error("where nothing can be sent the sum does not count all")
	}
	for want, e := range map[string]pipeline.Estimate{
		"Text 3 is longer than the 50 tokens that m reads: ":                      {Long: []int{2}},
		"2 texts (the first is 1) are longer than the 50 tokens that m reads: ":   {Long: []int{0, 4}},
		"Query 3 is longer than the 50 tokens that m reads: ":                     {Long: []int{2}, Role: api.RoleQuery},
		"2 queries (the first is 1) are longer than the 50 tokens that m reads: ": {Long: []int{0, 4}, Role: api.RoleQuery},
		"2 texts (the first is 2) are longer than the 50 tokens that m reads:  ":  {Long: []int{1, 4}, Role: api.RoleDocument},
	} {
		e.Source.Model = model
		for long, what := range map[pipeline.Long]string{pipeline.LongCut: "only the beginning is sent", pipeline.LongLeftOut: "left out, without a vector."} {
			c.long = long
			if got := c.longNote(e); !strings.HasPrefix(got, strings.TrimSpace(want)+" "+what) {
				t.Errorf("%q, want %q", got, want+what)
			}
		}
	}
}
