package models

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// askCopy asks what to copy of the catalog.
func (s *Screen) askCopy() {
	items := []widget.Option{
		{Key: "r", Label: "the model: " + term.Safe(s.reference()), Guard: s.needsModel,
			Run: func() tea.Cmd { return s.CopyWord(s.reference()) }},
		{Key: "c", Label: "all selected models, for --models", Guard: ui.Unless(func() bool { return len(s.Session.Candidates()) > 0 }, "none is selected: space selects the model"),
			Run: func() tea.Cmd { return s.CopyWord(strings.Join(session.CandidateIDs(s.Session.Candidates()), ",")) }},
		{Key: "t", Label: "the table: " + format.Count(len(s.rows()), "model"), Guard: s.needsModel,
			Run: func() tea.Cmd { return s.Copy(s.tableExport()) }},
	}
	s.Open(widget.NewMenu(s.Context, "Copy", ui.KeyCopy, items))
}

// reference is how commands name the model under the cursor: at the dimensions at
// which it takes part, else at its usual ones.
func (s *Screen) reference() string {
	row, _, ok := s.current(s.rows())
	switch {
	case !ok:
		return ""
	case len(row.chosen) > 0:
		return strings.Join(session.CandidateIDs(row.chosen), ",")
	default:
		return api.Candidate{Model: row.model.Ref(), Dimensions: row.model.Dimensions}.ID()
	}
}

// tableExport is the catalog as it is filtered and sorted.
func (s *Screen) tableExport() ui.Export {
	var rows []report.Row
	for _, r := range s.rows() {
		rows = append(rows, report.Row{Model: r.model, Unavailable: s.Session.Engine().Available(r.model)})
	}
	return ui.Export{
		What: "the table of " + format.Count(len(rows), "model"), Name: "vecscope-models",
		Formats: export.Tables(rows, (*report.Sheet).Models, report.ModelsJSON, report.ModelsMarkdown, report.ModelsText),
	}
}
