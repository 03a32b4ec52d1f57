package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
)

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
		b.WriteString(term.Safe(view[:at]))
		view = view[at:]
		end := strings.IndexByte(view, 'm') + 1
		b.WriteString(view[:end])
		view = view[end:]
	}
	return term.PadRight(ansi.Truncate(b.String(), w, ""), w)
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
