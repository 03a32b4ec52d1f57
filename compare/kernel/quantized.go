package kernel

import "math"

const (
	// byteStep is how many int8 values of a row the loops take at a time.
	byteStep = 64
	// maxBytes is the most values in an int8 row whose products fit in 32 bits in
	// every loop on the way.
	maxBytes = 1 << 16
	// deepest is the greatest int8 value used; -128 is not.
	deepest = 127
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
}

// byteStride returns how far apart int8 rows of so many values lie.
func byteStride(columns int) int { return ((columns+byteStep-1)/byteStep | 1) * byteStep }

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
	if m.columns != q.columns || !rows.within(m.rows, q.most) {
		return false
	}
	q.rows = rows.len()
	for i := range q.rows {
		q.take(i, m.Row(rows.From+i), chosen.eights)
	}
	return true
}

// take puts a row in a place; in vector instructions if they are there.
func (q *Quantized) take(i int, row []float32, eights bool) {
	r := rounded(row, q.values[i*q.stride:], eights)
	q.scales[i], q.less[i] = r.scale, 128*r.sums[0]
	q.lengths[i] = upward(math.Sqrt(float64(r.sums[1])) * float64(r.scale))
	q.errors[i] = upward(math.Sqrt(r.wrong))
}

// rounded puts into values the row with every value rounded to the nearest multiple of a
// scale, of which none is more than 127.
func rounded(row []float32, values []int8, eights bool) rounding {
	n := 0 // how many values the instructions take
	if eights {
		n = len(row) / roundedTogether * roundedTogether
	}
	most := greatestOf(row[:n])
	for _, x := range row[n:] {
		most = max(most, x, -x)
	}
	var r rounding
	r.scale, r.inverse = scaleOf(most, deepest)
	values = values[:len(row)]
	r.take(row[:n], values)
	for k, x := range row[n:] {
		v := nearest(x * r.inverse)
		values[n+k] = v
		r.sums[0] += int32(v)
		r.sums[1] += int32(v) * int32(v)
		d := float64(x) - float64(v)*float64(r.scale)
		r.wrong += d * d
	}
	return r
}

// scaleOf gives the scale in whole multiples of which values up to most are up to deepest,
// and its inverse, which is finite; both are 0 for zeros alone.
func scaleOf(most, deepest float32) (scale, inverse float32) {
	if scale = most / deepest; scale > 0 {
		inverse = min(1/scale, math.MaxFloat32)
	}
	return scale, inverse
}

// roundedTogether is how many values the instructions that round take at a time.
const roundedTogether = 32

// rounding makes int8 values of others, and adds up what is told of them.
type rounding struct {
	inverse, scale float32
	sums           [2]int32 // of the values, and of their squares
	wrong          float64  // of the squares of what they miss
}

// nearest rounds to an int8 value, half to even as the vector instructions do.
func nearest(x float32) int8 {
	return int8(max(-deepest, min(deepest, math.RoundToEven(float64(x)))))
}

// upward rounds a length so that it is not less than the true one, whatever rounding
// went into it.
func upward(x float64) float32 { return float32(x*(1+1e-6)) * (1 + 1e-6) }

// Products is the room of one goroutine for products of int8 rows.
type Products struct {
	ints [TileRows * TileColumns]int32
	tile Tile
}

// Multiply fills a tile with about the products of rows of x with rows of y, and
// returns it with, for each row of x, a bound on how far any of its products is from
// that of the true rows, rounding included, if these are of unit length or shorter.
// The tile is lent until the next call. ok tells that there are such rows and that
// they fit in a tile.
func (p *Products) Multiply(x, y *Quantized, rows, columns Span) (t *Tile, bound func(i int) float32, ok bool) {
	if x.columns != y.columns || !rows.within(x.rows, TileRows) || !columns.within(y.rows, TileColumns) {
		return nil, nil, false
	}
	chosen.products8(x, y, rows, columns, p.ints[:])
	t = &p.tile
	t.rows, t.columns, t.shown = rows.len(), columns.len(), &t.values
	var wrong float32
	for _, e := range y.errors[columns.From:columns.To] {
		wrong = max(wrong, e)
	}
	for i := range t.rows {
		out := t.Row(i)
		for j, v := range p.ints[i*TileColumns:][:len(out)] {
			out[j] = float32(v)
		}
		Scale(out, x.scales[rows.From+i], y.scales[columns.From:columns.To])
	}
	return t, func(i int) float32 {
		// |a·b − a'·b'| ≤ |a'||b − b'| + |a − a'||b|, and four roundings.
		at := rows.From + i
		return (x.lengths[at]*wrong+x.errors[at])*(1+1e-5) + 1e-6
	}, true
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
			out[(i-rows.From)*TileColumns+j-columns.From] = sum
		}
	}
}
