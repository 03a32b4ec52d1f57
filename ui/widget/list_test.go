package widget_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestListKeepsItsCursorOnARowAndInSight(t *testing.T) {
	l := widget.List{}
	steps := []struct {
		what        string
		do          func()
		cursor, top int
	}{
		{"of ten rows five have room", func() { l.Fit(10, 5) }, 0, 0},
		{"a page down leaves one row in sight", func() { l.Pressed(tea.KeyPressMsg{Code: tea.KeyPgDown}) }, 4, 0},
		{"one down scrolls", func() { l.Pressed(tea.KeyPressMsg{Code: 'j', Text: "j"}) }, 5, 1},
		{"the end", func() { l.Pressed(tea.KeyPressMsg{Code: 'G', Text: "G"}) }, 9, 5},
		{"behind the end", func() { l.Move(ui.Unlimited, 0) }, 9, 5},
		{"fewer rows", func() { l.Fit(7, 5) }, 6, 2},
		{"more room", func() { l.Fit(7, 9) }, 6, 0},
		{"no row", func() { l.Fit(0, 5) }, 0, 0},
		{"before the start", func() { l.Fit(10, 5); l.Move(-ui.Unlimited, 0) }, 0, 0},
		{"the wheel", func() { l.Mouse(3, 0) }, 3, 0},
		{"a click", func() { l.Mouse(0, 4) }, 4, 0},
		{"a click below all rows", func() { l.Mouse(0, 5) }, 4, 0},
	}
	for _, s := range steps {
		if s.do(); l.Cursor != s.cursor || l.Top != s.top {
			t.Fatalf("%s: the cursor is on row %d and row %d is the first in sight, want %d and %d", s.what, l.Cursor, l.Top, s.cursor, s.top)
		}
	}
}

// While letters go into a filter the list is moved by the keys that write nothing.
func TestAListUnderAFilterMovesByRowsAndPages(t *testing.T) {
	l := widget.List{}
	l.Fit(20, 5)
	for _, step := range []struct {
		key tea.KeyPressMsg
		at  int
	}{
		{tea.KeyPressMsg{Code: tea.KeyDown}, 1}, {tea.KeyPressMsg{Code: tea.KeyPgDown}, 5}, {tea.KeyPressMsg{Code: tea.KeyPgDown}, 9}, {tea.KeyPressMsg{Code: tea.KeyUp}, 8},
		{tea.KeyPressMsg{Code: tea.KeyPgUp}, 4}, {tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl}, 3}, {tea.KeyPressMsg{Code: 'k', Text: "k"}, 3}, {tea.KeyPressMsg{Code: tea.KeyPgUp}, 0},
	} {
		if ui.Press(l.FilterMotions(), step.key); l.Cursor != step.at {
			t.Errorf("%s leads to row %d, want %d", step.key, l.Cursor, step.at)
		}
	}
}

func TestListTellsWhichKeysAndClicksItTakes(t *testing.T) {
	l := widget.List{}
	l.Fit(2, 5)
	if l.Pressed(tea.KeyPressMsg{Code: 'x', Text: "x"}) || l.Mouse(0, 2) || l.Mouse(1, 0) {
		t.Error("a key that moves nothing, a click below the rows or the wheel is taken for a choice")
	}
	if !l.Pressed(tea.KeyPressMsg{Code: tea.KeyDown}) || !l.Mouse(0, 1) {
		t.Error("a key that moves or a click on a row is not taken")
	}
}
