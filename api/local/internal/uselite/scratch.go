package uselite

// scratch is the working memory of one call of Encode, kept for the next one:
// making it anew would have the garbage collector double the memory in use.
type scratch struct {
	dot  dotProduct
	buf  []float32
	used int
}

// borrow gives a scratch that nobody else uses; put it back into m.scratches.
func (m *Model) borrow() *scratch {
	if s, ok := m.scratches.Get().(*scratch); ok {
		return s
	}
	return &scratch{dot: m.dot}
}

// line is a cache line in float32 values. Loads that cross lines cost a fifth
// of the speed, so everything given out begins on one.
const line = 16

// floats gives n zeros, valid until reset.
func (s *scratch) floats(n int) []float32 {
	room := (n + line - 1) / line * line
	if s.used+room > len(s.buf) {
		// What was given out stays valid: its owners hold the old buffer.
		s.buf, s.used = make([]float32, max(room, 2*len(s.buf))), 0
	}
	out := s.buf[s.used : s.used+n : s.used+n]
	s.used += room
	clear(out)
	return out
}

// reset takes back everything that was given out.
func (s *scratch) reset() { s.used = 0 }
