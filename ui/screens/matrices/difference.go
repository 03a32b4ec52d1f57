package matrices

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

func (m *Screen) cannotSubtract() string {
	if m.against != "" {
		return ""
	}
	if why := ui.HasTwoResults(m.Session)(); why != "" {
		return why
	}
	if c := m.Session.Candidates()[m.Session.Focused()]; m.Session.State(c).Phase != session.PhaseReady {
		return m.Session.Short(c) + " has no result: tab goes to the next model"
	}
	return ""
}

// askDifference asks for the candidate to subtract from the one in focus; of
// two there is nothing to ask.
func (m *Screen) askDifference() {
	if m.against != "" {
		m.against = ""
		return
	}
	minuend := m.Session.Candidates()[m.Session.Focused()]
	var others []session.State
	for _, c := range m.Session.Ready() {
		if c.Candidate != minuend {
			others = append(others, c)
		}
	}
	if len(others) == 1 {
		m.subtract(others[0].ID())
		return
	}
	m.Open(widget.NewPicker(m.Context, "Difference", m.Session.Short(minuend)+" minus …", func() []widget.PickItem {
		var items []widget.PickItem
		for _, c := range others {
			items = append(items, widget.PickItem{Label: c.ID(), Choose: func() tea.Cmd {
				m.subtract(c.ID())
				return nil
			}})
		}
		return items
	}))
}

func (m *Screen) subtract(id string) {
	m.against = id
}

// followCandidates turns the difference round when the subtrahend comes into
// focus, and ends it when that takes part no more.
func (m *Screen) followCandidates() {
	ids := session.CandidateIDs(m.Session.Candidates())
	focus := ""
	if len(ids) > 0 {
		focus = ids[m.Session.Focused()]
	}
	if m.against == focus {
		m.against = m.minuend
	}
	if m.against == focus || !slices.Contains(ids, m.against) {
		m.against = ""
	}
	m.minuend = focus
}

// subtractMatrices computes the difference when either matrix has changed.
func (m *Screen) subtractMatrices() {
	var of [2]*compare.Matrix
	var background [2]compare.Background
	for _, c := range m.Session.Ready() {
		switch c.ID() {
		case m.minuend:
			of[0], background[0] = c.Result.Matrix, c.Result.Scan.Background
		case m.against:
			of[1], background[1] = c.Result.Matrix, c.Result.Scan.Background
		}
	}
	if of == m.deltaOf && m.standardised == !m.shared {
		return
	}
	m.delta, m.deltaOf, m.standardised = nil, of, !m.shared
	if of[0] == nil || of[1] == nil {
		return
	}
	// Both are over the texts shown, so that they can be subtracted.
	if m.standardised {
		m.delta, _ = compare.StandardDifference(of[0], of[1], background)
		return
	}
	m.delta, _ = compare.Difference(of[0], of[1])
}

// lacksDifference gives the reason why there is no difference any more.
func (m *Screen) lacksDifference() string {
	if why := export.IsCurrent(m.Session)(); why != "" {
		return why
	}
	if m.delta == nil {
		return "one of the two has no result any more"
	}
	return ""
}

// differenceText names the difference that is shown.
func (m *Screen) differenceText() string {
	return term.Safe(m.Session.ShortOf(m.minuend) + " − " + m.Session.ShortOf(m.against))
}

// differenceExport is the matrix of differences that is shown.
func (m *Screen) differenceExport() ui.Export {
	texts, order, delta := m.Session.Texts(), m.Session.DisplayOrder(), m.delta
	unit := ", in standard deviations"
	if m.shared {
		unit = ", of raw similarities"
	}
	return ui.Export{
		What: "the difference " + m.minuend + " − " + m.against + unit,
		Name: "vecscope-difference-" + export.FileWord(m.Session.ShortOf(m.minuend)+"-"+m.Session.ShortOf(m.against)),
		Formats: export.Sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Differences(ctx, texts, order, delta)
		}),
	}
}
