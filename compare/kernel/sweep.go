package kernel

import (
	"errors"
	"fmt"
)

const (
	// TileRows and TileColumns are the most that a [Tile] holds.
	TileRows    = 96
	TileColumns = 128
	// chunk is how many values of its rows a tile takes at a time: the rows of a
	// tile then stay in a core's second-level cache, those taken at once in the first.
	chunk = 512
	// tileStride is how far apart the rows of a tile lie: an odd number of cache lines,
	// so that they do not compete for the same places in a cache.
	tileStride = TileColumns + step
)

// Tile holds the products of some rows with some others. It is filled by a [Sweep]
// and used again for the next ones; the zero value is ready.
type Tile struct {
	sums, values  products
	shown         *products
	rows, columns int
	packed        Packed // the rows, of the sweep that they are of
	panels        panels // or these
	first, count  int    // of the panels, those of the tile
	of            *Sweep
	taken         Span
}

// products are rows of a tile, or the columns of one that is computed in panels.
type products [TileColumns * sumsStride]float32

// begin makes t a tile of rows and columns of s with nothing added up.
func (t *Tile) begin(s *Sweep, rows, columns Span) {
	t.rows, t.columns = rows.len(), columns.len()
	if s.loops.panels != nil {
		t.beginPanels(s, rows)
		return
	}
	clear(t.sums[:t.rows*tileStride])
	if t.of == s && t.taken == rows {
		return
	}
	t.of, t.taken = s, rows
	t.packed.reserve(s.m, rows)
	for _, l := range s.lengths {
		t.packed.take(s.m, rows, l.from, l.to)
	}
}

// beginPanels is begin for loops over panels: those of some of the rows before are there.
func (t *Tile) beginPanels(s *Sweep, rows Span) {
	clear(t.sums[:t.columns*sumsStride])
	before := rows.From - t.taken.From
	loops := s.loops.panels
	if t.of != s || before < 0 || before%loops.rows != 0 || rows.To > t.taken.To {
		t.of, t.taken, before = s, rows, 0
		t.panels.reserve(s.m, rows, loops.rows)
		for _, l := range s.lengths {
			t.panels.take(loops, s.m, rows, l.from, l.to)
		}
	}
	t.first, t.count = before/loops.rows, (t.rows+loops.rows-1)/loops.rows
}

// add adds the products over the values of a length, and shows the sums.
func (t *Tile) add(s *Sweep, columns Span, l length, last bool) {
	if loops := s.loops.panels; loops != nil {
		t.panels.add(loops, s.m, columns, t.first, t.count, l.from, l.to, t.sums[:])
		t.shown = &t.values
		for j := 0; j < t.columns; j += 8 {
			loops.transpose(&t.sums[j*sumsStride], sumsStride, (t.rows+7)/8*8, &t.values[j], tileStride)
		}
		return
	}
	t.packed.add(s.loops, s.m, columns, l.from, l.to, t.sums[:], tileStride)
	t.shown = &t.sums
	if l.tail.rows > 0 || !last {
		t.shown = &t.values
		copy(t.values[:t.rows*tileStride], t.sums[:])
	}
}

// Rows returns how many rows the tile has.
func (t *Tile) Rows() int { return t.rows }

// Row returns the products of the tile's i-th row with its columns. They are lent,
// and may be changed, until the next length or tile.
func (t *Tile) Row(i int) []float32 {
	return t.shown[i*tileStride : i*tileStride+t.columns]
}

// Span is the rows From, From+1, … up to, not including, To.
type Span struct{ From, To int }

func (s Span) len() int { return s.To - s.From }

// within reports whether a span is of 1 to most rows of n.
func (s Span) within(n, most int) bool {
	return s.From >= 0 && s.From < s.To && s.To <= n && s.len() <= most
}

// Sweep computes the products of the rows of a matrix with each other, tile by
// tile, at one or several lengths: the product of the beginnings of two rows is the
// beginning of the sum for the whole. It may be used by several goroutines at once,
// each with a tile of its own.
type Sweep struct {
	m       Matrix
	loops   variant
	lengths []length
}

// length is a length of the rows that products are wanted at.
type length struct {
	from, to int    // the values, whole steps, that go into the sums before it is reached
	tail     Matrix // the values of every row after them; no rows when there are none
}

// errLengths reports lengths that no sweep can be made of.
var errLengths = errors.New("the lengths of a sweep must ascend, from 1 to that of the rows")

// NewSweep returns a sweep over m at lengths that ascend; without any, at that of
// the rows.
func NewSweep(m Matrix, lengths ...int) (*Sweep, error) {
	if len(lengths) == 0 {
		lengths = []int{m.columns}
	}
	s := &Sweep{m: m, loops: chosen}
	from, before := 0, 0
	for _, n := range lengths {
		if n <= before || n > m.columns {
			return nil, fmt.Errorf("%w: %d of %d", errLengths, lengths, m.columns)
		}
		l := length{from: from, to: n / step * step}
		if n == m.columns {
			l.to = m.padded()
		} else if l.to < n {
			var err error
			if l.tail, err = m.cut(l.to, n); err != nil {
				return nil, err
			}
		}
		s.lengths = append(s.lengths, l)
		from, before = l.to, n
	}
	return s, nil
}

// cut copies the columns from, from+1, … up to, not including, to.
func (m Matrix) cut(from, to int) (Matrix, error) {
	part, err := New(m.rows, to-from)
	if err != nil {
		return Matrix{}, err
	}
	for i := range m.rows {
		copy(part.Row(i), m.Row(i)[from:to])
	}
	return part, nil
}

// errSpan reports rows that are not there or do not fit in a tile.
var errSpan = fmt.Errorf("a tile holds from 1 to %d rows and %d columns of the matrix", TileRows, TileColumns)

// Tile computes the products of some rows with others and calls visit with the place
// of each length in turn, while t holds the products at that length. It is fastest when
// the rows are those of the call before, or begin a multiple of [RowsTogether] further on
// among them: t keeps a copy of these.
func (s *Sweep) Tile(t *Tile, rows, columns Span, visit func(length int)) error {
	if !rows.within(s.m.rows, TileRows) || !columns.within(s.m.rows, TileColumns) {
		return fmt.Errorf("%w: %v and %v of %d", errSpan, rows, columns, s.m.rows)
	}
	t.begin(s, rows, columns)
	for at, l := range s.lengths {
		t.add(s, columns, l, at+1 == len(s.lengths))
		if l.tail.rows > 0 {
			s.loops.addRows(l.tail, l.tail, rows, columns, 0, step, t.values[:], tileStride)
		}
		visit(at)
	}
	return nil
}

// RowsTogether is how many rows of a tile the loops of a sweep take at a time: fewer, or
// a number that it does not divide, take as long as more.
func RowsTogether() int {
	if chosen.panels == nil {
		return panelRows
	}
	return chosen.panels.rows
}

// Additions returns the most additions that a value of a product of rows of so many
// values goes through, in any of the loops: each can round by half a unit.
func Additions(columns int) int { return min(columns, chunk) + columns/panelChunk + step }
