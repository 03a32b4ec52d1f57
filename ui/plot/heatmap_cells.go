package plot

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// step is where the cell lies on the scale, and its value.
func (p *heatmapPainter) step(row, col int) (step int, v float64) {
	if row >= p.g.n {
		return theme.NoStep, 0
	}
	v, ok := p.At(row, col)
	if !ok {
		return theme.NoStep, 0
	}
	return p.Ramp.Step(v, p.Lo, p.Hi), v
}

// ordinary writes a cell whose style may be the one in force already.
func (p *heatmapPainter) ordinary(sgr, s string) {
	if sgr != p.current {
		p.b.WriteString(sgr)
		p.current = sgr
	}
	p.b.WriteString(s)
}

// special writes a cell that shares its style with no neighbour.
func (p *heatmapPainter) special(sgr, s string) {
	p.b.WriteString(theme.Reset + sgr)
	p.b.WriteString(s)
	p.b.WriteString(theme.Reset)
	p.current, p.currentBg = "", ""
}

// crosses tells that a cell lies in the cursor's row or column.
func (p *heatmapPainter) crosses(row, col int) bool { return row == p.Row || col == p.Col }

// itself tells that a cell is of a text and itself.
func (p *heatmapPainter) itself(row, col int) bool { return row == col && !p.Blocks }

// begins tells that a group begins at a column, and has no room before it.
func (p *heatmapPainter) begins(col int) bool {
	return p.g.gaps == nil && slices.Contains(p.Breaks, col)
}

func (p *heatmapPainter) numberCell(row, col int) {
	step, v := p.step(row, col)
	w := p.g.CellWidth
	text := term.FitLeft("··", w)
	if step != theme.NoStep {
		text = cellNumber(v, w, p.g.decimals, !p.Delta)
	}
	switch {
	case row == p.Row && col == p.Col:
		p.special(p.Ramp.Inverted(step)+theme.Bold, text)
	case step == theme.NoStep:
		p.special(p.Styles.Dim+theme.Faint, text)
	case p.itself(row, col):
		p.special(p.Styles.Dim, text)
	case p.crosses(row, col):
		p.special(p.Ramp.Cell(step)+theme.Bold, text)
	case p.begins(col):
		p.ordinary(p.Ramp.Cell(step), "▏"+text[1:])
	default:
		p.ordinary(p.Ramp.Cell(step), text)
	}
}

// blankCell is what lies above and below the middle of a large cell.
func (p *heatmapPainter) blankCell(row, col int) {
	step, _ := p.step(row, col)
	w := p.g.CellWidth
	switch blank := term.Blanks(w); {
	case row == p.Row && col == p.Col:
		p.special(p.Ramp.Inverted(step), blank)
	case p.itself(row, col) || step == theme.NoStep:
		p.special("", blank)
	case col == p.Col:
		p.ordinary(p.Ramp.Cell(step), centred("│", w, " "))
	case p.Ramp.Colour() || p.g.Mode == CellNumbers:
		p.ordinary(p.Ramp.Cell(step), blank)
	default:
		p.b.WriteString(strings.Repeat(p.Ramp.Shade(step), w))
	}
}

// centred puts a mark of few columns in the middle of w, between fillings.
func centred(mark string, w int, fill string) string {
	before := (w - term.Width(mark)) / 2
	return strings.Repeat(fill, before) + mark + strings.Repeat(fill, w-before-term.Width(mark))
}

// mark is the sign of that number of columns, or the double one in the middle.
func mark(signs [2]string, w int) string {
	if w == 1 {
		return signs[0]
	}
	return centred(signs[1], w, " ")
}

var (
	cursorMarks   = [2]string{"◆", "[]"}
	diagonalMarks = [2]string{"╲", "╲╲"}
	absentMarks   = [2]string{"·", "··"}
)

func (p *heatmapPainter) colourCell(row, col int) {
	step, _ := p.step(row, col)
	w := p.g.CellWidth
	switch {
	case row == p.Row && col == p.Col && p.Ramp.Colour():
		p.special(p.Ramp.Cell(step)+theme.Bold, mark(cursorMarks, w))
	case row == p.Row && col == p.Col:
		p.special(theme.Reverse+theme.Bold, mark(cursorMarks, w))
	case p.itself(row, col):
		p.special(p.Styles.Dim, mark(diagonalMarks, w))
	case step == theme.NoStep:
		p.special(p.Styles.Dim+theme.Faint, mark(absentMarks, w))
	case p.Ramp.Colour():
		p.ordinary(p.Ramp.Cell(step), p.sign(row, col, step))
	default:
		shade := p.Ramp.Shade(step)
		for range w - 1 {
			p.b.WriteString(shade)
		}
		if cross := p.cross(row, col); cross != "" && w > 1 {
			shade = cross
		}
		p.b.WriteString(shade)
	}
}

// point is what a coloured cell shows besides its colour: a point for the upper half of the
// scale, a thick one for its upper quarter; of differences plus and minus for the outer
// quarters.
func (h Heatmap) point(step int) string {
	switch strong := h.strong(step); {
	case h.Delta && strong > 0:
		return "+"
	case strong < 0:
		return "-"
	case strong > 0:
		return "•"
	case !h.Delta && step >= theme.RampSteps/2:
		return "·"
	}
	return " "
}

// strong tells whether a step is in the upper quarter of the scale, 1, or, of differences, in
// the lower one, -1.
func (h Heatmap) strong(step int) int {
	switch {
	case step >= theme.RampSteps*3/4:
		return 1
	case h.Delta && step != theme.NoStep && step < theme.RampSteps/4:
		return -1
	}
	return 0
}

// sign is what a coloured cell shows besides its colour: its point and the crosshair of the
// cursor.
func (p *heatmapPainter) sign(row, col, step int) string {
	point := p.point(step)
	cross := p.cross(row, col)
	switch w := p.g.CellWidth; {
	case w == 1 && cross != "":
		return cross
	case w == 1:
		return point
	case cross == "" && point == " " && p.begins(col):
		return "▏" + term.Blanks(w-1)
	case cross == "":
		return centred(point, w, " ")
	case w == 2:
		return point + cross
	case row == p.Row:
		return centred(point+"─", w, "─")
	default:
		return centred(point+"│", w, " ")
	}
}

// cross is the line through the cursor where it goes through a cell.
func (p *heatmapPainter) cross(row, col int) string {
	switch {
	case row == p.Row:
		return "─"
	case col == p.Col:
		return "│"
	}
	return ""
}

// halfCell writes two rows; the diagonal stays open, the cursor's half has a
// colour that the scale has not.
func (p *heatmapPainter) halfCell(row, rows, col int) {
	top, bottom := p.halfStep(row, col), theme.NoStep
	if rows == 2 {
		bottom = p.halfStep(row+1, col)
	}
	switch {
	case col == p.Col && row == p.Row:
		p.special(p.Ramp.Mark+p.Ramp.Background[theme.Slot(bottom)], "▀")
	case col == p.Col && row+1 == p.Row && rows == 2:
		p.special(p.Ramp.Mark+p.Ramp.Background[theme.Slot(top)], "▄")
	default:
		if sign, on := p.halfSign(top, bottom); sign != "" {
			p.special(p.Ramp.Cell(on), sign)
			return
		}
		fg, bg, glyph := p.Ramp.Split(top, bottom)
		if bg != p.currentBg {
			p.b.WriteString(bg)
			p.currentBg = bg
		}
		p.ordinary(fg, glyph)
	}
}

// halfSign is what two rows in one line show where one of them stands out, and the step on
// whose colour it stands: an upper or a lower point, or both; of differences plus or minus.
// It is empty where neither does.
func (h Heatmap) halfSign(top, bottom int) (sign string, on int) {
	upper, lower := h.strong(top), h.strong(bottom)
	on = top
	if upper == 0 || lower != 0 && h.fromMiddle(bottom) > h.fromMiddle(top) {
		on = bottom
	}
	switch {
	case upper == 0 && lower == 0:
		return "", on
	case h.Delta:
		return h.point(on), on
	case upper == 0:
		return ".", on
	case lower == 0:
		return "'", on
	}
	return ":", on
}

// fromMiddle is how far a step lies from the least that the scale shows.
func (h Heatmap) fromMiddle(step int) int {
	if !h.Delta {
		return step
	}
	return max(step-theme.RampSteps/2, theme.RampSteps/2-1-step)
}

func (p *heatmapPainter) halfStep(row, col int) int {
	if p.itself(row, col) {
		return theme.NoStep
	}
	step, _ := p.step(row, col)
	return step
}

// cellNumber is v in w columns of which the first stays blank: "  .875", " -.12",
// " 1.00", with that many decimals, or as many as have room. Similarities are rounded
// down, so that nothing under 1 looks like it.
func cellNumber(v float64, w, decimals int, down bool) string {
	v = max(-1e6, min(v, 1e6))
	for ; decimals > 0; decimals-- {
		unit := math.Pow10(decimals)
		n := math.Round(v * unit)
		if down {
			n = math.Floor(v*unit + 1e-9)
		}
		text := strconv.FormatFloat(n/unit+0, 'f', decimals, 64)
		switch {
		case strings.HasPrefix(text, "0."):
			text = text[1:]
		case strings.HasPrefix(text, "-0."):
			text = "-" + text[2:]
		}
		if len(text) < w {
			return term.FitLeft(text, w)
		}
	}
	return term.FitLeft(strconv.FormatFloat(v, 'f', 0, 64), w)
}
