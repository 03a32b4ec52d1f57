package kernel

import "fmt"

// Packed is a copy of up to [TileRows] rows of a matrix in the order in which the loops
// read them: a chunk of every row, one after the other, then the next. What is multiplied
// with many rows is read often, and a good deal faster so. The zero value is ready to
// take rows; it may be multiplied by several goroutines at once.
type Packed struct {
	rows, columns int
	values        []float32
}

// Take makes p a copy of rows of m and returns whether they fit: there are from 1 to
// [TileRows].
func (p *Packed) Take(m Matrix, rows Span) bool {
	if !rows.within(m.rows, TileRows) {
		return false
	}
	p.reserve(m, rows)
	p.take(m, rows, 0, m.padded())
	return true
}

// Packed returns a copy of rows of m, of which there are from 1 to [TileRows], in the
// memory of b.
func (b *Buffer) Packed(m Matrix, rows Span) (Packed, error) {
	if !rows.within(m.rows, TileRows) {
		return Packed{}, fmt.Errorf("%w: %v of %d", errRows, rows, m.rows)
	}
	room, err := b.take(rows.len(), m.padded())
	if err != nil {
		return Packed{}, err
	}
	p := Packed{values: room.values}
	p.Take(m, rows)
	return p, nil
}

// AddProducts adds the products of the rows of p with those of y to out, as [AddProducts]
// does. The error is a *[ShapesError].
func (p *Packed) AddProducts(out, y Matrix) error { return p.addProducts(chosen, out, y) }

func (p *Packed) addProducts(v variant, out, y Matrix) error {
	if err := checkShapes(out.shape(), [2]int{p.rows, p.columns}, y.shape()); err != nil {
		return err
	}
	inTiles(y.rows, func(columns Span) {
		p.add(v, y, columns, 0, y.padded(), out.values[columns.From:], out.stride)
	})
	return nil
}

// reserve makes room for rows of m.
func (p *Packed) reserve(m Matrix, rows Span) {
	p.rows, p.columns = rows.len(), m.columns
	n := p.rows * m.padded()
	if n > cap(p.values) {
		p.values = aligned(n)
	}
	p.values = p.values[:n]
}

// take copies the values [from, to) of rows of m.
func (p *Packed) take(m Matrix, rows Span, from, to int) {
	out := p.values[rows.len()*from:]
	for ; from < to; from += chunk {
		k := min(chunk, to-from)
		of := m.from(rows, from)
		for i := range of.rows {
			copy(out, of.row(i, k))
			out = out[k:]
		}
	}
}

// add adds to out the products of all rows with columns, rows of y, over the values
// [from, to), which were taken at once.
func (p *Packed) add(v variant, y Matrix, columns Span, from, to int, out []float32, ldc int) {
	for ; from < to; from += chunk {
		k := min(chunk, to-from)
		v.add(part{p.values[p.rows*from:], p.rows, k}, y.from(columns, from), k, out, ldc)
	}
}
