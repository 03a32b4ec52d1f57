package ui

import (
	"strings"
	"testing"
)

func TestScrollerStaysAmongItsLines(t *testing.T) {
	ten := strings.Split("abcdefghij", "")
	for _, c := range []struct {
		name         string
		lines        []string
		rows         int
		keys         string
		wheel        int
		see, message string
	}{
		{"the beginning at first", ten, 3, "", 0, "abc", "1–3 of 10"},
		{"line by line", ten, 3, "down down up", 0, "bcd", "2–4 of 10"},
		{"not above the first", ten, 3, "up", 0, "abc", "1–3 of 10"},
		{"by what is in sight", ten, 3, "pgdown space pgup", 0, "def", "4–6 of 10"},
		{"not below the last", ten, 3, "pgdown pgdown pgdown pgdown", 0, "hij", "8–10 of 10"},
		{"to the end", ten, 3, "end", 0, "hij", "8–10 of 10"},
		{"to the end and back", ten, 3, "G g", 0, "abc", "1–3 of 10"},
		{"another key", ten, 3, "down x", 0, "bcd", "2–4 of 10"},
		{"the wheel", ten, 3, "", 1, "def", "4–6 of 10"},
		{"room for all", ten, 20, "down end", 1, "abcdefghij", ""},
		{"no room at all", ten, -2, "down", 0, "b", "2–2 of 10"},
		{"nothing to show", nil, 5, "down end", 1, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s scroller
			s.hold(c.lines, c.rows)
			for _, k := range strings.Fields(c.keys) {
				s.pressed(keyPress(k))
			}
			s.mouse(mouseEvent{wheel: c.wheel})
			if got := strings.Join(s.shown(1), ""); got != c.see {
				t.Errorf("shows %q, want %q", got, c.see)
			}
			if got := s.position(); got != c.message {
				t.Errorf("says %q, want %q", got, c.message)
			}
		})
	}
}

func TestScrollerKeepsItsPlaceWhenTheLinesChange(t *testing.T) {
	var s scroller
	s.hold(strings.Split("abcdefghij", ""), 3)
	s.pressed(keyPress("end"))
	s.hold(strings.Split("abcdefghi", ""), 3)
	if got := strings.Join(s.shown(1), ""); got != "ghi" {
		t.Errorf("with a line less it shows %q", got)
	}
	s.hold(strings.Split("abcdefghi", ""), 5)
	if got := strings.Join(s.shown(1), ""); got != "efghi" {
		t.Errorf("with more room it shows %q", got)
	}
	s.hold([]string{"a", "b"}, 5)
	if got := strings.Join(s.shown(1), ""); got != "ab" || s.position() != "" {
		t.Errorf("when all have room it shows %q, %q", got, s.position())
	}
}
