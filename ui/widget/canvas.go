package widget

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// CenteredText fills the screen with a sentence in its middle.
func CenteredText(text string, s ui.Size, t *theme.Theme) []string {
	return CenteredLines(term.SafeLines(text, max(s.W-4, 1)), s, t)
}

// CenteredLines fills a size with lines in its middle.
func CenteredLines(wrapped []string, s ui.Size, t *theme.Theme) []string {
	lines := make([]string, 0, s.H)
	for range max((s.H-len(wrapped))/2, 0) {
		lines = append(lines, strings.Repeat(" ", s.W))
	}
	for _, l := range wrapped {
		pad := max((s.W-term.Width(l))/2, 0)
		lines = append(lines, t.Dim.Render(term.Fit(strings.Repeat(" ", pad)+l, s.W)))
	}
	for len(lines) < s.H {
		lines = append(lines, strings.Repeat(" ", s.W))
	}
	return lines[:s.H]
}

// BlankLines are lines of blanks that fill a size.
func BlankLines(s ui.Size) []string {
	out := make([]string, s.H)
	for i := range out {
		out[i] = strings.Repeat(" ", s.W)
	}
	return out
}

// FillTo makes lines fill exactly that size.
func FillTo(lines []string, z ui.Size) []string {
	out := make([]string, z.H)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = term.Fit(line, z.W) + theme.Reset
	}
	return out
}

// Abridged marks that lines beyond h are missing.
func Abridged(lines []string, h int) []string {
	if h == 0 || len(lines) <= h {
		return lines
	}
	out := slices.Clone(lines[:h])
	out[h-1] += term.Ellipsis
	return out
}

// canvas gathers lines in rectangles.
type canvas struct {
	ui.Size
	parts [][]placed // by line
}

// placed is a line of a rectangle, w columns of it from column x.
type placed struct {
	x, w int
	text string
}

// NewCanvas is an empty canvas of that size.
func NewCanvas(s ui.Size) *canvas { return &canvas{Size: s, parts: make([][]placed, s.H)} }

// Put draws lines into a rectangle, cut and filled to its size.
func (c *canvas) Put(r ui.Rect, lines []string) {
	for i, l := range lines[:min(len(lines), r.H)] {
		c.place(r, i, term.Fit(l, r.W))
	}
}

// PutExact draws lines that are exactly as wide as the rectangle.
func (c *canvas) PutExact(r ui.Rect, lines []string) {
	for i, l := range lines[:min(len(lines), r.H)] {
		c.place(r, i, l)
	}
}

func (c *canvas) place(r ui.Rect, i int, line string) {
	if y := r.Y + i; y < c.H {
		c.parts[y] = append(c.parts[y], placed{r.X, r.W, line})
	}
}

// Lines are the lines of the whole canvas, each as wide as it is.
func (c *canvas) Lines() []string {
	out := make([]string, c.H)
	for y, parts := range c.parts {
		slices.SortFunc(parts, func(p, q placed) int { return p.x - q.x })
		var b strings.Builder
		x := 0
		for _, p := range parts {
			b.WriteString(term.Blanks(p.x - x))
			b.WriteString(p.text)
			x = p.x + p.w
		}
		b.WriteString(term.Blanks(c.W - x))
		out[y] = b.String()
	}
	return out
}

// MiddleCut makes a safe text fit by leaving out its middle: names of models
// differ at their ends.
func MiddleCut(text string, w int, hits []int) Cell {
	text, hits = term.MiddleCut(text, w, hits)
	return Cell{Text: text, Matches: hits}
}
