package session

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
)

// SetTexts replaces the corpus, which can be undone. The error says why the
// texts cannot all be taken; the corpus stays as it was then.
func (s *Session) SetTexts(texts []corpus.Text, from corpus.Origin) (tea.Cmd, error) {
	if err := s.corpus.Set(texts, from); err != nil {
		return nil, fmt.Errorf("taking in %s: %w", from.Title(), err)
	}
	s.cursorA, s.cursorB = 0, 1
	return s.Invalidate(0), nil
}

// InsertTexts puts texts before index at, the cursor on the first of them.
func (s *Session) InsertTexts(at int, texts ...corpus.Text) (tea.Cmd, error) {
	if err := s.corpus.Insert(at, texts...); err != nil {
		return nil, err
	}
	s.PointAt(at)
	return s.Invalidate(0), nil
}

// Retype gives the text of an editing session its present wording; the cursor is
// on it, or where it would be.
func (s *Session) Retype(e *corpus.Edit, text string) (tea.Cmd, error) {
	before := s.corpus.Revision()
	if err := e.Set(text); err != nil {
		return nil, err
	}
	if s.corpus.Revision() == before {
		return nil, nil
	}
	s.PointAt(e.At())
	return s.Invalidate(RestDelay), nil
}

// Regroup puts a text, which stood at index i when the question was asked, into
// another group. The error is corpus.ErrOvertaken when another text stands there
// now, or none.
func (s *Session) Regroup(i int, t corpus.Text, group string) (tea.Cmd, error) {
	if i >= s.corpus.Len() || s.corpus.At(i) != t {
		return nil, corpus.ErrOvertaken
	}
	t.Group = group
	if err := s.corpus.Replace(i, t); err != nil {
		return nil, err
	}
	return s.Invalidate(0), nil
}

// DeleteText takes the text at index i away.
func (s *Session) DeleteText(i int) tea.Cmd {
	s.corpus.Delete(i)
	s.PointAt(i)
	return s.Invalidate(RestDelay)
}

// MoveText shifts the text at index i by that many places; the cursor stays on
// it.
func (s *Session) MoveText(i, by int) tea.Cmd {
	s.PointAt(s.corpus.Move(i, by))
	return s.Invalidate(RestDelay)
}

// ClearTexts takes all texts away.
func (s *Session) ClearTexts() tea.Cmd {
	s.corpus.Clear()
	return s.Invalidate(0)
}

// UndoText takes the last change of the texts back and names it.
func (s *Session) UndoText() (what string, cmd tea.Cmd) {
	what, _ = s.corpus.Undo()
	s.PointAt(s.corpus.Touched())
	return what, s.Invalidate(0)
}

// RedoText makes the change again that was undone last, and names it.
func (s *Session) RedoText() (what string, cmd tea.Cmd) {
	what, _ = s.corpus.Redo()
	s.PointAt(s.corpus.Touched())
	return what, s.Invalidate(0)
}

// PointAt moves the cursor to a text, or to the nearest there is; what stood
// beside it in the pair stays another text.
func (s *Session) PointAt(i int) {
	last := max(s.corpus.Len()-1, 0)
	s.cursorA = min(max(i, 0), last)
	if s.cursorB == s.cursorA || s.cursorB > last {
		s.cursorB = s.cursorA + 1
		if s.cursorB > last {
			s.cursorB = max(s.cursorA-1, 0)
		}
	}
}
