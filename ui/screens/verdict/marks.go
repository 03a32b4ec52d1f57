package verdict

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/loop"
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
		{Key: "i", Label: "import those of a file…", Run: func() tea.Cmd { return s.askMarksFile("", "") }},
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

// askMarksFile asks for a file of marks.
func (s *Screen) askMarksFile(path, problem string) tea.Cmd {
	about := "A file of pairs with the columns a, b (words or ids) and score: 1 or same, 0 or different, unsure."
	p := widget.NewPathPrompt(s.Theme, "Import marks", about, "path of a file", func(value string) (tea.Cmd, string) {
		if value == "" {
			return nil, "Type the path of a file; esc leaves everything as it is."
		}
		return s.importMarks(value), ""
	})
	p.Offers = func(name string) bool {
		_, err := corpus.FormatOf(name)
		return err == nil
	}
	p.Lists, p.Path, p.Problem = true, corpus.PathOf, problem
	p.Input.SetValue(path)
	p.Input.CursorEnd()
	s.Open(p)
	return p.List()
}

// importMarks takes in the marks of a file; of a pair that is marked already the file's
// counts.
func (s *Screen) importMarks(typed string) tea.Cmd {
	work := func(context.Context) ([]labels.Mark, error) { return labels.OpenMarks(corpus.PathOf(typed)) }
	return loop.Async(s.Session.Life(), work, func(marks []labels.Mark, err error) tea.Cmd {
		switch {
		case err != nil && s.Undisturbed(ID):
			return s.askMarksFile(typed, err.Error())
		case err != nil:
			s.Fail(err)
			return nil
		}
		merged, cmd := s.Session.Labels().Merge(marks)
		s.sayMerged(filepath.Base(typed), len(marks), merged)
		return cmd
	})
}

func agree(n int) string { return format.Thousands(n) + " " + format.Agree(n, "is", "are") }

// sayMerged tells what became of the marks of a file, and lists those that say otherwise
// than was said before.
func (s *Screen) sayMerged(file string, n int, merged labels.Merged) {
	notice := fmt.Sprintf("%s: %s, of which %s new.", term.Safe(file), format.Count(n, "mark"), agree(merged.New))
	if merged.Nowhere > 0 {
		notice += fmt.Sprintf(" %s %s no text that is here.", format.Thousands(merged.Nowhere), format.Agree(merged.Nowhere, "names", "name"))
	}
	s.Notify(ui.NoticeGood, notice)
	if len(merged.Disagreements) == 0 || !s.Undisturbed(ID) {
		return
	}
	lines := []string{"The file's marks count now. M u takes them back, the last first.", ""}
	for _, d := range merged.Disagreements {
		lines = append(lines, fmt.Sprintf("%s, was %s: “%s” and “%s”", d.Verdict, d.Was, term.Excerpt(d.A, 60), term.Excerpt(d.B, 60)))
	}
	title := fmt.Sprintf("%s of %s against yours", format.Count(len(merged.Disagreements), "mark"), term.Safe(file))
	s.Open(widget.NewReader(s.Context, title, strings.Join(lines, "\n"), func(w int, _ *theme.Theme) []string {
		var wrapped []string
		for _, l := range lines {
			wrapped = append(wrapped, term.SafeLines(l, w)...)
		}
		return wrapped
	}))
}
