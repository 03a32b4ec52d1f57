package kernel

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestRoundedRowsHaveNearlyTheSameProducts(t *testing.T) {
	for name, value := range fillings {
		r := random(44)
		for _, c := range [][3]int{{1, 4, 32}, {2, 9, 64}, {8, 12, 512}, {3, 8, 100}, {7, 8, 1536}, {193, 4, 96}} {
			x, y := filled(t, c[0], c[2], func() float32 { return value(r) }), randomBytes(c[1], c[2])
			for _, rounded := range []int{5, c[1]} {
				for _, v := range variants() {
					var b Buffer
					out := filled(t, c[0], c[1], func() float32 { return 3 })
					if err := b.addRoundedProductsOf(v, out, x, y, rounded); err != nil || b.used != 0 {
						t.Fatalf("%d values are in use, %v", b.used, err)
					}
					for i := range c[0] {
						wantRounded(t, v.name+", "+name, out.Row(i), x.Row(i), y, min(rounded, c[1]))
					}
				}
			}
		}
	}
}

// wantRounded holds a row of products, to which 3 was added, against float64: those that may
// be of the row rounded to half of its scale, and the others.
//
//go:norace
func wantRounded(t *testing.T, where string, got, x []float32, y scaledBytes, rounded int) {
	t.Helper()
	var most, sum float64
	for _, v := range x {
		most, sum = max(most, math.Abs(float64(v))), sum+math.Abs(float64(v))
	}
	scale := max(most/deepestWord, sum/mostWords) * (1 + 1e-6)
	row := make([]float32, len(x))
	for j, g := range got {
		y.Row(j, row)
		want, tolerance := exact(x, row, len(x))
		tolerance += 1e-6 * math.Abs(want+3)
		for _, v := range row {
			if j < rounded {
				tolerance += math.Abs(float64(v)) * scale / 2
			}
		}
		if math.Abs(float64(g)-want-3) > tolerance {
			t.Fatalf("%s: product %d of %d values is %v, want %v within %v", where, j, len(x), g-3, want, tolerance)
		}
	}
}

// Every sum is as great as it can be: of rows of one magnitude with bytes of one, which is
// one more below zero.
func TestNoSumOfRoundedRowsOverflows(t *testing.T) {
	for _, columns := range []int{32, 512, 544, 4096, maxBytes} {
		ones := filled(t, 3, columns, func() float32 { return 1 })
		for k := range columns {
			ones.Row(1)[k] = -1
			ones.Row(2)[k] = 1e-30
		}
		bytes := scaledBytes{columns, strings.Repeat("\x80", 4*columns), []float32{1, 1, 1, 1}}
		for _, v := range variants() {
			var b Buffer
			out := filled(t, 3, 4, func() float32 { return 0 })
			if err := b.addRoundedProductsOf(v, out, ones, bytes, 4); err != nil {
				t.Fatal(err)
			}
			for i, want := range []float64{-128, 128, -128e-30} {
				want *= float64(columns)
				for _, got := range out.Row(i) {
					if math.Abs(float64(got)/want-1) > 1.0/256 {
						t.Errorf("%s, %d columns: %v, want %v", v.name, columns, got, want)
					}
				}
			}
		}
	}
}

func TestRoundedRowsAreTheSameInCompany(t *testing.T) {
	r := random(45)
	x, y := filled(t, 100, 512, func() float32 { return r.Float32() - .5 }), randomBytes(8, 512)
	x.Row(7)[100] = float32(math.Inf(1))
	var b Buffer
	all := filled(t, 100, 8, func() float32 { return 0 })
	if err := b.AddRoundedProductsOf(all, x, y, 8); err != nil {
		t.Fatal(err)
	}
	for i := range x.Rows() {
		alone := filled(t, 1, 8, func() float32 { return 0 })
		if err := b.AddRoundedProductsOf(alone, x.Part(Span{i, i + 1}), y, 8); err != nil {
			t.Fatal(err)
		}
		if i == 7 {
			if got := all.Row(i)[0]; got-got == 0 {
				t.Errorf("a row with an infinite value has the product %v", got)
			}
		} else if !slices.Equal(alone.Row(0), all.Row(i)) {
			t.Errorf("row %d has other products in company", i)
		}
	}
	var shapes *ShapesError
	if err := b.AddRoundedProductsOf(all, x, randomBytes(4, 512), 4); !errors.As(err, &shapes) {
		t.Errorf("shapes that do not fit: %v", err)
	}
}
