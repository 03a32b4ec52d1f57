package costs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// boxOf is the box with these estimates, of a session that has spent nothing; the texts
// are three.
func boxOf(t *testing.T, limits spending.Limits, estimates ...pipeline.Estimate) *Box {
	t.Helper()
	s := session.New(t.Context(), session.Config{
		Engine:  &pipeline.Engine{Catalog: catalog.New(nil), Providers: map[string]api.Provider{}, HasKey: func(string) bool { return true }},
		Counter: corpus.NewCounter(), Limits: limits,
		After: func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil },
	})
	s.Restore().Texts([]corpus.Text{{Text: "one"}, {ID: "T2", Text: "two\nlines"}, {Text: "three"}}, corpus.Origin{})
	return &Box{Context: &ui.Context{Session: s, Theme: theme.New(true, colorprofile.TrueColor)}, title: "Embed", estimates: estimates}
}

// of is an estimate of a model at that price, for three texts of so many tokens.
func of(id string, price float64, tokens int) pipeline.Estimate {
	m := api.Model{Provider: "shop", ID: id, MaxTokens: 50, Dimensions: 4, Price: &price}
	return pipeline.Estimate{Source: pipeline.Source{Model: m}, Candidates: []string{"shop/" + id + "@4"}, Texts: 3, Tokens: tokens, USD: price * float64(tokens) / 1e6, Paid: true, Priced: true}
}

// plain is what lines show.
func plain(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return out
}

// What it costs and what the keys do is said of what there is to send, and of long texts
// as they are treated.
func TestTheFootSaysWhatItCostsAndWhatKeysDo(t *testing.T) {
	long := func(e pipeline.Estimate) pipeline.Estimate { e.Long = []int{1}; return e }
	known := func(e pipeline.Estimate) pipeline.Estimate { e.Cached, e.Tokens, e.USD = 3, 0, 0; return e }
	lacking := func(e pipeline.Estimate) pipeline.Estimate {
		e.Unavailable = &api.KeyError{Provider: "shop", Env: "SHOP_KEY"}
		return e
	}
	const total, nothing = "Total: 3 texts to send, 9 tokens: $0.00018", "Everything is known already: this costs nothing"
	m := of("m", 20, 9)
	for name, c := range map[string]struct {
		e    pipeline.Estimate
		w    int
		long pipeline.Long
		want []string
	}{
		"to pay":                {m, 78, pipeline.LongCut, []string{total, "? keys  p pay and embed  esc back, send nothing"}},
		"to pay, just so":       {m, 47, pipeline.LongCut, []string{total, "? keys  p pay and embed  esc back, send nothing"}},
		"to pay, narrow":        {m, 46, pipeline.LongCut, []string{total, "? keys  p pay and embed  esc back"}},
		"to pay, very narrow":   {m, 40, pipeline.LongCut, []string{"Total: 3 texts, 9 tokens: $0.00018", "? keys  p pay and embed  esc back"}},
		"known":                 {known(m), 78, pipeline.LongCut, []string{nothing, "? keys  p embed  esc back"}},
		"known, just so":        {known(m), 47, pipeline.LongCut, []string{nothing, "? keys  p embed  esc back"}},
		"known, narrow":         {known(m), 46, pipeline.LongCut, []string{"All known already: costs nothing", "? keys  p embed  esc back"}},
		"known, very narrow":    {known(m), 31, pipeline.LongCut, []string{"All known: $0", "? keys  p embed  esc back"}},
		"known, cut":            {known(long(m)), 78, pipeline.LongCut, []string{nothing, "? keys  p embed  t leave long texts out  esc back"}},
		"known, left out":       {known(long(m)), 78, pipeline.LongLeftOut, []string{"All else is known already: this costs nothing", "? keys  p embed  t cut long texts  esc back"}},
		"known, none left out":  {known(m), 78, pipeline.LongLeftOut, []string{nothing, "? keys  p embed  esc back"}},
		"cannot be asked":       {lacking(m), 78, pipeline.LongCut, []string{total, "? keys  p why not  esc back"}},
		"long":                  {long(m), 78, pipeline.LongCut, []string{total, "? keys  p pay  t leave long texts out  l which are long…  esc back"}},
		"long, left out":        {long(m), 60, pipeline.LongLeftOut, []string{total, "? keys  p pay  t cut long texts  l which are long…  esc back"}},
		"long, left out narrow": {long(m), 59, pipeline.LongLeftOut, []string{total, "? keys  p pay  t cut/skip  l which  esc back"}},
	} {
		b := boxOf(t, spending.Limits{PerRun: 1, PerSession: 1}, c.e)
		b.long = c.long
		if got := plain(b.footLines(b.Total(), c.w, b.Theme)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A limit that may be exceeded is named with the most that it can cost, once.
func TestWhatMayExceedLimitsIsSaidOnce(t *testing.T) {
	guessed := of("m", 20, 9)
	guessed.Estimated = true // up to 20 tokens of it may be counted
	for want, limits := range map[string]spending.Limits{
		"": {PerRun: 1, PerSession: 1},
		"at most $0.00046 and so perhaps more than your limit of $0.00020 a run":                                                                                       {PerRun: .0002, PerSession: 1},
		"at most $0.00046 and so perhaps with what was spent and is under way, more than your limit of $0.00020 a session":                                             {PerRun: 1, PerSession: .0002},
		"at most $0.00046 and so perhaps more than your limit of $0.00020 a run and, with what was spent and is under way, more than your limit of $0.00030 a session": {PerRun: .0002, PerSession: .0003},
		"more than your limit of $0.00010 a run and, at most $0.00046 and so perhaps with what was spent and is under way, more than your limit of $0.00030 a session": {PerRun: .0001, PerSession: .0003},
	} {
		b := boxOf(t, limits, guessed)
		if got := OverLimit(b.Session, b.summed()); got != want {
			t.Errorf("%+v: %q, want\n%q", limits, got, want)
		}
	}
}

// Prices stand with the decimals that the finest of them needs, whatever its place.
func TestPricesHaveTheSameDecimals(t *testing.T) {
	b := boxOf(t, spending.Limits{}, of("a", .125, 9), of("b", 20, 9), of("c", 0, 9))
	for i, want := range []string{"0.125", "20.000", "free"} {
		if got := b.cells()[i][costsPrice].Text; got != want {
			t.Errorf("price %d is %q, want %q", i+1, got, want)
		}
	}
}

// Long texts are listed for each model that reads less, with their numbers as people count.
func TestLongTextsAreListedForEachModel(t *testing.T) {
	few, many, query := of("few", 1, 9), of("many\x1b[1m", 1, 9), of("query", 1, 9)
	few.Long, many.Long, query.Long = []int{1}, []int{0, 2, 3}, []int{0} // the fourth is gone
	query.Role = api.RoleQuery
	b := boxOf(t, spending.Limits{}, few, query, of("all", 1, 9), many)
	got := plain(b.longTexts().Write(60, b.Theme))
	want := []string{"few reads 50 tokens:", "  2 · T2  more tokens  two⏎lines", "many reads 50 tokens:", "  1  more tokens  one", "  3  more tokens  three"}
	if !slices.Equal(got, want) {
		t.Errorf("listed is %q, want %q", got, want)
	}
}

// An id of any length leaves room for its text.
func TestALongIDLeavesRoomForItsText(t *testing.T) {
	b := boxOf(t, spending.Limits{}, of("few", 1, 9))
	b.Session.Restore().Texts([]corpus.Text{{ID: strings.Repeat("id", 40), Text: "one"}}, corpus.Origin{})
	b.estimates[0].Long = []int{0}
	want := []string{"few reads 50 tokens:", "  1 · " + strings.Repeat("id", 14) + "i…  more tokens  one"}
	if got := plain(b.longTexts().Write(78, b.Theme)); !slices.Equal(got, want) {
		t.Errorf("listed is %q, want %q", got, want)
	}
}

// The box is no wider than it need be, and as high as there is room for: what is to be said
// goes before the sources, and these are shown under their titles or not at all.
func TestTheBoxFillsItsRoom(t *testing.T) {
	for room, want := range map[ui.Size]struct{ w, sources int }{
		{W: 200, H: 30}: {78, 4}, {W: 78, H: 30}: {78, 4}, {W: 60, H: 30}: {60, 4},
		{W: 78, H: 9}: {78, 4}, {W: 78, H: 8}: {78, 3}, {W: 78, H: 7}: {78, 2}, {W: 78, H: 6}: {78, 2}, {W: 78, H: 5}: {78, 1}, {W: 78, H: 4}: {78, 0}, {W: 78, H: 3}: {78, 0},
	} {
		b := boxOf(t, spending.Limits{PerRun: 1, PerSession: 1}, of("a", 20, 9), of("b", 20, 9), of("c", 20, 9), of("d", 20, 9))
		lines := plain(b.View(room, b.Theme))
		sources, titles := 0, 0
		for _, l := range lines {
			switch first, _, _ := strings.Cut(l, " "); first {
			case "a@4", "b@4", "c@4", "d@4":
				sources++
			case "models":
				titles++
			}
		}
		if sources != want.sources || titles != min(sources, 1) || len(lines) > room.H || lines[0] != "Embed" || lines[len(lines)-2] != "Total: 12 texts to send, 36 tokens: $0.00072" {
			t.Errorf("in %v there are %d sources:\n%s", room, sources, strings.Join(lines, "\n"))
		}
		for _, l := range b.View(room, b.Theme) {
			if w := term.Width(l); w > want.w {
				t.Errorf("in %v a line takes %d columns: %q", room, w, l)
			}
		}
	}
}

// What is agreed to is what can be asked, and the end of the box ends the counting.
func TestWhatCannotBeAskedIsNotSent(t *testing.T) {
	lacking := of("lacking", 2_000_000, 9) // which alone is over the limits
	lacking.Unavailable = &api.KeyError{Provider: "shop", Env: "SHOP_KEY"}
	b := boxOf(t, spending.Limits{PerRun: 1, PerSession: 1}, lacking, of("m", 20, 9))
	ended := false
	var sent []pipeline.Estimate
	b.cancel, b.revision, b.long = func() { ended = true }, b.Session.Corpus().Revision(), pipeline.LongLeftOut
	b.send = func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
		if sent = estimates; long != pipeline.LongLeftOut {
			t.Errorf("long texts are treated as %v", long)
		}
		return nil
	}
	if b.pay(); len(sent) != 1 || sent[0].Source.Model.ID != "m" || !b.Closed() || !ended {
		t.Errorf("sent is %+v; the box is left: %t, the count ended: %t", sent, b.Closed(), ended)
	}
}

// Each line can be reached, and nothing behind the last.
func TestTheSourcesScrollToTheLast(t *testing.T) {
	b := boxOf(t, spending.Limits{}, of("a", 20, 9), of("b", 20, 9), of("c", 20, 9))
	for _, step := range []struct{ by, top int }{{-1, 0}, {1, 1}, {1, 2}, {1, 2}, {-5, 0}, {9, 2}} {
		if b.scroll(step.by); b.top != step.top {
			t.Errorf("%d leads to %d, want %d", step.by, b.top, step.top)
		}
	}
	b.estimates = nil
	if b.scroll(1); b.top != 0 {
		t.Errorf("without sources it scrolls to %d", b.top)
	}
}

// What came of a count that was cancelled changes nothing.
func TestOnlyTheLastCountCounts(t *testing.T) {
	b := boxOf(t, spending.Limits{})
	b.cancel, b.wanted = func() {}, []session.WantedSource{{Source: of("m", 1, 9).Source}}
	first := b.count()
	second := b.count()
	for _, cmd := range []tea.Cmd{second, first} {
		if done, ok := cmd().(loop.Done); ok {
			done()
		}
	}
	if b.err != nil || len(b.estimates) != 1 {
		t.Errorf("%v, %v", b.estimates, b.err)
	}
}

func TestAgreedCostsSayWhetherTheyAreTheMost(t *testing.T) {
	for want, c := range map[string]spending.Cost{
		"agreed": {}, "agreed, $0.50": {Priced: true, USD: .5, Paid: true}, "agreed, ≤$0.50": {Priced: true, Estimated: true, USD: .5, Paid: true},
	} {
		if got := agreedText(c); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

func TestACountThatFailsSaysWhy(t *testing.T) {
	b := boxOf(t, spending.Limits{})
	b.err = errors.New("the cache\x1b[1m is locked")
	if got := plain(b.View(ui.Size{W: 60, H: 10}, b.Theme)); !slices.Equal(got, []string{"Embed", "The costs cannot be told: the cache is locked", "? keys  esc back"}) {
		t.Errorf("%q", got)
	}
}

func TestEnterSaysWhichKeyPays(t *testing.T) {
	known, lacking := of("m", 20, 9), of("lacking", 20, 9)
	known.Cached, lacking.Unavailable = 3, errors.New("no key")
	for _, c := range []struct {
		want       string
		estimates  []pipeline.Estimate
		confirming bool
	}{
		{"", nil, false},
		{"Enter sends nothing: p pays and embeds, esc goes back.", []pipeline.Estimate{of("m", 20, 9)}, false},
		{"Enter spends nothing here: P spends it, esc does not.", []pipeline.Estimate{of("m", 20, 9)}, true},
		{"Enter does nothing here: p embeds, esc goes back.", []pipeline.Estimate{known}, false},
		{"Enter does nothing here: p embeds, esc goes back.", []pipeline.Estimate{known, lacking}, false},
		{"Enter sends nothing: p pays and embeds, esc goes back.", []pipeline.Estimate{lacking, of("m", 20, 9)}, false},
	} {
		b := boxOf(t, spending.Limits{}, c.estimates...)
		if b.confirming = c.confirming; b.enterHint() != c.want {
			t.Errorf("%q, want %q", b.enterHint(), c.want)
		}
	}
}
