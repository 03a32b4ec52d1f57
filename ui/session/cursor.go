package session

// CursorA and CursorB are the two texts of the pair under the cursor that all
// comparing screens share, as indices into the corpus. CursorA is also the text that
// single ones are shown of.
func (s *Session) CursorA() int { return s.cursorA }

// CursorB is the other text of the pair; see CursorA.
func (s *Session) CursorB() int { return s.cursorB }

// SetCursor moves the cursor that all comparing screens share to two texts. The
// results may still be of more texts than there are now.
func (s *Session) SetCursor(a, b int) {
	s.cursorA, s.cursorB = a, b
	s.clampCursor()
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

func (s *Session) clampCursor() {
	last := max(s.corpus.Len()-1, 0)
	s.cursorA, s.cursorB = min(max(s.cursorA, 0), last), min(max(s.cursorB, 0), last)
}
