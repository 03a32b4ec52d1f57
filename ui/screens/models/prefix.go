package models

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// prefixEditor edits what goes before queries to a model. Blanks and line breaks
// matter there, so the prefix is typed with escapes and shown in quotes below.
type prefixEditor struct {
	ui.Closable
	*ui.Context
	model   api.Model
	input   widget.Input
	problem string
}

func (s *Screen) askPrefix() {
	m, ok := s.model()
	if !ok {
		return
	}
	e := &prefixEditor{Context: s.Context, model: m, input: widget.NewInput(s.Theme, "none")}
	e.write(s.Session.QueryPrefix(m))
	s.Open(e)
}

// write puts a prefix into the field.
func (e *prefixEditor) write(prefix string) {
	e.input.SetValue(candidate.EscapePrefix(prefix))
	e.input.CursorEnd()
	e.problem = ""
}

// lineBreaks lets a pasted prefix keep its line breaks in a field of one line.
var lineBreaks = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`, "\t", `\t`)

// Typing tells that letters go into the prefix.
func (e *prefixEditor) Typing() bool { return true }

// Update takes what is typed or pasted.
func (e *prefixEditor) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: lineBreaks.Replace(m.Content)}
	case tea.KeyPressMsg:
		switch {
		case key.Matches(m, ui.KeyBack):
			e.Dismiss()
			return nil
		case key.Matches(m, keyOwnPrefix):
			e.write(e.model.QueryPrefix)
			return nil
		case key.Matches(m, ui.KeyEnter):
			e.accept()
			return nil
		}
	}
	var cmd tea.Cmd
	e.input, cmd = e.input.Update(msg)
	_, e.problem = candidate.ReadPrefix(e.input.Value())
	return cmd
}

// accept takes what was typed.
func (e *prefixEditor) accept() {
	prefix, problem := candidate.ReadPrefix(e.input.Value())
	if e.problem = problem; problem != "" {
		return
	}
	e.Dismiss()
	e.Session.SetQueryPrefix(e.model, prefix)
	switch {
	case prefix == e.model.QueryPrefix:
		e.Inform("Queries to %s have the catalog's own prefix: %s.", e.model.ID, candidate.PrefixWords(prefix))
	default:
		e.Notify(ui.NoticeGood, "Before queries to "+e.model.ID+" now goes: "+candidate.PrefixWords(prefix)+".")
	}
}

// View draws the field, what is sent, and the keys.
func (e *prefixEditor) View(room ui.Size, t *theme.Theme) []string {
	w := min(widget.PromptWidth, room.W)
	in := e.input
	in.SetWidth(max(w-4, 1))
	head := []string{t.Title.Render(term.Fit("Query prefix of "+term.Safe(e.model.ID), w)), widget.InputLine(in, w)}
	foot := []string{term.Fit(widget.Hints(t, "enter", "take it", "ctrl+r", "the catalog's own", "esc", "back"), w)}
	switch {
	case e.model.QueryPrefix == "":
		foot = []string{term.Fit(widget.Hints(t, "enter", "take it", "esc", "back"), w)}
	case w < 50:
		foot = []string{term.Fit(widget.Hints(t, "enter", "take", "ctrl+r", "catalog's", "esc", "back"), w)}
	}
	// What is sent matters more than the explanation where the window is low.
	for _, part := range e.parts(w, t) {
		head = append(head, part[:max(min(len(part), room.H-len(head)-len(foot)), 0)]...)
	}
	return append(head, foot...)
}

// parts are what stands between the field and the keys, the most important first.
func (e *prefixEditor) parts(w int, t *theme.Theme) [][]string {
	lines := func(pen, text string) (out []string) {
		for _, l := range term.SafeLines(text, w) {
			out = append(out, pen+term.Fit(l, w)+theme.Reset)
		}
		return out
	}
	prefix, problem := candidate.ReadPrefix(e.input.Value())
	var parts [][]string
	switch {
	case problem != "":
		parts = append(parts, lines(t.Codes.Bad, widget.Sentence(problem)))
	case prefix == "":
		parts = append(parts, lines("", "Nothing goes before queries."))
	default:
		parts = append(parts, lines("", "Sent: "+candidate.PrefixText(prefix)+" and then the query."))
	}
	if problem == "" && prefix != e.model.QueryPrefix {
		parts = append(parts, lines(t.Codes.Dim, "The catalog's own: "+candidate.PrefixWords(e.model.QueryPrefix)+"."))
	}
	return append(parts, lines(t.Codes.Dim, `Goes before queries, never before documents. Write \n for a line break; ␣ marks a blank at the ends.`))
}

// Mouse has nothing to move here.
func (e *prefixEditor) Mouse(ui.Mouse) tea.Cmd { return nil }
