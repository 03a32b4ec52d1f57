package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func headerOf(a *shell.App, w int) string { return strings.TrimRight(ansi.Strip(a.Header(w)), " ") }

func TestHeaderNamesEveryScreenInWholeWords(t *testing.T) {
	a := settled(t, 40, 10, uitest.LocalOptions(t))
	for w, want := range map[int]string{40: "1 2 3 Matrix 4 5 6 7           36 texts", 63: "1 Models 2 Texts 3 Matrix 4 Dups 5 Search 6 Verdict 7 Usage"} {
		if got := headerOf(a, w); got != want {
			t.Errorf("the header of %d columns is %q, want %q", w, got, want)
		}
	}
	for w := 75; w <= 160; w++ {
		tabs, summary, _ := strings.Cut(headerOf(a, w), "7 Usage")
		if !strings.Contains(tabs, "3 Matrices  4 Duplicates") {
			t.Errorf("at %d columns a tab is cut: %q", w, tabs)
		}
		if summary != "" && !strings.HasPrefix(summary, "  ") {
			t.Errorf("at %d columns the summary runs into the tabs: %q", w, summary)
		}
	}
}

func TestFooterIsTheBoxesWhileOneIsOpen(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "?")
	if got := strings.TrimSpace(ansi.Strip(a.Footer(80))); got != "esc close  ctrl+c quit" {
		t.Errorf("under the help the footer says %q", got)
	}
	uitest.Press(t, a, "esc")
	if got := ansi.Strip(a.Footer(80)); !strings.Contains(got, "? help") {
		t.Errorf("without a box the footer says %q", got)
	}
}

func TestFooterOfAFilterSaysThatEscClearsIt(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "ctrl+p", "e")
	for w, want := range map[int]string{80: "esc clear the filter  ctrl+c quit", 30: "esc clear the filter"} {
		if got := strings.TrimSpace(ansi.Strip(a.Footer(w))); got != want {
			t.Errorf("in %d columns the footer says %q, not %q", w, got, want)
		}
	}
}

func TestFooterNamesNoKeyThatIsTyped(t *testing.T) {
	a := settled(t, 300, 24, uitest.LocalOptions(t))
	for _, open := range [][]string{{"1", "/"}, {"2", "/"}, {"2", "a"}, {"4", "/"}, {"5", "/"}} {
		uitest.Press(t, a, open...)
		footer := ansi.Strip(a.Footer(300))
		if !strings.HasPrefix(footer, " F1 help") || !strings.Contains(footer, "ctrl+p actions…") {
			t.Errorf("after %q the footer says %q", open, footer)
		}
		for _, act := range append(a.Current().Actions(), a.Globals()...) {
			if keys := act.Key.Keys(); act.Short != "" && !slices.ContainsFunc(keys, func(k string) bool { return !ui.Writes(k) }) && strings.Contains(footer, " "+act.Key.Help().Key+" "+act.Short) {
				t.Errorf("after %q, %s is typed, and the footer offers it: %q", open, act.Key.Help().Key, footer)
			}
		}
		uitest.Press(t, a, "esc", "esc")
	}
}

func TestQuestionSaysWhichKeysItTakes(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.Open(widget.NewQuestion(&a.Context, "Sure?", nil, widget.Option{Key: "y", Label: "yes", Run: nil}))
	if uitest.Press(t, a, "x"); a.Top() == nil || !strings.Contains(a.Notice().Text, "y, n or esc") {
		t.Errorf("a key that answers nothing is met with %q", a.Notice().Text)
	}
	if uitest.Press(t, a, "esc"); a.Top() != nil || a.Notice().Text != "" {
		t.Errorf("esc leaves the question open or says %q", a.Notice().Text)
	}
}

func TestPaletteFindsNoScatteredLetters(t *testing.T) {
	a := settled(t, 100, 30, uitest.LocalOptions(t))
	uitest.Press(t, a, "ctrl+p")
	p := a.Top().(*widget.Picker)
	for query, want := range map[string]string{"pair": "pair", "difference": "difference", "write": "write"} {
		p.Input.SetValue(query)
		p.Filter()
		if len(p.Matches) == 0 && query != "write" {
			t.Errorf("nothing is found for %q", query)
		}
		for _, m := range p.Matches {
			if !strings.Contains(strings.ToLower(m.Item.Label+m.Item.Detail), want) {
				t.Errorf("%q finds %q", query, m.Item.Label)
			}
		}
	}
}
