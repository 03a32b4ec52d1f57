package kernel

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

// quantize makes int8 rows of all of m.
func quantize(t testing.TB, m Matrix) *Quantized {
	t.Helper()
	q, err := NewQuantized(m.Rows(), m.Columns())
	if err != nil || !q.Take(m, Span{0, m.Rows()}) {
		t.Fatal("no int8 rows", err)
	}
	return q
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

func TestInt8ProductsAreExact(t *testing.T) {
	r := random(21)
	for _, c := range [][3]int{{1, 1, 1}, {3, 5, 63}, {4, 4, 64}, {48, 64, 65}, {47, 61, 1536}, {7, 9, 4096}, {1, 2, maxBytes}} {
		x, err := NewQuantized(c[0], c[2])
		y, err2 := NewQuantized(c[1], c[2])
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		for _, q := range []*Quantized{x, y} {
			q.rows = q.most
			for i := range q.most {
				for k := range q.values[i*q.stride:][:c[2]] {
					q.values[i*q.stride+k] = int8(r.IntN(255) - 127)
					if r.IntN(3) == 0 || c[2] == maxBytes {
						q.values[i*q.stride+k] = int8(127 * (2*i - 1)) // as deep as they go
					}
					q.less[i] += 128 * int32(q.values[i*q.stride+k])
				}
			}
		}
		var want [TileRows * TileColumns]int32
		quantizedPortable(x, y, Span{0, c[0]}, Span{0, c[1]}, want[:])
		for _, v := range variants() {
			var got [TileRows * TileColumns]int32
			v.products8(x, y, Span{0, c[0]}, Span{0, c[1]}, got[:])
			for i := range c[0] {
				for j := range c[1] {
					if got[i*TileColumns+j] != want[i*TileColumns+j] {
						t.Fatalf("%s, %v: product %d,%d is %d, want %d", v.name, c, i, j, got[i*TileColumns+j], want[i*TileColumns+j])
					}
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
				q := quantize(t, m)
				var p Products
				tile, bound, ok := p.Multiply(q, q, Span{2, 50}, Span{1, 60})
				if !ok {
					t.Fatal("no tile")
				}
				for i := range tile.Rows() {
					for j, got := range tile.Row(i) {
						want, _ := exact(m.Row(2+i), m.Row(1+j), columns)
						if !(math.Abs(float64(got)-want) <= float64(bound(i))) {
							t.Fatalf("%s, %d columns: %v is farther than %v from %v", name, columns, got, bound(i), want)
						}
					}
				}
				if name == "normal" && columns == 1536 && bound(0) > .03 {
					t.Errorf("a bound of %v tells nothing", bound(0))
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
	q := quantize(t, m)
	other := quantize(t, filled(t, 3, 6, func() float32 { return 1 }))
	if q.Take(m, Span{0, 4}) || q.Take(m, Span{2, 1}) || other.Take(m, Span{0, 3}) {
		t.Error("rows that are not there were taken")
	}
	for _, c := range []struct {
		y             *Quantized
		rows, columns Span
	}{{other, Span{0, 1}, Span{0, 1}}, {q, Span{0, 4}, Span{0, 1}}, {q, Span{0, 1}, Span{-1, 1}}} {
		if _, _, ok := new(Products).Multiply(q, c.y, c.rows, c.columns); ok {
			t.Errorf("%v: products of rows that do not fit", fmt.Sprint(c.rows, c.columns))
		}
	}
}

func TestEveryVariantMakesTheSameInt8Rows(t *testing.T) {
	for name, value := range fillings {
		r := random(25)
		for _, columns := range []int{1, 31, 32, 33, 64, 100, 1536} {
			m := filled(t, 12, columns, func() float32 { return value(r) })
			for k := range m.Row(3) {
				m.Row(3)[k] = float32(2*k%509) / 2 // halves, to be rounded to even
			}
			var portable *Quantized
			for _, v := range slices.Backward(variants()) {
				chosen = v
				q := quantize(t, m)
				if portable == nil {
					portable = q
					continue
				}
				if !slices.Equal(q.values, portable.values) || !slices.Equal(q.scales, portable.scales) ||
					!slices.Equal(q.less, portable.less) || !slices.Equal(q.lengths, portable.lengths) {
					t.Errorf("%s, %s, %d columns: other rows than in Go", v.name, name, columns)
				}
				for i, e := range q.errors {
					if math.Abs(float64(e-portable.errors[i])) > 1e-6*float64(e) {
						t.Errorf("%s, %s, %d columns: an error of %v, in Go %v", v.name, name, columns, e, portable.errors[i])
					}
				}
			}
			chosen = variants()[0]
		}
	}
}
