package shell

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// The tabs are written in the widest form that has room, with what is loaded behind them.
func TestTheHeaderUsesItsWidth(t *testing.T) {
	a, _ := withScreens(t)
	a.Session.Restore().Texts([]corpus.Text{{Text: "one"}, {Text: "two"}}, corpus.Origin{Source: "faq.csv"})
	for w, want := range map[int]string{
		64: " vecscope  1 one  2 two  3 three   faq.csv · 2 texts · 0 models ",
		63: " vecscope  1 one  2 two  3 three  faq.csv · 2 texts · 0 models ",
		62: " vecscope  1 one  2 two  3 three           2 texts · 0 models ",
		33: " vecscope  1 one  2 two  3 three ",
		32: " 1 one  2 two  3 three  2 texts ",
		31: " 1 one  2 two  3 three         ",
		23: " 1 one  2 two  3 three ",
		22: "1 one 2 two 3 three   ",
		19: "1 one 2 two 3 three",
		18: "1 one 2 3 2 texts ",
		17: "1 one 2 3        ",
		9:  "1 one 2 3",
		8:  "1 one 2…",
	} {
		if got := ansi.Strip(a.Header(w)); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	a.Session.Restore().Texts(nil, corpus.Origin{Source: "faq.csv"})
	if got := ansi.Strip(a.Header(64)); got != " vecscope  1 one  2 two  3 three             0 texts · 0 models " {
		t.Errorf("without texts: %q", got)
	}
}

// The footer shows the most important keys that have room, and how many have none.
func TestTheFooterUsesItsWidth(t *testing.T) {
	a, _ := withScreens(t)
	key := func(k string, footer int, short string, reason string) ui.Action {
		return ui.Action{ID: k, Key: ui.Bind(k, "what "+k+" does", k), Short: short, Footer: footer, Guard: func() string { return reason }}
	}
	a.globals = []ui.Action{{ID: "help", Key: keyHelp, Footer: 1}, key("q", 9, "", ""), key("c", 9, "selected…", "")}
	a.screens[0].(*pointing).actions = []ui.Action{key("x", 3, "export…", ""), key("y", 2, "copy", ""), key("z", 2, "not now", "no reason"), key("n", 0, "never", "")}
	for w, want := range map[int]string{
		120: " ? help y copy x export… q what q does c selected…",
		51:  " ? help y copy x export… q what q does c selected…",
		50:  " ? help y copy x export… q what q does +1",
		43:  " ? help y copy x export… q what q does +1",
		41:  " ? help y copy x export… q what q does +1",
		40:  " ? help y copy x export… c selected… +1",
		30:  " ? help y copy x export… +2",
		27:  " ? help y copy x export… +2",
		26:  " ? help y copy +3",
		10:  " ? help +4",
	} {
		l := a.footerLine(w)
		if got := ansi.Strip(l.B.String()); got != want || l.Width != term.Width(want) {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
		if got := ansi.Strip(a.Footer(w)); got != want+strings.Repeat(" ", w-term.Width(want)) {
			t.Errorf("in %d columns the whole line is %q", w, got)
		}
	}
	l := a.footerLine(120)
	for x, want := range map[int]string{1: "help", 7: "y", 8: "y", 14: "x"} {
		if got, _ := l.ZoneAt(x); got != want {
			t.Errorf("at %d is %q, want %q", x, got, want)
		}
	}
}

// Under a box the footer says how it is left, and what ctrl+c does, as far as there is room.
func TestTheFooterUnderABoxSaysHowItIsLeft(t *testing.T) {
	a, _ := withScreens(t)
	b := &box{}
	b.actions = []ui.Action{ui.Closing(b.Dismiss)}
	a.overlays = []ui.Overlay{b}
	for w, want := range map[int]string{40: " esc close  ctrl+c quit                 ", 23: " esc close  ctrl+c quit", 22: " esc close            "} {
		if got := ansi.Strip(a.Footer(w)); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
}

// A box takes what is clicked in it; beside it a click closes it, and the wheel does nothing.
func TestTheMouseMeetsTheBoxAboveTheScreen(t *testing.T) {
	a, _ := withScreens(t)
	a.window = ui.Size{W: 60, H: 20}
	for _, c := range []struct {
		ev     ui.Mouse
		x, y   int // that the box is told
		closed bool
	}{
		{ui.Mouse{X: 0, Y: 0}, -1, -1, true}, {ui.Mouse{X: 0, Y: 0, Wheel: 1}, -1, -1, false}, {ui.Mouse{X: 36, Y: 9}, -1, -1, true}, {ui.Mouse{X: 35, Y: 9}, 9, 0, false},
		{ui.Mouse{X: 28, Y: 9}, 2, 0, false}, {ui.Mouse{X: 24, Y: 8}, -2, -1, false}, {ui.Mouse{X: 28, Y: 9, Wheel: -1}, 2, 0, false}, {ui.Mouse{X: 28, Y: 11}, -1, -1, true},
	} {
		b := &clicked{x: -1, y: -1}
		a.overlays = []ui.Overlay{b}
		if c.ev.Wheel == 0 {
			a.mouseAt(c.ev)
		} else {
			a.wheel(tea.MouseWheelMsg{X: c.ev.X, Y: c.ev.Y, Button: map[int]tea.MouseButton{-1: tea.MouseWheelUp, 1: tea.MouseWheelDown}[c.ev.Wheel]})
		}
		if b.x != c.x || b.y != c.y || b.Closed() != c.closed || b.x >= 0 && b.wheel != c.ev.Wheel {
			t.Errorf("%+v: the box is told of %d, %d and wheel %d, and closed: %t", c.ev, b.x, b.y, b.wheel, b.Closed())
		}
	}
	// Without a box a click takes the notice away, and the wheel leaves it.
	a.overlays = nil
	for _, ev := range []ui.Mouse{{X: 3, Y: 4}, {X: 3, Y: 4, Wheel: 1}, {X: 3, Y: 0, Wheel: 1}} {
		a.notice = Notice{Text: "something"}
		if a.mouseAt(ev); (a.notice.Text != "") != (ev.Wheel != 0) {
			t.Errorf("after %+v the notice is %q", ev, a.notice.Text)
		}
	}
	// The tabs are clicked, and do not turn with the wheel.
	a.globals = []ui.Action{{ID: "open.two", Run: ui.Do(func() { a.SetScreen("two") })}}
	two := strings.Index(ansi.Strip(a.Header(60)), "2 two")
	if a.mouseAt(ui.Mouse{X: two, Wheel: 1}); a.current.Info().ID != "one" {
		t.Error("the wheel over a tab goes to its screen")
	}
	if a.mouseAt(ui.Mouse{X: two}); a.current.Info().ID != "two" {
		t.Error("a click on a tab does not go to its screen")
	}
}

// clicked is a box of one line that notes what it is told of the mouse.
type clicked struct {
	box
	x, y, wheel int
}

func (c *clicked) View(ui.Size, *theme.Theme) []string { return []string{"one line"} }

func (c *clicked) Mouse(ev ui.Mouse) tea.Cmd {
	c.x, c.y, c.wheel = ev.X, ev.Y, ev.Wheel
	return nil
}
