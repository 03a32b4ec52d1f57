package usage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// factsOf are what is said of a model that has spent that.
func factsOf(u *Screen, model string, s api.Tally, inexact bool) string {
	var said []string
	for _, f := range u.facts(usageRow{key: usageKey{provider: "shop", model: model}, Bill: costs.Bill{Spent: s, Inexact: inexact}}) {
		said = append(said, strings.TrimSpace(f.label+" "+f.text))
	}
	return strings.Join(said, " · ")
}

func TestFactsSayWhoCountedAndWhatIsUnknown(t *testing.T) {
	u := usageSample(t, ui.Size{W: 80, H: 24}).Screen(ID).(*Screen)
	latencies := []time.Duration{10 * time.Millisecond, 20 * time.Millisecond, 900 * time.Millisecond}
	for _, c := range []struct {
		model string
		spent api.Tally
		want  string
	}{
		{"good", api.Tally{Texts: 3, Cached: 1, Tokens: 90, USD: 0.0018, Requests: 2, Failed: 1}, "texts 3, 1 cached · tokens 90 · cost $0.0018, $20.00 per 1M · requests 2, 1 failed"},
		{"good", api.Tally{Texts: 3, Tokens: 90, Estimated: 90, Requests: 2}, "tokens ≈90, not counted by the server"},
		{"good", api.Tally{Texts: 3, Tokens: 90, Estimated: 40, Requests: 2}, "tokens ≈90, 40 of them not counted by the server"},
		{"good", api.Tally{Tokens: 90, USD: 0.5, Unpriced: 40, Requests: 1}, "40 tokens at an unknown price"},
		{"good", api.Tally{Tokens: 90, Requests: 1, Lost: 1, LostTokens: 5, LostUSD: 0.25}, "+ up to $0.25 for 1 request without a usable answer"},
		{"good", api.Tally{Tokens: 90, Requests: 3, Latencies: latencies}, "latency p50 20 ms, p95 900 ms"},
		{"good", api.Tally{Tokens: 90, Requests: 3, Uncounted: 3}, "3 requests by an older version, which noted tokens and cost alone"},
	} {
		if got := factsOf(u, c.model, c.spent, false); !strings.Contains(got, c.want) {
			t.Errorf("of %+v it is said\n%s, which lacks\n%s", c.spent, got, c.want)
		}
	}
	for _, not := range []string{"unknown price", "older version", "without a usable", "latency"} {
		if got := factsOf(u, "good", api.Tally{Texts: 1, Tokens: 1, Unpriced: 1, Requests: 1}, false); strings.Contains(got, not) {
			t.Errorf("it is said %q", got)
		}
	}
	if got := factsOf(u, "good", api.Tally{Tokens: 9, USD: 0.5, Requests: 1, Lost: 1, LostUSD: .1}, false); strings.Contains(got, "$0.50+") {
		t.Errorf("what was lost is told twice: %q", got)
	}
}

func TestSumsAreOverAllAndMarkedWhereOneIsInexact(t *testing.T) {
	list := []api.Tally{
		{Provider: "b", Model: "cheap", Texts: 1, Tokens: 10, USD: 1, Requests: 1},
		{Provider: "b", Model: "dear", Texts: 2, Tokens: 20, Estimated: 20, USD: 3, Requests: 1},
		{Provider: "a", Model: "alone", Texts: 4, Tokens: 40, USD: 2, Requests: 1},
	}
	rows := usageSection(usageKey{}, "This session", list, "")
	var names []string
	for _, r := range rows {
		names = append(names, strings.TrimSpace(r.title)+" "+r.Cost()+" "+fmt.Sprint(r.Spent.Texts))
	}
	want := []string{"This session ≈$6.00 7", "b ≈$4.00 3", "dear ≈$3.00 2", "cheap $1.00 1", "a $2.00 4", "alone $2.00 4"}
	if !slices.Equal(names, want) {
		t.Errorf("the rows are %q, want %q", names, want)
	}
}

func TestABarStandsForEveryRequestAndFewAreNotDrawn(t *testing.T) {
	u := usageSample(t, ui.Size{W: 80, H: 24}).Screen(ID).(*Screen)
	with := func(n int) []string {
		var list []time.Duration
		for i := range n {
			list = append(list, time.Duration(10+i)*time.Millisecond)
		}
		list[0] = 2 * time.Second
		return u.latencyBars(usageRow{Bill: costs.Bill{Spent: api.Tally{Requests: n, Latencies: list}}}, 60)
	}
	if len(with(fewLatencies-1)) != 0 || len(with(fewLatencies)) == 0 {
		t.Errorf("of %d requests %d lines are drawn, of %d %d", fewLatencies-1, len(with(fewLatencies-1)), fewLatencies, len(with(fewLatencies)))
	}
	sum := 0
	for _, line := range with(400)[1:] {
		flat := uitest.Flat(line)
		n := 0
		if _, err := fmt.Sscan(flat[strings.LastIndex(flat, " ")+1:], &n); err != nil {
			t.Fatal(line)
		}
		if sum += n; n > 0 != strings.Contains(flat, "█") {
			t.Errorf("%d requests are drawn as %q", n, flat)
		}
	}
	if sum != 400 {
		t.Errorf("%d requests are drawn of 400", sum)
	}
}

func TestTheColumnsOfARowAreItsNumbers(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	u := a.Screen(ID).(*Screen)
	s := api.Tally{Provider: "shop", Model: "x", Texts: 30, Cached: 20, Tokens: 10, USD: 1, Requests: 4, Failed: 2, Latencies: []time.Duration{10 * time.Millisecond, 20 * time.Millisecond, 300 * time.Millisecond}}
	cells := u.cells(usageRow{key: usageKey{provider: "shop", model: "x"}, title: "  x", Bill: costs.Bill{Spent: s}})
	var texts []string
	for _, c := range cells {
		texts = append(texts, c.Text)
	}
	if got, want := strings.Join(texts, "|"), "  x|30|20|10|$1.00|4|2|20 ms|300 ms"; got != want {
		t.Errorf("the cells are %s, want %s", got, want)
	}
	if cells[usageFailed].Pen != a.Theme.Codes.Warn || cells[usageTexts].Pen != "" {
		t.Errorf("failed requests have the look %q, texts %q", cells[usageFailed].Pen, cells[usageTexts].Pen)
	}
	s.Failed = 0
	if pen := u.cells(usageRow{key: usageKey{provider: "shop", model: "x"}, Bill: costs.Bill{Spent: s}})[usageFailed].Pen; pen != "" {
		t.Errorf("no failed request has the look %q", pen)
	}
	// Costs stand with their digits one below the other.
	rows := [][]widget.Cell{make([]widget.Cell, usageColumns), make([]widget.Cell, usageColumns), make([]widget.Cell, usageColumns)}
	rows[0][usageCost].Text, rows[1][usageCost].Text = "$1.00+", "$2.00"
	alignMarks(rows)
	if x, y, z := rows[0][usageCost].Text, rows[1][usageCost].Text, rows[2][usageCost].Text; x != "$1.00+" || y != "$2.00 " || z != "" {
		t.Errorf("costs become %q, %q and %q", x, y, z)
	}
}

func TestTheFilterMarksItsWordsAndEscGoesToARow(t *testing.T) {
	a := usageSample(t, ui.Size{W: 120, H: 40})
	u := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "G", "/")
	uitest.Letters(t, a, "goo")
	uitest.Press(t, a, "enter")
	if !strings.Contains(a.Draw(), a.Theme.Codes.Match+"goo"+theme.Reset) {
		t.Error("the words are not marked")
	}
	uitest.Press(t, a, "esc")
	list := u.rows()
	if at := u.at(list); list[at].key != u.selected {
		t.Errorf("the cursor is on %+v, chosen is %+v", list[at].key, u.selected)
	}
	uitest.Press(t, a, "g", "enter")
	if a.Top() == nil {
		t.Error("the first row has nothing to open")
	}
	empty := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop()))
	uitest.Press(t, empty, "5", "enter")
	uitest.WantNotice(t, empty, "nothing was spent yet")
}

func TestTheMouseGoesToTheRowThatIsSeenThere(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	uitest.ClickOn(t, a, "  bad ")
	if u.selected.model != "bad" {
		t.Errorf("the click leads to %+v", u.selected)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown})
	list := u.rows()
	if at := u.at(list); at != 6 {
		t.Errorf("the wheel leads to row %d", at+1)
	}
}

func TestBalancesSayHowFarTheyAre(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	left := 3.5
	for _, c := range []struct {
		answer    *balance
		requested bool
		want      string
	}{
		{nil, false, "B asks for it"}, {nil, true, "asking…"},
		{&balance{Balance: api.Balance{USD: &left}, at: time.Date(2026, 3, 5, 14, 5, 0, 0, time.Local)}, false, "$3.50 left, asked at 14:05"},
		{&balance{Balance: api.Balance{USD: &left}, at: time.Date(2026, 3, 5, 14, 5, 0, 0, time.Local)}, true, "$3.50 left, asked at 14:05, asking anew…"},
		{&balance{err: errors.New("no luck")}, false, "no luck"},
	} {
		u.balances = newBalances()
		u.balances.requested["shop"] = c.requested
		if c.answer != nil {
			u.balances.answers["shop"] = *c.answer
		}
		if got, _ := u.balanceOf("shop"); got != c.want {
			t.Errorf("it is said %q, want %q", got, c.want)
		}
	}
	// What the end of the program cut off is no answer, and one that is awaited is not asked for twice.
	u.balances.requested["shop"] = true
	u.balances.take("shop", balance{err: context.Canceled})
	if got, _ := u.balanceOf("shop"); got != "no luck" || u.balances.requested["shop"] {
		t.Errorf("after a cut it is said %q", got)
	}
	if u.askBalances() == nil {
		t.Error("what is not awaited any more is not asked for")
	}
	if got, _ := u.balanceOf("shop"); got != "no luck" || !u.balances.requested["shop"] || u.askBalances() != nil {
		t.Errorf("while it is asked for it is said %q, and it can be asked for twice at once", got)
	}
	if text, _ := u.balanceOf("nobody"); text != "" {
		t.Errorf("of a provider without a key it is said %q", text)
	}
}

func TestASpentLimitOfNothingIsFull(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	for limit, want := range map[float64]int{0: limitBar, 0.01: limitBar, 1000: 0} {
		uitest.SetLimits(a, config.Spending{PerRun: 0.25, PerSession: limit})
		line := u.limitLine(80)
		if got := strings.Count(line, "█"); got != want || (want == 0) != strings.Contains(line, "▏") {
			t.Errorf("with a limit of %g the bar is %d long: %q", limit, got, uitest.Flat(line))
		}
	}
	// From four fifths on it warns.
	uitest.SetLimits(a, config.Spending{PerRun: 0.25, PerSession: 0.02066 / 0.85})
	if line := u.limitLine(80); !strings.Contains(line, a.Theme.Codes.Warn+"█") {
		t.Errorf("at 85 per cent the bar is %q", line)
	}
}

func TestTextsThatCanBePaidForAreToldToThreeDigits(t *testing.T) {
	for n, want := range map[float64]int{0: 0, 0.4: 0, 7: 7, 999.9: 999, 1000: 1000, 1239: 1230, 8_571_428: 8_570_000, 1e300: 2_140_000_000} {
		if got := threeDigits(n); got != want {
			t.Errorf("%v is told as %d, want %d", n, got, want)
		}
	}
}
