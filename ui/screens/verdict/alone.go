package verdict

import (
	"fmt"
	"math"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// leastSpread is how many lines the similarities of a model take at the least, with their
// title; spreadRoom are so few lines that none are drawn.
const leastSpread, spreadRoom = 5, 8

// countSpreads counts the similarities that are drawn while nothing says what belongs
// together.
func (s *Screen) countSpreads() tea.Cmd {
	if s.Session.Verdict().Trial() != nil || !besideFits(s.Body) {
		return nil
	}
	return s.spreads.Count(s.Session)
}

// spreadLines draw how the similarities of all pairs lie under each model, as many of them
// as have room.
func (s *Screen) spreadLines(w, h int) []string {
	var ready []session.State
	for _, c := range s.Session.Ready() {
		if s.spreads.Of(c.ID()) != nil {
			ready = append(ready, c)
		}
	}
	if len(ready) == 0 || h < spreadRoom {
		return nil
	}
	lines := []string{"", s.Theme.Codes.Strong + term.Fit(" How similar any two of your texts are", w) + theme.Reset}
	h -= len(lines)
	shown := ready[:min(len(ready), max(h/leastSpread, 1))]
	each := min(h/len(shown), 2*leastSpread)
	for _, c := range shown {
		b := c.Result.Scan.Background
		at := s.placeOf(c.ID())
		title := " " + s.Theme.Candidate(at) + term.Safe(c.Short()) + theme.Reset +
			s.Theme.Dim.Render(fmt.Sprintf(" typical pair %s · 95%% below %s", format.Similarity(b.P50, 2), format.Similarity(b.P95, 2)))
		lines = append(lines, term.Fit(title, w)+theme.Reset)
		for _, l := range s.spreads.Of(c.ID()).Background(math.NaN(), s.Theme.Codes).Draw(w-1, each-1) {
			lines = append(lines, " "+l)
		}
	}
	if n := len(ready) - len(shown); n > 0 {
		lines[1] = s.Theme.Codes.Strong + term.Fit(fmt.Sprintf(" How similar any two of your texts are · +%d: Duplicates", n), w) + theme.Reset
	}
	return lines
}

// placeOf is the place of a candidate among those selected.
func (s *Screen) placeOf(id string) int {
	for i, c := range s.Session.Candidates() {
		if c.ID() == id {
			return i
		}
	}
	return 0
}

// aloneLines say what can be done with a single model, and list the pairs that are the most
// similar under it, in at most h lines; none where there are several models, or none.
func (s *Screen) aloneLines(w, h int) []string {
	ready := s.Session.Ready()
	if len(ready) != 1 || len(s.agreeing.results) > 0 || h < leastSpread {
		return nil
	}
	c, texts := ready[0], s.Session.Texts()
	var lines []string
	for _, text := range []string{
		"One model has nothing to be compared with: space on Models selects another. N then shows the pairs on which they disagree, which tell most when labelled.",
	} {
		for _, l := range term.SafeLines(text, max(w-2, 1)) {
			lines = append(lines, " "+l)
		}
	}
	lines = append(lines, "", s.Theme.Codes.Strong+term.Fit(" Most similar under "+term.Safe(c.Short())+": do they belong together? On Duplicates = and # say so", w)+theme.Reset)
	pairs := c.Result.Scan.Pairs()
	for _, p := range pairs[:max(min(len(pairs), h-len(lines)), 0)] {
		if int(max(p.A, p.B)) < len(texts) {
			lines = append(lines, s.pairLine(texts, " "+term.PadLeft(format.Similarity(p.Similarity, 3), 6)+"  ", [2]int{int(p.A), int(p.B)}, w))
		}
	}
	return lines
}

// pairLine names both texts of a pair in one line, behind what is before them.
func (s *Screen) pairLine(texts []corpus.Text, before string, p [2]int, w int) string {
	each := max((w-term.Width(before)-4)/2, 1)
	return before + term.Fit(textLine(texts, p[0], each), each) + s.Theme.Dim.Render(" ↔ ") + textLine(texts, p[1], each)
}

// besideFits tells that how to label stands beside what can be said without labels.
func besideFits(z ui.Size) bool { return z.W >= labellingBeside && z.H >= leastBesideHeight }
