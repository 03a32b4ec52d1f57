package widget_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestLinesStandInTheMiddle(t *testing.T) {
	th := boxesApp(t).Theme
	for _, c := range []struct {
		lines []string
		size  ui.Size
		want  string
	}{
		{[]string{"ab"}, ui.Size{W: 6, H: 3}, "      |  ab  |      "},
		{[]string{"ab"}, ui.Size{W: 5, H: 4}, "     | ab  |     |     "},
		{[]string{"ab", "c"}, ui.Size{W: 4, H: 3}, " ab | c  |    "},
		{[]string{"abcdef", "b", "c"}, ui.Size{W: 4, H: 2}, "abc…| b  "},
		{nil, ui.Size{W: 2, H: 1}, "  "},
	} {
		if got := ansi.Strip(strings.Join(widget.CenteredLines(c.lines, c.size, th), "|")); got != c.want {
			t.Errorf("%q in %v is %q, want %q", c.lines, c.size, got, c.want)
		}
	}
	if got := ansi.Strip(strings.Join(widget.FillTo([]string{"ab", "cdef", "g"}, ui.Size{W: 3, H: 2}), "|")); got != "ab |cd…" {
		t.Errorf("more lines than have room are %q", got)
	}
	if got := ansi.Strip(strings.Join(widget.FillTo([]string{"ab"}, ui.Size{W: 3, H: 2}), "|")); got != "ab |   " {
		t.Errorf("fewer lines than have room are %q", got)
	}
}

func TestDetailsAreLabelsWithTextBesideOrBelow(t *testing.T) {
	th := boxesApp(t).Theme
	for label, want := range map[string]string{"twelve signs": "twelve signs text", "thirteen sign": "thirteen sign|             text"} {
		d := &widget.DetailText{W: 60, Theme: th}
		d.Field(label, "text")
		if got := ansi.Strip(strings.Join(d.Lines, "|")); got != want {
			t.Errorf("%s: it is %q, want %q", label, got, want)
		}
	}
	for w, want := range map[int]string{
		39: "label        a text of some words that||             does not end here||a long label of it||             text",
		38: "label||  a text of some words that does not||  end here||a long label of it||  text",
	} {
		d := &widget.DetailText{W: w, Theme: th}
		d.Gap() // over nothing there is none
		d.Field("nothing", "")
		d.Field("label", "a text of some words that does not end here")
		d.Gap()
		d.Gap()
		d.Field("a long label of it", "text")
		var got []string
		for _, l := range d.Lines {
			got = append(got, strings.TrimRight(ansi.Strip(l), " "))
		}
		want := strings.ReplaceAll(want, "end here||a", "end here||||a")
		if joined := strings.Join(got, "||"); joined != want {
			t.Errorf("in %d columns it is\n%s, want\n%s", w, joined, want)
		}
	}
	d := &widget.DetailText{W: 30, Theme: th}
	d.Field("label", "red \x1b[31m\u202etext\a")
	d.Text("more \x1b]0;x\a of it\u009b", "")
	if raw := uitest.Raw(strings.Join(d.Lines, "")); raw != "" {
		t.Errorf("details have %q: %q", raw, d.Lines)
	}
}

func TestALineKnowsWhatLiesWhere(t *testing.T) {
	var l widget.Line
	l.Add("", " ", "")
	l.Add("", "日本", "first")
	l.Add("", "  ", "")
	l.Add(theme.Pen(theme.Bold), "two", "second")
	for x, want := range []string{"", "first", "first", "first", "first", "", "", "second", "second", "second", ""} {
		if id, ok := l.ZoneAt(x); id != want || ok != (want != "") {
			t.Errorf("at column %d lies %q, want %q", x, id, want)
		}
	}
	if l.Width != 10 {
		t.Errorf("the line is %d columns wide", l.Width)
	}
}

func TestTheLastLineOfABoxHasWholeHintsOnly(t *testing.T) {
	th := boxesApp(t).Theme
	for w, want := range map[int]string{
		60: "? keys  enter choose  t text  esc back", 38: "? keys  enter choose  t text  esc back", 37: "?  enter choose  t text  esc back", 33: "?  enter choose  t text  esc back",
		32: "?  enter choose  esc back", 25: "?  enter choose  esc back", 24: "?  t text  esc back", 18: "?  esc back", 11: "?  esc back", 10: "?  t text", 8: "?", 1: "?",
	} {
		line := ansi.Strip(widget.Foot(th, w, "enter", "choose", "t", "text", "esc", "back"))
		if got := strings.TrimRight(line, " "); got != want || ansi.StringWidth(line) != w {
			t.Errorf("in %d columns it is %q, want %q", w, got, want)
		}
	}
}

func TestWordsAreFoundWhateverTheirCase(t *testing.T) {
	for _, c := range []struct {
		text, query string
		want        []int
	}{
		{"The cat and the CAT", "cat", []int{4, 5, 6, 16, 17, 18}},
		{"aaa", "aa", []int{0, 1}},
		{"Éa é", "é", []int{0, 4}},
		{"one two", "two one", []int{0, 1, 2, 4, 5, 6}},
		{"one", "on ne", []int{0, 1, 2}},
		{"one", "", nil},
		{"on", "one", nil},
	} {
		if got := widget.WordHits(c.text, c.query); !slices.Equal(got, c.want) {
			t.Errorf("%q stands in %q at %v, want %v", c.query, c.text, got, c.want)
		}
	}
	for _, word := range []string{"AZ", "az", "aZ", "Az"} {
		if widget.IndexFold("gAZe", word) != 1 || widget.IndexFold("gaze", word) != 1 {
			t.Errorf("%q is not found, whatever its case", word)
		}
	}
	for word, want := range map[string]int{"CAT": 4, "the": 0, "z": -1, "Z@": -1, "[": -1, "AT": 5} {
		if got := widget.IndexFold("The cat", word); got != want {
			t.Errorf("%q is at %d, want %d", word, got, want)
		}
	}
	for letters, want := range map[string]bool{"ct": true, "tc": false, "": true, "catt": false} {
		if widget.InOrder("cat", []rune(letters)) != want {
			t.Errorf("%q in order: want %t", letters, want)
		}
	}
}

func TestWhereAWordWasFoundIsShown(t *testing.T) {
	text := strings.Repeat("filler ", 20) + "needle " + strings.Repeat("more ", 20)
	for at, want := range map[string]int{"a short text": 60, "a needle in it": 2} {
		if got := widget.FoundExcerpt(at, want, 40); got != at {
			t.Errorf("%q is shown as %q", at, got)
		}
	}
	for at, want := range map[int]bool{140: true, 0: false, -1: false} {
		shown := widget.FoundExcerpt(text, at, 40)
		if strings.Contains(shown, "needle") != want || ansi.StringWidth(shown) > 40 || strings.HasPrefix(shown, "…") != want {
			t.Errorf("found at %d it is shown as %q", at, shown)
		}
	}
}
