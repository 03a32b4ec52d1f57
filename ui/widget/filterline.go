package widget

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// FilterLine is the line in which the words are typed that a list is filtered by. The zero
// one lets everything through.
type FilterLine struct {
	input  Input
	typing bool
	words  string
}

// Start begins to type, or goes on with the words that there are.
func (f *FilterLine) Start(t *theme.Theme, placeholder string) {
	if f.words == "" {
		f.input = NewInput(t, placeholder)
		f.input.Prompt = "/ "
	}
	f.typing = true
	f.input.Focus()
}

// Set has words typed.
func (f *FilterLine) Set(t *theme.Theme, words string) {
	f.Start(t, "")
	f.input.SetValue(words)
	f.take()
	f.Keep()
}

func (f *FilterLine) take() { f.words = strings.Join(strings.Fields(f.input.Value()), " ") }

// Typing tells that letters go into it.
func (f *FilterLine) Typing() bool { return f.typing }

// Words are those typed, with a blank between them; empty lets everything through.
func (f *FilterLine) Words() string { return f.words }

// Shown tells that the line is to be drawn.
func (f *FilterLine) Shown() bool { return f.typing || f.words != "" }

// Keep ends the typing; the words go on to filter.
func (f *FilterLine) Keep() {
	if f.typing {
		f.typing = false
		f.input.Blur()
	}
}

// Clear lets everything through again.
func (f *FilterLine) Clear() { *f = FilterLine{} }

// Take takes what is typed or pasted while letters go into the line, or does what a key means
// among the actions that a screen has meanwhile.
func (f *FilterLine) Take(c *ui.Context, actions []ui.Action, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if act, ok := ui.Find(actions, msg); ok {
			return c.Perform(act)
		}
	case tea.PasteMsg:
	default:
		return nil
	}
	return f.Update(msg)
}

// Update takes what is typed or pasted.
func (f *FilterLine) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	f.take()
	return cmd
}

// Actions are those of a screen while letters go into the line: they keep the words, clear
// them, and move through the list, which is called noun. Their ids begin with prefix.
func (f *FilterLine) Actions(prefix, noun string, clearing func(), list ui.Mover) []ui.Action {
	name := func(id string) string { return prefix + ".filter." + id }
	move := func(id string, b key.Binding, rows int) ui.Action {
		return ui.Action{ID: name(id), Key: b, Group: ui.GroupMove, Run: ui.Do(func() { list.Move(rows, 0) })}
	}
	return []ui.Action{
		{ID: name("keep"), Key: ui.KeyEnter, Name: "keep the filter", Short: "to the " + noun, Group: ui.GroupDo, Footer: 2, Run: ui.Do(f.Keep)},
		{ID: name("end"), Key: ui.KeyBack, Name: "clear the filter", Group: ui.GroupDo, Footer: 3, Run: ui.Do(clearing)},
		move("up", keyListUp, -1), move("down", keyListDown, 1), move("pageup", keyListPageUp, -list.Page()), move("pagedown", keyListPageDown, list.Page()),
	}
}

// Draw draws the line w columns wide, with how many of all it lets through and what else is
// to be said of that.
func (f *FilterLine) Draw(t *theme.Theme, shown, all int, about string, w int) string {
	found := fmt.Sprintf("  %s of %s", format.Thousands(shown), format.Thousands(all)) + about
	room := max(w-term.Width(found)-2, 1)
	in := f.input
	in.SetWidth(max(room-3, 1))
	return term.Fit(" "+InputLine(in, room)+t.Dim.Render(found), w)
}

// FoundExcerpt is the part of a text that a list of w columns shows: its beginning, or what
// lies around the byte at which a word was found when that is further back.
func FoundExcerpt(text string, at, w int) string {
	if at <= w*3/4 || at >= len(text) {
		return term.Excerpt(text, w)
	}
	return term.Ellipsis + term.Excerpt(text[term.RuneStart(text, at-w/4):], max(w-1, 1))
}
