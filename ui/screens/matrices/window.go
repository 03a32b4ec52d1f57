package matrices

import (
	"fmt"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

const (
	// readableLines is how high and leastWidth how wide a panel is at least in which a part
	// of a matrix says something, and readableWidth how wide where not all panels have room.
	readableLines, leastWidth, readableWidth = 10, 20, 32
	// othersMost is how many lines name the candidates at the most.
	othersMost = 3
)

// window is as many of the panels as can be read side by side, the one in focus among
// them, and how they are placed.
func (m *Screen) window(all []panel, area ui.Size) ([]panel, arrangement) {
	best := m.bestArrangement(area, len(all))
	abreast := max((area.W-12+panelGap)/(readableWidth+panelGap), 1)
	readable := best.cell.H >= readableLines && best.cell.W >= leastWidth
	// A few texts are seen whole in little room; blocks could be more than they are.
	small := m.over == nil && best.whole(m.frame.N)
	if m.delta != nil || readable || small || len(all) <= abreast {
		return all, best
	}
	at := 0
	for i, p := range all {
		if p.candidate == m.Session.Focused() {
			at = i
		}
	}
	first := min(at/abreast*abreast, len(all)-abreast)
	shown := all[first : first+abreast]
	return shown, m.bestArrangement(area, len(shown))
}

// panelCount is how many candidates have a matrix, or will have one.
func (m *Screen) panelCount() int {
	n := 0
	for _, c := range m.Session.States() {
		if !candidate.Absent(c) {
			n++
		}
	}
	return n
}

// othersLines name all candidates with their AUC where only those matrices are shown: tab
// brings the others.
func (m *Screen) othersLines(shown []panel, w int) []string {
	states := m.Session.States()
	head := fmt.Sprintf("%d of %d shown, tab brings the others", len(shown), m.panelCount())
	if _, ok := labelling.FiguresOf(m.Session, states[0].ID()); ok {
		head = fmt.Sprintf("%d of %d (tab) AUC", len(shown), m.panelCount())
	}
	var parts []string
	for i, c := range states {
		if candidate.Absent(c) {
			continue
		}
		mark := ""
		if i == m.Session.Focused() {
			mark = focusMark
		}
		text := fmt.Sprintf("%s%s%d %s%s", m.Theme.Candidate(i), mark, i+1, term.Safe(c.Short()), theme.Reset)
		if f, ok := labelling.FiguresOf(m.Session, c.ID()); ok && f.AUC != "" && c.Phase == session.PhaseReady {
			text += " " + f.AUC
		}
		parts = append(parts, text)
	}
	in := w + 1 // they stand under the titles, a column before values
	lines := flowed(append([]string{m.Theme.Dim.Render(head)}, parts...), in)
	for n := len(parts); len(lines) > othersMost && n > 1; n-- {
		// The numbers tell which are left out, and tab goes through all.
		more := m.Theme.Dim.Render("+" + format.Thousands(len(parts)-n+1) + " more")
		lines = flowed(append(append([]string{m.Theme.Dim.Render(head)}, parts[:n-1]...), more), in)
	}
	for i := range lines {
		lines[i] = lines[i][1:]
	}
	return lines
}

// flowed puts the parts into lines of w columns, none over the end of one.
func flowed(parts []string, w int) []string {
	lines := []string{""}
	for _, p := range parts {
		last := len(lines) - 1
		if term.Width(lines[last])+2+term.Width(p) > w && lines[last] != "" {
			lines = append(lines, "")
			last++
		}
		lines[last] += "  " + p
	}
	return lines
}
