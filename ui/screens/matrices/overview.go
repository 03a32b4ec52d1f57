package matrices

import (
	"context"
	"math"
	"slices"
	"sort"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
)

// overview shows many texts at once: every cell is the mean of a block of pairs.
type overview struct {
	of     overviewOf
	order  []int // of the texts when it was made
	starts []int // the places in the order at which blocks begin
	tiles  map[*compare.Matrix]*compare.Tiles
}

// overviewOf is what an overview is made of. Every order has a list of its own.
type overviewOf struct {
	results [session.MaxCandidates]*pipeline.Result
	order   *int
	texts   int
	size    int // texts a block
}

const (
	// overviewFrom is how many texts are shown each by itself at the most until the person
	// zooms.
	overviewFrom = 200
	// leastBlocks and mostBlocks are how many blocks a matrix has when it is seen whole.
	leastBlocks, mostBlocks = 8, 60
	// mostRuns is how many blocks a matrix has when it is not; what is kept of them grows
	// with their square.
	mostRuns = 1000
)

// blockSizes are the steps of the zoom, as the numbers 1, 2 and 5 of each power of ten.
func blockSizes() []int {
	var sizes []int
	for unit := 1; unit <= 1_000_000; unit *= 10 {
		sizes = append(sizes, unit, 2*unit, 5*unit)
	}
	return sizes
}

// leastSize is the place among blockSizes of the least size of blocks of n texts; below it
// every text is shown by itself.
func leastSize(n int) int {
	return slices.IndexFunc(blockSizes()[1:], func(size int) bool { return n <= size*mostRuns }) + 1
}

// wholeSize is the least size of blocks with which the whole matrix has room.
func (m *Screen) wholeSize() int {
	order := m.order()
	room := m.blocksInView()
	for _, size := range blockSizes() {
		if (len(order)+size-1)/size <= room {
			return size
		}
	}
	return len(order)
}

// blocksInView is how many blocks a matrix shows legibly in the window.
func (m *Screen) blocksInView() int {
	const labels, beside, around = 12, 60, 10
	w := m.Body.W - labels
	if m.Body.W >= asideFrom {
		w -= beside
	}
	abreast := min(max(len(m.shownPanels(m.Body)), 1), max((w+panelGap)/(readableWidth+panelGap), 1))
	return min(max(min((w-(abreast-1)*panelGap)/abreast/2, m.Body.H-around), leastBlocks), mostBlocks)
}

// blockSize is how many texts a block has; 1 where every text is shown by itself.
func (m *Screen) blockSize() int {
	whole := m.wholeSize()
	switch {
	case m.zoom > 1:
		return min(max(m.zoom, blockSizes()[leastSize(len(m.order()))]), whole)
	case m.zoom == 1:
		return 1
	case len(m.order()) > overviewFrom:
		return whole
	}
	return 1
}

// cannotZoom gives the reason why there is no larger or smaller block.
func (m *Screen) cannotZoom(by int) func() string {
	return func() string {
		switch {
		case by < 0 && m.blockSize() <= 1:
			return "every row is one text already"
		case by > 0 && m.blockSize() >= m.wholeSize():
			return "all texts are in view already"
		}
		return ""
	}
}

// zoomFooter is the place of zooming in among the hints of the footer: it is one where there
// are blocks.
func (m *Screen) zoomFooter() int {
	if m.over == nil {
		return 0
	}
	return 3
}

// resizeBlocks takes the next larger or smaller size of blocks.
func (m *Screen) resizeBlocks(by int) {
	sizes, now := blockSizes(), m.blockSize()
	at := sort.SearchInts(sizes, now)
	least := leastSize(len(m.order()))
	switch {
	case by < 0 && at <= least:
		at = 0
	case by < 0:
		at--
	case now == 1:
		at = least
	case sizes[at] == now:
		at++
	}
	m.zoom = sizes[min(max(at, 0), len(sizes)-1)]
}

// stopAveraging ends the making of an overview that is not wanted any more.
func (m *Screen) stopAveraging() {
	if m.endAveraging != nil {
		m.endAveraging()
	}
	m.averaging, m.endAveraging = overviewOf{}, nil
}

// followOverview makes the overview anew where it is of something else by now.
func (m *Screen) followOverview() tea.Cmd {
	order, ready := m.order(), m.Session.Ready()
	size := 1
	if len(order) > 0 && len(ready) > 0 {
		size = m.blockSize()
	}
	if size <= 1 {
		m.over = nil
		m.stopAveraging()
		return nil
	}
	of := overviewOf{order: &order[0], texts: len(order), size: size}
	for i, c := range ready {
		of.results[i] = c.Result
	}
	if m.over != nil && (m.over.of.results != of.results || m.over.of.order != of.order || m.over.of.texts != of.texts) {
		m.over = nil
	}
	if m.averaging == of {
		return nil
	}
	m.stopAveraging()
	if m.over != nil && m.over.of == of {
		return nil
	}
	made := &overview{of: of, order: slices.Clone(order), tiles: map[*compare.Matrix]*compare.Tiles{}}
	made.starts = m.blockStarts(order, size)
	work := func(ctx context.Context) (*overview, error) {
		for _, r := range of.results {
			if r == nil {
				continue
			}
			tiles, err := r.Matrix.Tiles(ctx, made.order, made.starts, r.Scan.Pairs())
			if err != nil {
				return nil, err
			}
			made.tiles[r.Matrix] = tiles
		}
		return made, nil
	}
	var ctx context.Context
	ctx, m.endAveraging = context.WithCancel(m.Session.Life())
	m.averaging = of
	return loop.Async(ctx, work, func(made *overview, err error) tea.Cmd {
		if err == nil && m.averaging == of {
			m.over = made
			m.stopAveraging()
		}
		return nil
	})
}

// blockStarts are the places at which blocks begin: every size texts and, where the texts
// stand by group and there is room for that, with every group.
func (m *Screen) blockStarts(order []int, size int) []int {
	starts := func(begins func(place int) bool) (list []int) {
		for place := range order {
			if place == 0 || begins(place) || place-list[len(list)-1] == size {
				list = append(list, place)
			}
		}
		return list
	}
	if m.byGroup() {
		texts := m.Session.Texts()
		byGroup := starts(func(place int) bool { return texts[order[place]].Group != texts[order[place-1]].Group })
		if len(byGroup) <= max(m.blocksInView(), 2*(len(order)+size-1)/size) {
			return byGroup
		}
	}
	return starts(func(int) bool { return false })
}

// byGroup tells that texts of a group stand together.
func (m *Screen) byGroup() bool {
	return m.Session.Order() == session.OrderGroup && m.Session.HasGroups()
}

// end is the place after the last of a block.
func (o *overview) end(block int) int {
	if block+1 < len(o.starts) {
		return o.starts[block+1]
	}
	return len(o.order)
}

// blockOf is the block of a place.
func (o *overview) blockOf(place int) int {
	return max(sort.Search(len(o.starts), func(b int) bool { return o.starts[b] > place })-1, 0)
}

// rowCount is how many rows a matrix has, of the texts in their order.
func (m *Screen) rowCount(order []int) int {
	if m.over != nil {
		return len(m.over.starts)
	}
	return len(order)
}

// rowOf is the row of a text.
func (m *Screen) rowOf(order []int, text int) int {
	place := session.IndexIn(order, text)
	if m.over != nil {
		return m.over.blockOf(place)
	}
	return place
}

// firstOf is the place of the first text of a row.
func (m *Screen) firstOf(row int) int {
	if m.over != nil {
		return m.over.starts[row]
	}
	return row
}

// enterCell puts the cursor on a cell: of a block on its strongest pair.
func (m *Screen) enterCell(order []int, row, col int) {
	if m.over == nil {
		m.Session.SetCursor(order[row], order[col])
		return
	}
	if tiles := m.tilesInFocus(); tiles != nil {
		if p, ok := tiles.Strongest(row, col); ok {
			m.Session.SetCursor(int(p.A), int(p.B))
			return
		}
	}
	a, b := m.over.starts[row], m.over.starts[col]
	if a == b && b+1 < m.over.end(col) {
		b++
	}
	m.Session.SetCursor(order[a], order[b])
}

// tilesInFocus are the blocks of the candidate in focus, else of the first that has some.
func (m *Screen) tilesInFocus() *compare.Tiles {
	var first *compare.Tiles
	for _, c := range m.Session.Ready() {
		tiles := m.over.tiles[c.Result.Matrix]
		if m.indexOf(c) == m.Session.Focused() {
			return tiles
		}
		if first == nil {
			first = tiles
		}
	}
	return first
}

// blockDelta is what cells of a difference of blocks show.
func (m *Screen) blockDelta() func(a, b int) (float64, bool) {
	x, y := m.over.tiles[m.deltaOf[0]], m.over.tiles[m.deltaOf[1]]
	return func(a, b int) (float64, bool) {
		if x == nil || y == nil {
			return 0, false
		}
		s, inX := x.At(a, b)
		t, inY := y.At(a, b)
		return m.delta.Of(s, t), inX && inY
	}
}

// blocksApart is how far the blocks of a difference lie from 0 at the most.
type blocksApart struct {
	over  *overview
	delta *compare.Delta
	most  float64
}

// measureBlocks looks at all blocks of the difference where it or they are others by now.
func (m *Screen) measureBlocks() {
	if m.apart.over == m.over && m.apart.delta == m.delta {
		return
	}
	m.apart = blocksApart{over: m.over, delta: m.delta}
	if m.over == nil || m.delta == nil {
		return
	}
	at := m.blockDelta()
	for a := range m.over.starts {
		for b := range a + 1 { // the others are the same again
			if v, ok := at(a, b); ok {
				m.apart.most = max(m.apart.most, math.Abs(v))
			}
		}
	}
}
