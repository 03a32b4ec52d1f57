package verdict

import (
	"context"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// askMarks offers what can be done with the marks of pairs.
func (s *Screen) askMarks() {
	n := len(s.Session.Labels().Marks())
	title := "Your marks: " + format.Count(n, "pair")
	s.Open(widget.NewMenu(s.Context, title, keyMarks, []widget.Option{
		{Key: "e", Label: "export them as a file of pairs…", Guard: s.needsMarks, Run: func() tea.Cmd { return s.Export(s.marksExport()) }},
		{Key: "i", Label: "import those of a file…", Run: func() tea.Cmd { return s.importMarks().Ask() }},
		{Key: "u", Label: "take the last change back", Run: func() tea.Cmd { return labelling.UndoMark(s.Context) }},
	}))
}

func (s *Screen) needsMarks() string {
	if len(s.Session.Labels().Marks()) == 0 {
		return "no pairs are marked yet"
	}
	return ""
}

// marksExport is a file of pairs, which can be opened again as labels or as marks.
func (s *Screen) marksExport() ui.Export {
	marks := s.Session.Labels().Marks()
	return ui.Export{
		What: format.Count(len(marks), "mark"), Name: "vecscope-marks", Copied: ".csv",
		Formats: []ui.ExportFormat{export.Quiet(".csv", func(_ context.Context, w io.Writer) error { return labels.WriteCSV(w, marks) })},
	}
}

// importMarks is how marks of a file are taken in; of a pair that is marked already the
// file's counts.
func (s *Screen) importMarks() labelling.Import {
	return labelling.Import{
		Context: s.Context, Title: "Import marks", Here: func() bool { return s.Undisturbed(ID) },
		About: "A file of pairs with the columns a, b (words or ids) and score: 1 or same, 0 or different, unsure.",
		Take: func(path string, then func(labelling.Taken, error) tea.Cmd) tea.Cmd {
			read := func() ([]labels.Mark, error) { return labels.OpenMarks(path) }
			return s.Session.Labels().Import(read, func(n int, merged labels.Merged, err error) tea.Cmd {
				return then(s.takenMarks(n, merged), err)
			})
		},
	}
}

func agree(n int) string { return format.Thousands(n) + " " + format.Agree(n, "is", "are") }

// takenMarks tells what became of so many marks of a file.
func (s *Screen) takenMarks(n int, merged labels.Merged) labelling.Taken {
	taken := labelling.Taken{Said: fmt.Sprintf("%s, of which %s new.", format.Count(n, "mark"), agree(merged.New))}
	if merged.Nowhere > 0 {
		taken.Said += fmt.Sprintf(" %s %s no text that is here.", format.Thousands(merged.Nowhere), format.Agree(merged.Nowhere, "names", "name"))
	}
	if len(merged.Disagreements) > 0 {
		taken.Disagreements = func(file string) ui.Overlay { return s.disagreements(file, merged.Disagreements) }
	}
	return taken
}

// disagreements lists the marks of a file that say otherwise than was said before.
func (s *Screen) disagreements(file string, list []labels.Disagreement) ui.Overlay {
	lines := []string{"The file's marks count now. M u takes them back, the last first.", ""}
	for _, d := range list {
		lines = append(lines, fmt.Sprintf("%s, was %s: “%s” and “%s”", d.Verdict, d.Was, term.Excerpt(d.A, 60), term.Excerpt(d.B, 60)))
	}
	title := fmt.Sprintf("%s of %s against yours", format.Count(len(list), "mark"), file)
	return widget.NewReader(s.Context, title, strings.Join(lines, "\n"), func(w int, _ *theme.Theme) []string {
		var wrapped []string
		for _, l := range lines {
			wrapped = append(wrapped, term.SafeLines(l, w)...)
		}
		return wrapped
	})
}
