package kernel

// tiled are loops in assembly, by the number of rows of x in a group: each takes
// groups of so many rows, one after the other, with rowsAtOnce rows of y.
type tiled []func(x, y *float32, ldx, ldy, k int, out *float32, ldc, groups int)

// add implements variant.
func (t tiled) add(x, y part, k int, out []float32, ldc int) {
	most := len(t) - 1
	for j := 0; j < y.rows; j += rowsAtOnce {
		b := &y.values[j*y.stride]
		for i := 0; i < x.rows; {
			size, groups := t.next(x.rows-i, most)
			t[size](&x.values[i*x.stride], b, x.stride, y.stride, k, &out[i*ldc+j], ldc, groups)
			i += size * groups
		}
	}
}

// next cuts n rows into groups of the largest size, but for a rest that would leave
// a group of one: it costs as much as two.
func (t tiled) next(n, most int) (size, groups int) {
	switch {
	case n < most:
		return n, 1
	case n%most == 1 && n > most && most > 2:
		if n == most+1 {
			return most - 1, 1
		}
		return most, n/most - 1
	}
	return most, n / most
}

// productsVNNI implements variant.
func productsVNNI(x, y *Quantized, rows, columns Span, out []int32) {
	const size = 4 // rows of x in a group
	k := (x.columns + byteStep - 1) / byteStep * byteStep
	groups := rows.len() / size
	for j := columns.From; j < columns.To; j += rowsAtOnce {
		b, less, at := &y.values[j*y.stride], &y.less[j], j-columns.From
		if groups > 0 {
			bytes4x4VNNI(&x.values[rows.From*x.stride], b, x.stride, y.stride, k, less, &out[at], TileRows, groups)
		}
		for i := groups * size; i < rows.len(); i++ {
			bytes1x4VNNI(&x.values[(rows.From+i)*x.stride], b, x.stride, y.stride, k, less, &out[i*TileRows+at], TileRows, 1)
		}
	}
}
