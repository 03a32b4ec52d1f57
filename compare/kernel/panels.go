package kernel

const (
	// panelRows is how many rows lie value by value in a panel of bytes, and panelChunk how
	// many values of those in any are multiplied at a time: they stay in a core's cache.
	panelRows, panelChunk = 24, 256
	// sumsStride is how far apart the sums of a column lie: an odd number of cache lines.
	sumsStride = TileRows + step
)

// panelLoops are loops over panels, in which a product is one sum from end to end.
type panelLoops struct {
	rows     int // of a panel, which divide TileRows: each fills whole groups of eight
	together int // how many rows of x make a group: a multiple of rowsAtOnce
	// add adds to out, in rows ldc apart, the products of groups of rows of x with a panel,
	// over k values: whole steps. addLast does with groups of rowsAtOnce rows.
	add, addLast func(x, panel *float32, ldx, k int, out *float32, ldc, groups int)
	// transpose puts the n values, a multiple of eight, of eight rows of x into as many rows
	// of eight in out.
	transpose func(x *float32, ldx, n int, out *float32, ldc int)
}

// panels are a copy of up to [TileRows] rows of a matrix as the loops over panels read them:
// a chunk of the first panel, of the next, then the next chunk.
type panels struct {
	rows   int // of each
	count  int
	values []float32
}

// reserve makes room for rows of m, in panels of so many.
func (p *panels) reserve(m Matrix, rows Span, together int) {
	p.rows, p.count = together, (rows.len()+together-1)/together
	n := p.count * p.rows * m.padded()
	if n > cap(p.values) {
		p.values = aligned(n)
	}
	p.values = p.values[:n]
}

// take copies the values [from, to) of rows of m.
func (p *panels) take(loops *panelLoops, m Matrix, rows Span, from, to int) {
	for ; from < to; from += panelChunk {
		k := min(panelChunk, to-from)
		of := m.from(rows, from)
		for j := range p.count {
			out := p.values[(p.count*from+j*k)*p.rows:][:k*p.rows]
			for i := j * p.rows; i < (j+1)*p.rows; i, out = i+8, out[8:] {
				if i+8 <= of.rows {
					loops.transpose(&of.values[i*of.stride], of.stride, k, &out[0], p.rows)
					continue
				}
				for r := range 8 {
					p.spread(of, i+r, k, out[r:])
				}
			}
		}
	}
}

// spread puts a row, or zeros if there is none, into a panel.
func (p *panels) spread(of part, i, k int, out []float32) {
	for at := range k {
		out[at*p.rows] = 0
		if i < of.rows {
			out[at*p.rows] = of.values[i*of.stride+at]
		}
	}
}

// add adds to sums, for columns, rows of y, the products with so many panels from the first
// on, over the values [from, to), which were taken at once.
func (p *panels) add(loops *panelLoops, y Matrix, columns Span, first, count, from, to int, sums []float32) {
	whole, last := columns.len()/loops.together, (columns.len()%loops.together+rowsAtOnce-1)/rowsAtOnce
	after := whole * loops.together
	for ; from < to; from += panelChunk {
		k := min(panelChunk, to-from)
		x := y.from(columns, from).values
		for j := range count {
			of := &p.values[(p.count*from+(first+j)*k)*p.rows]
			if whole > 0 {
				loops.add(&x[0], of, y.stride, k, &sums[j*p.rows], sumsStride, whole)
			}
			if last > 0 {
				loops.addLast(&x[after*y.stride], of, y.stride, k, &sums[after*sumsStride+j*p.rows], sumsStride, last)
			}
		}
	}
}
