package duplicates

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// pairsLayout is how the duplicates screen is divided.
type pairsLayout struct {
	summary ui.Rect // a line for every candidate under a header; or one line
	note    ui.Rect // may be empty
	curve   ui.Rect // may be empty
	filter  ui.Rect // empty without one
	list    ui.Rect
	under   ui.Rect // pairs just under the thresholds, below a short list; may be empty
	foot    ui.Rect // the selected pair under the list; may be empty
	detail  ui.Rect // the selected pair in full, beside the list; may be empty
}

const (
	// detailFrom is the width from which on the pair stands beside the list, where that
	// leaves room for all of its columns and detailLeast for the pair.
	detailFrom  = 150
	detailLeast = 58
	curveLines  = 10
	columnsGap  = 2
)

// layout divides a body of that size.
func (d *Screen) layout(s ui.Size) pairsLayout {
	var l pairsLayout
	summary := d.summaryHeight(s)
	l.summary = ui.Rect{X: 0, Y: 0, W: s.W, H: summary}
	y := summary
	if h := d.noteHeight(s); h > 0 {
		l.note = ui.Rect{X: 0, Y: y, W: s.W, H: h}
		y += h
	}
	left, need := s.W, d.listNeeds()
	if s.W >= max(detailFrom, need+columnsGap+detailLeast) && s.H >= 24 {
		left = max(s.W*60/100, need)
		right := ui.Rect{X: left + columnsGap, Y: y, W: s.W - left - columnsGap, H: s.H - y}
		l.curve = ui.Rect{X: right.X, Y: y, W: right.W, H: min(curveLines+4, right.H/2)}
		l.detail = ui.Rect{X: right.X, Y: y + l.curve.H + 1, W: right.W, H: right.H - l.curve.H - 1}
	} else if s.H >= 32 {
		l.curve = ui.Rect{X: 0, Y: y, W: s.W, H: curveLines}
		y += curveLines
	} else if d.spread && s.H >= leastForSpread {
		l.curve = ui.Rect{X: 0, Y: y, W: s.W, H: spreadLines}
		y += spreadLines
	}
	if l.detail.H == 0 {
		foot := 0
		switch {
		case s.H >= 16:
			foot = 3
		case s.H >= 10:
			foot = 2
		}
		l.foot = ui.Rect{X: 0, Y: s.H - foot, W: s.W, H: foot}
	}
	if d.filter.Shown() {
		l.filter = ui.Rect{X: 0, Y: y, W: left, H: 1}
		y++
	}
	l.list = ui.Rect{X: 0, Y: y, W: left, H: max(s.H-y-l.foot.H, 0)}
	if l.under = d.underRect(s, l.list); l.under.H > 0 {
		l.list.H = l.under.Y - 1 - l.list.Y
	}
	return l
}

// View draws the candidates with their curves over the list of pairs or clusters, and
// the pair under the cursor.
func (d *Screen) View(s ui.Size) []string {
	if empty := d.emptyText(); empty != "" {
		return widget.CenteredText(empty, s, d.Theme)
	}
	l := d.layout(s)
	c := widget.NewCanvas(s)
	c.Put(l.summary, d.summary(l.summary.Size(), l.curve.H == 0))
	c.Put(l.note, d.note(l.note.W))
	switch {
	case l.curve.H == 0:
	case d.spread:
		c.Put(l.curve, d.drawSpreads(l.curve.Size()))
	default:
		c.PutExact(l.curve, d.curve().Draw(l.curve.W, l.curve.H))
	}
	if l.filter.H > 0 {
		c.Put(l.filter, []string{d.filterLine(l.filter.W)})
	}
	if p, ok := d.shown(); ok {
		c.PutExact(l.list, d.drawnTable(l.list.Size()).Draw(l.list.W, l.list.H))
		if l.under.H > 0 {
			c.Put(l.under, d.drawUnder(l.under.Size()))
		}
		c.Put(l.foot, d.foot(p, l.foot.Size()))
		c.Put(l.detail, d.detail(p, l.detail.Size()))
	} else {
		said := d.clusters.nothing(l.list.W)
		if !d.clusters.on {
			said = d.nothingFound(l.list.W, l.list.H+l.foot.H)
		}
		c.Put(ui.Rect{X: l.list.X, Y: l.list.Y, W: l.list.W, H: l.list.H + l.foot.H}, said)
		if under := d.underNothing(s, l.list, len(said)); under.H > 0 {
			c.Put(under, d.drawUnder(under.Size()))
			c.Put(l.detail, d.spreadsBelow(l.detail.Size()))
		}
	}
	return c.Lines()
}

// markedPairs remembers the lines of the pairs that were shown last, because finding
// where two texts differ is most of what drawing the list takes.
type markedPairs struct {
	of    markedOf
	lines map[[2]int32][2]string
}

// markedOf is what the lines were made for.
type markedOf struct {
	texts  *corpus.Text // the first one: a revision has texts of its own
	n      int
	wa, wb int
	look   string
}

// mostMarked is how many pairs are remembered at the most.
const mostMarked = 1000

// pair gives both texts of a pair in a line each, wa and wb columns wide at the
// most, with what differs in that look.
func (m *markedPairs) pair(texts []corpus.Text, of [2]int32, wa, wb int, look string) (a, b string) {
	drawing := markedOf{&texts[0], len(texts), wa, wb, look}
	if m.of != drawing || len(m.lines) >= mostMarked {
		m.of, m.lines = drawing, map[[2]int32][2]string{}
	}
	lines, ok := m.lines[of]
	if !ok {
		as, bs := pair.MarkedWindows(texts[of[0]].Text, texts[of[1]].Text, max(wa, wb))
		lines = [2]string{pair.MarkedLine(as, wa, look), pair.MarkedLine(bs, wb, look)}
		m.lines[of] = lines
	}
	return lines[0], lines[1]
}

// foot shows the texts of a pair, a line each.
func (d *Screen) foot(p [2]int32, s ui.Size) []string {
	if s.H < 2 {
		return nil
	}
	texts := d.Session.Texts()
	a, b := int(p[0]), int(p[1])
	digits := len(fmt.Sprint(len(texts)))
	room := max(s.W-digits-2, 1)
	as, bs := pair.MarkedWindows(texts[a].Text, texts[b].Text, room)
	number := func(i int) string { return d.Theme.Accent.Bold().Render(term.PadLeft(fmt.Sprint(i+1), digits)) }
	lines := []string{
		number(a) + " " + pair.MarkedLine(as, room, d.Theme.Codes.Match),
		number(b) + " " + pair.MarkedLine(bs, room, d.Theme.Codes.Match),
	}
	if s.H > 2 {
		rule := strings.Repeat("─", s.W)
		if d.clusters.on {
			rule = d.clusters.headRule(s.W)
		}
		lines = append([]string{d.Theme.Dim.Render(rule)}, lines...)
	}
	return lines
}

// detail shows a pair beside the list, of each text as much as there is room for.
func (d *Screen) detail(p [2]int32, s ui.Size) []string {
	if s.H < 8 {
		return nil
	}
	a, b := int(p[0]), int(p[1])
	values := append(pair.Values(d.Session, a, b, s.W, d.Theme), "")
	room := s.H - len(values)
	lines := pair.Texts(d.Session, a, b, s.W, max(room/2-3, 1)*s.W, d.Theme)
	if len(lines) > room {
		lines = append(lines[:max(room-1, 0)], d.Theme.Dim.Render("… enter shows the pair in full"))
	}
	lines = append(values, lines...)
	return append(lines, d.spreadsBelow(ui.Size{W: s.W, H: s.H - len(lines)})...)
}
