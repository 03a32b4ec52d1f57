package search

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// Status says how many queries were asked, how many of them are judged, and how many came
// with the labels.
func (s *Screen) Status() string {
	var parts []string
	switch judged, all := s.Session.Asked().Decided(); {
	case all == 0:
	case judged == 0:
		parts = append(parts, fmt.Sprintf("%s asked, none judged yet: J judges", countQueries(all)))
	case judged == all:
		parts = append(parts, fmt.Sprintf("%s asked and judged", countQueries(all)))
	default:
		parts = append(parts, fmt.Sprintf("%s asked, %s of them judged", countQueries(all), format.Thousands(judged)))
	}
	switch n := len(s.given.queries); {
	case n == 0:
	case n == s.given.answered:
		parts = append(parts, countQueries(n)+" with answers came with the labels")
	default:
		parts = append(parts, fmt.Sprintf("%s came with the labels, %s with an answer", countQueries(n), format.Thousands(s.given.answered)))
	}
	return strings.Join(parts, " · ")
}

// Legend explains the marks.
func (s *Screen) Legend() [][2]string {
	out := [][2]string{
		{"a b c", "the same letter is the same text, in the same colour"},
		{"◆", "only this column finds the text (the hybrid aside)"},
		{"✓ ~ ✗", "judged relevant, partly, not: by you, or by the labels of the query or of the text that it is"},
		{"───", "under it in high windows: further ranks, not counted"},
		{"↑2 ↓1 = new", "its rank against the column before, or against the best column (=)"},
		{"+3.1σ", "how far the cosine lies over that of any two texts; short queries are often under 0: compare queries with each other"},
		{"local/bm25", "a search by words: its score has no upper end and is no cosine"},
		{"3·1", "under both together: rank under the model · rank by words"},
		{"", "Vectors are of length 1, so that cosine, dot product and Euclidean distance rank alike."},
	}
	return append(out, s.lengths()...)
}

// lengths names the candidates whose vectors did not come with length 1.
func (s *Screen) lengths() [][2]string {
	var out [][2]string
	for _, c := range s.Session.States() {
		if c.Phase == session.PhaseReady {
			out = append(out, lengthOf(c)...)
		}
	}
	return out
}

// lengthOf says of a candidate that its vectors did not come with length 1.
func lengthOf(c session.State) [][2]string {
	n := c.Result.Norms
	if !n.Unnormalised() {
		return nil
	}
	return [][2]string{{"", fmt.Sprintf("%s: vectors came %s to %s long; in a database by dot product they would rank otherwise.",
		term.Safe(c.Short()), format.Fixed(n.Low, 2), format.Fixed(n.High, 2))}}
}
