package widget

import (
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Input is a one-line text field: that of bubbles, but for what ends the program
// there. Erasing the last character as a word, and completing what was pasted over
// the completions, reach past the end of its text.
type Input struct{ textinput.Model }

// eraseWordForward are the keys that bubbles' field does not get.
var eraseWordForward = key.NewBinding(key.WithKeys("alt+d", "alt+delete", "ctrl+delete"))

// NewInput is a one-line text field that never blinks: an idle program must not
// tick.
func NewInput(t *theme.Theme, placeholder string) Input {
	in := textinput.New()
	in.KeyMap.DeleteWordForward.Unbind()
	in.Prompt = "› "
	in.Placeholder = placeholder
	styles := t.Inputs
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.Focus()
	return Input{in}
}

// Update edits the text.
func (in Input) Update(msg tea.Msg) (Input, tea.Cmd) {
	press, isKey := msg.(tea.KeyPressMsg)
	if isKey && in.Focused() && key.Matches(press, eraseWordForward) {
		in.eraseWord()
		return in, nil
	}
	var cmd tea.Cmd
	if in.Model, cmd = in.Model.Update(msg); !isKey {
		in.matchSuggestions()
	}
	return in, cmd
}

// SetValue replaces the text; what no line can hold becomes blanks.
func (in *Input) SetValue(s string) {
	in.Model.SetValue(s)
	in.matchSuggestions()
}

// Reset takes the text away.
func (in *Input) Reset() {
	in.Model.Reset()
	in.matchSuggestions()
}

// matchSuggestions sees to it that only what begins with the text completes it.
func (in *Input) matchSuggestions() {
	if in.ShowSuggestions {
		in.SetSuggestions(in.AvailableSuggestions())
	}
}

// eraseWord takes away the blanks after the cursor and the word that follows them;
// where nobody sees words, all that follows.
func (in *Input) eraseWord() {
	text, at := []rune(in.Value()), in.Position()
	rest := strings.TrimLeftFunc(strings.TrimLeftFunc(string(text[at:]), unicode.IsSpace), func(r rune) bool { return !unicode.IsSpace(r) })
	if in.EchoMode != textinput.EchoNormal {
		rest = ""
	}
	in.SetValue(string(text[:at]) + rest)
	in.SetCursor(at)
}

// InputLine draws a text field w columns wide. What is typed or pasted into it is
// made safe; the padding that the field adds after a suggestion is cut. Marks at its ends
// tell of text that is out of sight.
func InputLine(in Input, w int) string {
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
	return markEnds(in, term.PadRight(ansi.Truncate(b.String(), w, ""), w), w)
}

// markEnds puts a mark at each end of a drawn field behind which its text goes on, but not
// over the cursor.
func markEnds(in Input, line string, w int) string {
	if in.EchoMode != textinput.EchoNormal || term.Width(term.Safe(in.Value())) <= in.Width() || in.Width() < 4 {
		return line
	}
	prompt := term.Width(in.Prompt)
	text := []rune(in.Value())
	at := min(in.Position(), len(text))
	before, through, all := term.Safe(string(text[:at])), term.Safe(string(text[:min(at+1, len(text))])), term.Safe(in.Value())
	seen := strings.TrimRight(ansi.Strip(ansi.TruncateLeft(line, prompt, "")), " ")
	if !strings.HasPrefix(all, seen) && !strings.HasPrefix(term.Safe(string(text[at:])), seen) {
		line = ansi.Truncate(line, prompt, "") + term.Ellipsis + ansi.TruncateLeft(line, prompt+1, "")
	}
	ends := func(s string) bool { return strings.HasSuffix(strings.TrimRight(s, " "), seen) }
	if last := prompt + term.Width(seen) - 1; !ends(all) && !ends(before) && !ends(through) {
		line = ansi.Truncate(line, last, "") + term.Ellipsis + ansi.TruncateLeft(line, last+1, "")
	}
	return term.PadRight(ansi.Truncate(line, w, ""), w)
}

// Hints writes pairs of key and meaning in one line: "enter choose  esc back".
func Hints(t *theme.Theme, pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(t.Accent.Bold().Render(pairs[i]))
		if pairs[i+1] != "" {
			b.WriteString(" " + t.Dim.Render(pairs[i+1]))
		}
	}
	return b.String()
}

// HelpKey lists the keys of a box, and TypedHelpKey those of one into which something is
// typed.
const (
	HelpKey      = "?"
	TypedHelpKey = "f1"
)

// Foot is the last line of a box: the key that lists its keys, then pairs of key and
// meaning, as many as have room whole.
func Foot(t *theme.Theme, w int, pairs ...string) string {
	return hintsIn(t, w, slices.Concat([]string{HelpKey, "keys"}, pairs)...)
}

// TypedFoot is Foot for a box into which something is typed.
func TypedFoot(t *theme.Theme, w int, pairs ...string) string {
	return hintsIn(t, w, slices.Concat([]string{strings.ToUpper(TypedHelpKey), "keys"}, pairs)...)
}

// hintsIn writes the hints that have room in w columns, never a part of one. The first
// stays longest, without its word where others need the room, then that which leaves.
func hintsIn(t *theme.Theme, w int, pairs ...string) string {
	if term.Width(Hints(t, pairs...)) > w {
		pairs = slices.Concat([]string{pairs[0], ""}, pairs[2:])
	}
	kept, used := make([]bool, len(pairs)/2), -len("  ")
	take := func(i int) {
		need := term.Width("  " + strings.TrimSpace(pairs[2*i]+" "+pairs[2*i+1]))
		if !kept[i] && used+need <= w {
			kept[i], used = true, used+need
		}
	}
	take(0)
	for i := range kept {
		if pairs[2*i] == ui.KeyBack.Help().Key {
			take(i)
		}
	}
	var shown []string
	for i := range kept {
		if take(i); kept[i] {
			shown = append(shown, pairs[2*i], pairs[2*i+1])
		}
	}
	return term.Fit(Hints(t, shown...), w)
}

// Editing are the keys of the field, for the help; the field takes them itself.
func (in Input) Editing() []ui.Action {
	m := in.KeyMap
	edit := func(label, help string, keys ...key.Binding) ui.Action {
		var all []string
		for _, k := range keys {
			all = append(all, k.Keys()...)
		}
		return ui.Action{Key: ui.Bind(label, help, all...), Group: ui.GroupShow}
	}
	return []ui.Action{
		edit("←/→", "left and right in the line", m.CharacterBackward, m.CharacterForward),
		edit("ctrl+←/→", "a word left or right", m.WordBackward, m.WordForward),
		edit("home/end", "start or end of the line", m.LineStart, m.LineEnd),
		edit("ctrl+w", "erase the word before", m.DeleteWordBackward),
		edit("ctrl+u/k", "erase to the start or end of the line", m.DeleteBeforeCursor, m.DeleteAfterCursor),
		edit("ctrl+v", "paste", m.Paste),
	}
}
