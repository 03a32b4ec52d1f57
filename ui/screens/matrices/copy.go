package matrices

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// askCopy asks what to copy.
func (m *Screen) askCopy() {
	a, b := m.Session.CursorA(), m.Session.CursorB()
	items := []widget.Option{
		{Key: "v", Label: m.valueText(), Guard: m.lacksValue, Run: func() tea.Cmd { return m.copyValue(a, b) }},
		{Key: "b", Label: fmt.Sprintf("the pair: texts %d and %d, every value", a+1, b+1), Guard: export.HasAnyResult(m.Session),
			Run: func() tea.Cmd { return m.Copy(export.Pair(m.Session, a, b)) }},
	}
	m.Open(widget.NewMenu(m.Context, "Copy", ui.KeyCopy, append(items, m.matrixItems(m.Copy)...)))
}

// askExport asks what to write to a file.
func (m *Screen) askExport() {
	items := append(m.matrixItems(m.Context.Export), widget.Option{
		Key: "t", Label: "every pair with all values", Guard: export.HasTableOfPairs(m.Session),
		Run: func() tea.Cmd { return m.Context.Export(export.Pairs(m.Session)) },
	})
	m.Open(widget.NewMenu(m.Context, "Export", ui.KeyExport, items))
}

// matrixItems are the matrices that can be taken out, and take does it.
func (m *Screen) matrixItems(take func(ui.Export) tea.Cmd) []widget.Option {
	focused := m.Session.Candidates()[m.Session.Focused()]
	n := format.Thousands(len(m.Session.DisplayOrder()))
	items := []widget.Option{{
		Key: "m", Label: fmt.Sprintf("%s: its %s×%s matrix", term.Safe(m.Session.Short(focused)), n, n), Guard: export.HasFinalResult(m.Session),
		Run: func() tea.Cmd { return take(export.Matrix(m.Session)) },
	}}
	if m.delta != nil {
		items = append(items, widget.Option{
			Key: "f", Label: "the difference " + m.differenceText(), Guard: m.lacksDifference,
			Run: func() tea.Cmd { return take(m.differenceExport()) },
		})
	}
	return append(items, widget.Option{
		Key: "a", Label: "all matrices", Guard: export.HasFinalResults(m.Session),
		Run: func() tea.Cmd { return take(export.Matrices(m.Session)) },
	})
}

// lacksValue gives the reason why there is no number under the cursor.
func (m *Screen) lacksValue() string {
	if why := export.HasResult(m.Session)(); why != "" {
		return why
	}
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	if _, ok := c.Result.Matrix.At(m.Session.CursorA(), m.Session.CursorB()); !ok {
		return c.Short() + " has no vector of a text"
	}
	return ""
}

// valueText names the number under the cursor.
func (m *Screen) valueText() string {
	if m.lacksValue() != "" {
		return "the value under the cursor"
	}
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	v := c.Result.Vectors.Similarity(m.Session.CursorA(), m.Session.CursorB())
	return fmt.Sprintf("the value %s of %s", format.Similarity(v, 3), term.Safe(c.Short()))
}

// copyValue copies the number under the cursor with more decimals than are shown.
func (m *Screen) copyValue(a, b int) tea.Cmd {
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	text := format.Similarity(c.Result.Vectors.Similarity(a, b), 6)
	m.Notify(ui.NoticeGood, fmt.Sprintf("Copied %s: texts %d and %d under %s.", text, a+1, b+1, c.ID()))
	return tea.SetClipboard(text)
}
