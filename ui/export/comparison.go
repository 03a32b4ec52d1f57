package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/vecscope/vecscope/api"
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
			c.Failures = append(c.Failures, report.Failure{Candidate: st.ID(), Err: candidate.ErrorOf(st)})
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
		spent, ok := s.Payments().Ledger().Of(st.Model)
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

// ComparisonReportOf is comparison with one candidate that has a result.
func ComparisonReportOf(s *session.Session, st session.State) report.Comparison {
	c := ComparisonReport(s)
	c.Results = []*pipeline.Result{st.Result}
	c.Failures = slices.DeleteFunc(c.Failures, func(f report.Failure) bool { return f.Candidate != st.ID() })
	others := func(spent api.Tally) bool { return spent.Ref() != st.Model }
	c.Spent, c.Paid = slices.DeleteFunc(c.Spent, others), slices.DeleteFunc(c.Paid, others)
	return c
}

// comparisonReports are the formats of a comparison that are no sheets, the same
// as the command line's.
func comparisonReports(c report.Comparison) []ui.ExportFormat {
	readable := func(write func(context.Context, io.Writer, report.Comparison) error) func(context.Context, io.Writer) (string, error) {
		return func(ctx context.Context, w io.Writer) (string, error) {
			remark := ""
			if !report.Readable(c) {
				remark = fmt.Sprintf("Matrices of %s are left out, because nobody can read them there; .csv has them.", format.Count(len(c.Texts), "text"))
			}
			return remark, write(ctx, w, c)
		}
	}
	return []ui.ExportFormat{
		Quiet(".json", func(ctx context.Context, w io.Writer) error { return report.CompareJSON(ctx, w, c) }),
		{Ending: ".md", Write: readable(report.CompareMarkdown)},
		{Ending: ".txt", Write: readable(report.CompareText)},
	}
}
