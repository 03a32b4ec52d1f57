package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// askCopy asks what to copy of the catalog.
func (s *modelsScreen) askCopy() {
	items := []menuItem{
		{key: "r", label: "the model: " + term.Safe(s.reference()), enabled: s.needsModel,
			run: func() tea.Cmd { return s.copyWord(s.reference()) }},
		{key: "c", label: "all candidates, for --models", enabled: s.lacksCandidates,
			run: func() tea.Cmd { return s.copyWord(strings.Join(candidateIDs(s.store.candidates), ",")) }},
		{key: "t", label: "the table: " + format.Count(len(s.rows()), "model"), enabled: s.needsModel,
			run: func() tea.Cmd { return s.copy(s.tableExport()) }},
	}
	s.open(newMenu(s.shared, "Copy", keyCopy, items))
}

func (s *modelsScreen) lacksCandidates() string {
	if len(s.store.candidates) == 0 {
		return "none is chosen: space chooses the model"
	}
	return ""
}

// reference is how commands name the model under the cursor: at the dimensions at
// which it takes part, else at its usual ones.
func (s *modelsScreen) reference() string {
	row, _, ok := s.current(s.rows())
	switch {
	case !ok:
		return ""
	case len(row.chosen) > 0:
		return strings.Join(candidateIDs(row.chosen), ",")
	case row.model.Dimensions == 0:
		return row.model.Ref()
	default:
		return api.Candidate{Model: row.model.Ref(), Dimensions: row.model.Dimensions}.ID()
	}
}

// tableExport is the catalog as it is filtered and sorted.
func (s *modelsScreen) tableExport() export {
	var rows []report.Row
	for _, r := range s.rows() {
		rows = append(rows, report.Row{Model: r.model, Unavailable: s.store.engine.Available(r.model)})
	}
	return export{
		what: "the table of " + format.Count(len(rows), "model"), name: "vecscope-models",
		formats: tables(rows, (*report.Sheet).Models, report.ModelsJSON, report.ModelsMarkdown, report.ModelsText),
	}
}

// lacksUsage gives the reason why there is no table of what was spent.
func (u *usageScreen) lacksUsage() string {
	switch {
	case u.reading:
		return "the sums are still being read"
	case len(u.store.ledger.Session())+len(u.totals) == 0:
		return "nothing was spent yet"
	}
	return ""
}

// tableExport is what was spent.
func (u *usageScreen) tableExport() export {
	usage := report.Usage{Session: byModel(u.store.ledger.Session()), AllTime: byModel(u.totals)}
	return export{
		what: "the table of usage", name: "vecscope-usage",
		formats: tables(usage, (*report.Sheet).Usage, report.PeriodsJSON, report.PeriodsMarkdown, report.PeriodsText),
	}
}

// byModel sorts by provider and model.
func byModel(list []api.Tally) []api.Tally {
	return slices.SortedFunc(slices.Values(list), func(a, b api.Tally) int {
		return strings.Compare(a.Provider+"/"+a.Model, b.Provider+"/"+b.Model)
	})
}

// askCopy asks what to copy of the texts.
func (s *textsScreen) askCopy() {
	at := s.store.cursorA
	s.open(newMenu(s.shared, "Copy", keyCopy, []menuItem{
		{key: "t", label: fmt.Sprintf("text %d", at+1), enabled: s.needsText, run: func() tea.Cmd {
			t, _ := s.current()
			return s.copy(verbatim(fmt.Sprintf("text %d", at+1), fmt.Sprintf("vecscope-text-%d", at+1), t.Text))
		}},
		{key: "a", label: fmt.Sprintf("all %s, one a line", format.Count(s.store.corpus.Len(), "text")), enabled: s.lacksTexts,
			run: func() tea.Cmd { return s.copy(s.textsExport()) }},
	}))
}

func (s *textsScreen) lacksTexts() string {
	if s.store.corpus.Len() == 0 {
		return s.needsText()
	}
	return ""
}

// textsExport is all texts, in formats that can be opened again but for .json and
// .md.
func (s *textsScreen) textsExport() export {
	texts := s.store.corpus.Texts()
	lines := exportFormat{".txt", func(_ context.Context, w io.Writer) (string, error) {
		joined, err := report.TextsLines(w, texts)
		if joined == 0 {
			return "", err
		}
		return format.Count(joined, "text") + " of several lines became one each; .jsonl keeps them.", err
	}}
	return export{
		what: format.Count(len(texts), "text"), name: "vecscope-texts", copied: ".txt",
		formats: append(sheets(func(_ context.Context, s *report.Sheet) error { return s.Texts(texts) }),
			quiet(".jsonl", func(_ context.Context, w io.Writer) error { return report.TextsJSONL(w, texts) }),
			quiet(".json", func(_ context.Context, w io.Writer) error { return report.TextsJSON(w, texts) }),
			quiet(".md", func(_ context.Context, w io.Writer) error { return report.TextsMarkdown(w, texts) }),
			lines),
	}
}
