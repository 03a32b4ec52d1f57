package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func headerOf(a *app, w int) string { return strings.TrimRight(ansi.Strip(a.header(w)), " ") }

func TestHeaderNamesEveryScreenInWholeWords(t *testing.T) {
	a := settled(t, 40, 10, localOptions(t))
	if got, want := headerOf(a, 40), "1 Models 2 Texts 3 Matrix 4 Dups 5 Usage"; got != want {
		t.Errorf("the header of 40 columns is %q, want %q", got, want)
	}
	for w := 54; w <= 160; w++ {
		tabs, summary, _ := strings.Cut(headerOf(a, w), "5 Usage")
		if !strings.Contains(tabs, "3 Matrices  4 Duplicates") {
			t.Errorf("at %d columns a tab is cut: %q", w, tabs)
		}
		if summary != "" && !strings.HasPrefix(summary, "  ") {
			t.Errorf("at %d columns the summary runs into the tabs: %q", w, summary)
		}
	}
}

func TestFooterIsTheBoxesWhileOneIsOpen(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	press(t, a, "?")
	if got := strings.TrimSpace(ansi.Strip(a.footer(80))); got != "esc leaves the box  ctrl+c stop what runs, else quit" {
		t.Errorf("under the help the footer says %q", got)
	}
	press(t, a, "esc")
	if got := ansi.Strip(a.footer(80)); !strings.Contains(got, "? help") {
		t.Errorf("without a box the footer says %q", got)
	}
}

func TestQuestionSaysWhichKeysItTakes(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	a.open(newConfirm("Sure?", nil, answer{"y", "yes", nil}))
	if press(t, a, "x"); a.top() == nil || !strings.Contains(a.notice.text, "y, n or esc") {
		t.Errorf("a key that answers nothing is met with %q", a.notice.text)
	}
	if press(t, a, "esc"); a.top() != nil || a.notice.text != "" {
		t.Errorf("esc leaves the question open or says %q", a.notice.text)
	}
}

func TestPaletteFindsNoScatteredLetters(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	a.openPalette()
	p := a.top().(*picker)
	for query, want := range map[string]string{"pair": "pair", "difference": "difference", "write": "write"} {
		p.input.SetValue(query)
		p.filter()
		if len(p.matches) == 0 && query != "write" {
			t.Errorf("nothing is found for %q", query)
		}
		for _, m := range p.matches {
			if !strings.Contains(strings.ToLower(m.item.label+m.item.detail), want) {
				t.Errorf("%q finds %q", query, m.item.label)
			}
		}
	}
}

func TestWithoutColourNothingIsCalledAColour(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	a.setTheme(true, colorprofile.ASCII)
	m := a.screen(screenMatrix).(*matrixScreen)
	told := false
	for range int(cellModes) {
		if press(t, a, "v"); m.mode == CellHalf {
			t.Error("the cells are half-blocks, which take colours")
		}
		told = told || strings.Contains(a.notice.text, "need colours")
		if got := m.status(); strings.Contains(got, m.ramp.String()) {
			t.Errorf("the status names a colour scale: %q", got)
		}
	}
	if !told {
		t.Error("nothing tells that half-blocks are left out")
	}
}
