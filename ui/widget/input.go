package widget

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// NewInput is a one-line text field that never blinks: an idle program must not
// tick.
func NewInput(t *theme.Theme, placeholder string) textinput.Model {
	in := textinput.New()
	in.Prompt = "› "
	in.Placeholder = placeholder
	styles := t.Inputs
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.Focus()
	return in
}

// InputLine draws a text field w columns wide. What is typed or pasted into it is
// made safe; the padding that the field adds after a suggestion is cut.
func InputLine(in textinput.Model, w int) string {
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

// Hints writes pairs of key and meaning in one line: "enter choose  esc back".
func Hints(t *theme.Theme, pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(t.Accent.Bold().Render(pairs[i]) + " " + t.Dim.Render(pairs[i+1]))
	}
	return b.String()
}
