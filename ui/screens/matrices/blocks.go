package matrices

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// blockSpan names the texts of a block by their places.
func (m *Screen) blockSpan(block int) string {
	first, last := m.over.starts[block]+1, m.over.end(block)
	if first == last {
		return format.Thousands(first)
	}
	return format.Thousands(first) + "–" + format.Thousands(last)
}

// blockText says what the block under the cursor is: its texts and their mean under each
// model; empty where cells are texts.
func (m *Screen) blockText(a, b int) string {
	if m.over == nil {
		return ""
	}
	order := m.order()
	row, col := m.rowOf(order, a), m.rowOf(order, b)
	var means []string
	for _, c := range m.Session.Ready() {
		if tiles := m.over.tiles[c.Result.Matrix]; tiles != nil {
			if mean, ok := tiles.At(row, col); ok {
				means = append(means, fmt.Sprintf("%s %.2f", m.insightName(c), mean))
			}
		}
	}
	text := fmt.Sprintf("block: rows %s × columns %s of %s, mean %s", m.blockSpan(row), m.blockSpan(col), format.Thousands(len(order)), strings.Join(means, ", "))
	if tiles := m.tilesInFocus(); tiles != nil {
		if p, ok := tiles.Strongest(row, col); ok {
			text += fmt.Sprintf(", strongest pair %d and %d: %s", p.A+1, p.B+1, format.Similarity(p.Similarity, 3))
		}
	}
	return text
}

// allBlockMeans is the height from which the means of a block under all models have room.
const allBlockMeans = 30

// blockLines are blockText in lines of w columns: in low windows a single one.
func (m *Screen) blockLines(a, b, w, height int) []string {
	text := m.blockText(a, b)
	switch {
	case text == "":
		return nil
	case height < allBlockMeans && term.Width(text) > w:
		return []string{m.blockLine(a, b, w)}
	}
	return term.SafeLines(text, w)
}

// blockLine is blockText in a line of w columns, as much of it as has room: the mean is that
// of the model in focus alone.
func (m *Screen) blockLine(a, b, w int) string {
	order := m.order()
	row, col := m.rowOf(order, a), m.rowOf(order, b)
	text := fmt.Sprintf("block %s × %s of %s", m.blockSpan(row), m.blockSpan(col), format.Thousands(len(order)))
	var parts []string
	if tiles := m.tilesInFocus(); tiles != nil {
		if mean, ok := tiles.At(row, col); ok {
			parts = append(parts, fmt.Sprintf(", mean %.2f in %s", mean, m.tilesName(tiles)))
		}
		if p, ok := tiles.Strongest(row, col); ok {
			parts = append(parts, fmt.Sprintf(", up to %s (%d and %d)", format.Similarity(p.Similarity, 3), p.A+1, p.B+1))
		}
	}
	for _, p := range parts {
		if term.Width(text)+term.Width(p) > w {
			return text + " …"
		}
		text += p
	}
	return text
}

// tilesName is what the candidate whose blocks they are is called.
func (m *Screen) tilesName(tiles *compare.Tiles) string {
	for _, c := range m.Session.Ready() {
		if m.over.tiles[c.Result.Matrix] == tiles {
			return m.insightName(c)
		}
	}
	return ""
}
