package widget_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestACanvasShowsWhatIsPutWhereItIsPut(t *testing.T) {
	c := widget.NewCanvas(ui.Size{W: 8, H: 3})
	c.Put(ui.Rect{X: 5, Y: 0, W: 3, H: 2}, []string{"abcd", "e", "too much"})
	c.Put(ui.Rect{X: 0, Y: 0, W: 2, H: 9}, []string{"1", "2", "3", "4"})
	c.PutExact(ui.Rect{X: 2, Y: 1, W: 2, H: 1}, []string{"xy", "too much"})
	if got, want := strings.Join(c.Lines(), "|"), "1    ab…|2 xy e  |3       "; got != want {
		t.Errorf("it shows %q, want %q", got, want)
	}
}

func TestASentenceLeavesAMarginInTheMiddleOfAScreen(t *testing.T) {
	a := boxesApp(t)
	lines := widget.CenteredText("one two three four", ui.Size{W: 14, H: 4}, a.Theme)
	if got, want := ansi.Strip(strings.Join(lines, "|")), "              |   one two    |  three four  |              "; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// Colours of one line do not reach the next.
func TestFilledLinesEndTheirLooks(t *testing.T) {
	for _, l := range widget.FillTo([]string{"\x1b[31mred"}, ui.Size{W: 5, H: 2}) {
		if !strings.HasSuffix(l, theme.Reset) || ansi.StringWidth(l) != 5 {
			t.Errorf("a line is %q", l)
		}
	}
}

func TestLinesThatAreMissingLeaveAMark(t *testing.T) {
	lines := []string{"a", "b", "c"}
	for h, want := range map[int]string{0: "abc", 4: "abc", 3: "abc", 2: "ab…", 1: "a…"} {
		if got := strings.Join(widget.Abridged(lines, h), ""); got != want {
			t.Errorf("of three in %d are left %q, want %q", h, got, want)
		}
		if !slices.Equal(lines, []string{"a", "b", "c"}) {
			t.Fatalf("the lines themselves are now %q", lines)
		}
	}
}
