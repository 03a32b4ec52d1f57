package session

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
)

// RestDelay is how long typing must rest before vectors are computed.
const RestDelay = 250 * time.Millisecond

// Edits changes the texts. Every command that it gives computes what the change makes
// necessary; those of a person who may be typing rest for RestDelay before.
type Edits struct{ session *Session }

// Edits changes the texts.
func (s *Session) Edits() Edits { return Edits{s} }

// Begin begins the editing of the text at index i; Retype gives it its wording.
func (edits Edits) Begin(i int) *corpus.Edit { return edits.session.corpus.EditText(i) }

// BeginNew begins the writing of a text that is to stand before index i; Retype gives it
// its wording, and without one it is none.
func (edits Edits) BeginNew(i int) *corpus.Edit { return edits.session.corpus.AddText(i) }

// Replace replaces the corpus, which can be undone. The error says why the
// texts cannot all be taken; the corpus stays as it was then.
func (edits Edits) Replace(texts []corpus.Text, from corpus.Origin) (tea.Cmd, error) {
	s := edits.session
	if err := s.corpus.Set(texts, from); err != nil {
		return nil, fmt.Errorf("taking in %s: %w", from.Title(), err)
	}
	s.cursorA, s.cursorB = 0, 1
	return s.Invalidate(0), nil
}

// Insert puts texts before index at, the cursor on the first of them.
func (edits Edits) Insert(at int, texts ...corpus.Text) (tea.Cmd, error) {
	s := edits.session
	if err := s.corpus.Insert(at, texts...); err != nil {
		return nil, err
	}
	s.PointAt(at)
	return s.Invalidate(0), nil
}

// Retype gives the text of an editing session its present wording; the cursor is
// on it, or where it would be.
func (edits Edits) Retype(e *corpus.Edit, text string) (tea.Cmd, error) {
	s := edits.session
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
func (edits Edits) Regroup(i int, t corpus.Text, group string) (tea.Cmd, error) {
	s := edits.session
	if i >= s.corpus.Len() || s.corpus.At(i) != t {
		return nil, corpus.ErrOvertaken
	}
	t.Group = group
	if err := s.corpus.Replace(i, t); err != nil {
		return nil, err
	}
	return s.Invalidate(0), nil
}

// Delete takes the text at index i away.
func (edits Edits) Delete(i int) tea.Cmd {
	s := edits.session
	s.corpus.Delete(i)
	s.PointAt(i)
	return s.Invalidate(RestDelay)
}

// Move shifts the text at index i by that many places; the cursor stays on
// it.
func (edits Edits) Move(i, by int) tea.Cmd {
	s := edits.session
	s.PointAt(s.corpus.Move(i, by))
	return s.Invalidate(RestDelay)
}

// Clear takes all texts away.
func (edits Edits) Clear() tea.Cmd {
	s := edits.session
	s.corpus.Clear()
	return s.Invalidate(0)
}

// Undo takes the last change of the texts back and names it.
func (edits Edits) Undo() (what string, cmd tea.Cmd) {
	s := edits.session
	what, _ = s.corpus.Undo()
	s.PointAt(s.corpus.Touched())
	return what, s.Invalidate(0)
}

// Redo makes the change again that was undone last, and names it.
func (edits Edits) Redo() (what string, cmd tea.Cmd) {
	s := edits.session
	what, _ = s.corpus.Redo()
	s.PointAt(s.corpus.Touched())
	return what, s.Invalidate(0)
}
