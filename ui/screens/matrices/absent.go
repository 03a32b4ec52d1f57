package matrices

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// absentGroup are the candidates without a panel for one reason.
type absentGroup struct {
	names []string // the one in focus has its mark
	why   candidate.Status
}

const focusMark = "▸"

// all are the names of the whole group.
func (g absentGroup) all() string { return strings.Join(g.names, ", ") }

// named are the names in w columns: the one in focus first and how many there are
// besides where not all have room.
func (g absentGroup) named(w int) string {
	if all := g.all(); term.Width(all) <= w {
		return all
	}
	names := slices.Clone(g.names)
	slices.SortStableFunc(names, func(a, b string) int {
		return strings.Count(b, focusMark) - strings.Count(a, focusMark)
	})
	for n := len(names) - 1; n > 0; n-- {
		if text := fmt.Sprintf("%s and %s more", strings.Join(names[:n], ", "), format.Thousands(len(names)-n)); term.Width(text) <= w {
			return text
		}
	}
	more := ""
	if len(names) > 1 {
		more = " +" + format.Thousands(len(names)-1)
	}
	room := max(w-term.Width(more), 1)
	return term.DimensionsCut(names[0], room, (room-1)/2) + more
}

// absentGroups name the candidates that have no panel, or whose panel lacks texts
// that failed, and why, those with the same reason together.
func (m *Screen) absentGroups() []absentGroup {
	var groups []absentGroup
	for i, c := range m.Session.States() {
		why, ok := candidate.Problem(c)
		if !ok {
			continue
		}
		name := term.Safe(c.Short())
		if i == m.Session.Focused() {
			name = focusMark + name
		}
		at := slices.IndexFunc(groups, func(g absentGroup) bool { return g.why.Reads(why) })
		if at >= 0 {
			groups[at].names = append(groups[at].names, name)
			continue
		}
		groups = append(groups, absentGroup{[]string{name}, why})
	}
	return groups
}

// line is a group in w columns: the names give way to the reason, what is wrong to
// what to do about it.
func (g absentGroup) line(w int) string {
	const leastNames = 10
	if room := w - term.Width(g.why.Line(ui.Unlimited)) - 2; room >= min(term.Width(g.all()), leastNames) {
		return g.named(room) + ": " + g.why.Line(ui.Unlimited)
	}
	name := g.named(max(w/3, 1))
	return name + ": " + g.why.Line(max(w-term.Width(name)-2, 1))
}

// lines are a group in at most h lines of w columns: what to do about it stands on
// lines of its own where it does not fit beside the rest.
func (g absentGroup) lines(w, h int) []string {
	whole := term.SafeLines(g.all()+": "+g.why.Line(ui.Unlimited), w)
	switch {
	case len(whole) <= h:
		return whole
	case h < 2 || g.why.Advice == "":
		return []string{g.line(w)}
	}
	first := absentGroup{g.names, candidate.Status{What: g.why.What}}
	return append([]string{first.line(w)}, term.CutLines(term.SafeLines(g.why.Advice, w), w, h-1)...)
}

// absentBlock are the groups for the middle of a screen without matrices, in at
// most s.h lines.
func (m *Screen) absentBlock(s ui.Size) []string {
	groups := m.absentGroups()
	var lines []string
	for i, g := range groups {
		room := (s.H - len(lines)) / (len(groups) - i)
		if room < 2 {
			lines = append(lines, g.line(s.W))
			continue
		}
		names := term.CutLines(term.SafeLines(g.all(), s.W), s.W, max(room/2, 1))
		lines = append(append(lines, names...), g.why.Block(s.W, room-len(names))...)
	}
	return term.CutLines(lines, s.W, s.H)
}

// tooMany says of more texts than a matrix can help with what does help, in lines that
// stand below the matrices. Of blocks of texts a matrix shows what it can.
func (m *Screen) tooMany(s ui.Size) []string {
	n := len(m.Session.Texts())
	if n <= compare.DenseLimit || s.H < 12 || len(m.shownPanels(s)) == 0 {
		return nil
	}
	text := fmt.Sprintf("Duplicates lists the most similar pairs of all %s texts, Texts those nearest to one or to a query.", format.Thousands(n))
	if m.blockSize() == 1 {
		text = "Of so many texts little is in sight. " + text
	}
	return term.CutLines(term.SafeLines(text, s.W-2), s.W-2, absentMost(s.H))
}

// absentMost is how many lines the groups take below the matrices at the most.
func absentMost(h int) int { return 2 + max(h-21, 0)/6 }

// absentLines are the groups as they stand below the matrices, where all matrices
// are shown and the window is not low.
func (m *Screen) absentLines(s ui.Size) []string {
	if m.solo || m.delta != nil || s.W < oneAtATime || s.H < 12 {
		return nil
	}
	groups := m.absentGroups()
	if len(groups) == 0 || len(m.shownPanels(s)) == 0 {
		return nil
	}
	whole := make([]string, len(groups))
	for i, g := range groups {
		whole[i] = g.all() + ": " + g.why.Line(ui.Unlimited)
	}
	most := absentMost(s.H)
	if lines := term.SafeLines(strings.Join(whole, " · "), s.W-2); len(lines) <= most {
		return lines
	}
	var lines []string
	for i, g := range groups {
		if len(lines) == most-1 && i < len(groups)-1 {
			return append(lines, fmt.Sprintf("%s more have no matrix either: ! tells why", format.Thousands(len(groups)-i)))
		}
		lines = append(lines, g.lines(s.W-2, (most-len(lines))/(len(groups)-i))...)
	}
	return lines
}
