package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// askCopy asks what to copy.
func (m *matrixScreen) askCopy() {
	a, b := m.store.cursorA, m.store.cursorB
	items := []menuItem{
		{key: "v", label: m.valueText(), enabled: m.lacksValue, run: func() tea.Cmd { return m.copyValue(a, b) }},
		{key: "p", label: fmt.Sprintf("the pair: texts %d and %d, every value", a+1, b+1), enabled: func() string { return lacksAny(m.store) },
			run: func() tea.Cmd { return m.copy(pairExport(m.store, a, b)) }},
	}
	m.open(newMenu(m.shared, "Copy", keyCopy, append(items, m.matrixItems(m.copy)...)))
}

// askExport asks what to write to a file.
func (m *matrixScreen) askExport() {
	items := append(m.matrixItems(m.shared.export), menuItem{
		key: "p", label: "every pair with all values", enabled: func() string { return lacksPairs(m.store) },
		run: func() tea.Cmd { return m.shared.export(pairsExport(m.store)) },
	})
	m.open(newMenu(m.shared, "Export", keyExport, items))
}

// matrixItems are the matrices that can be taken out, and take does it.
func (m *matrixScreen) matrixItems(take func(export) tea.Cmd) []menuItem {
	focused := m.store.candidates[m.store.focused()]
	n := format.Thousands(len(m.store.texts()))
	items := []menuItem{{
		key: "m", label: fmt.Sprintf("the %s×%s matrix of %s", n, n, term.Safe(focused.Short())), enabled: func() string { return lacksMatrix(m.store) },
		run: func() tea.Cmd { return take(matrixExport(m.store)) },
	}}
	if m.delta != nil {
		items = append(items, menuItem{
			key: "d", label: "the difference " + m.differenceText(), enabled: m.lacksDifference,
			run: func() tea.Cmd { return take(m.differenceExport()) },
		})
	}
	return append(items, menuItem{
		key: "a", label: "all matrices", enabled: func() string { return lacksResults(m.store) },
		run: func() tea.Cmd { return take(matricesExport(m.store)) },
	})
}

// needsMatrix gives the reason why there is nothing to take out.
func (m *matrixScreen) needsMatrix() string {
	if why := m.needsPair(); why != "" {
		return why
	}
	return lacksAny(m.store)
}

// lacksValue gives the reason why there is no number under the cursor.
func (m *matrixScreen) lacksValue() string {
	if why := lacksResult(m.store); why != "" {
		return why
	}
	c := m.store.state(m.store.candidates[m.store.focused()])
	if _, ok := c.result.Matrix.At(m.store.cursorA, m.store.cursorB); !ok {
		return c.Short() + " has no vector of a text"
	}
	return ""
}

// valueText names the number under the cursor.
func (m *matrixScreen) valueText() string {
	if m.lacksValue() != "" {
		return "the value under the cursor"
	}
	c := m.store.state(m.store.candidates[m.store.focused()])
	v, _ := c.result.Matrix.At(m.store.cursorA, m.store.cursorB)
	return fmt.Sprintf("the value %s of %s", format.Fixed(v, 3), term.Safe(c.Short()))
}

// lacksDifference gives the reason why there is no difference any more.
func (m *matrixScreen) lacksDifference() string {
	if why := staleReason(m.store); why != "" {
		return why
	}
	if m.delta == nil {
		return "one of the two has no result any more"
	}
	return ""
}

// copyValue copies the number under the cursor with more decimals than are shown.
func (m *matrixScreen) copyValue(a, b int) tea.Cmd {
	c := m.store.state(m.store.candidates[m.store.focused()])
	v, _ := c.result.Matrix.At(a, b)
	text := format.Fixed(v, 6)
	m.notify(noticeGood, fmt.Sprintf("Copied %s: texts %d and %d under %s.", text, a+1, b+1, c.ID()))
	return tea.SetClipboard(text)
}

// differenceText names the difference that is shown.
func (m *matrixScreen) differenceText() string {
	return term.Safe(shortOf(m.minuend) + " − " + shortOf(m.against))
}

// differenceExport is the matrix of differences that is shown.
func (m *matrixScreen) differenceExport() export {
	texts, order, delta := m.store.texts(), m.store.displayOrder(), m.delta
	return export{
		what: "the difference " + m.minuend + " − " + m.against,
		name: "vecscope-difference-" + fileWord(shortOf(m.minuend)+"-"+shortOf(m.against)),
		formats: sheets(func(ctx context.Context, s *report.Sheet) error {
			return s.Matrix(ctx, texts, order, delta)
		}),
	}
}
