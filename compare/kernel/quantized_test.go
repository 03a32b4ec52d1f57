package kernel

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// quantize makes int8 rows of all of m, and a block of the first.
func quantize(t testing.TB, v variant, m Matrix) (*Quantized, *QuantizedBlock) {
	t.Helper()
	q, err := NewQuantized(m.Rows(), m.Columns())
	if err != nil || !q.Begin(m, Span{0, m.Rows()}) {
		t.Fatal("no int8 rows", err)
	}
	q.fill(v, Span{0, m.Rows()}, v.longForm())
	b, err := NewQuantizedBlock(m.Columns())
	if err != nil || !b.take(v, m, Span{0, min(TileRows, m.Rows())}) {
		t.Fatal("no block", err)
	}
	return q, b
}

// unit scales rows to unit length.
func unit(m Matrix) Matrix {
	for i := range m.Rows() {
		var square float64
		for _, x := range m.Row(i) {
			square += float64(x) * float64(x)
		}
		if square == 0 {
			continue
		}
		for k, x := range m.Row(i) {
			m.Row(i)[k] = float32(float64(x) / math.Sqrt(square))
		}
	}
	return m
}

// deepFillings are the values that try the sums of int8 products most: as deep as they go
// everywhere or at few places, of one sign, in turn, or such that few values of a chunk
// have most of it.
var deepFillings = map[string]func(r *rand.Rand, i, k int) float32{
	"any":           func(r *rand.Rand, i, k int) float32 { return float32(r.IntN(255) - 127) },
	"equal":         func(*rand.Rand, int, int) float32 { return 127 },
	"of one sign":   func(_ *rand.Rand, i, _ int) float32 { return float32(127 - 254*(i%2)) },
	"in turn":       func(_ *rand.Rand, i, k int) float32 { return float32(127 - 254*((k+i)%2)) },
	"pairs in turn": func(_ *rand.Rand, i, k int) float32 { return float32(127 - 254*((k/2+i)%2)) },
	"a few large":   func(r *rand.Rand, i, k int) float32 { return float32(127*(r.IntN(40)/39*2)) + float32(k%7+i%3) },
	"one pair of two": func(_ *rand.Rand, i, k int) float32 {
		return float32(k / 2 % 2 * (127 - 254*(i%2)))
	},
	"one chunk":     func(_ *rand.Rand, i, k int) float32 { return float32(k / byteChunk % 2 * 100) },
	"zeros":         func(*rand.Rand, int, int) float32 { return 0 },
	"halves":        func(_ *rand.Rand, i, k int) float32 { return float32(2*k%509) / 2 },
	"to be rounded": func(_ *rand.Rand, i, k int) float32 { return 1 + float32(k%2)/500 },
}

func TestInt8ProductsAreExact(t *testing.T) {
	for name, value := range deepFillings {
		r := random(21)
		for _, c := range [][2]int{{1, 1}, {5, 3}, {5, 63}, {4, 64}, {64, 65}, {TileColumns, 129}, {29, 300}, {5, 1536}, {9, 4096}, {2, maxBytes}} {
			if c[1] == maxBytes && name != "equal" && name != "in turn" || c[0] == TileColumns && name != "any" {
				continue
			}
			m := filled(t, c[0], c[1], func() float32 { return 0 })
			for i := range c[0] {
				for k := range m.Row(i) {
					m.Row(i)[k] = value(r, i, k)
				}
			}
			for _, v := range variants() {
				wantExactBytes(t, fmt.Sprintf("%s, %s, %v", v.name, name, c), v, m)
			}
		}
	}
}

// wantExactBytes fails unless the products of rows in int8 are those of the same values in
// Go, for the last rows that fit in a tile and any number of those in a block.
//
//go:norace
func wantExactBytes(t *testing.T, where string, v variant, m Matrix) {
	t.Helper()
	x, y := quantize(t, v, m)
	var got [TileRows * TileColumns]int32
	added := int32(v.longForm().added)
	for _, columns := range []int{1, (y.rows.rows + 1) / 2, y.rows.rows} {
		rows := Span{min(x.rows-1, 2), x.rows}
		v.multiplyBytes(x, y, rows, columns, got[:])
		for i := rows.From; i < rows.To; i++ {
			for j := range columns {
				var want int32
				a, b := x.values[i*x.stride:], y.rows.values[j*y.rows.stride:]
				for k := range m.columns {
					value := int32(a[k])
					if added > 0 {
						value = int32(uint8(a[k])) - added
					}
					want += value * int32(b[k])
				}
				if of := got[(i-rows.From)*TileRows+j]; of != want {
					t.Fatalf("%s: product %d,%d is %d, want %d", where, i, j, of, want)
				}
			}
		}
	}
}

func TestInt8ProductsAreWithinTheirBound(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		for name, value := range fillings {
			r := random(22)
			for _, columns := range []int{1, 3, 64, 100, 1536} {
				m := unit(filled(t, 60, columns, func() float32 { return value(r) }))
				q, block := quantize(t, chosen, m)
				var p Products
				if !p.Multiply(q, block, Span{2, 50}, 59) {
					t.Fatal("no products")
				}
				row, bins := make([]float32, 59), make([]int32, 59)
				for i := range 48 {
					p.Similarities(i, row)
					most := p.Bins(i, bins)
					for j, got := range row {
						want, _ := exact(m.Row(2+i), m.Row(j), columns)
						if !(math.Abs(float64(got)-want) <= float64(p.Bound(i))) {
							t.Fatalf("%s, %d columns: %v is farther than %v from %v", name, columns, got, p.Bound(i), want)
						}
						if bins[j] != Bin(clip(got))/(Bins/CoarseBins) {
							t.Fatalf("%s, %d columns: %v is in bin %d, want %d", name, columns, got, bins[j], Bin(clip(got))/(Bins/CoarseBins))
						}
					}
					if most != slices.Max(row) {
						t.Fatalf("%s, %d columns: %v is the most, want %v", name, columns, most, slices.Max(row))
					}
				}
				if name == "normal" && columns == 1536 && p.Bound(0) > .04 {
					t.Errorf("a bound of %v tells nothing", p.Bound(0))
				}
			}
		}
	})
}

func TestInt8RowsThatDoNotFit(t *testing.T) {
	var size *SizeError
	for _, c := range [][2]int{{0, 1}, {1, 0}, {1, maxBytes + 1}, {math.MaxInt, 2}} {
		if _, err := NewQuantized(c[0], c[1]); !errors.As(err, &size) {
			t.Errorf("%v: %v", c, err)
		}
	}
	m := filled(t, 3, 5, func() float32 { return 1 })
	q, block := quantize(t, chosen, m)
	other, otherBlock := quantize(t, chosen, filled(t, 3, 6, func() float32 { return 1 }))
	if q.Take(m, Span{0, 4}) || q.Take(m, Span{2, 1}) || other.Take(m, Span{0, 3}) || otherBlock.Take(m, Span{0, 3}) {
		t.Error("rows that are not there were taken")
	}
	for _, c := range []struct {
		y       *QuantizedBlock
		rows    Span
		columns int
	}{{otherBlock, Span{0, 1}, 1}, {block, Span{0, 4}, 1}, {block, Span{-1, 1}, 1}, {block, Span{0, 1}, 0}, {block, Span{0, 1}, 4}} {
		if new(Products).Multiply(q, c.y, c.rows, c.columns) {
			t.Errorf("%v: products of rows that do not fit", fmt.Sprint(c.rows, c.columns))
		}
	}
}

func TestInt8RowsAreTheSameInGo(t *testing.T) {
	vector := variants()[0]
	for name, value := range fillings {
		r := random(25)
		for _, columns := range []int{1, 31, 32, 33, 64, 100, 300, 1536} {
			m := filled(t, 12, columns, func() float32 { return value(r) })
			for k := range m.Row(3) {
				m.Row(3)[k] = float32(2*k%509) / 2 // halves, to be rounded to even
				m.Row(4)[k] = 1                    // too long for sums in 16 bits
			}
			for _, form := range []byteForm{{deepest: deepest}, {deepest: panelDeepest, short: true}, {deepest: panelDeepest, short: true, added: panelAdded}} {
				for i := range m.Rows() {
					row := m.Row(i)
					got, want := make([]int8, columns), make([]int8, columns)
					a, b := rounded(row, got, vector.eights, form), rounded(row, want, false, form)
					// The last bit of a scale may differ, which says how long a chunk is.
					same := slices.Equal(got, want) && a.sums == b.sums && a.scale == b.scale
					if form.short {
						same = math.Abs(float64(a.scale-b.scale)) <= 1e-6*float64(a.scale)
					}
					if !same {
						t.Errorf("%s, %+v, %d columns: row %d is other than in Go", name, form, columns, i)
					}
					if math.Abs(a.wrong-b.wrong) > 1e-3*a.wrong {
						t.Errorf("%s, %+v, %d columns: an error of %v, in Go %v", name, form, columns, a.wrong, b.wrong)
					}
				}
			}
		}
	}
}

func TestInt8RowsAreShortEnoughForSumsIn16Bits(t *testing.T) {
	form := byteForm{deepest: panelDeepest, short: true}
	check := func(name string, row []float32) {
		t.Helper()
		for _, eights := range []bool{false, variants()[0].eights} {
			values := make([]int8, len(row))
			rounded(row, values, eights, form)
			for from := 0; from < len(row); from += byteChunk {
				var squares [2]int
				for k, v := range values[from:min(len(row), from+byteChunk)] {
					squares[k/2%2] += int(v) * int(v)
					if v > panelDeepest || v < -panelDeepest {
						t.Fatalf("%s: a value of %d", name, v)
					}
				}
				if max(squares[0], squares[1]) > panelLength*panelLength {
					t.Fatalf("%s: a length of %.1f from %d on", name, math.Sqrt(float64(max(squares[0], squares[1]))), from)
				}
			}
		}
	}
	r := random(27)
	for _, columns := range []int{1, 65, 128, 300, 1536} {
		row := make([]float32, columns)
		for name, value := range fillings {
			for _, size := range []float32{1, 1e-30, 1e-44, 1e30} {
				for k := range row {
					row[k] = size * value(r)
				}
				check(fmt.Sprintf("%s times %v", name, size), row)
			}
		}
		for name, value := range deepFillings {
			for _, size := range []float32{1, 1e-43, math.MaxFloat32 / 300} {
				for k := range row {
					row[k] = size * value(r, k%3, k)
				}
				check(fmt.Sprintf("%s times %v", name, size), row)
			}
		}
	}
}
