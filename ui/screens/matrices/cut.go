package matrices

import (
	"context"
	"fmt"
	"math"
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
	cost  *cutCost         // of going from one to the other; nil until it is known
}

// cutCost is how much of how a candidate saw the texts is left: how many of the texts keep
// the most similar one, and how alike all pairs are ranked; NaN where that is not known.
type cutCost struct {
	kept, of    int
	correlation float64
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
	m.cut.to, m.cut.cost = c.Result, nil
	if !slices.Equal(session.TextsOf(m.Session.Texts()), m.cut.texts) {
		return nil
	}
	to := c.Result
	return loop.Async(m.Session.Life(), func(ctx context.Context) (cutCost, error) {
		return costOf(ctx, from, to)
	}, func(cost cutCost, err error) tea.Cmd {
		if err == nil && m.cut.to == to {
			m.cut.cost = &cost
		}
		return nil
	})
}

// costOf measures what it costs to go from one result of a model to another.
func costOf(ctx context.Context, from, to *pipeline.Result) (c cutCost, err error) {
	c.correlation = math.NaN()
	if c.kept, c.of, err = compare.NearestKept(ctx, from.Matrix, to.Matrix); err != nil {
		return c, err
	}
	if list, err := trial.AgreementsWith(ctx, from, []*pipeline.Result{to}); err == nil && len(list) == 1 {
		c.correlation = list[0].Spearman
	}
	return c, ctx.Err()
}

// cutText says what fewer dimensions cost the candidate in focus; empty where nothing was
// cut here.
func (m *Screen) cutText(c session.State) string {
	cost := m.cut.cost
	if cost == nil || c.Result != m.cut.to {
		return ""
	}
	text := fmt.Sprintf("@%d of %d: nearest kept %s/%s", c.Dimensions, m.cut.from.Candidate.Dimensions, format.Thousands(cost.kept), format.Thousands(cost.of))
	if !math.IsNaN(cost.correlation) {
		text += ", rank correlation " + format.Similarity(cost.correlation, 3)
	}
	return text
}
