package duplicates

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/widget"
)

// rowList is the list that is shown.
func (d *Screen) rowList() *widget.List {
	if d.clusters.on {
		return &d.clusters.list
	}
	return &d.list
}

// Move moves the selection; there is nothing to the left or right.
func (d *Screen) Move(rows, _ int) { d.choose(d.rowList().Cursor + rows) }

// Page is how many rows a page key moves.
func (d *Screen) Page() int { return d.rowList().Page() }

// Under are the texts of the pair.
func (d *Screen) Under() []int {
	p, ok := d.shown()
	if d.needsRow() != "" || !ok {
		return nil
	}
	return []int{int(p[0]), int(p[1])}
}

// choose selects a row, and with it the cell under the cursor of the matrices.
func (d *Screen) choose(row int) {
	if d.clusters.on {
		d.clusters.choose(row)
		return
	}
	if len(d.rows) == 0 {
		return
	}
	d.list.Put(row)
	d.selected = d.rows[d.list.Cursor]
	d.Session.SetCursor(int(d.selected[0]), int(d.selected[1]))
	d.seen = [2]int{d.Session.CursorA(), d.Session.CursorB()}
}

// Mouse selects the row or the candidate that was clicked, sorts by the column
// whose title was, or scrolls.
func (d *Screen) Mouse(ev ui.Mouse, s ui.Size) tea.Cmd {
	if ev.Wheel != 0 {
		d.choose(d.rowList().Cursor + 3*ev.Wheel)
		return nil
	}
	l := d.layout(s)
	switch {
	case d.emptyText() != "":
	case l.list.Contains(ev.X, ev.Y) && d.needsRow() == "":
		d.clickList(ev.X-l.list.X, ev.Y-l.list.Y, l.list.Size())
	case l.summary.Contains(ev.X, ev.Y) && l.summary.H > 1 && ev.Y > l.summary.Y:
		d.Session.SetFocus(ev.Y - l.summary.Y - 1)
	}
	return nil
}

func (d *Screen) clickList(x, y int, s ui.Size) {
	g := d.drawnTable(s).Fit(s.W, s.H)
	if row, ok := g.RowAt(y); ok {
		d.choose(row)
		return
	}
	column, ok := g.ColumnAt(x)
	if !ok || !g.OnHeader(y) {
		return
	}
	if d.clusters.on {
		if by := d.clusters.columns(s.W)[column].sort; by != "" {
			d.clusters.sortBy(by, by == d.clusters.sort.by && !d.clusters.sort.reversed)
		}
		return
	}
	by := d.columns(s.W)[column].sort
	d.sort(by, by == d.sortBy && !d.reversed)
}

// drawnTable is the list that is shown, in a size.
func (d *Screen) drawnTable(s ui.Size) widget.Table {
	if d.clusters.on {
		return d.clusters.table(s.W, s.H)
	}
	return d.table(s.W, s.H)
}
