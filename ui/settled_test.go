package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/term"
)

// settledWith is the explorer without a terminal, in a window of that size, after
// all work of its start is done. No time passes in it: what waits for typing to
// rest starts at once, what is shown for a while stays.
func settledWith(t testing.TB, w, h int, o Options, screens []func(*shared) screen) *app {
	t.Helper()
	if o.Save == nil {
		o.Save = func(config.State) error { return nil }
	}
	o.After = func(_ context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
		if delay != restDelay {
			return nil
		}
		return func() tea.Msg { return done(then) }
	}
	a := newApp(t.Context(), o, screens)
	send(t, a, tea.WindowSizeMsg{Width: w, Height: h})
	settle(t, a, a.store.invalidate(0))
	return a
}

// send gives the explorer a message and lets everything settle that follows.
func send(t testing.TB, a *app, msg tea.Msg) {
	t.Helper()
	_, cmd := a.Update(msg)
	settle(t, a, cmd)
}

// happen lets something happen as if a message had brought it.
func happen(t testing.TB, a *app, what func() tea.Cmd) {
	t.Helper()
	send(t, a, done(what))
}

// nothing is what happens when only time passes.
func nothing() tea.Cmd { return nil }

// reading is the screen that takes in what was read from a file.
type reading interface {
	opened(path string, texts []corpus.Text, err error) tea.Cmd
}

// openTexts is the end of reading texts from a file.
func openTexts(a *app, path string, texts ...corpus.Text) done {
	return func() tea.Cmd { return a.screen("texts").(reading).opened(path, texts, nil) }
}

// settle runs commands, and the commands that follow from them, until nothing is
// left to do.
func settle(t testing.TB, a *app, cmds ...tea.Cmd) {
	t.Helper()
	a.tellEvents() // of what was changed without a message
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

// press presses keys, one after the other.
func press(t testing.TB, a *app, keys ...string) {
	t.Helper()
	for _, k := range keys {
		send(t, a, keyPress(k))
	}
}

func keyPress(k string) tea.KeyPressMsg {
	if code, ok := namedKeys[k]; ok {
		return tea.KeyPressMsg{Code: code.Code, Mod: code.Mod, Text: code.Text}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// checkFrame fails when a drawing has not exactly the size asked for.
func checkFrame(t testing.TB, drawing string, s size) {
	t.Helper()
	lines := strings.Split(drawing, "\n")
	if len(lines) != s.h {
		t.Errorf("%d×%d: %d lines were drawn", s.w, s.h, len(lines))
	}
	for i, l := range lines {
		if w := term.Width(l); w != s.w {
			t.Errorf("%d×%d: line %d is %d columns wide: %q", s.w, s.h, i+1, w, l)
		}
	}
}

func windowSize(s size) tea.Msg { return tea.WindowSizeMsg{Width: s.w, Height: s.h} }

func click(x, y int) tea.Msg { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }
