package verdict

import (
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/report"
)

// tableExport is the verdict with its table.
func (s *Screen) tableExport() ui.Export {
	v := s.Session.Verdict()
	tokens, complete := s.Session.CorpusTokens()
	if !complete {
		tokens = report.TokensUnknown
	}
	e := report.Evaluation{
		Comparison: report.Comparison{Texts: s.Session.Texts(), Source: s.Session.Corpus().Origin().Title()},
		Trial:      v.Trial(), Findings: v.Findings(), Tokens: tokens, Documents: s.documents,
	}
	return ui.Export{
		What: "the verdict", Name: "vecscope-verdict", Copied: ".md",
		Formats: export.Tables(e, (*report.Sheet).Evaluation, report.EvaluationJSON, report.EvaluationMarkdown, report.EvaluationText),
	}
}
