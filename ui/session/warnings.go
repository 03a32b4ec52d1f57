package session

import (
	"slices"
)

// Warn keeps what was said of the program itself, once.
func (s *Session) Warn(lines ...string) {
	for _, l := range lines {
		if !slices.Contains(s.warnings, l) {
			s.warnings = append(s.warnings, l)
		}
	}
	s.warnings = s.warnings[max(len(s.warnings)-mostWarnings, 0):]
}

// mostWarnings is how many can be read again.
const mostWarnings = 20
