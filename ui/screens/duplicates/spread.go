package duplicates

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

const (
	// spreadLines is how high a candidate's similarities are drawn at the least, with
	// their title.
	spreadLines = 6
	// leastForSpread is from which height on there is room for them beside the list.
	leastForSpread = 16
)

// countSpreads counts the similarities that are to be drawn, where they have changed.
func (d *Screen) countSpreads() tea.Cmd {
	if !d.spread && d.layout(d.Body).detail.H < leastSpread {
		return nil
	}
	return d.spreads.Count(d.Session)
}

// drawSpreads draws how the similarities of the candidates lie around their thresholds:
// of all where there is room, else of the one in focus.
func (d *Screen) drawSpreads(s ui.Size) []string {
	ready := d.Session.Ready()
	if len(ready) == 0 {
		return nil
	}
	if s.H/len(ready) < spreadLines {
		focused := d.Session.State(d.Session.Candidates()[d.Session.Focused()])
		if focused.Phase != session.PhaseReady {
			focused = ready[0]
		}
		ready = []session.State{focused}
	}
	var lines []string
	for i, c := range ready {
		h := s.H / len(ready)
		if i == len(ready)-1 {
			h = s.H - len(lines)
		}
		lines = append(lines, d.drawSpread(c, ui.Size{W: s.W, H: h})...)
	}
	return lines
}

// drawSpread draws one candidate's similarities under a title.
func (d *Screen) drawSpread(c session.State, s ui.Size) []string {
	x, codes := d.spreads.Of(c.ID()), d.Theme.Codes
	if x == nil {
		return nil
	}
	drawing := x.Drawing(d.Session.Thresholds().Of(c.ID()), codes)
	at := d.placeOf(c.ID())
	name := term.Safe(c.Short())
	if l := d.letterOf(at); l != "" {
		name = l + " " + name
	}
	title := d.Theme.Candidate(at) + name + theme.Reset +
		d.Theme.Dim.Render(" "+x.Words()+" · │ threshold "+format.Threshold(drawing.At))
	lines := []string{term.Fit(title, s.W)}
	rest := s.H - 1
	if x.Partial() && rest >= 7 {
		lines = append(lines, x.Background(drawing.At, codes).Draw(s.W, 2)...)
		rest -= 2
	}
	return append(lines, drawing.Draw(s.W, rest)...)
}
