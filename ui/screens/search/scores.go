package search

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// score writes what a row says of a hit, and how far that lies from the background.
func (s *Screen) score(r row, h search.Hit) (score, distance string) {
	switch r.kind {
	case byVectors:
		d := r.background.Distance(h.Score)
		if d != d {
			return format.Similarity(h.Score, 3), ""
		}
		return format.Similarity(h.Score, 3), distanceText(d)
	case byWords:
		return fmt.Sprintf("%.2f", h.Score), ""
	}
	rank := func(hits []search.Hit) string {
		if n := search.Rank(hits, h.Index); n > 0 {
			return fmt.Sprint(n)
		}
		return "-"
	}
	return rank(s.query.found[s.rows()[r.at].id].hits) + "·" + rank(s.query.words.hits), ""
}

// measuredOf is how a row does at the judged queries; ok is false where that is not known.
func (s *Screen) measuredOf(id string) (m session.Measured, ok bool) {
	at := slices.IndexFunc(s.measured, func(m session.Measured) bool { return m.ID == id })
	if at < 0 {
		return m, false
	}
	return s.measured[at], s.measured[at].Err == nil && s.measured[at].Queries > 0
}

// floorUnknown is what is said of a floor that too few labels tell of.
const floorUnknown = "too few queries without an answer to tell"

// floorText says what a row's scores tell of queries without an answer; empty where the
// labels say nothing.
func (s *Screen) floorText(r row) string {
	m, ok := s.measuredOf(r.id)
	switch {
	case !ok || !m.HasFloor:
		return ""
	case m.Floor.TooFew:
		return floorUnknown
	case !m.Floor.Separates:
		return "no floor separates them under this model"
	}
	text := "floor " + format.Similarity(m.Floor.Score, 3)
	if len(r.hits) > 0 && r.hits[0].Score < m.Floor.Score {
		text += ": nothing relevant here"
	}
	return text
}

// bestText says how far the first hit lies over what any two texts have in common; empty
// for rows without cosines.
func (r row) bestText() string {
	if r.kind != byVectors || len(r.hits) == 0 {
		return ""
	}
	switch d := format.Round(r.background.Distance(r.hits[0].Score), 1); {
	case d != d:
		return ""
	case d < 0:
		return "best " + distanceText(d) + " from background"
	default:
		return "best " + distanceText(d) + " over background"
	}
}

// distanceText writes a distance from the background, zero without a minus.
func distanceText(d float64) string { return fmt.Sprintf("%+.1fσ", format.Round(d, 1)) }

// best is the place of the row that does best at the judged queries, of those that are
// measured at the most of them: fewer may be easier. It is -1 when none is known to.
func (s *Screen) best() int {
	best, queries, most := -1, 0, 0.
	for i, r := range s.rows() {
		m, ok := s.measuredOf(r.id)
		if ok && (m.Queries > queries || m.Queries == queries && m.NDCG > most) {
			best, queries, most = i, m.Queries, m.NDCG
		}
	}
	return best
}

// reference is the row that ranks of the i-th are compared with; -1 for none.
func (s *Screen) reference(i int) int {
	if s.toBest {
		if best := s.best(); best != i {
			return best
		}
		return -1
	}
	return i - 1
}

// change says how a text's rank in the i-th row differs from the one it is compared with.
func (s *Screen) change(i, text int) string {
	of := s.reference(i)
	at, ok := s.shown.place[text]
	if of < 0 || !ok || len(s.rows()[of].hits) == 0 {
		return ""
	}
	switch by, both := s.shown.lines[at].Change(of, i); {
	case !both:
		return "new"
	case by > 0:
		return "↑" + fmt.Sprint(by)
	case by < 0:
		return "↓" + fmt.Sprint(-by)
	}
	return "="
}

// grade is the sign of what the person said of a text for the query.
func grade(g float64, judged bool) string {
	switch {
	case !judged:
		return " "
	case g >= 2:
		return "✓"
	case g > 0:
		return "~"
	}
	return "✗"
}

// overlaps say of every two rows which share of their first hits they have in common.
func (s *Screen) overlaps() (parts []string) {
	for i, a := range s.rows() {
		for _, b := range s.rows()[i+1:] {
			if a.kind == byBoth || b.kind == byBoth || len(a.hits) == 0 || len(b.hits) == 0 {
				continue
			}
			parts = append(parts, fmt.Sprintf("%s–%s %s", a.letter, b.letter, findings.Score(search.Overlap(s.hits, a.hits, b.hits))))
		}
	}
	return parts
}

// overlapLines are the overlaps in at most h lines of w columns, with how many have no room.
func (s *Screen) overlapLines(w, h int) []string {
	parts := s.overlaps()
	if len(parts) == 0 {
		return nil
	}
	const between = " · "
	lines := []string{fmt.Sprintf("overlap@%d", s.hits)}
	for i, part := range parts {
		last := len(lines) - 1
		more := ""
		if last == h-1 && i < len(parts)-1 {
			more = hiddenOverlaps(len(parts) - i - 1)
		}
		switch {
		case term.Width(lines[last]+between+part+more) <= w:
			lines[last] += between + part
		case last < h-1:
			lines = append(lines, part)
		case term.Width(lines[last]+between+strings.Join(parts[i:], between)) > w:
			lines[last] += hiddenOverlaps(len(parts) - i)
			return lines
		default:
			lines[last] += between + strings.Join(parts[i:], between)
			return lines
		}
	}
	return lines
}

// hiddenOverlaps says that so many have no room, and which key shows them.
func hiddenOverlaps(n int) string { return fmt.Sprintf(" · +%d: %s", n, ui.KeyFull.Help().Key) }
