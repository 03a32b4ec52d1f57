package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestAReaderCopiesItsText(t *testing.T) {
	said := ""
	r := widget.NewReader(&ui.Context{Notify: func(_ ui.NoticeLevel, text string) { said = text }}, "title", "the whole text", nil)
	if copied := fmt.Sprint(r.Copied()()); copied != "the whole text" || said == "" {
		t.Errorf("%q was copied and %q said", copied, said)
	}
}

// readerOf is a box with n lines of that width.
func readerOf(n, width int) *widget.Reader {
	return &widget.Reader{
		Title: "Title", Width: 60,
		Write: func(w int, _ *theme.Theme) (lines []string) {
			for i := range n {
				lines = append(lines, strings.Repeat(string(rune('a'+i)), min(w, width)))
			}
			return lines
		},
		Foot: func(position string) []string {
			return widget.WithPosition([]string{"esc", "back"}, 2, position)
		},
	}
}

func TestAReaderIsAsWideAsItsLinesAndAsHighAsItsRoom(t *testing.T) {
	th := boxesApp(t).Theme
	for _, c := range []struct {
		least, lines, width int
		room                ui.Size
		title               string
		wide, high          int
		foot                string
	}{
		{0, 2, 10, ui.Size{W: 80, H: 20}, "Title", 60, 4, "? keys  esc back"},
		{0, 2, 10, ui.Size{W: 40, H: 20}, "Title", 40, 4, "? keys  esc back"},
		{30, 2, 10, ui.Size{W: 80, H: 20}, "Title", 30, 4, "? keys  esc back"},
		{30, 2, 45, ui.Size{W: 80, H: 20}, "Title", 45, 4, "? keys  esc back"},
		{30, 2, 90, ui.Size{W: 40, H: 20}, "Title", 40, 4, "? keys  esc back"},
		{30, 5, 10, ui.Size{W: 80, H: 6}, "Title", 30, 6, "? keys  esc back  ↑↓ 1–4 of 5"},
		{30, 5, 10, ui.Size{W: 80, H: 7}, "Title", 30, 7, "? keys  esc back"},
		{30, 5, 10, ui.Size{W: 80, H: 6}, "", 30, 6, "? keys  esc back"},
		{30, 5, 10, ui.Size{W: 80, H: 5}, "", 30, 5, "? keys  esc back  ↑↓ 1–4 of 5"},
	} {
		r := readerOf(c.lines, c.width)
		r.Least, r.Title = c.least, c.title
		r.Fit(c.room, th)
		drawn := r.View(c.room, th)
		foot := strings.TrimRight(ansi.Strip(drawn[len(drawn)-1]), " ")
		if len(drawn) != c.high || foot != c.foot {
			t.Errorf("%+v: %d lines, of which the last is %q", c, len(drawn), foot)
		}
		for _, l := range drawn {
			if ansi.StringWidth(l) != c.wide {
				t.Errorf("%+v: a line is %d columns wide: %q", c, ansi.StringWidth(l), ansi.Strip(l))
			}
		}
	}
}

// Whoever waits for a box to be closed is told once, by whichever key.
func TestAReaderThatIsClosedTellsSo(t *testing.T) {
	for keys, closes := range map[string]bool{"esc": true, "q": true, "enter": true, "x": false, "down": false} {
		left := 0
		r := readerOf(3, 10)
		r.Left = func() { left++ }
		if r.Update(uitest.KeyPress(keys)); r.Closed() != closes || (left == 1) != closes {
			t.Errorf("%s closes it: %v, and it was left %d times", keys, r.Closed(), left)
		}
	}
	r := readerOf(3, 10)
	r.Closes = key.NewBinding(key.WithKeys("?"))
	if r.Update(uitest.KeyPress("enter")); r.Closed() {
		t.Error("enter closes a box that another key closes")
	}
	if r.Update(uitest.KeyPress("?")); !r.Closed() {
		t.Error("its own key does not close it")
	}
}
