package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// prefixEditor edits what goes before queries to a model. Blanks and line breaks
// matter there, so the prefix is typed with escapes and shown in quotes below.
type prefixEditor struct {
	closable
	*shared
	model   api.Model
	input   textinput.Model
	problem string
}

// cannotPrefix gives the reason why the model has no query prefix to edit.
func (s *modelsScreen) cannotPrefix() string {
	m, ok := s.model()
	if !ok {
		return s.needsModel()
	}
	return m.Unselectable()
}

func (s *modelsScreen) askPrefix() {
	m, ok := s.model()
	if !ok {
		return
	}
	e := &prefixEditor{shared: s.shared, model: m, input: newInput(s.theme, "none")}
	e.write(s.store.queryPrefix(m))
	s.open(e)
}

// write puts a prefix into the field.
func (e *prefixEditor) write(prefix string) {
	e.input.SetValue(escapePrefix(prefix))
	e.input.CursorEnd()
	e.problem = ""
}

// lineBreaks lets a pasted prefix keep its line breaks in a field of one line.
var lineBreaks = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`, "\t", `\t`)

func (e *prefixEditor) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: lineBreaks.Replace(m.Content)}
	case tea.KeyPressMsg:
		switch {
		case key.Matches(m, keyBack):
			e.dismiss()
			return nil
		case key.Matches(m, keyOwnPrefix):
			e.write(e.model.QueryPrefix)
			return nil
		case key.Matches(m, keyEnter):
			e.accept()
			return nil
		}
	}
	var cmd tea.Cmd
	e.input, cmd = e.input.Update(msg)
	_, e.problem = readPrefix(e.input.Value())
	return cmd
}

// accept takes what was typed.
func (e *prefixEditor) accept() {
	prefix, problem := readPrefix(e.input.Value())
	if e.problem = problem; problem != "" {
		return
	}
	e.dismiss()
	e.store.setQueryPrefix(e.model, prefix)
	switch {
	case prefix == e.model.QueryPrefix:
		e.info("Queries to %s have the catalog's own prefix: %s.", e.model.ID, prefixWords(prefix))
	default:
		e.notify(noticeGood, "Before queries to "+e.model.ID+" now goes: "+prefixWords(prefix)+".")
	}
}

// prefixWords shows a prefix, or says that there is none.
func prefixWords(prefix string) string {
	if prefix == "" {
		return "none"
	}
	return prefixText(prefix)
}

func (e *prefixEditor) view(room size, t *theme) []string {
	w := min(promptWidth, room.w)
	in := e.input
	in.SetWidth(max(w-4, 1))
	head := []string{t.title.Render(term.Fit("Query prefix of "+term.Safe(e.model.ID), w)), inputLine(in, w)}
	foot := []string{term.Fit(hints(t, "enter", "take it", "ctrl+r", "the catalog's own", "esc", "back"), w)}
	switch {
	case e.model.QueryPrefix == "":
		foot = []string{term.Fit(hints(t, "enter", "take it", "esc", "back"), w)}
	case w < 50:
		foot = []string{term.Fit(hints(t, "enter", "take", "ctrl+r", "catalog's", "esc", "back"), w)}
	}
	// What is sent matters more than the explanation where the window is low.
	for _, part := range e.parts(w, t) {
		head = append(head, part[:max(min(len(part), room.h-len(head)-len(foot)), 0)]...)
	}
	return append(head, foot...)
}

// parts are what stands between the field and the keys, the most important first.
func (e *prefixEditor) parts(w int, t *theme) [][]string {
	lines := func(pen, text string) (out []string) {
		for _, l := range term.SafeLines(text, w) {
			out = append(out, pen+term.Fit(l, w)+sgrReset)
		}
		return out
	}
	prefix, problem := readPrefix(e.input.Value())
	var parts [][]string
	switch {
	case problem != "":
		parts = append(parts, lines(t.sgr.bad, sentence(problem)))
	case prefix == "":
		parts = append(parts, lines("", "Nothing goes before queries."))
	default:
		parts = append(parts, lines("", "Sent: "+prefixText(prefix)+" and then the query."))
	}
	if problem == "" && prefix != e.model.QueryPrefix {
		parts = append(parts, lines(t.sgr.dim, "The catalog's own: "+prefixWords(e.model.QueryPrefix)+"."))
	}
	return append(parts, lines(t.sgr.dim, `Goes before queries, never before documents. Write \n for a line break; ␣ marks a blank at the ends.`))
}

func (e *prefixEditor) mouse(mouseEvent) tea.Cmd { return nil }
