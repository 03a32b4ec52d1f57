package kernel

import "math"

const (
	// byteStep is how many int8 values of a row the loops take at a time.
	byteStep = 64
	// maxBytes is the most values in an int8 row whose products fit in 32 bits in
	// every loop on the way.
	maxBytes = 1 << 16
)

// Quantized is rows of a matrix in int8, each with a scale of its own, and how far
// they are from the true ones. It is memory for some rows at a time: make one with
// [NewQuantized] and fill it with [Quantized.Take].
type Quantized struct {
	rows, most, columns int
	stride              int
	values              []int8    // most rows and rowsAtOnce-1 more
	scales              []float32 // of each row: value times scale is about the true one
	less                []int32   // of each row, 128 times the sum of its values
	lengths             []float32 // of each row in int8 times its scale, rounded up
	errors              []float32 // length of each true row less that, rounded up
	of                  Matrix    // whose rows they are
	first               int       // of these
}

// byteStride returns how far apart int8 rows of so many values lie: whole chunks and an
// odd number of steps.
func byteStride(columns int) int {
	return (columns+byteChunk-1)/byteChunk*byteChunk + byteStep
}

// NewQuantized returns room for so many rows of so many columns. The error is a
// *[SizeError], also for more columns than 65,536.
func NewQuantized(rows, columns int) (*Quantized, error) {
	if err := checkSize(rows, columns); err != nil || columns > maxBytes {
		return nil, &SizeError{Rows: rows, Columns: columns}
	}
	stride, padded := byteStride(columns), rows+rowsAtOnce-1
	q := &Quantized{
		most: rows, columns: columns, stride: stride,
		values: make([]int8, padded*stride),
		scales: make([]float32, padded), less: make([]int32, padded),
		lengths: make([]float32, padded), errors: make([]float32, padded),
	}
	onLargePages(q.values)
	return q, nil
}

// Take fills q with rows of m, which has as many columns, and returns whether they
// fit.
func (q *Quantized) Take(m Matrix, rows Span) bool {
	if !q.Begin(m, rows) {
		return false
	}
	q.Fill(Span{To: q.rows})
	return true
}

// Begin is [Quantized.Take] with the values still to be filled in by [Quantized.Fill].
func (q *Quantized) Begin(m Matrix, rows Span) bool {
	if m.columns != q.columns || !rows.within(m.rows, q.most) {
		return false
	}
	q.rows, q.of, q.first = rows.len(), m, rows.From
	return true
}

// Fill makes some of the rows, counted from the first that is taken. Several goroutines may
// do so at once, each with others.
func (q *Quantized) Fill(some Span) { q.fill(chosen, some, chosen.longForm()) }

func (q *Quantized) fill(v variant, some Span, form byteForm) {
	for i := some.From; i < some.To; i++ {
		r := rounded(q.of.Row(q.first+i), q.values[i*q.stride:], v.eights, form)
		q.scales[i], q.less[i] = r.scale, 128*r.sums[0]
		q.lengths[i] = upward(math.Sqrt(float64(r.sums[1])) * float64(r.scale))
		q.errors[i] = upward(math.Sqrt(r.wrong))
	}
}

// QuantizedBlock is up to [TileRows] rows of a matrix in int8, as loops read those that
// are multiplied with many others. Make one with [NewQuantizedBlock].
type QuantizedBlock struct {
	rows   *Quantized
	panels []int8 // for loops over panels
}

// NewQuantizedBlock returns room for [TileRows] rows of so many columns. The error is that
// of [NewQuantized].
func NewQuantizedBlock(columns int) (*QuantizedBlock, error) {
	rows, err := NewQuantized(TileRows, columns)
	if err != nil {
		return nil, err
	}
	return &QuantizedBlock{rows: rows}, nil
}

// Take fills b with rows of m, which has as many columns, and returns whether they fit.
func (b *QuantizedBlock) Take(m Matrix, rows Span) bool { return b.take(chosen, m, rows) }

func (b *QuantizedBlock) take(v variant, m Matrix, rows Span) bool {
	if !b.rows.Begin(m, rows) {
		return false
	}
	b.rows.fill(v, Span{To: rows.len()}, v.blockForm())
	if v.panels8 != nil {
		b.pack(v.panels8)
	}
	return true
}

// Products is the room of one goroutine for products of int8 rows.
type Products struct {
	ints  [TileColumns * TileRows]int32
	x     *Quantized
	y     *QuantizedBlock
	rows  Span
	wrong float32 // the greatest error of a row of y
}

// Multiply computes about the products of rows of x, up to [TileColumns] of them, with the
// first so many of the block y, and returns whether there are such rows. What the other
// methods tell is of these, until the next call.
func (p *Products) Multiply(x *Quantized, y *QuantizedBlock, rows Span, columns int) bool {
	if x.columns != y.rows.columns || !rows.within(x.rows, TileColumns) || columns < 1 || columns > y.rows.rows {
		return false
	}
	chosen.multiplyBytes(x, y, rows, columns, p.ints[:])
	p.x, p.y, p.rows, p.wrong = x, y, rows, 0
	for _, e := range y.rows.errors[:columns] {
		p.wrong = max(p.wrong, e)
	}
	return true
}

// Similarities puts into out the first products of row i.
func (p *Products) Similarities(i int, out []float32) {
	ints, scale, scales := p.row(i, len(out))
	for j, v := range ints {
		out[j] = float32(v) * (scale * scales[j])
	}
}

// Bins puts into bins the bins, of [CoarseBins], of the first products of row i, and returns
// the greatest of these products.
func (p *Products) Bins(i int, bins []int32) (most float32) {
	ints, scale, scales := p.row(i, len(bins))
	most = -math.MaxFloat32
	for j := bytesInBins(ints, scale, scales, bins, &most); j < len(ints); j++ {
		x := float32(ints[j]) * (scale * scales[j])
		bins[j], most = coarseBin(x), max(most, x)
	}
	return most
}

// row gives the first n products of row i in whole numbers, and the scales of the rows.
func (p *Products) row(i, n int) (ints []int32, scale float32, scales []float32) {
	return p.ints[i*TileRows:][:n], p.x.scales[p.rows.From+i], p.y.rows.scales[:n]
}

// Bound is how far any of the products of row i may be from that of the true rows,
// rounding included, if these are of unit length or shorter:
//
//	|a·b − a'·b'| ≤ |a'||b − b'| + |a − a'||b|
//
// and four roundings.
func (p *Products) Bound(i int) float32 {
	at := p.rows.From + i
	return (p.x.lengths[at]*p.wrong+p.x.errors[at])*(1+1e-5) + 1e-6
}

// multiplyBytes puts into out, in rows TileRows apart, the products of int8 rows of x with
// the first so many of y. Everything is within bounds.
func (v variant) multiplyBytes(x *Quantized, y *QuantizedBlock, rows Span, columns int, out []int32) {
	if v.panels8 != nil {
		y.multiply(v.panels8, x, rows, columns, out)
		return
	}
	v.products8(x, y.rows, rows, Span{To: columns}, out)
}

// quantizedPortable is the loop over int8 values for processors without one of their
// own.
func quantizedPortable(x, y *Quantized, rows, columns Span, out []int32) {
	for i := rows.From; i < rows.To; i++ {
		a := x.values[i*x.stride:][:x.columns]
		for j := columns.From; j < columns.To; j++ {
			b := y.values[j*y.stride:][:len(a)]
			var sum int32
			for k, v := range a {
				sum += int32(v) * int32(b[k])
			}
			out[(i-rows.From)*TileRows+j-columns.From] = sum
		}
	}
}
