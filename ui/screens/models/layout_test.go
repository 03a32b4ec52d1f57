package models

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Every part has its place in windows of all sizes: the details beside the list, under it or in its
// place, with a chart beside them where models have scores.
func TestEveryPartOfModelsHasItsPlace(t *testing.T) {
	_, plain := catalogApp(t, 100, 30)
	_, reading := catalogApp(t, 100, 30)
	reading.reading = true
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	uitest.Press(t, a, "1")
	var lines []string
	for _, c := range []struct {
		name string
		s    *Screen
	}{{"plain", plain}, {"reading", reading}, {"with scores", a.Screen(ID).(*Screen)}} {
		for _, w := range []int{40, 80, 109, 110, 139, 140, 145, 160, 179, 180, 194, 200, 260} {
			for _, h := range []int{7, 29, 30, 57} {
				l := c.s.layout(ui.Size{W: w, H: h})
				line := fmt.Sprintf("%s %dx%d:", c.name, w, h)
				for _, part := range []struct {
					name string
					at   ui.Rect
				}{{"bar", l.bar}, {"list", l.list}, {"details", l.details}, {"chart", l.chart}} {
					if part.at.H > 0 {
						line += fmt.Sprintf(" %s %d,%d %dx%d", part.name, part.at.X, part.at.Y, part.at.W, part.at.H)
					}
				}
				lines = append(lines, line)
			}
		}
	}
	golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
}

// A long text parts into two columns where a paragraph ends near the middle, else in the middle.
func TestDetailsPartNearTheMiddle(t *testing.T) {
	for text, want := range map[string]string{
		"a":                   "a|",
		"a b":                 "a|b",
		"a b c":               "a b|c",
		"a - c":               "a|c",
		"a b - d e":           "a b|d e",
		"a b - d - f":         "a b - d|f",
		"a b c - e":           "a b c|e",
		"a - c d - f g":       "a - c d|f g",
		"- b c d e f g h i j": "- b c d e|f g h i j",
	} {
		var lines []string
		for _, word := range strings.Fields(text) {
			lines = append(lines, strings.TrimPrefix(word, "-"))
		}
		first, second := split(lines, 9)
		write := func(list []string) string {
			var words []string
			for _, l := range list {
				if l == "" {
					l = "-"
				}
				words = append(words, l)
			}
			return strings.Join(words, " ")
		}
		if got := write(first) + "|" + write(second); got != want {
			t.Errorf("%q parts into %q, want %q", text, got, want)
		}
	}
	for w, want := range map[int][2]int{64: {1, 64}, 130: {1, 130}, 131: {2, 64}, 140: {2, 68}, 200: {2, 98}} {
		if n, each := detailColumns(w); n != want[0] || each != want[1] {
			t.Errorf("in %d columns there are %d of %d, want %v", w, n, each, want)
		}
	}
}

// Details that have room stand from their first line, others end with what scrolls them, and the
// scroll ends with the last line.
func TestDetailsScrollAsFarAsTheirLastLine(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "nanogpt/text-embedding-3-small")
	row, _, _ := s.current(s.rows())
	all := len(s.details(row, 80))
	hint := func(h int) string {
		lines := s.detailLines(s.rows(), ui.Size{W: 80, H: h})
		if len(lines) != h {
			t.Errorf("in %d lines there are %d", h, len(lines))
		}
		return uitest.Flat(lines[h-1])
	}
	uitest.Press(t, a, "enter")
	for h, want := range map[int]string{all + 1: "esc back to the list", all + 4: "esc back to the list", all - 1: fmt.Sprintf("↑↓ scroll: lines 1–%d of %d", all-2, all)} {
		if got := hint(h); got != want {
			t.Errorf("of %d lines in %d the last says %q, want %q", all, h, got, want)
		}
	}
	whole := s.detailLines(s.rows(), ui.Size{W: 80, H: all})
	if last := uitest.Flat(whole[all-1]); strings.Contains(last, "scroll") || strings.Contains(last, "esc") || last == "" {
		t.Errorf("details that just have room end with %q", last)
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 80, H: 15}))
	page := s.layout(a.Body).details.H - 1
	for by, want := range map[int]int{1: 1, -5: 0, 1000: all - page} {
		s.detailTop = 0
		if s.scrollDetails(by); s.detailTop != want {
			t.Errorf("%d lines on the details begin with line %d, want %d", by, s.detailTop+1, want+1)
		}
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 80, H: 60}))
	if s.scrollDetails(1); s.detailTop != 0 {
		t.Errorf("details that have room begin with line %d", s.detailTop+1)
	}
	s.detailTop = 3
	if uitest.Press(t, a, "esc", "enter"); s.detailTop != 0 {
		t.Errorf("opened again they begin with line %d", s.detailTop+1)
	}
	s.selected = ""
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 200, H: 60}))
	if lines := s.detailLines(nil, ui.Size{W: 40, H: 5}); len(lines) != 5 || uitest.Flat(strings.Join(lines, "")) != "esc back to the list" {
		t.Errorf("without a model the details are %q", lines)
	}
}

// What narrows the list is said with the key that clears it, which stands first where all has no room.
func TestWhatNarrowsTheListIsSaid(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Servers = []string{"nanogpt"}
	s := settled(t, 200, 60, o).Screen(ID).(*Screen)
	s.Filter("bge\x1b[2J")
	const narrowed = "/ bge · esc clears"
	for w, want := range map[int]string{columnsOf(narrowed): narrowed, columnsOf(narrowed) - 1: "esc clears / bge"} {
		got := s.narrowing(w)
		if flat := uitest.Flat(got); flat != want || strings.Contains(got, "\x1b[2J") {
			t.Errorf("in %d columns it is said %q, want %q", w, flat, want)
		}
	}
	lists := s.listsInFull()
	all := narrowed + " · " + lists
	for w, want := range map[int]string{columnsOf(all): all, columnsOf(all) - 1: narrowed} {
		if got := uitest.Flat(s.narrowing(w)); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
	s.query = ""
	const hint = "/ filter · w model guide"
	for w, want := range map[int]string{columnsOf(lists + " · " + hint): lists + " · " + hint, columnsOf(lists+" · "+hint) - 1: lists, columnsOf(lists): lists, columnsOf(lists) - 1: hint} {
		if got := uitest.Flat(s.listsLine(w)); got != want {
			t.Errorf("in %d columns it is said %q, want %q", w, got, want)
		}
	}
	models := len(s.Session.Engine().Catalog.Models())
	for _, c := range []struct {
		query string
		shown int
		w     int
		want  string
	}{
		{"", models, 59, fmt.Sprintf("%d models", models)}, {"", models, 60, fmt.Sprintf("%d models · %s", models, s.orderWords())},
		{"e", models, 59, fmt.Sprintf("%d of %d", models, models)}, {"bge", 4, 59, fmt.Sprintf("4 of %d", models)}, {"", 4, 59, fmt.Sprintf("4 of %d", models)},
	} {
		s.query = c.query
		if got := uitest.Flat(s.filterLine(c.shown, c.w)); !strings.HasSuffix(got, c.want) {
			t.Errorf("%q, %d shown, in %d columns: %q, want %q at its end", c.query, c.shown, c.w, got, c.want)
		}
	}
}

// columnsOf is how many columns some words take.
func columnsOf(words string) int { return len([]rune(words)) }
