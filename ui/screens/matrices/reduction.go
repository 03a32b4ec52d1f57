package matrices

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// reduction asks a server for vectors that it shortened itself, and shows how far
// they are from those that were cut here.
type reduction struct {
	*ui.Context
	request *session.Request
	texts   []string
	report  []string // nil while the server is asked
	failed  bool
}

// cannotReduce gives the reason why the server cannot be asked for the vectors of
// the candidate in focus at their length.
func (m *Screen) cannotReduce() string {
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	switch {
	case c.Row.Provider == "":
		return candidate.Of(c).Line(ui.Unlimited)
	case !c.Derived():
		return c.Short() + " is not derived: { takes fewer dimensions"
	case !c.Row.SupportsDimensions || session.Inside(c.Row):
		return term.Safe(c.Row.ID) + " cannot be asked for shorter vectors"
	case c.Phase != session.PhaseReady || m.Session.Stale():
		return c.Short() + " has no result to compare with yet"
	}
	return ""
}

// derivedVectors are a candidate's vectors that were cut here, and the texts that
// they are of.
type derivedVectors struct {
	candidate string
	source    pipeline.Source // what its server would shorten itself
	texts     []string
	vectors   compare.Vectors
}

// askReduced shows what the server's own vectors cost, and asks for them.
func (m *Screen) askReduced() tea.Cmd {
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	source := pipeline.Source{Model: c.Row, Dimensions: c.Dimensions, Manner: c.Row.Roles.Symmetric}
	d := derivedVectors{candidate: c.ID(), source: source, texts: session.TextsOf(m.Session.Texts()), vectors: c.Result.Vectors}
	if !m.Session.Engine().Paid(c.Row) {
		return openReduction(m.Context, d, session.Grant{})
	}
	return costs.OpenReduced(m.Context, session.WantedSource{Source: source, Candidates: []string{c.ID()}},
		func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
			return openReduction(m.Context, d, m.Session.Payments().Grants(estimates, long)[0])
		})
}

func openReduction(s *ui.Context, d derivedVectors, g session.Grant) tea.Cmd {
	r := &reduction{Context: s, texts: d.texts}
	var cmd tea.Cmd
	r.request, cmd = s.Session.Requests().Embed(session.ForReduction, d.source, d.texts, g,
		func(emb *pipeline.Embedding, err error) tea.Cmd { return r.compare(emb, d.vectors, err) })
	s.Open(&widget.Reader{
		Title: "Server's own vectors: " + term.Safe(s.Session.ShortOf(d.candidate)), Width: costs.Width,
		Write: r.lines, Foot: r.foot, Left: func() { s.Session.Requests().Stop(r.request) },
	})
	return cmd
}

// compare compares the server's own vectors with those cut here.
func (r *reduction) compare(emb *pipeline.Embedding, cut compare.Vectors, err error) tea.Cmd {
	if err == nil && emb.Partial {
		err = errors.New("some of the server's vectors are no longer in the cache, and nothing was sent; + shows what they cost")
	}
	if err != nil {
		r.take(pipeline.Reduction{}, err)
		return nil
	}
	work := func(context.Context) (pipeline.Reduction, error) { return pipeline.CompareReduced(emb.Vectors, cut) }
	return loop.Async(r.Session.Life(), work, func(found pipeline.Reduction, err error) tea.Cmd {
		r.take(found, err)
		return nil
	})
}

// take writes the report.
func (r *reduction) take(f pipeline.Reduction, err error) {
	if errors.Is(err, context.Canceled) {
		r.report = []string{"Stopped."}
		return
	}
	if r.failed = err != nil; r.failed {
		r.report = []string{err.Error()}
		return
	}
	r.report = []string{
		"Cosine distance of the server's own vectors from those cut here:",
		fmt.Sprintf("mean %s, at most %s, over %s", distanceText(f.Mean), distanceText(f.Max), format.Count(f.Texts, "text")),
		fmt.Sprintf("farthest apart: text %d, %s", f.Worst+1, term.Excerpt(r.texts[f.Worst], 40)),
	}
	if f.Max < sameDistance {
		r.report = append(r.report, "They are the same but for rounding: cutting here is free and loses nothing.")
	} else {
		r.report = append(r.report, "They differ: the server does more than cut, so derived vectors only stand in for its own.")
	}
}

// sameDistance is the cosine distance that rounding can cause: servers differ by
// about that much from one request to the next.
const sameDistance = 1e-3

// distanceText writes a distance; float32 vectors know none below a millionth.
func distanceText(d float64) string {
	if d < 1e-6 {
		return "under 0.000001"
	}
	return fmt.Sprintf("%.2g", d)
}

// lines are the report, or that there is none yet.
func (r *reduction) lines(w int, t *theme.Theme) (lines []string) {
	pen, report := "", r.report
	switch {
	case r.report == nil:
		report = []string{"Asking the server…"}
	case r.failed:
		pen = t.Codes.Bad
	}
	for _, text := range report {
		for _, l := range term.SafeLines(text, w) {
			lines = append(lines, pen+l+theme.Reset)
		}
	}
	return lines
}

func (r *reduction) foot(position string) []string {
	leave := "back"
	if r.report == nil {
		leave = "stop and go back"
	}
	return widget.WithPosition([]string{"esc", leave}, 2, position)
}
