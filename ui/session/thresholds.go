package session

import "math"

// defaultThreshold is the similarity from which two texts count as duplicates
// until the person says otherwise.
const defaultThreshold = 0.95

// Thresholds are the cosine similarities from which two texts count as duplicates.
type Thresholds struct{ session *Session }

// Thresholds are those of this session.
func (s *Session) Thresholds() Thresholds { return Thresholds{s} }

// Common is the threshold of all candidates that have none of their own.
func (t Thresholds) Common() float64 { return t.session.threshold }

// Each tells that each candidate has a threshold of its own.
func (t Thresholds) Each() bool { return t.session.perCandidate }

// Of is the similarity from which a pair is a duplicate under the
// candidate with that id.
func (t Thresholds) Of(id string) float64 {
	s := t.session
	if own, ok := s.overrides[id]; ok && s.perCandidate {
		return own
	}
	return s.threshold
}

// Set sets the threshold shared by all, or the candidate's own one
// when each has its own. It is kept within −1 and 1, to as many
// decimals as similarities are printed with.
func (t Thresholds) Set(id string, value float64) {
	s := t.session
	value = math.Round(min(max(value, -1), 1)*1e9) / 1e9
	if s.perCandidate && id != "" {
		s.overrides[id] = value
	} else {
		s.threshold = value
	}
	s.unsaved = true
}

// SetEach gives each candidate a threshold of its own, which begins at
// the common one, or all of them the common one. Own ones are kept meanwhile.
func (t Thresholds) SetEach(each bool) {
	s := t.session
	s.perCandidate = each
	s.unsaved = true
}
