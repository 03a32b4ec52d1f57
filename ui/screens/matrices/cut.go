package matrices

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
)

// cut is what fewer dimensions cost a candidate, against the most that it had here.
type cut struct {
	from  *pipeline.Result // with the most dimensions
	texts []string         // that it is of
	to    *pipeline.Result // what it was compared with last
	cost  string           // in words; empty until it is known
}

// cutFrom remembers what a candidate was before its dimensions change.
func (m *Screen) cutFrom(c session.State) {
	if c.Phase != session.PhaseReady || len(m.Session.Texts()) > compare.DenseLimit {
		return
	}
	texts := session.TextsOf(m.Session.Texts())
	if f := m.cut.from; f != nil && f.Candidate.Model == c.Model && f.Candidate.Dimensions >= c.Dimensions && slices.Equal(texts, m.cut.texts) {
		return
	}
	m.cut = cut{from: c.Result, texts: texts}
}

// costCut compares the candidate in focus with what it was, as soon as it is there.
func (m *Screen) costCut() tea.Cmd {
	if m.cut.from == nil || len(m.Session.Candidates()) == 0 {
		return nil
	}
	c, from := m.Session.State(m.Session.Candidates()[m.Session.Focused()]), m.cut.from
	if c.Model != from.Candidate.Model || c.Phase != session.PhaseReady || c.Result == m.cut.to || c.Dimensions >= from.Candidate.Dimensions {
		return nil
	}
	m.cut.to, m.cut.cost = c.Result, ""
	if !slices.Equal(session.TextsOf(m.Session.Texts()), m.cut.texts) {
		return nil
	}
	to := c.Result
	return loop.Async(m.Session.Life(), func(ctx context.Context) (string, error) {
		return costText(ctx, from, to)
	}, func(cost string, err error) tea.Cmd {
		if err == nil && m.cut.to == to {
			m.cut.cost = cost
		}
		return nil
	})
}

// costText says how much of how a candidate saw the texts is left.
func costText(ctx context.Context, from, to *pipeline.Result) (string, error) {
	kept, of, err := compare.NearestKept(ctx, from.Matrix, to.Matrix)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("@%d of %d: nearest kept %s/%s", to.Candidate.Dimensions, from.Candidate.Dimensions, format.Thousands(kept), format.Thousands(of))
	if list, err := trial.AgreementsWith(ctx, from, []*pipeline.Result{to}); err == nil && len(list) == 1 {
		text += ", rank correlation " + format.Similarity(list[0].Spearman, 3)
	}
	return text, ctx.Err()
}

// cutCost is what was found for a candidate; empty where nothing was cut here.
func (m *Screen) cutCost(c session.State) string {
	if m.cut.to == nil || c.Result != m.cut.to {
		return ""
	}
	return m.cut.cost
}
