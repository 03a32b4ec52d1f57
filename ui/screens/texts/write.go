package texts

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// writing is a text that is being added or edited. The corpus follows every
// letter.
type writing struct {
	editor *widget.Editor
	edit   *corpus.Edit
}

// add begins a new text after the one under the cursor.
func (s *Screen) add() {
	s.endFilter()
	at := 0
	if s.Session.Corpus().Len() > 0 {
		at = s.Session.CursorA() + 1
	}
	s.begin(s.Session.Edits().BeginNew(at), "")
}

// edit begins to edit the text under the cursor.
func (s *Screen) edit() {
	s.begin(s.Session.Edits().Begin(s.Session.CursorA()), s.Session.Corpus().At(s.Session.CursorA()).Text)
}

func (s *Screen) begin(e *corpus.Edit, text string) {
	s.writing = &writing{editor: widget.NewEditor(text), edit: e}
	s.reading, s.firstRow = false, 0
}

// endWriting keeps what was typed and closes the editor. A text that was emptied
// is gone, which can be undone.
func (s *Screen) endWriting() {
	if s.writing == nil {
		return
	}
	e := s.writing.edit
	s.writing = nil
	if !e.Present() && !e.Adding() {
		s.Inform("Text %d was emptied and is deleted: u undo.", e.At()+1)
	}
}

// finish ends the text; after a new one the next begins, an empty one was the
// last.
func (s *Screen) finish() {
	e := s.writing.edit
	s.endWriting()
	if e.Adding() && e.Present() && s.hasRoom() {
		s.begin(s.Session.Edits().BeginNew(e.At()+1), "")
	}
}

// write types a key into the text.
func (s *Screen) write(press tea.KeyPressMsg) tea.Cmd {
	if press.Text == "" {
		return nil
	}
	return s.change(func(e *widget.Editor) { e.Insert(press.Text) })
}

// change changes the text that is being written; the corpus follows. What it
// cannot take is not changed.
func (s *Screen) change(f func(e *widget.Editor)) tea.Cmd {
	before := *s.writing.editor
	f(s.writing.editor)
	if s.writing.editor.Text == before.Text {
		return nil
	}
	cmd, err := s.Session.Edits().Retype(s.writing.edit, s.wording())
	if err != nil {
		*s.writing.editor = before
		s.Fail(err)
	}
	return cmd
}

// wording is what was typed without the blanks at its end, which are rarely
// meant.
func (s *Screen) wording() string {
	return strings.TrimRight(s.writing.editor.Text, " \t\r\n")
}

func (s *Screen) writingActions() []ui.Action {
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
	list := []ui.Action{
		{ID: name("finish"), Key: keyFinish, Name: done, Group: ui.GroupDo, Footer: 2, Run: ui.Do(s.finish)},
		{ID: name("newline"), Key: keyNewline, Short: "new line", Group: ui.GroupDo, Footer: 3,
			Run: func() tea.Cmd { return s.change(func(e *widget.Editor) { e.Insert("\n") }) }},
		{ID: name("end"), Key: keyEndWriting, Name: end, Group: ui.GroupDo, Footer: 4, Run: ui.Do(s.endWriting)},
	}
	for _, erase := range widget.WritingErasers {
		list = append(list, ui.Action{ID: name(erase.ID), Key: erase.Binding, Group: ui.GroupDo,
			Run: func() tea.Cmd { return s.change(erase.Run) }})
	}
	for _, motion := range widget.WritingMotions {
		list = append(list, ui.Action{ID: name(motion.ID), Key: motion.Binding, Group: ui.GroupMove,
			Run: ui.Do(func() { motion.Run(ed) })})
	}
	return list
}

// pasted takes in what was pasted: one line as it is, of many lines it asks.
func (s *Screen) pasted(content string) tea.Cmd {
	content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(content, "\uFFFD"))
	lines := corpus.SplitPaste(content)
	switch {
	case len(lines) == 0 && s.writing == nil:
		s.Notify(ui.NoticeWarn, "There is no text in what was pasted.")
		return nil
	case len(lines) == 0:
		return s.change(func(e *widget.Editor) { e.Insert(content) })
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
func (s *Screen) takePaste(content string) tea.Cmd {
	if s.writing != nil {
		return s.change(func(e *widget.Editor) { e.Insert(content) })
	}
	return s.addTexts(strings.TrimSpace(content))
}

// addTexts adds texts after the one under the cursor.
func (s *Screen) addTexts(lines ...string) tea.Cmd {
	s.endFilter()
	texts := make([]corpus.Text, len(lines))
	for i, l := range lines {
		texts[i] = corpus.Text{Text: l}
	}
	at := s.Session.CursorA() + 1
	cmd, err := s.Session.Edits().Insert(min(at, s.Session.Corpus().Len()), texts...)
	if err != nil {
		s.Fail(err)
		return nil
	}
	s.firstRow = 0
	s.Notify(ui.NoticeGood, "Added "+format.Count(len(lines), "text")+": u takes it back.")
	return cmd
}

// previewLines is how many lines of a paste the question shows.
const previewLines = 5

// askPaste asks what many pasted lines are.
func (s *Screen) askPaste(content string, lines []string) {
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
	s.Open(widget.NewQuestion(s.Context, fmt.Sprintf("%s were pasted: one text or %s?", format.Count(n, "line"), format.Thousands(n)), preview,
		widget.Option{Key: "1", Label: one, Run: func() tea.Cmd {
			if s.writing != nil {
				s.Inform("Inserted %s; when the text is done, u takes its changes back.", format.Count(n, "line"))
			}
			return s.takePaste(strings.TrimSpace(content))
		}},
		widget.Option{Key: "n", Label: format.Thousands(n) + " texts, one a line", Run: func() tea.Cmd {
			s.endWriting()
			return s.addTexts(lines...)
		}}))
}
