package session

// markedText is the text that all screens compare with.
type markedText struct {
	text     string
	at       int // its index in the corpus of revision; less than 0 when it is gone
	revision uint64
}

// Mark makes the i-th text of the corpus the one that all screens compare with.
func (s *Session) Mark(i int) {
	s.marked = &markedText{text: s.corpus.At(i).Text, at: i, revision: s.corpus.Revision()}
}

// Unmark takes the mark away.
func (s *Session) Unmark() { s.marked = nil }

// Marked is the index of the marked text in the corpus, wherever it stands by now; ok is
// false when none is marked, or it is gone.
func (s *Session) Marked() (i int, ok bool) {
	m := s.marked
	if m == nil {
		return 0, false
	}
	if m.revision != s.corpus.Revision() {
		m.at, m.revision = s.find(m.text, m.at), s.corpus.Revision()
	}
	return m.at, m.at >= 0
}

// find is where a text stands in the corpus, its old place first; -1 when it is gone.
func (s *Session) find(text string, old int) int {
	texts := s.corpus.Snapshot()
	if old >= 0 && old < len(texts) && texts[old].Text == text {
		return old
	}
	for i, t := range texts {
		if t.Text == text {
			return i
		}
	}
	return -1
}
