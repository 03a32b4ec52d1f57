package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// overlay is a box on top of the screen that takes all keys while it is open.
type overlay interface {
	update(msg tea.Msg) tea.Cmd
	// fit prepares for drawing in that room what must be remembered: how many rows
	// there are, which is the first. It is called after every message.
	fit(room size, t *theme)
	// view draws the content, at most as large as room. It must be pure.
	view(room size, t *theme) string
	// mouse takes a click or the wheel, relative to the content.
	mouse(ev mouseEvent) tea.Cmd
	// dismiss closes it without doing anything.
	dismiss()
	closed() bool
}

// takesText tells that something can be typed or pasted into an overlay.
func takesText(o overlay) bool {
	switch o.(type) {
	case *confirm, *menu, *help, *pairView, *candidateList, *costs:
		return false
	default:
		return true
	}
}

// closable is the part of every overlay that remembers that it was closed. It has
// nothing to fit.
type closable struct{ done bool }

func (c *closable) fit(size, *theme) {}

func (c *closable) dismiss() { c.done = true }

func (c *closable) closed() bool { return c.done }

// newInput is a one-line text field that never blinks: an idle program must not
// tick.
func newInput(t *theme, placeholder string) textinput.Model {
	in := textinput.New()
	in.Prompt = "› "
	in.Placeholder = placeholder
	styles := t.inputs
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.Focus()
	return in
}

// inputLine draws a text field w columns wide. What is typed or pasted into it is
// made safe; the padding that the field adds after a suggestion is cut.
func inputLine(in textinput.Model, w int) string {
	in.SetCursor(in.Position()) // its width is known only now: scroll the cursor into sight
	var b strings.Builder
	for view := in.View(); view != ""; {
		at := strings.Index(view, "\x1b[")
		if at < 0 {
			at = len(view)
		}
		b.WriteString(Safe(view[:at]))
		view = view[at:]
		end := strings.IndexByte(view, 'm') + 1
		b.WriteString(view[:end])
		view = view[end:]
	}
	return PadRight(ansi.Truncate(b.String(), w, ""), w)
}

// hints writes pairs of key and meaning in one line: "enter choose  esc back".
func hints(t *theme, pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(t.accent.Bold(true).Render(pairs[i]) + " " + t.dim.Render(pairs[i+1]))
	}
	return b.String()
}

// scrollTo gives the first row to show so that the cursor is among n visible
// ones, moving as little as possible.
func scrollTo(cursor, top, n, total int) int {
	top = min(top, max(total-n, 0))
	if cursor < top {
		return max(cursor, 0)
	}
	if cursor >= top+n {
		return cursor - n + 1
	}
	return top
}
