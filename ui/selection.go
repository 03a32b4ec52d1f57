package ui

import (
	"fmt"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// SelectionText says that a selection of the texts is shown, and how all are; empty where
// all are shown.
func SelectionText(s *session.Session) string {
	if !s.SelectionShown() {
		return ""
	}
	return fmt.Sprintf("%s of %s · esc shows all", format.Thousands(len(s.Selection())), format.Count(s.Corpus().Len(), "text"))
}

// LeaveSelection shows all texts again; false where they are shown already.
func LeaveSelection(s *session.Session) bool {
	if !s.SelectionShown() {
		return false
	}
	s.ShowSelection(false)
	return true
}
