package uitest

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
)

// Settled is the explorer without a terminal, in a window of that size, after
// all work of its start is done. No time passes in it: what waits for typing to
// rest starts at once, what is shown for a while stays.
func Settled(t testing.TB, w, h int, o shell.Options, screens []func(*ui.Context) ui.Screen) *shell.App {
	t.Helper()
	if o.Save == nil {
		o.Save = func(config.State) error { return nil }
	}
	o.After = func(_ context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
		if delay != session.RestDelay {
			return nil
		}
		return func() tea.Msg { return loop.Done(then) }
	}
	a := shell.New(t.Context(), o, screens)
	Send(t, a, tea.WindowSizeMsg{Width: w, Height: h})
	Settle(t, a, a.Session.Invalidate(0))
	return a
}

// Send gives the explorer a message and lets everything settle that follows.
func Send(t testing.TB, a *shell.App, msg tea.Msg) {
	t.Helper()
	_, cmd := a.Update(msg)
	Settle(t, a, cmd)
}

// Happen lets something happen as if a message had brought it.
func Happen(t testing.TB, a *shell.App, what func() tea.Cmd) {
	t.Helper()
	Send(t, a, loop.Done(what))
}

// Nothing is what happens when only time passes.
func Nothing() tea.Cmd { return nil }

// Settle runs commands, and the commands that follow from them, until nothing is
// left to do.
func Settle(t testing.TB, a *shell.App, cmds ...tea.Cmd) {
	t.Helper()
	a.TellEvents() // of what was changed without a message
	for len(cmds) > 0 {
		cmd := cmds[0]
		cmds = cmds[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			cmds = append(cmds, msg...)
		default:
			_, next := a.Update(msg)
			cmds = append(cmds, next)
		}
	}
}

// Press presses keys, one after the other.
func Press(t testing.TB, a *shell.App, keys ...string) {
	t.Helper()
	for _, k := range keys {
		Send(t, a, KeyPress(k))
	}
}

// KeyPress is the message of a key: one of NamedKeys, else the letter.
func KeyPress(k string) tea.KeyPressMsg {
	if code, ok := NamedKeys[k]; ok {
		return tea.KeyPressMsg{Code: code.Code, Mod: code.Mod, Text: code.Text}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// CheckFrame fails when a drawing has not exactly the size asked for, or holds what a
// terminal would obey besides styles.
func CheckFrame(t testing.TB, drawing string, s ui.Size) {
	t.Helper()
	lines := strings.Split(drawing, "\n")
	if len(lines) != s.H {
		t.Errorf("%d×%d: %d lines were drawn", s.W, s.H, len(lines))
	}
	for i, l := range lines {
		if w := term.Width(l); w != s.W {
			t.Errorf("%d×%d: line %d is %d columns wide: %q", s.W, s.H, i+1, w, l)
		}
		if raw := Raw(l); raw != "" {
			t.Errorf("%d×%d: line %d has %q: %q", s.W, s.H, i+1, raw, l)
		}
	}
}

// Raw is the first character of a line that a terminal would obey, without the line's
// styles, or that would reorder its neighbours; empty when there is none.
func Raw(line string) string {
	for _, r := range styles.ReplaceAllString(line, "") {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return string(r)
		}
	}
	return ""
}

// styles are the escape sequences that set a style.
var styles = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// WindowSize is the message that the window has that size now.
func WindowSize(s ui.Size) tea.Msg { return tea.WindowSizeMsg{Width: s.W, Height: s.H} }

// Click is the message of the left button on a cell of the window.
func Click(x, y int) tea.Msg { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }
