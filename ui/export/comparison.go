package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
)

// ComparisonReport is what the screens show, as the command line reports it.
func ComparisonReport(s *session.Session) report.Comparison {
	c := report.Comparison{Source: s.Corpus().Origin().Title(), Texts: s.Texts()}
	c.Spent, c.Paid = spentOnCandidates(s)
	for _, st := range s.States() {
		switch {
		case st.Phase == session.PhaseReady:
			c.Results = append(c.Results, st.Result)
			if st.Missing > 0 {
				c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: errors.New(candidate.Summary(st))})
			}
		case st.Err != nil:
			c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: st.Err})
		default:
			c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: errors.New(candidate.Of(st).Line(ui.Unlimited))})
		}
	}
	return c
}

// spentOnCandidates is what this session took of the models that take part, and
// what of it cost money.
func spentOnCandidates(s *session.Session) (all, paid []api.Tally) {
	asked := map[string]bool{}
	for _, st := range s.States() {
		spent, ok := s.Ledger().Of(st.Model)
		if !ok || asked[st.Model] {
			continue
		}
		asked[st.Model] = true
		all = append(all, spent)
		if s.Engine().Paid(st.Row) {
			paid = append(paid, spent)
		}
	}
	return all, paid
}

// comparisonReportOf is comparison with one candidate that has a result.
func comparisonReportOf(s *session.Session, st session.State) report.Comparison {
	c := ComparisonReport(s)
	c.Results = []*pipeline.Result{st.Result}
	c.Failures = slices.DeleteFunc(c.Failures, func(f report.Failure) bool { return f.Candidate != st.ID() })
	others := func(spent api.Tally) bool { return spent.Ref() != st.Model }
	c.Spent, c.Paid = slices.DeleteFunc(c.Spent, others), slices.DeleteFunc(c.Paid, others)
	return c
}

// StaleReason gives the reason why what is shown is not of the present texts;
// empty when it is.
func StaleReason(s *session.Session) string {
	switch {
	case len(s.Candidates()) == 0:
		return "no candidates: choose some on Models"
	case s.Corpus().Len() == 0:
		return "no texts: add some on Texts"
	case !s.Stale():
		return ""
	case s.Job() != nil:
		return "these texts have not been compared yet"
	default:
		return "the texts were changed and not compared since: R does"
	}
}

// LacksResult gives the reason why there is nothing to take from the candidate in
// focus.
func LacksResult(s *session.Session) string {
	if why := StaleReason(s); why != "" {
		return why
	}
	c := s.State(s.Candidates()[s.Focused()])
	if c.Phase == session.PhaseReady {
		return ""
	}
	return c.Short() + " has no result: " + candidate.Summary(c)
}

// LacksMatrix is lacksResult for what is of use only when nothing more comes.
func LacksMatrix(s *session.Session) string {
	if why := LacksResult(s); why != "" {
		return why
	}
	return atWorkText(s, s.State(s.Candidates()[s.Focused()]))
}

// atWorkText says that more is going to come for a candidate; empty when not.
func atWorkText(s *session.Session, c session.State) string {
	if c.Working || c.Phase == session.PhaseWaiting && s.Busy() {
		return c.Short() + " is still at work; esc stops it"
	}
	return ""
}

// LacksResults gives the reason why there is nothing to take from all candidates
// together: none has a result, or one is still at work.
func LacksResults(s *session.Session) string {
	if why := StaleReason(s); why != "" {
		return why
	}
	for _, c := range s.States() {
		if why := atWorkText(s, c); why != "" {
			return why
		}
	}
	return LacksAny(s)
}

// LacksAny gives the reason why no candidate has a result.
func LacksAny(s *session.Session) string {
	if why := StaleReason(s); why != "" {
		return why
	}
	if len(s.Ready()) > 0 {
		return ""
	}
	return LacksResult(s)
}

// Pair is two texts with what every candidate makes of them.
func Pair(s *session.Session, a, b int) ui.Export {
	c := ComparisonReport(s)
	return ui.Export{
		What:    fmt.Sprintf("the pair of texts %d and %d", a+1, b+1),
		Name:    fmt.Sprintf("vecscope-pair-%d-%d", a+1, b+1),
		Formats: Sheets(func(_ context.Context, s *report.Sheet) error { return s.Pair(c, a, b) }),
	}
}

// comparisonReports are the formats of a comparison that are no sheets, the same
// as the command line's.
func comparisonReports(c report.Comparison) []ui.ExportFormat {
	readable := func(write func(io.Writer, report.Comparison) error) func(context.Context, io.Writer) (string, error) {
		return func(_ context.Context, w io.Writer) (string, error) {
			remark := ""
			if !report.Readable(c) {
				remark = fmt.Sprintf("Matrices of %s are left out, because nobody can read them there; .csv has them.", format.Count(len(c.Texts), "text"))
			}
			return remark, write(w, c)
		}
	}
	return []ui.ExportFormat{
		Quiet(".json", func(ctx context.Context, w io.Writer) error { return report.CompareJSON(ctx, w, c) }),
		{Ending: ".md", Write: readable(report.CompareMarkdown)},
		{Ending: ".txt", Write: readable(report.CompareText)},
	}
}

// Matrix is the matrix of the candidate in focus, its texts in the order
// shown.
func Matrix(s *session.Session) ui.Export {
	st := s.State(s.Candidates()[s.Focused()])
	c := comparisonReportOf(s, st)
	order := s.DisplayOrder()
	n := format.Thousands(len(order))
	what := fmt.Sprintf("the %s×%s matrix of %s", n, n, st.ID())
	if st.Missing > 0 {
		what += " without " + format.Count(st.Missing, "text")
	}
	return ui.Export{
		What: what,
		Name: "vecscope-matrix-" + FileWord(st.Short()),
		Formats: append(Sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Matrix(ctx, c.Texts, order, st.Result.Matrix)
		}), comparisonReports(c)...),
	}
}

// Matrices is the matrices of all candidates.
func Matrices(s *session.Session) ui.Export {
	c, order := ComparisonReport(s), s.DisplayOrder()
	what := fmt.Sprintf("all %d matrices", len(c.Results))
	if len(c.Results) == 1 {
		what = "the only matrix"
	}
	if n := len(s.Candidates()) - len(c.Results); n > 0 {
		what += fmt.Sprintf(" (%s without a result)", format.Count(n, "candidate"))
	}
	return ui.Export{
		What: what,
		Name: "vecscope-matrices",
		Formats: append(Sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Matrices(ctx, c, order)
		}), comparisonReports(c)...),
	}
}

// Pairs is every pair of texts with the similarity under each candidate.
func Pairs(s *session.Session) ui.Export {
	c := ComparisonReport(s)
	n := len(c.Texts)
	return ui.Export{
		What:    "all " + format.Count(n*(n-1)/2, "pair"),
		Name:    "vecscope-pairs",
		Formats: Sheets(func(ctx context.Context, s *report.Sheet) error { return s.Pairs(ctx, c) }),
	}
}

// LacksPairs gives the reason why not every pair can be written down.
func LacksPairs(s *session.Session) string {
	if why := LacksResults(s); why != "" {
		return why
	}
	if n := len(s.Texts()); n > compare.DenseLimit {
		return fmt.Sprintf("%s pairs are too many for a table: Duplicates exports the most similar", format.Thousands(n*(n-1)/2))
	}
	return ""
}
