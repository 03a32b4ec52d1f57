package kernel

import "os"

// forced names the environment variable that chooses the loops, for tests: one of
// the names that [Name] returns. One that this processor cannot run is not heeded.
const forced = "VECSCOPE_KERNEL"

// variant is one way of computing products.
type variant struct {
	name string
	// add adds to out, whose rows are ldc values apart, the products of the rows of x
	// with those of y over the first k values of each: whole steps. The products of up
	// to rowsAtOnce-1 rows after those of y are added too. Everything is within bounds.
	add func(x, y part, k int, out []float32, ldc int)
	// panels are what sweeps use in place of add; nil where it is the fastest.
	panels *panelLoops
	// products8 puts into out, in rows TileRows apart, the products of int8 rows of
	// x with columns, rows of y. Everything is within bounds; up to rowsAtOnce-1 products
	// after the columns mean nothing.
	products8 func(x, y *Quantized, rows, columns Span, out []int32)
	// panels8 are what is used in place of products8; nil where it is the fastest.
	panels8 *bytePanelLoops
	// compact puts into out, for each of as many compact rows, the sums of its values,
	// from 1 to 63, times those of both halves of a probe.
	compact func(rows []uint8, groups int, probe *[2][]int8, out [][2]int32)
	// nonzeros puts into found those of the values, whole steps, that are not zero, and into
	// places where they were, and returns how many; there is room for all.
	nonzeros func(values, found []float32, places []int32) int
	// sparse adds to blockRows values of out, times their scales, the products of values, of
	// which there are some, with those of the columns at their places.
	sparse func(values []float32, places []int32, columns []int8, scales, out []float32)
	// words are what rounded rows are multiplied with; nil where float32 is faster.
	words *wordLoops
	// fast8 tells that products of int8 rows are faster than those of others.
	fast8 bool
	// eights tells that the loops over values take eight or more at a time.
	eights bool
}

// part is rows that begin somewhere in a matrix, or in memory where they lie packed.
type part struct {
	values       []float32 // from the first one of the first row on
	rows, stride int
}

// from returns rows of m from the value at a place on.
func (m Matrix) from(rows Span, at int) part {
	return part{values: m.values[rows.From*m.stride+at:], rows: rows.len(), stride: m.stride}
}

// addRows adds to out the products of rows of x with columns, rows of y, over the values
// [from, to) of each.
func (v variant) addRows(x, y Matrix, rows, columns Span, from, to int, out []float32, ldc int) {
	for ; from < to; from += chunk {
		v.add(x.from(rows, from), y.from(columns, from), min(chunk, to-from), out, ldc)
	}
}

// chosen are the loops in use.
var chosen = choose(variants(), os.Getenv(forced))

// choose returns the variant of a name, or else the first that is sound, which is the
// fastest. The last always is.
func choose(from []variant, name string) variant {
	for _, v := range from {
		if v.name == name {
			return v
		}
	}
	for _, v := range from {
		if v.sound() {
			return v
		}
	}
	return from[len(from)-1]
}

// sound tells whether the loops multiply small whole numbers without an error, which
// takes some microseconds: a processor that only claims to have the instructions must
// not give wrong similarities.
func (v variant) sound() bool {
	const rows, columns = 9, 144 // whole groups of rows, and some more
	var out, want products
	m, err := New(rows, columns)
	if err != nil {
		return false
	}
	for i := range rows {
		for k := range columns {
			m.Row(i)[k] = float32((7*i+5*k)%15 - 7)
		}
		m.Row(i)[0] = v.blockForm().deepest // so that int8 values are the same
	}
	all := m.from(Span{0, rows}, 0)
	addPortable(all, all, columns, want[:], TileColumns)
	for n := 1; n <= rows; n++ {
		clear(out[:])
		v.add(m.from(Span{0, n}, 0), all, columns, out[:], TileColumns)
		for i := range n * TileColumns {
			if inside := i%TileColumns < rows; inside && out[i] != want[i] {
				return false
			}
		}
	}
	return v.soundPanels(m, want[:]) && v.soundBytes(m, want[:]) && v.soundCompact() && v.soundSparse() && v.words.sound()
}

// soundPanels tells the same of products with panels; want are those of the rows of m with
// each other.
func (v variant) soundPanels(m Matrix, want []float32) bool {
	if v.panels == nil {
		return true
	}
	var p panels
	all := Span{0, m.rows}
	p.reserve(m, all, v.panels.rows)
	p.take(v.panels, m, all, 0, m.padded())
	sums := make([]float32, (m.rows+rowsAtOnce)*sumsStride)
	for n := 1; n <= m.rows; n++ {
		clear(sums)
		p.add(v.panels, m, Span{0, n}, 0, p.count, 0, m.padded(), sums)
		for j := range n {
			for i := range m.rows {
				if sums[j*sumsStride+i] != want[i*TileColumns+j] {
					return false
				}
			}
		}
	}
	return true
}

// soundBytes tells the same of products of int8 rows; m has such values, and want are the
// products of its rows with each other.
func (v variant) soundBytes(m Matrix, want []float32) bool {
	var out [TileRows * TileColumns]int32
	x, err := NewQuantized(m.rows, m.columns)
	if err != nil {
		return false
	}
	y, err := NewQuantizedBlock(m.columns)
	all := Span{0, m.rows}
	if err != nil || !x.Begin(m, all) || !y.take(v, m, all) {
		return false
	}
	x.fill(v, all, v.longForm())
	for n := 1; n <= m.rows; n++ {
		v.multiplyBytes(x, y, Span{0, n}, m.rows, out[:])
		for i := range n {
			for j := range m.rows {
				if float32(out[i*TileRows+j]) != want[i*TileColumns+j] {
					return false
				}
			}
		}
	}
	return true
}

// Name tells which loops are in use: avx512, avx2, neon or portable.
func Name() string { return chosen.name }

// PrefersInt8 tells whether products of [Quantized] rows are faster than those of
// float32 ones here.
func PrefersInt8() bool { return chosen.fast8 }
