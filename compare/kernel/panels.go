package kernel

const (
	// panelRows is how many rows lie value by value in a panel, and panelChunk how many
	// values of them are multiplied at a time: they stay in a core's first-level cache.
	panelRows, panelChunk = 24, 256
	// sumsStride is how far apart the sums of a column lie: an odd number of cache lines.
	sumsStride = TileRows + step
)

// panelLoops are loops over panels, in which a product is one sum from end to end.
type panelLoops struct {
	// add adds to out, in rows ldc apart, the products of groups of four rows of x with a
	// panel, over k values: whole steps.
	add func(x, panel *float32, ldx, k int, out *float32, ldc, groups int)
	// transpose puts the n values, a multiple of eight, of eight rows of x into as many rows
	// of eight in out.
	transpose func(x *float32, ldx, n int, out *float32, ldc int)
}

// panels are a copy of up to [TileRows] rows of a matrix as the loops over panels read them:
// a chunk of the first panel, of the next, then the next chunk.
type panels struct {
	count  int
	values []float32
}

// reserve makes room for rows of m.
func (p *panels) reserve(m Matrix, rows Span) {
	p.count = (rows.len() + panelRows - 1) / panelRows
	n := p.count * panelRows * m.padded()
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
			out := p.values[(p.count*from+j*k)*panelRows:][:k*panelRows]
			for i := j * panelRows; i < (j+1)*panelRows; i, out = i+8, out[8:] {
				if i+8 <= of.rows {
					loops.transpose(&of.values[i*of.stride], of.stride, k, &out[0], panelRows)
					continue
				}
				for r := range 8 {
					spread(of, i+r, k, out[r:])
				}
			}
		}
	}
}

// spread puts a row, or zeros if there is none, into a panel.
func spread(of part, i, k int, out []float32) {
	for at := range k {
		out[at*panelRows] = 0
		if i < of.rows {
			out[at*panelRows] = of.values[i*of.stride+at]
		}
	}
}

// add adds to sums, for columns, rows of y, the products with so many panels from the first
// on, over the values [from, to), which were taken at once.
func (p *panels) add(loops *panelLoops, y Matrix, columns Span, first, count, from, to int, sums []float32) {
	for ; from < to; from += panelChunk {
		k := min(panelChunk, to-from)
		x := &y.from(columns, from).values[0]
		for j := range count {
			of := &p.values[(p.count*from+(first+j)*k)*panelRows]
			loops.add(x, of, y.stride, k, &sums[j*panelRows], sumsStride, (columns.len()+rowsAtOnce-1)/rowsAtOnce)
		}
	}
}
