package kernel

import (
	"slices"
	"unsafe"
)

// ByteReader is a matrix of signed bytes, of which every row has a scale of its own: a
// value is a byte times the scale.
type ByteReader interface {
	RowReader
	// Bytes returns the bytes of all rows, one after the other, and the scales.
	Bytes() (bytes string, scales []float32)
}

const (
	// blockRows is how many rows of columns are multiplied at a time, so that the sums of
	// one row of another matrix stay in registers.
	blockRows = 64
	// sparseTogether is how many rows of another matrix are multiplied with a block of
	// columns while that is in a core's second-level cache.
	sparseTogether = 96
)

// Columns is a matrix of signed bytes column after column, to be multiplied with rows that
// are mostly zeros: only the columns where they are not are read.
type Columns struct {
	rows, columns int
	// bytes are those of blockRows rows, zeros where there are none, in the first column, in
	// the second, and so on; then of the next rows. So are scales.
	bytes  []int8
	scales []float32
}

// ColumnsOf returns a copy of y.
func ColumnsOf(y ByteReader) *Columns {
	rows, columns := y.Shape()
	bytes, scales := y.Bytes()
	blocks := (rows + blockRows - 1) / blockRows
	c := &Columns{rows: rows, columns: columns, bytes: make([]int8, blocks*blockRows*columns), scales: make([]float32, blocks*blockRows)}
	copy(c.scales, scales)
	for i := range rows {
		block, _ := c.block(i / blockRows)
		block = block[i%blockRows:]
		for k, b := range []byte(bytes[i*columns:][:columns]) {
			block[k*blockRows] = int8(b)
		}
	}
	return c
}

// block returns the columns of so many rows, and their scales.
func (c *Columns) block(i int) (bytes []int8, scales []float32) {
	size := blockRows * c.columns
	return c.bytes[i*size:][:size], c.scales[i*blockRows:][:blockRows]
}

// AddSparseProducts is [AddProducts] with rows of x that are mostly zeros. It works in the
// memory of b. The errors are a *[ShapesError] and a *[SizeError].
func (b *Buffer) AddSparseProducts(out, x Matrix, y *Columns) error {
	return b.addSparseProducts(chosen, out, x, y)
}

func (b *Buffer) addSparseProducts(v variant, out, x Matrix, y *Columns) error {
	if err := checkShapes(out.shape(), x.shape(), [2]int{y.rows, y.columns}); err != nil {
		return err
	}
	mark := b.Mark()
	defer b.Release(mark)
	together := min(x.rows, sparseTogether)
	room, err := b.take(2*together, x.padded())
	if err != nil {
		return err
	}
	all := room.values[:2*together*x.padded()]
	for i := 0; i < x.rows; i += together {
		rows := Span{i, min(x.rows, i+together)}
		y.addProducts(v, out, x, rows, all[:len(all)/2], integers(all[len(all)/2:]))
	}
	return nil
}

// addProducts adds the products of some rows of x to out; there is room for their values
// and the places of these.
func (c *Columns) addProducts(v variant, out, x Matrix, rows Span, values []float32, places []int32) {
	var ends [sparseTogether]int
	n := 0
	for i := range rows.len() {
		n += v.nonzeros(x.values[(rows.From+i)*x.stride:][:x.padded()], values[n:], places[n:])
		ends[i] = n
	}
	for j := 0; j < c.rows; j += blockRows {
		bytes, scales := c.block(j / blockRows)
		from := 0
		for i, to := range ends[:rows.len()] {
			if from < to {
				c.addBlock(v, out.Row(rows.From + i)[j:], values[from:to], places[from:to], bytes, scales)
			}
			from = to
		}
	}
}

// addBlock adds products with a block to out, which may be shorter.
func (c *Columns) addBlock(v variant, out, values []float32, places []int32, bytes []int8, scales []float32) {
	if len(out) >= blockRows {
		v.sparse(values, places, bytes, scales, out)
		return
	}
	all := make([]float32, blockRows)
	v.sparse(values, places, bytes, scales, all)
	Add(out, all[:len(out)])
}

// integers is the memory of values as that of integers.
func integers(values []float32) []int32 {
	return unsafe.Slice((*int32)(unsafe.Pointer(unsafe.SliceData(values))), len(values))
}

// nonzerosPortable puts into found those of the values that are not zero, and into places
// where they were, and returns how many.
func nonzerosPortable(values, found []float32, places []int32) (n int) {
	for k, v := range values {
		if v != 0 {
			found[n], places[n] = v, int32(k)
			n++
		}
	}
	return n
}

// sparsePortable adds to blockRows values of out, times their scales, the products of
// values with those of the columns at their places.
func sparsePortable(values []float32, places []int32, columns []int8, scales, out []float32) {
	var sums [blockRows]float32
	for i, v := range values {
		for j, b := range columns[int(places[i])*blockRows:][:blockRows] {
			sums[j] += v * float32(b)
		}
	}
	scales, out = scales[:blockRows], out[:blockRows]
	for j, sum := range sums {
		out[j] += sum * scales[j]
	}
}

// soundSparse tells whether the loops over columns are right.
func (v variant) soundSparse() bool {
	const columns = 3 * step
	var row [columns]float32
	for k := 1; k < columns; k += 1 + k%11 {
		row[k] = float32(k - 20)
	}
	bytes, scales := make([]int8, blockRows*columns), make([]float32, blockRows)
	for i := range bytes {
		bytes[i] = int8(37 * i)
	}
	for j := range scales {
		scales[j] = float32(j%5 - 2)
	}
	var got, want [blockRows]float32
	var found, values [columns]float32
	var places, at [columns]int32
	n := v.nonzeros(row[:], found[:], places[:])
	if nonzerosPortable(row[:], values[:], at[:]) != n || !slices.Equal(places[:n], at[:n]) || !slices.Equal(found[:n], values[:n]) {
		return false
	}
	v.sparse(values[:n], at[:n], bytes, scales, got[:])
	sparsePortable(values[:n], at[:n], bytes, scales, want[:])
	return got == want
}
