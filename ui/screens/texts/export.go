package texts

import (
	"context"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/widget"
)

// askCopy asks what to copy of the texts.
func (s *Screen) askCopy() {
	at := s.Session.CursorA()
	s.Open(widget.NewMenu(s.Context, "Copy", ui.KeyCopy, []widget.Option{
		{Key: "t", Label: fmt.Sprintf("text %d", at+1), Guard: s.needsText, Run: func() tea.Cmd {
			t, _ := s.current()
			return s.Copy(export.Verbatim(fmt.Sprintf("text %d", at+1), fmt.Sprintf("vecscope-text-%d", at+1), t.Text))
		}},
		{Key: "a", Label: fmt.Sprintf("all %s, one a line", format.Count(s.Session.Corpus().Len(), "text")), Guard: s.lacksTexts,
			Run: func() tea.Cmd { return s.Copy(s.textsExport()) }},
	}))
}

func (s *Screen) lacksTexts() string {
	if s.Session.Corpus().Len() == 0 {
		return s.needsText()
	}
	return ""
}

// textsExport is all texts, in formats that can be opened again but for .json and
// .md.
func (s *Screen) textsExport() ui.Export {
	texts := s.Session.Corpus().Texts()
	lines := ui.ExportFormat{Ending: ".txt", Write: func(_ context.Context, w io.Writer) (string, error) {
		joined, err := report.TextsLines(w, texts)
		if joined == 0 {
			return "", err
		}
		return format.Count(joined, "text") + " of several lines became one line" + format.Agree(joined, "", " each") + "; .jsonl keeps them.", err
	}}
	return ui.Export{
		What: format.Count(len(texts), "text"), Name: export.TextsName, Copied: ".txt",
		Formats: append(export.Sheets(func(_ context.Context, s *report.Sheet) error { return s.Texts(texts) }),
			export.Quiet(".jsonl", func(_ context.Context, w io.Writer) error { return report.TextsJSONL(w, texts) }),
			export.Quiet(".json", func(_ context.Context, w io.Writer) error { return report.TextsJSON(w, texts) }),
			export.Quiet(".md", func(_ context.Context, w io.Writer) error { return report.TextsMarkdown(w, texts) }),
			lines),
	}
}
