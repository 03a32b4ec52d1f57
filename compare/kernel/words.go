package kernel

import (
	"math"
	"unsafe"
)

const (
	// wordRows is the most rows of words that a loop takes at a time, and wordStep how many
	// values of each.
	wordRows, wordStep = 3, 32
	// deepestWord is the greatest magnitude of a word.
	deepestWord = math.MaxInt16
	// mostWords is the most that the magnitudes of a row add up to before they are rounded
	// to words. Each may grow by a half, of at most maxBytes, and their sum in float32 be
	// too small by a 4096th; still they are under 1<<24 and, times 128, which no byte is
	// over, under 1<<31: no sum of products goes over 32 bits, in whatever order.
	mostWords = 1<<24 - 1<<17
	// wordsTogether is how many values are multiplied at a time: in words they stay in a
	// core's first-level cache while all rows of bytes pass by.
	wordsTogether = 12 << 10
)

// addWords adds to groups of some rows of out, ldc apart, the products, times both scales,
// of as many rows of words, ldx apart, with rowsAtOnce rows of k bytes: whole steps.
type addWords func(x *int16, y *byte, ldx, k int, xScales, yScales, out *float32, ldc, groups int)

// wordLoops are loops that multiply words with bytes.
type wordLoops struct {
	// magnitudes puts into sizes the greatest and the sum of the magnitudes of n values:
	// whole steps.
	magnitudes func(values *float32, n int, sizes *[2]float32)
	// round puts into out n values, whole steps, times inverse, rounded.
	round func(values *float32, n int, inverse float32, out *int16)
	// add is for groups of one row and more.
	add [wordRows]addWords
}

// take tells whether the loops are for rows of so many bytes.
func (l *wordLoops) take(columns int) bool {
	return l != nil && columns%wordStep == 0 && columns <= maxBytes
}

// words are rows of a matrix in 16 bits, each with a scale of its own: value times scale
// is about the true one.
type words struct {
	rows, columns, stride int
	values                []int16
	scales                []float32
	sizes                 *[2]float32 // room for those of a row
}

// words returns room for so many rows of so many words: whole steps.
func (b *Buffer) words(rows, columns int) (words, error) {
	values, err := b.take(rows, columns/2)
	if err != nil {
		return words{}, err
	}
	more, err := b.take(1, rows+2)
	if err != nil {
		return words{}, err
	}
	return words{
		columns: columns, stride: 2 * values.stride,
		values: unsafe.Slice((*int16)(unsafe.Pointer(unsafe.SliceData(values.values))), 2*len(values.values)),
		scales: more.values[2 : 2+rows], sizes: (*[2]float32)(more.values),
	}, nil
}

// take makes w rows of m, for which there is room.
func (w *words) take(loops *wordLoops, m Matrix, rows Span) {
	w.rows = rows.len()
	for i := range w.rows {
		w.scales[i] = w.round(loops, m.Row(rows.From+i), w.values[i*w.stride:])
	}
}

// round rounds a row to multiples of the scale that it returns, as fine as words and the
// sums of their products with bytes allow. The scale is NaN where a value is not finite.
func (w *words) round(loops *wordLoops, row []float32, into []int16) (scale float32) {
	loops.magnitudes(&row[0], len(row), w.sizes)
	most, sum := w.sizes[0], w.sizes[1]
	if !(sum <= math.MaxFloat32) {
		return float32(math.NaN())
	}
	scale, inverse := scaleOf(max(most, sum*(deepestWord/float32(mostWords))), deepestWord)
	loops.round(&row[0], len(row), inverse, &into[0])
	return scale
}

// addProducts adds to out, whose rows are ldc values apart, the products of w with rows of
// bytes, as many as they have scales.
func (w *words) addProducts(loops *wordLoops, bytes string, scales, out []float32, ldc int) {
	for j := 0; j < len(scales); j += rowsAtOnce {
		y := unsafe.StringData(bytes[j*w.columns : (j+rowsAtOnce)*w.columns])
		for i := 0; i < w.rows; {
			size := min(wordRows, w.rows-i)
			groups := (w.rows - i) / size
			loops.add[size-1](&w.values[i*w.stride], y, w.stride, w.columns, &w.scales[i], &scales[j], &out[i*ldc+j], ldc, groups)
			i += size * groups
		}
	}
}

// AddRoundedProductsOf is [AddProducts] with the rows of y read, into the memory of b, a few
// at a time: what they are read from may be much smaller than they are. It may round the rows
// of x to 16 bits for the products with the first so many rows of y: it does where y is a
// [ByteReader] and whole numbers are multiplied faster here. Such a product is about a
// hundred-thousandth of its size from the true one, but still the same wherever its rows
// stand. The errors are a *[ShapesError] and a *[SizeError].
func (b *Buffer) AddRoundedProductsOf(out, x Matrix, y RowReader, rounded int) error {
	return b.addRoundedProductsOf(chosen, out, x, y, rounded)
}

func (b *Buffer) addRoundedProductsOf(v variant, out, x Matrix, y RowReader, rounded int) error {
	rows, columns := y.Shape()
	of, ok := y.(ByteReader)
	rounded = min(rounded, rows) / rowsAtOnce * rowsAtOnce
	if !ok || rounded <= 0 || !v.words.take(columns) {
		return b.addProductsOf(v, out, x, y, 0)
	}
	if err := checkShapes(out.shape(), x.shape(), [2]int{rows, columns}); err != nil {
		return err
	}
	mark := b.Mark()
	defer b.Release(mark)
	together := min(x.rows, max(1, wordsTogether/columns/wordRows)*wordRows)
	w, err := b.words(together, columns)
	if err != nil {
		return err
	}
	bytes, scales := of.Bytes()
	for i := 0; i < x.rows; i += together {
		w.take(v.words, x, Span{i, min(x.rows, i+together)})
		w.addProducts(v.words, bytes, scales[:rounded], out.values[i*out.stride:], out.stride)
	}
	return b.addProductsOf(v, out, x, y, rounded)
}

// sound tells whether the loops multiply whole numbers without an error.
func (l *wordLoops) sound() bool {
	if l == nil {
		return true
	}
	const rows, columns = 2 * wordRows, 3 * wordStep
	var b Buffer
	m, err := New(rows, columns)
	if err != nil {
		return false
	}
	w, err := b.words(rows, columns)
	if err != nil {
		return false
	}
	bytes, scales := make([]byte, rowsAtOnce*columns), []float32{1, 2, 4, 8}
	for k := range bytes {
		bytes[k] = byte(37 * k)
	}
	for i := range rows {
		for k := range columns {
			m.Row(i)[k] = float32((i*977 + k*331) % deepestWord * (1 - 2*(k%2)))
		}
		m.Row(i)[columns-1] = deepestWord // so that the scale is 1
	}
	var out [rows * rowsAtOnce]float32
	for n := 1; n <= rows; n++ {
		clear(out[:])
		w.take(l, m, Span{0, n})
		w.addProducts(l, string(bytes), scales, out[:], rowsAtOnce)
		for at, got := range out[:n*rowsAtOnce] {
			i, j := at/rowsAtOnce, at%rowsAtOnce
			var sum float64
			for k, x := range m.Row(i) {
				sum += float64(x) * float64(int8(bytes[j*columns+k]))
			}
			if got != float32(sum)*scales[j] {
				return false
			}
		}
	}
	return true
}
