package widget

import (
	"strings"
	"unicode"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Draw is the table in exactly height lines of exactly width columns, each
// ending with a reset of the style.
func (t Table) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	return t.drawIn(t.Fit(width, height), height)
}

// drawIn draws the table as it was fitted.
func (t Table) drawIn(g TableGeometry, height int) []string {
	width := g.width
	lines := make([]string, 0, height)
	if g.header {
		lines = append(lines, t.drawHeader(g))
	}
	for y := range g.Rows {
		lines = append(lines, t.drawRow(g, g.Top+y)+t.drawBar(g, y))
	}
	if g.total == 0 && t.Empty != "" {
		lines = append(lines, t.drawEmpty(width)...)
	}
	for len(lines) < height {
		lines = append(lines, term.Blanks(width)+theme.Reset)
	}
	return lines[:height]
}

func (t Table) drawEmpty(width int) []string {
	lines := []string{term.Blanks(width) + theme.Reset}
	for _, line := range term.SafeLines(t.Empty, max(width-4, 1)) {
		lines = append(lines, t.Styles.Dim+term.Fit("  "+line, width)+theme.Reset)
	}
	return lines
}

func (t Table) drawHeader(g TableGeometry) string {
	var b strings.Builder
	b.WriteString(t.Styles.Header)
	x := 0
	for _, p := range g.Places {
		room := min(p.W+1, g.width-p.x) // the sort mark may stand in the gap
		title := headerText(t.Columns[p.Column], p.W, room)
		b.WriteString(term.Blanks(p.x-x) + t.penned(title, t.Columns[p.Column].Pen))
		x = p.x + term.Width(title)
	}
	if mark := hiddenMark(g.Hidden); t.TellHidden && g.Hidden > 0 && g.width-x >= len(mark) {
		b.WriteString(term.Blanks(g.width-x-len(mark)) + mark)
		x = g.width
	}
	b.WriteString(term.Blanks(g.width-x) + theme.Reset)
	return b.String()
}

// penned is a title in a look of its own, after which that of all titles comes back.
func (t Table) penned(title, pen string) string {
	if pen == "" {
		return title
	}
	return pen + title + theme.Reset + t.Styles.Header
}

// headerText is the title of a column of w columns and its sort mark, for which
// room columns are there.
func headerText(c Column, w, room int) string {
	mark := sortGlyphs[c.Sort]
	if mark == "" {
		return aligned(c.Title, w, c.Align)
	}
	title := term.Truncate(c.Title, room-1)
	if c.Align == AlignRight {
		return term.PadLeft(title, room-1) + mark
	}
	if term.Width(title)+2 <= w {
		title += " "
	}
	return term.PadRight(title+mark, w)
}

func aligned(s string, w int, a Align) string {
	if a == AlignRight {
		return term.FitLeft(s, w)
	}
	return term.Fit(s, w)
}

func (t Table) drawRow(g TableGeometry, row int) string {
	var b strings.Builder
	base := ""
	if row == t.Cursor {
		base = t.Styles.Selected
	}
	cells := t.Row(row)
	b.WriteString(base)
	x := 0
	for _, p := range g.Places {
		var c Cell
		if p.Column < len(cells) {
			c = cells[p.Column]
		}
		if t.Columns[p.Column].CutMiddle {
			c.Text, c.Matches = term.MiddleCut(c.Text, p.W, c.Matches)
		}
		b.WriteString(term.Blanks(p.x-x) + c.Pen + aligned(t.styled(c, base+c.Pen), p.W, t.Columns[p.Column].Align))
		if c.Pen != "" || len(c.Matches) > 0 || strings.Contains(c.Text, "\x1b") {
			b.WriteString(theme.Reset + base)
		}
		x = p.x + p.W
	}
	end := g.width
	if g.Bar {
		end--
	}
	b.WriteString(term.Blanks(end-x) + theme.Reset)
	return b.String()
}

// styled is the text with its matches highlighted; base comes back after each
// change of style inside.
func (t Table) styled(c Cell, base string) string {
	if len(c.Matches) == 0 {
		if strings.Contains(c.Text, "\x1b") {
			return strings.ReplaceAll(strings.ReplaceAll(c.Text, "\x1b[0m", theme.Reset), theme.Reset, theme.Reset+base)
		}
		return c.Text
	}
	var b strings.Builder
	matches, on := c.Matches, false
	for i, r := range c.Text {
		for len(matches) > 0 && matches[0] < i {
			matches = matches[1:]
		}
		hit := len(matches) > 0 && matches[0] == i
		if unicode.IsMark(r) || r == '\u200d' || r == '\u200c' { // part of the character before
			hit = on
		}
		if hit != on {
			if on = hit; on {
				b.WriteString(t.Styles.Match)
			} else {
				b.WriteString(theme.Reset + base)
			}
		}
		b.WriteRune(r)
	}
	if on {
		b.WriteString(theme.Reset + base)
	}
	return b.String()
}

// drawBar is the scroll bar's column at visible line y; empty without a bar.
func (t Table) drawBar(g TableGeometry, y int) string {
	if !g.Bar {
		return ""
	}
	thumb := max(1, g.Rows*g.Rows/g.total)
	first := g.Top * (g.Rows - thumb) / (g.total - g.Rows)
	if g.Top > 0 && g.Rows > thumb {
		first = max(first, 1)
	}
	if y >= first && y < first+thumb {
		return t.Styles.Accent + "┃" + theme.Reset
	}
	return t.Styles.Dim + "│" + theme.Reset
}
