// Package pack reads and writes the files that hold the weights of the models
// inside the binary. A packed file is a magic line followed by named sections of
// three kinds: tables (8 bits a value, one float32 scale a row), vectors
// (float32) and lists of strings (deflated, as they are half as long then); all
// numbers are little-endian. It may import compare/kernel.
package pack

import (
	"math"

	"github.com/vecscope/vecscope/compare/kernel"
)

// magic opens every packed file; the digit is the version of the format.
const magic = "vecscope pack 2\n"

// kind tells what a section holds.
type kind byte

const (
	kindTable   kind = 't'
	kindVector  kind = 'v'
	kindStrings kind = 's'
)

// Floats is a matrix of float32 values, row after row.
type Floats struct {
	Cols   int
	Values []float32
}

// Shape implements kernel.RowReader.
func (f Floats) Shape() (rows, cols int) {
	if f.Cols == 0 {
		return 0, 0
	}
	return len(f.Values) / f.Cols, f.Cols
}

// Row implements kernel.RowReader.
func (f Floats) Row(i int, dst []float32) { copy(dst, f.Values[i*f.Cols:(i+1)*f.Cols]) }

// Table is a matrix of 8-bit values with one scale a row: value × scale is the
// number meant. It shares the memory of the file that it was read from.
type Table struct {
	rows, cols int
	scales     []float32
	values     string
}

// Shape implements kernel.RowReader.
func (t Table) Shape() (rows, cols int) { return t.rows, t.cols }

// Row implements kernel.RowReader.
func (t Table) Row(i int, dst []float32) {
	kernel.Expand(t.values[i*t.cols:(i+1)*t.cols], t.scales[i], dst[:t.cols])
}

// Bytes implements kernel.ByteReader.
func (t Table) Bytes() (bytes string, scales []float32) { return t.values, t.scales }

// AddRow adds weight × row i to dst.
func (t Table) AddRow(i int, weight float32, dst []float32) {
	scale := weight * t.scales[i]
	for j, b := range []byte(t.values[i*t.cols : (i+1)*t.cols]) {
		dst[j] += scale * float32(int8(b))
	}
}

// Float32 unpacks the whole table, row after row.
func (t Table) Float32() []float32 {
	out := make([]float32, t.rows*t.cols)
	for i := range t.rows {
		t.Row(i, out[i*t.cols:(i+1)*t.cols])
	}
	return out
}

// quantise rounds a row to 8 bits: the value farthest from 0 becomes ±127.
func quantise(row []float32, dst []byte) (scale float32) {
	var farthest float32
	for _, v := range row {
		farthest = max(farthest, v, -v)
	}
	scale = farthest / 127
	for i, v := range row {
		if scale == 0 {
			dst[i] = 0
			continue
		}
		dst[i] = byte(int8(math.RoundToEven(float64(v / scale))))
	}
	return scale
}
