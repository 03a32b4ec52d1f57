package usage

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestRowsAreNamedInFull(t *testing.T) {
	since := time.Date(2026, 3, 4, 23, 30, 0, 0, time.Local)
	spent := costs.Bill{Spent: api.Tally{Tokens: 1, Since: since}}
	for _, c := range []struct {
		row          usageRow
		name, period string
	}{
		{usageRow{title: "This session", Bill: spent}, "This session", ""},
		{usageRow{key: usageKey{allTime: true}, title: "All time", Bill: spent}, "All servers since 2026-03-04", ""},
		{usageRow{key: usageKey{allTime: true}, title: "All time"}, "All time", ""},
		{usageRow{key: usageKey{allTime: true}, title: "All time", empty: true}, "All time: no server was asked yet; built-in models are not counted", ""},
		{usageRow{key: usageKey{allTime: true}, title: "All time", empty: true, filtered: true}, "All time", ""},
		{usageRow{title: "This session", empty: true}, "This session", ""},
		{usageRow{key: usageKey{provider: "-"}, empty: true}, "Nothing yet: E asks what embedding with paid models costs", ""},
		{usageRow{key: usageKey{provider: "-", allTime: true}, empty: true}, "No server was asked yet; built-in models are not counted", ""},
		{usageRow{key: usageKey{provider: "-"}, empty: true, filtered: true}, "No model here has the words of the filter; esc clears it", ""},
		{usageRow{key: usageKey{provider: "sh\x1b[2Jop"}, Bill: spent}, "shop", "this session"},
		{usageRow{key: usageKey{provider: "shop", model: "go\x1b[2Jod", allTime: true}, Bill: spent}, "shop/good", "all time"},
	} {
		if got, period := c.row.name(), c.row.period(); got != c.name || period != c.period {
			t.Errorf("%+v is named %q, %q, want %q, %q", c.row, got, period, c.name, c.period)
		}
	}
}

// The time is said beside the name where both have room, and the limit and the balance stand
// with the row where the window has no foot.
func TestASummarySaysWhatTheFootDoesNot(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 24})
	u := a.Screen(ID).(*Screen)
	row := usageRow{key: usageKey{provider: "shop", model: "x"}, Bill: costs.Bill{Spent: api.Tally{Texts: 3, Tokens: 9, Requests: 1}}}
	provider, section := row, usageRow{title: "This session", empty: true}
	provider.key.model = ""
	const facts, balance = "texts 3, 0 cached · tokens 9 · cost $0 · requests 1, 0 failed", "balance $129.46, 26.7 nano left, asked at 14:05"
	for _, c := range []struct {
		row  usageRow
		z    ui.Size
		want string
	}{
		{row, ui.Size{W: 22, H: 12}, "shop/x"},
		{row, ui.Size{W: 23, H: 12}, "shop/x"},
		{row, ui.Size{W: 80, H: 12}, "shop/x, this session " + facts},
		{row, ui.Size{W: 130, H: 11}, "shop/x, this session " + facts + " · " + balance},
		{provider, ui.Size{W: 80, H: 12}, "shop, this session " + facts},
		{provider, ui.Size{W: 130, H: 11}, "shop, this session " + balance + " · " + facts},
		{section, ui.Size{W: 80, H: 12}, "This session"},
		{section, ui.Size{W: 80, H: 11}, u.limitText()},
	} {
		lines := u.summary(c.row, c.z)
		if got := uitest.Flat(strings.Join(lines, " ")); c.z.W > 30 && got != c.want {
			t.Errorf("in %v it is said\n%s, want\n%s", c.z, got, c.want)
		}
	}
	title := func(w int) string { return uitest.Flat(u.summary(row, ui.Size{W: w, H: 12})[0]) }
	if fits, narrow := title(2+len("shop/x")+2+len("this session")), title(1+len("shop/x")+2+len("this session")); fits != "shop/x, this session" || narrow != "shop/x" {
		t.Errorf("where both fit the title is %q, in a column less %q", fits, narrow)
	}
}

func TestPiecesFlowIntoLines(t *testing.T) {
	for _, c := range []struct {
		pieces []string
		w      int
		want   string
	}{
		{nil, 10, ""},
		{[]string{"one", "two"}, 9, "one · two"},
		{[]string{"one", "two"}, 8, "one|two"},
		{[]string{"one", "two", "three"}, 9, "one · two|three"},
		{[]string{"one", "a longer piece", "x"}, 8, "one|a longer|piece|x"},
		{[]string{"a longer piece", "x"}, 9, "a longer|piece · x"},
	} {
		if got := strings.Join(flow(c.pieces, c.w), "|"); got != c.want {
			t.Errorf("%q in %d columns: %q, want %q", c.pieces, c.w, got, c.want)
		}
	}
}

// What the cache saved is told by what the other texts cost, as far as both are known.
func TestWhatTheCacheSavedIsToldWhereItIsKnown(t *testing.T) {
	for _, c := range []struct {
		spent api.Tally
		want  string
	}{
		{api.Tally{Texts: 30, Cached: 20, USD: 0.5}, "≈$1.00: 20 texts came from the cache"},
		{api.Tally{Texts: 3, Cached: 1, USD: 0.5}, "≈$0.25: 1 text came from the cache"},
		{api.Tally{Texts: 30, USD: 0.5}, ""},
		{api.Tally{Texts: 20, Cached: 20, USD: 0.5}, ""},
		{api.Tally{Texts: 30, Cached: 20}, ""},
		{api.Tally{Texts: 30, Cached: 20, USD: 0.5, Uncounted: 1}, ""},
	} {
		if got := savedFact(c.spent); got != c.want {
			t.Errorf("of %+v it is said %q, want %q", c.spent, got, c.want)
		}
	}
	u := usageSample(t, ui.Size{W: 80, H: 24}).Screen(ID).(*Screen)
	same := api.Tally{Requests: 2, Histogram: api.NewHistogram([]time.Duration{time.Second, time.Second})}
	if got := factsOf(u, "good", same, false); !strings.Contains(got, "(within 2.5%)") {
		t.Errorf("of equal latencies that were counted it is said %q", got)
	}
}

// In the table a cost has a blank behind it only where another one is marked there.
func TestCostsWithoutMarksStandAtTheEdge(t *testing.T) {
	u := usageSample(t, ui.Size{W: 120, H: 40}).Screen(ID).(*Screen)
	row := func(model string, s api.Tally) usageRow {
		return usageRow{key: usageKey{provider: "shop", model: model}, title: modelIndent + model, Bill: costs.Bill{Spent: s}}
	}
	plain := []usageRow{row("x", api.Tally{USD: 1}), row("y", api.Tally{USD: 20})}
	lost := append(slices.Clone(plain), row("z", api.Tally{USD: 3, Lost: 1, LostUSD: 0.1}))
	for _, c := range []struct {
		list []usageRow
		want string
	}{{plain, "$1.00|$20.00"}, {lost, "$1.00 |$20.00 |$3.00+"}} {
		table := u.table(c.list, ui.Rect{W: 100, H: 10})
		var got []string
		for i := range c.list {
			got = append(got, table.Row(i)[usageCost].Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("the costs are %q, want %q", got, c.want)
		}
	}
}

func TestSectionsSayWhatIsExactAndWhatTheFilterLeft(t *testing.T) {
	exact, about := api.Tally{Provider: "a", Model: "x", Tokens: 10, USD: 3}, api.Tally{Provider: "b", Model: "y", Tokens: 20, Estimated: 20, USD: 1}
	for _, c := range []struct {
		key   usageKey
		list  []api.Tally
		words string
		want  string
	}{
		{usageKey{}, []api.Tally{exact, about}, "", "All ≈$4.00| a $3.00|  x $3.00| b ≈$1.00|  y ≈$1.00"},
		{usageKey{}, []api.Tally{about, exact}, "", "All ≈$4.00| a $3.00|  x $3.00| b ≈$1.00|  y ≈$1.00"},
		{usageKey{}, []api.Tally{exact, about}, "A/", "All $3.00| a $3.00|  x $3.00"},
		{usageKey{}, []api.Tally{exact, about}, "z", "All (empty, filtered)| none has these words (empty, filtered)"},
		{usageKey{}, nil, "z", "All (empty)| nothing yet (empty)"},
		{usageKey{allTime: true}, nil, "", "All (empty)| no server yet (empty)"},
	} {
		var got []string
		for _, r := range usageSection(c.key, "All", c.list, c.words) {
			text := r.title
			switch {
			case r.empty && r.filtered:
				text += " (empty, filtered)"
			case r.empty:
				text += " (empty)"
			case r.filtered:
				text += " (filtered)"
			default:
				text += " " + r.Cost()
			}
			got = append(got, text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%v with %q: %s, want %s", c.list, c.words, strings.Join(got, "|"), c.want)
		}
	}
}

func TestSumsOnTheirWayAreSaid(t *testing.T) {
	u := usageSample(t, ui.Size{W: 120, H: 40}).Screen(ID).(*Screen)
	title := func() string {
		for _, r := range u.rows() {
			if r.section() && r.key.allTime {
				return r.title
			}
		}
		return ""
	}
	for _, c := range []struct {
		reading bool
		totals  []api.Tally
		title   string
		lacks   string
	}{
		{false, u.totals, "All time", ""},
		{true, u.totals, "All time", "the sums are still being read"},
		{true, nil, "All time, reading…", "the sums are still being read"},
		{false, nil, "All time", ""},
	} {
		u.reading, u.totals = c.reading, c.totals
		if got := title(); got != c.title || u.lacksUsage() != c.lacks {
			t.Errorf("reading %v, %d sums: %q, %q, want %q, %q", c.reading, len(c.totals), got, u.lacksUsage(), c.title, c.lacks)
		}
	}
	empty := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop())).Screen(ID).(*Screen)
	if got := empty.lacksUsage(); got != "nothing was spent yet" {
		t.Errorf("where nothing was spent it is said %q", got)
	}
}

// endedRow is a request in one line.
func endedRow(u *Screen, e session.Ended) string {
	var texts []string
	for _, c := range u.endedCells(e)[1:] {
		texts = append(texts, c.Text)
	}
	return strings.Join(texts, "|")
}

func TestRequestsThatEndedAreToldWhole(t *testing.T) {
	u := usageSample(t, ui.Size{W: 80, H: 24}).Screen(ID).(*Screen)
	at := time.Date(2026, 3, 5, 14, 5, 6, 0, time.Local)
	for _, c := range []struct {
		ended session.Ended
		want  string
	}{
		{session.Ended{Model: "a/b\x1b[2J", Texts: 36, Came: 36, Took: time.Second, Spent: api.Usage{Requests: 1, Tokens: 1234}}, "a/b|texts|36|1,234|1.0 s|1 request"},
		{session.Ended{Model: "a/b", Purpose: session.ForTriedQueries, Texts: 36, Came: 1035, Took: time.Second, Spent: api.Usage{Requests: 2, Failed: 1}}, "a/b|queries|1,035 of 36|0|1.0 s|2 requests, 1 failed and repeated"},
		{session.Ended{Model: "a/b", Purpose: session.ForReduction, Texts: 36, Came: 35, Spent: api.Usage{Requests: 2, Cached: 1200, Estimated: true, Tokens: 5}}, "a/b|shorter vectors|35 of 36|≈5|1 ms|2 requests, 1,200 from the cache"},
		{session.Ended{Model: "a/b", Purpose: session.ForDocuments, Texts: 1, Came: 1, Spent: api.Usage{Cached: 1}}, "a/b|documents|1|0|1 ms|all from the cache"},
		{session.Ended{Model: "a/b", Purpose: session.ForTriedDocuments, Texts: 1, Came: 1}, "a/b|documents|1|0|1 ms|computed here"},
		{session.Ended{Model: "a/b", Purpose: session.ForQuery, Texts: 1, Spent: api.Usage{Requests: 1}, Err: errors.New("no\x1b[2J luck")}, "a/b|query|0 of 1|0|1 ms|no luck"},
	} {
		c.ended.At = at
		if got := endedRow(u, c.ended); got != c.want {
			t.Errorf("%+v is told as\n%s, want\n%s", c.ended, got, c.want)
		}
		if got := u.endedCells(c.ended)[0].Text; got != "14:05:06" {
			t.Errorf("the time is told as %q", got)
		}
	}
}

func TestTheLastRequestsAreCountedWhereTheyHaveNoRoom(t *testing.T) {
	u := usageSample(t, ui.Size{W: 80, H: 24}).Screen(ID).(*Screen)
	u.ended = make([]session.Ended, 4)
	for h, want := range map[int]string{2: "", 3: "Last asked for, newest first · … 3 more", 5: "Last asked for, newest first · … 1 more", 6: "Last asked for, newest first", 9: "Last asked for, newest first"} {
		lines := u.endedLines(ui.Size{W: 80, H: h})
		got := ""
		if len(lines) > 0 {
			got = uitest.Flat(lines[0])
		}
		if got != want || len(lines) > h {
			t.Errorf("in %d lines, of which %d are used, it is said %q, want %q", h, len(lines), got, want)
		}
	}
	u.ended = []session.Ended{{Model: "shop/" + strings.Repeat("long-", 12) + "name-v3", At: time.Now()}}
	if row := uitest.Flat(u.endedLines(ui.Size{W: 80, H: 9})[2]); !strings.Contains(row, "shop/") || !strings.Contains(row, "…") || !strings.Contains(row, "name-v3") {
		t.Errorf("of a long name the ends do not stay: %q", row)
	}
	u.ended = nil
	if lines := u.endedLines(ui.Size{W: 80, H: 9}); lines != nil {
		t.Errorf("of no request it is said %q", fmt.Sprint(lines))
	}
}
