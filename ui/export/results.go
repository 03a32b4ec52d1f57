package export

import (
	"context"
	"fmt"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
)

// Pair is two texts with what every candidate makes of them.
func Pair(s *session.Session, a, b int) ui.Export {
	c := ComparisonReport(s)
	return ui.Export{
		What:    fmt.Sprintf("the pair of texts %d and %d", a+1, b+1),
		Name:    fmt.Sprintf("vecscope-pair-%d-%d", a+1, b+1),
		Formats: Sheets(func(_ context.Context, s *report.Sheet) error { return s.Pair(c, a, b) }),
	}
}

// Matrix is the matrix of the candidate in focus, which has a result, its texts in the
// order shown.
func Matrix(s *session.Session) ui.Export {
	st := focused(s)
	c := ComparisonReportOf(s, st)
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
			return s.Matrix(ctx, c.Texts, order, st.Result)
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
		what += fmt.Sprintf(" (%s without a result)", format.Count(n, "model"))
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
