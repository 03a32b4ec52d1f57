package widget_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
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
		{"the wheel turned far", ten, 3, "", 2, "ghi", "7–9 of 10"},
		{"the wheel back", ten, 3, "end", -1, "efg", "5–7 of 10"},
		{"room for all", ten, 20, "down end", 1, "abcdefghij", ""},
		{"no room at all", ten, -2, "down", 0, "b", "2–2 of 10"},
		{"nothing to show", nil, 5, "down end", 1, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s widget.Scroller
			s.Hold(c.lines, c.rows)
			for _, k := range strings.Fields(c.keys) {
				s.Pressed(uitest.KeyPress(k))
			}
			s.Mouse(ui.Mouse{Wheel: c.wheel})
			if got := strings.Join(s.Shown(1), ""); got != c.see {
				t.Errorf("shows %q, want %q", got, c.see)
			}
			if got := s.Position(); got != c.message {
				t.Errorf("says %q, want %q", got, c.message)
			}
		})
	}
}

func TestScrollerKeepsItsPlaceWhenTheLinesChange(t *testing.T) {
	var s widget.Scroller
	s.Hold(strings.Split("abcdefghij", ""), 3)
	s.Pressed(uitest.KeyPress("end"))
	s.Hold(strings.Split("abcdefghi", ""), 3)
	if got := strings.Join(s.Shown(1), ""); got != "ghi" {
		t.Errorf("with a line less it shows %q", got)
	}
	s.Hold(strings.Split("abcdefghi", ""), 5)
	if got := strings.Join(s.Shown(1), ""); got != "efghi" {
		t.Errorf("with more room it shows %q", got)
	}
	s.Hold([]string{"a", "b"}, 5)
	if got := strings.Join(s.Shown(1), ""); got != "ab" || s.Position() != "" {
		t.Errorf("when all have room it shows %q, %q", got, s.Position())
	}
}
