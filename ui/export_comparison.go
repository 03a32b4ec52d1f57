package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// comparisonReport is what the screens show, as the command line reports it.
func comparisonReport(s *store) report.Comparison {
	c := report.Comparison{Source: s.corpus.Origin().Title(), Texts: s.texts()}
	c.Spent, c.Paid = spentOnCandidates(s)
	for _, st := range s.states() {
		switch {
		case st.phase == phaseReady:
			c.Results = append(c.Results, st.result)
			if st.missing > 0 {
				c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: errors.New(stateText(st))})
			}
		case st.err != nil:
			c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: st.err})
		default:
			c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: errors.New(phaseText(st))})
		}
	}
	return c
}

// spentOnCandidates is what this session took of the models that take part, and
// what of it cost money.
func spentOnCandidates(s *store) (all, paid []api.Tally) {
	asked := map[string]bool{}
	for _, st := range s.states() {
		spent, ok := s.ledger.Of(st.Model)
		if !ok || asked[st.Model] {
			continue
		}
		asked[st.Model] = true
		all = append(all, spent)
		if s.engine.Paid(st.model) {
			paid = append(paid, spent)
		}
	}
	return all, paid
}

// comparisonReportOf is comparison with one candidate that has a result.
func comparisonReportOf(s *store, st candidateState) report.Comparison {
	c := comparisonReport(s)
	c.Results = []*pipeline.Result{st.result}
	c.Failures = slices.DeleteFunc(c.Failures, func(f report.Failure) bool { return f.Candidate != st.ID() })
	others := func(spent api.Tally) bool { return spent.Ref() != st.Model }
	c.Spent, c.Paid = slices.DeleteFunc(c.Spent, others), slices.DeleteFunc(c.Paid, others)
	return c
}

// staleReason gives the reason why what is shown is not of the present texts;
// empty when it is.
func staleReason(s *store) string {
	switch {
	case len(s.candidates) == 0:
		return "no candidates: choose some on Models"
	case s.corpus.Len() == 0:
		return "no texts: add some on Texts"
	case !s.stale():
		return ""
	case s.job != nil:
		return "these texts have not been compared yet"
	default:
		return "the texts were changed and not compared since: R does"
	}
}

// lacksResult gives the reason why there is nothing to take from the candidate in
// focus.
func lacksResult(s *store) string {
	if why := staleReason(s); why != "" {
		return why
	}
	c := s.state(s.candidates[s.focused()])
	if c.phase == phaseReady {
		return ""
	}
	return c.Short() + " has no result: " + stateText(c)
}

// lacksMatrix is lacksResult for what is of use only when nothing more comes.
func lacksMatrix(s *store) string {
	if why := lacksResult(s); why != "" {
		return why
	}
	return atWorkText(s, s.state(s.candidates[s.focused()]))
}

// atWorkText says that more is going to come for a candidate; empty when not.
func atWorkText(s *store, c candidateState) string {
	if c.working || c.phase == phaseWaiting && s.busy() {
		return c.Short() + " is still at work; esc stops it"
	}
	return ""
}

// lacksResults gives the reason why there is nothing to take from all candidates
// together: none has a result, or one is still at work.
func lacksResults(s *store) string {
	if why := staleReason(s); why != "" {
		return why
	}
	for _, c := range s.states() {
		if why := atWorkText(s, c); why != "" {
			return why
		}
	}
	return lacksAny(s)
}

// lacksAny gives the reason why no candidate has a result.
func lacksAny(s *store) string {
	if why := staleReason(s); why != "" {
		return why
	}
	if len(s.ready()) > 0 {
		return ""
	}
	return lacksResult(s)
}

// pairExport is two texts with what every candidate makes of them.
func pairExport(s *store, a, b int) export {
	c := comparisonReport(s)
	return export{
		what:    fmt.Sprintf("the pair of texts %d and %d", a+1, b+1),
		name:    fmt.Sprintf("vecscope-pair-%d-%d", a+1, b+1),
		formats: sheets(func(_ context.Context, s *report.Sheet) error { return s.Pair(c, a, b) }),
	}
}

// comparisonReports are the formats of a comparison that are no sheets, the same
// as the command line's.
func comparisonReports(c report.Comparison) []exportFormat {
	readable := func(write func(io.Writer, report.Comparison) error) func(context.Context, io.Writer) (string, error) {
		return func(_ context.Context, w io.Writer) (string, error) {
			remark := ""
			if !report.Readable(c) {
				remark = fmt.Sprintf("Matrices of %s are left out, because nobody can read them there; .csv has them.", format.Count(len(c.Texts), "text"))
			}
			return remark, write(w, c)
		}
	}
	return []exportFormat{
		quiet(".json", func(ctx context.Context, w io.Writer) error { return report.CompareJSON(ctx, w, c) }),
		{".md", readable(report.CompareMarkdown)},
		{".txt", readable(report.CompareText)},
	}
}

// matrixExport is the matrix of the candidate in focus, its texts in the order
// shown.
func matrixExport(s *store) export {
	st := s.state(s.candidates[s.focused()])
	c := comparisonReportOf(s, st)
	order := s.displayOrder()
	n := format.Thousands(len(order))
	what := fmt.Sprintf("the %s×%s matrix of %s", n, n, st.ID())
	if st.missing > 0 {
		what += " without " + format.Count(st.missing, "text")
	}
	return export{
		what: what,
		name: "vecscope-matrix-" + fileWord(st.Short()),
		formats: append(sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Matrix(ctx, c.Texts, order, st.result.Matrix)
		}), comparisonReports(c)...),
	}
}

// matricesExport is the matrices of all candidates.
func matricesExport(s *store) export {
	c, order := comparisonReport(s), s.displayOrder()
	what := fmt.Sprintf("all %d matrices", len(c.Results))
	if len(c.Results) == 1 {
		what = "the only matrix"
	}
	if n := len(s.candidates) - len(c.Results); n > 0 {
		what += fmt.Sprintf(" (%s without a result)", format.Count(n, "candidate"))
	}
	return export{
		what: what,
		name: "vecscope-matrices",
		formats: append(sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Matrices(ctx, c, order)
		}), comparisonReports(c)...),
	}
}

// pairsExport is every pair of texts with the similarity under each candidate.
func pairsExport(s *store) export {
	c := comparisonReport(s)
	n := len(c.Texts)
	return export{
		what:    "all " + format.Count(n*(n-1)/2, "pair"),
		name:    "vecscope-pairs",
		formats: sheets(func(ctx context.Context, s *report.Sheet) error { return s.Pairs(ctx, c) }),
	}
}

// lacksPairs gives the reason why not every pair can be written down.
func lacksPairs(s *store) string {
	if why := lacksResults(s); why != "" {
		return why
	}
	if n := len(s.texts()); n > compare.DenseLimit {
		return fmt.Sprintf("%s pairs are too many for a table: Duplicates exports the most similar", format.Thousands(n*(n-1)/2))
	}
	return ""
}
