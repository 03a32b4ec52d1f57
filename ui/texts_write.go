package ui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// writing is a text that is being added or edited. The corpus follows every
// letter.
type writing struct {
	editor *editor
	edit   *corpus.Edit
}

// add begins a new text after the one under the cursor.
func (s *textsScreen) add() {
	s.endFilter()
	at := 0
	if s.store.corpus.Len() > 0 {
		at = s.store.cursorA + 1
	}
	s.begin(s.store.corpus.AddText(at), "")
}

// edit begins to edit the text under the cursor.
func (s *textsScreen) edit() {
	s.begin(s.store.corpus.EditText(s.store.cursorA), s.store.corpus.At(s.store.cursorA).Text)
}

func (s *textsScreen) begin(e *corpus.Edit, text string) {
	s.writing = &writing{editor: newEditor(text), edit: e}
	s.reading, s.firstRow = false, 0
}

// endWriting keeps what was typed and closes the editor. A text that was emptied
// is gone, which can be undone.
func (s *textsScreen) endWriting() {
	if s.writing == nil {
		return
	}
	e := s.writing.edit
	s.writing = nil
	if !e.Present() && !e.Adding() {
		s.info("Text %d was emptied and is deleted: u brings it back.", e.At()+1)
	}
}

// finish ends the text; after a new one the next begins, an empty one was the
// last.
func (s *textsScreen) finish() {
	e := s.writing.edit
	s.endWriting()
	if e.Adding() && e.Present() && s.cannotAdd() == "" {
		s.begin(s.store.corpus.AddText(e.At()+1), "")
	}
}

// write types a key into the text.
func (s *textsScreen) write(press tea.KeyPressMsg) tea.Cmd {
	if press.Text == "" {
		return nil
	}
	return s.change(func(e *editor) { e.insert(press.Text) })
}

// change changes the text that is being written; the corpus follows. What it
// cannot take is not changed.
func (s *textsScreen) change(f func(e *editor)) tea.Cmd {
	before := *s.writing.editor
	f(s.writing.editor)
	if s.writing.editor.text == before.text {
		return nil
	}
	cmd, err := s.store.retype(s.writing.edit, s.wording())
	if err != nil {
		*s.writing.editor = before
		s.fail(err)
	}
	return cmd
}

// wording is what was typed without the blanks at its end, which are rarely
// meant.
func (s *textsScreen) wording() string {
	return strings.TrimRight(s.writing.editor.text, " \t\r\n")
}

func (s *textsScreen) writingActions() []action {
	name := func(id string) string { return "texts.write." + id }
	done, end := "done", "keep it and end"
	switch e := s.writing.edit; {
	case e.Adding() && !e.Present():
		done, end = "end", "end"
	case e.Adding():
		done = "done, next text"
	case !e.Present():
		done, end = "delete it", "delete it"
	}
	ed := s.writing.editor
	list := []action{
		{id: name("finish"), binding: keyFinish, name: done, group: groupDo, footer: 2, run: do(s.finish)},
		{id: name("newline"), binding: keyNewline, short: "new line", group: groupDo, footer: 3,
			run: func() tea.Cmd { return s.change(func(e *editor) { e.insert("\n") }) }},
		{id: name("end"), binding: keyEndWriting, name: end, group: groupDo, footer: 4, run: do(s.endWriting)},
	}
	for _, erase := range writingErasers {
		list = append(list, action{id: name(erase.id), binding: erase.binding, group: groupDo,
			run: func() tea.Cmd { return s.change(erase.run) }})
	}
	for _, motion := range writingMotions {
		list = append(list, action{id: name(motion.id), binding: motion.binding, group: groupMove,
			run: do(func() { motion.run(ed) })})
	}
	return list
}

// pasted takes in what was pasted: one line as it is, of many lines it asks.
func (s *textsScreen) pasted(content string) tea.Cmd {
	content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(content, "\uFFFD"))
	lines := corpus.SplitPaste(content)
	switch {
	case len(lines) == 0 && s.writing == nil:
		s.notify(noticeWarn, "There is no text in what was pasted.")
		return nil
	case len(lines) == 0:
		return s.change(func(e *editor) { e.insert(content) })
	case len(lines) > 1:
		s.askPaste(content, lines)
		return nil
	case s.writing != nil && strings.Contains(content, "\n"):
		content = strings.Trim(content, "\n")
	}
	return s.takePaste(content)
}

// takePaste takes what was pasted as one text, or as a part of the one that is
// being written.
func (s *textsScreen) takePaste(content string) tea.Cmd {
	if s.writing != nil {
		return s.change(func(e *editor) { e.insert(content) })
	}
	return s.addTexts(strings.TrimSpace(content))
}

// addTexts adds texts after the one under the cursor.
func (s *textsScreen) addTexts(lines ...string) tea.Cmd {
	s.endFilter()
	texts := make([]corpus.Text, len(lines))
	for i, l := range lines {
		texts[i] = corpus.Text{Text: l}
	}
	at := s.store.cursorA + 1
	cmd, err := s.store.insertTexts(min(at, s.store.corpus.Len()), texts...)
	if err != nil {
		s.fail(err)
		return nil
	}
	s.firstRow = 0
	s.notify(noticeGood, "Added "+format.Count(len(lines), "text")+": u takes it back.")
	return cmd
}

// previewLines is how many lines of a paste the question shows.
const previewLines = 5

// askPaste asks what many pasted lines are.
func (s *textsScreen) askPaste(content string, lines []string) {
	n := len(lines)
	preview := make([]string, 0, previewLines+1)
	for i, l := range lines[:min(n, previewLines)] {
		preview = append(preview, fmt.Sprintf("%*d  %s", len(fmt.Sprint(min(n, previewLines))), i+1, term.Excerpt(l, 60)))
	}
	if n > previewLines {
		preview = append(preview, fmt.Sprintf("… and %s more", format.Thousands(n-previewLines)))
	}
	one := fmt.Sprintf("one text of %s characters", format.Thousands(utf8.RuneCountInString(strings.TrimSpace(content))))
	if s.writing != nil {
		one = "a part of the text being written"
	}
	s.open(newConfirm(fmt.Sprintf("%s were pasted: one text or %s?", format.Count(n, "line"), format.Thousands(n)), preview,
		answer{key: "1", label: one, run: func() tea.Cmd {
			if s.writing != nil {
				s.info("Inserted %s; when the text is done, u takes its changes back.", format.Count(n, "line"))
			}
			return s.takePaste(strings.TrimSpace(content))
		}},
		answer{key: "n", label: format.Thousands(n) + " texts, one a line", run: func() tea.Cmd {
			s.endWriting()
			return s.addTexts(lines...)
		}}))
}
