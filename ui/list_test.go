package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestListKeepsItsCursorOnARowAndInSight(t *testing.T) {
	l := list{}
	steps := []struct {
		what        string
		do          func()
		cursor, top int
	}{
		{"of ten rows five have room", func() { l.fit(10, 5) }, 0, 0},
		{"a page down leaves one row in sight", func() { l.pressed(tea.KeyPressMsg{Code: tea.KeyPgDown}) }, 4, 0},
		{"one down scrolls", func() { l.pressed(tea.KeyPressMsg{Code: 'j', Text: "j"}) }, 5, 1},
		{"the end", func() { l.pressed(tea.KeyPressMsg{Code: 'G', Text: "G"}) }, 9, 5},
		{"behind the end", func() { l.move(far) }, 9, 5},
		{"fewer rows", func() { l.fit(7, 5) }, 6, 2},
		{"more room", func() { l.fit(7, 9) }, 6, 0},
		{"no row", func() { l.fit(0, 5) }, 0, 0},
		{"before the start", func() { l.fit(10, 5); l.move(-far) }, 0, 0},
		{"the wheel", func() { l.mouse(3, 0) }, 3, 0},
		{"a click", func() { l.mouse(0, 4) }, 4, 0},
		{"a click below all rows", func() { l.mouse(0, 5) }, 4, 0},
	}
	for _, s := range steps {
		if s.do(); l.cursor != s.cursor || l.top != s.top {
			t.Fatalf("%s: the cursor is on row %d and row %d is the first in sight, want %d and %d", s.what, l.cursor, l.top, s.cursor, s.top)
		}
	}
}

func TestListTellsWhichKeysAndClicksItTakes(t *testing.T) {
	l := list{}
	l.fit(2, 5)
	if l.pressed(tea.KeyPressMsg{Code: 'x', Text: "x"}) || l.mouse(0, 2) || l.mouse(1, 0) {
		t.Error("a key that moves nothing, a click below the rows or the wheel is taken for a choice")
	}
	if !l.pressed(tea.KeyPressMsg{Code: tea.KeyDown}) || !l.mouse(0, 1) {
		t.Error("a key that moves or a click on a row is not taken")
	}
}
