package ui

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
)

// centeredText fills the screen with a sentence in its middle.
func centeredText(text string, s size, t *theme) []string {
	return centeredLines(term.SafeLines(text, max(s.w-4, 1)), s, t)
}

// centeredLines fills a size with lines in its middle.
func centeredLines(wrapped []string, s size, t *theme) []string {
	lines := make([]string, 0, s.h)
	for range max((s.h-len(wrapped))/2, 0) {
		lines = append(lines, strings.Repeat(" ", s.w))
	}
	for _, l := range wrapped {
		pad := max((s.w-term.Width(l))/2, 0)
		lines = append(lines, t.dim.Render(term.Fit(strings.Repeat(" ", pad)+l, s.w)))
	}
	for len(lines) < s.h {
		lines = append(lines, strings.Repeat(" ", s.w))
	}
	return lines[:s.h]
}

// blankLines are lines of blanks that fill a size.
func blankLines(s size) []string {
	out := make([]string, s.h)
	for i := range out {
		out[i] = strings.Repeat(" ", s.w)
	}
	return out
}

// fillTo makes lines fill exactly that size.
func fillTo(lines []string, z size) []string {
	out := make([]string, z.h)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = term.Fit(line, z.w) + sgrReset
	}
	return out
}

// abridged marks that lines beyond h are missing.
func abridged(lines []string, h int) []string {
	if h == 0 || len(lines) <= h {
		return lines
	}
	out := slices.Clone(lines[:h])
	out[h-1] += term.Ellipsis
	return out
}

// canvas gathers lines in rectangles.
type canvas struct {
	size
	parts [][]placed // by line
}

// placed is a line of a rectangle, w columns of it from column x.
type placed struct {
	x, w int
	text string
}

func newCanvas(s size) *canvas { return &canvas{size: s, parts: make([][]placed, s.h)} }

// put draws lines into a rectangle, cut and filled to its size.
func (c *canvas) put(r rect, lines []string) {
	for i, l := range lines[:min(len(lines), r.h)] {
		c.place(r, i, term.Fit(l, r.w))
	}
}

// putExact draws lines that are exactly as wide as the rectangle.
func (c *canvas) putExact(r rect, lines []string) {
	for i, l := range lines[:min(len(lines), r.h)] {
		c.place(r, i, l)
	}
}

func (c *canvas) place(r rect, i int, line string) {
	if y := r.y + i; y < c.h {
		c.parts[y] = append(c.parts[y], placed{r.x, r.w, line})
	}
}

// lines are the lines of the whole canvas, each as wide as it is.
func (c *canvas) lines() []string {
	out := make([]string, c.h)
	for y, parts := range c.parts {
		slices.SortFunc(parts, func(p, q placed) int { return p.x - q.x })
		var b strings.Builder
		x := 0
		for _, p := range parts {
			b.WriteString(term.Blanks(p.x - x))
			b.WriteString(p.text)
			x = p.x + p.w
		}
		b.WriteString(term.Blanks(c.w - x))
		out[y] = b.String()
	}
	return out
}
