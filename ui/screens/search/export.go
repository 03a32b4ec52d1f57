package search

import (
	"context"
	"io"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// foundExport is what every row has found for the query, as the search command writes it.
func (s *Screen) foundExport() ui.Export {
	texts := s.Session.Texts()
	grades := map[int]float64{}
	asked := s.Session.Asked().Query(s.query.text)
	for _, r := range s.rows() {
		for _, h := range r.hits {
			if g, ok := asked.GradeOf(texts[h.Index].Text); ok {
				grades[h.Index] = g
			}
		}
	}
	found := report.Search{
		Comparison: export.ComparisonReport(s.Session), Alone: true, Top: s.hits,
		Queries: []corpus.Text{{ID: "1", Text: s.query.text}}, Grades: []map[int]float64{grades},
	}
	for _, r := range s.rows() {
		if len(r.hits) == 0 || r.old {
			continue
		}
		id := r.id
		if r.kind == byBoth {
			id = s.rows()[r.at].id + report.FusedSuffix
		}
		row := report.SearchRow{ID: id, Hits: [][]search.Hit{r.hits}, Cosine: r.kind == byVectors, Background: r.background, Norms: r.norms}
		if m, ok := s.measuredOf(r.id); ok {
			row.Judged = &m.Judged
			if m.HasFloor {
				row.Floor = &m.Floor
			}
		}
		found.Rows = append(found.Rows, row)
	}
	of := func(write func(io.Writer, report.Search) error) func(context.Context, io.Writer) error {
		return func(_ context.Context, w io.Writer) error { return write(w, found) }
	}
	return ui.Export{
		What: "what was found for “" + term.Excerpt(s.query.text, 30) + "”", Name: "vecscope-search",
		Formats: []ui.ExportFormat{
			export.Quiet(".tsv", of(report.SearchTSV)), export.Quiet(".json", of(report.SearchJSON)), export.Quiet(".txt", of(report.SearchText)),
		},
	}
}
