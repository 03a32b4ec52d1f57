package kernel

import "unsafe"

// Products over panels of int8 rows are added up in 16 bits, two sums for each product,
// which take every other pair of the values of a chunk; at its end these are widened. Such
// a sum is right if the true one fits in 16 bits, however it wraps on the way. It does for
// all rows: by Cauchy and Schwarz it is not more than the product of the lengths of what
// the two rows have in it, and no row has more there than [panelLength].
//
// One of two bytes that are multiplied is without sign: rows of x have [panelAdded] added,
// and the sums begin at minus what that makes of the other row. Two such products
// together, 2·180·90, fit too.
const (
	// byteChunk is how many values of a row are added up in 16 bits.
	byteChunk = 128
	// panelDeepest is the greatest value in a row, and panelAdded what those of x have more.
	panelDeepest, panelAdded = 90, 90
	// panelLength is how long the part of a row in a sum may be: its square is 32,761.
	// Rounding makes it up to half the root of 64 values longer than beforeRounding, and
	// that float32 is not exact by less than the .9 that are left.
	panelLength, beforeRounding = 181, panelLength - 4.9
	// panelStep is how many bytes a panel has of four values of its rows, and panelBytes
	// how many of a chunk, with what the sums begin at.
	panelStep, panelBytes = 4 * panelRows, panelStep * (1 + byteChunk/4)
	// panelChunks is how many chunks of a panel are multiplied at a time: they stay in a
	// core's first-level cache.
	panelChunks = 4
)

// bytePanelLoops are loops over panels of int8 rows.
type bytePanelLoops struct {
	// add adds to out, in rows ldc apart, the products of groups of four rows of x with a
	// panel, over so many chunks.
	add func(x, panel *int8, ldx, chunks int, out *int32, ldc, groups int)
	// begin puts before each chunk of a panel what its sums begin at.
	begin func(panel *int8, chunks int)
	// transpose is that of panelLoops: here for fours of bytes.
	transpose func(x *float32, ldx, n int, out *float32, ldc int)
}

// longForm is how the rows are rounded that a block is multiplied with.
func (v variant) longForm() byteForm {
	form := v.blockForm()
	if v.panels8 != nil {
		form.added = panelAdded
	}
	return form
}

// blockForm is how the rows of a block are rounded.
func (v variant) blockForm() byteForm {
	if v.panels8 != nil {
		return byteForm{deepest: panelDeepest, short: true}
	}
	return byteForm{deepest: deepest}
}

// pack lays the rows of the block out in panels: some chunks of the first, of the next,
// then the next chunks.
func (b *QuantizedBlock) pack(loops *bytePanelLoops) {
	q := b.rows
	chunks, count := q.chunks(), q.panels()
	if b.panels == nil {
		b.panels = alignedBytes(TileRows / panelRows * chunks * panelBytes)
	}
	for from := 0; from < chunks; from += panelChunks {
		n := min(panelChunks, chunks-from)
		for j := range count {
			panel := b.panel(from, n, j, count)
			for c := range n {
				values := panel[c*panelBytes+panelStep:]
				for i := 0; i < panelRows; i += 8 {
					row := &q.values[(j*panelRows+i)*q.stride+(from+c)*byteChunk]
					loops.transpose(fourBytes(row), q.stride/4, byteChunk/4, fourBytes(&values[4*i]), panelRows)
				}
			}
			loops.begin(&panel[0], n)
		}
	}
}

// fourBytes takes bytes in fours for a loop that moves float32 values as they are.
func fourBytes(first *int8) *float32 { return (*float32)(unsafe.Pointer(first)) }

// panel gives n chunks, from one on, of panel j of so many.
func (b *QuantizedBlock) panel(from, n, j, count int) []int8 {
	return b.panels[(count*from+j*n)*panelBytes:][:n*panelBytes]
}

func (q *Quantized) chunks() int { return (q.columns + byteChunk - 1) / byteChunk }

func (q *Quantized) panels() int { return (q.rows + panelRows - 1) / panelRows }

// multiply puts into out the products of rows of x with the first so many of the block.
func (b *QuantizedBlock) multiply(loops *bytePanelLoops, x *Quantized, rows Span, columns int, out []int32) {
	groups := (rows.len() + rowsAtOnce - 1) / rowsAtOnce
	clear(out[:groups*rowsAtOnce*TileRows])
	chunks, count := x.chunks(), b.rows.panels()
	for from := 0; from < chunks; from += panelChunks {
		n := min(panelChunks, chunks-from)
		first := &x.values[rows.From*x.stride+from*byteChunk]
		for j := 0; j*panelRows < columns; j++ {
			loops.add(first, &b.panel(from, n, j, count)[0], x.stride, n, &out[j*panelRows], TileRows, groups)
		}
	}
}

// alignedBytes returns n zeros that begin on a cache line.
func alignedBytes(n int) []int8 {
	values := aligned((n + 3) / 4)
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(values))), n)
}
