package kernel

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

func TestProductsOfTwoMatrices(t *testing.T) {
	r := random(3)
	normal := func() float32 { return float32(r.NormFloat64()) }
	for _, c := range [][3]int{{1, 1, 1}, {3, 5, 16}, {4, 130, 100}, {7, 2, 1025}, {100, 33, 65}, {193, 1, 7}} {
		x, y := filled(t, c[0], c[2], normal), filled(t, c[1], c[2], normal)
		for _, v := range variants() {
			out, err := New(c[0], c[1])
			if err != nil {
				t.Fatal(err)
			}
			for i := range out.Rows() {
				out.Row(i)[0] = 3
			}
			if err := v.addProducts(out, x, y); err != nil {
				t.Fatal(err)
			}
			for i := range out.Rows() {
				out.Row(i)[0] -= 3
				for j, got := range out.Row(i) {
					if want, tolerance := exact(x.Row(i), y.Row(j), c[2]); math.Abs(float64(got)-want) > tolerance+1e-6 {
						t.Fatalf("%s, %v: product %d,%d is %v, want %v", v.name, c, i, j, got, want)
					}
				}
			}
		}
	}
}

// reading reads the rows of a matrix as if there were none.
type reading struct{ Matrix }

func (m reading) Shape() (rows, columns int) { return m.rows, m.columns }
func (m reading) Row(i int, into []float32)  { copy(into, m.Matrix.Row(i)) }

func TestRowsThatAreReadHaveTheSameProducts(t *testing.T) {
	r := random(8)
	normal := func() float32 { return float32(r.NormFloat64()) }
	var b Buffer
	for _, c := range [][3]int{{1, 1, 1}, {3, 5, 16}, {9, 1300, 100}, {2, 70, 1025}, {193, 131, 320}, {1, 9, 40000}} {
		x, y := filled(t, c[0], c[2], normal), filled(t, c[1], c[2], normal)
		for _, v := range variants() {
			var out [2]Matrix
			for i := range out {
				out[i] = filled(t, c[0], c[1], func() float32 { return 3 })
			}
			used := b.used
			if err := v.addProducts(out[0], x, y); err != nil {
				t.Fatal(err)
			}
			if err := b.addProductsOf(v, out[1], x, reading{y}, 0); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(out[0].values, out[1].values) {
				t.Errorf("%s, %v: other products than of the matrix", v.name, c)
			}
			if b.used != used && b.used != 0 {
				t.Errorf("%v: the memory of rows is not given back", c)
			}
		}
	}
	var shapes *ShapesError
	m := filled(t, 2, 3, normal)
	for _, c := range [][3]Matrix{{m, m, m}, {m, {}, m}, {m, m, {}}} {
		if err := b.AddRoundedProductsOf(c[0], c[1], reading{c[2]}, 0); !errors.As(err, &shapes) {
			t.Errorf("shapes %v: %v", c, err)
		}
	}
}

func TestPackedRowsHaveTheSameProducts(t *testing.T) {
	r := random(7)
	normal := func() float32 { return float32(r.NormFloat64()) }
	for _, c := range [][3]int{{1, 1, 1}, {3, 5, 16}, {12, 300, 100}, {96, 257, 1100}, {95, 64, 513}} {
		x, y := filled(t, c[0]+2, c[2], normal), filled(t, c[1], c[2], normal)
		rows := Span{1, 1 + c[0]}
		var p Packed
		for _, taken := range []Span{{0, 2}, rows} { // the room is used again
			if !p.Take(x, taken) {
				t.Fatalf("%v of %d rows do not fit", taken, x.Rows())
			}
		}
		for _, v := range variants() {
			want, got := filled(t, c[0], c[1], func() float32 { return 3 }), filled(t, c[0], c[1], func() float32 { return 3 })
			if err := v.addProducts(want, x.Part(rows), y); err != nil {
				t.Fatal(err)
			}
			if err := p.addProducts(v, got, y); err != nil {
				t.Fatal(err)
			}
			for i := range got.Rows() {
				if !slices.Equal(got.Row(i), want.Row(i)) {
					t.Fatalf("%s, %v: row %d has other products when it is packed", v.name, c, i)
				}
			}
		}
	}
}

func TestOneRowAgainstMany(t *testing.T) {
	r := random(5)
	m := filled(t, 201, 99, func() float32 { return float32(r.NormFloat64()) })
	row := m.Row(17)
	x := m.Part(Span{17, 18})
	for _, rows := range []Span{{0, 201}, {3, 4}, {64, 191}, {198, 201}} {
		out := make([]float32, rows.len())
		if err := m.Against(x, rows, out); err != nil {
			t.Fatal(err)
		}
		for j, got := range out {
			wantProduct(t, got, row, m.Row(rows.From+j), 99, fmt.Sprint(rows))
		}
	}
}

func TestAPartOfAMatrixSharesItsRows(t *testing.T) {
	r := random(6)
	normal := func() float32 { return float32(r.NormFloat64()) }
	x, y := filled(t, 9, 70, normal), filled(t, 50, 70, normal)
	rows, columns := Span{2, 5}, Span{13, 44}
	out, err := New(rows.len(), columns.len())
	if err != nil {
		t.Fatal(err)
	}
	if err := AddProducts(out, x.Part(rows), y.Part(columns)); err != nil {
		t.Fatal(err)
	}
	for i := range out.Rows() {
		for j, got := range out.Row(i) {
			wantProduct(t, got, x.Row(rows.From+i), y.Row(columns.From+j), 70, fmt.Sprint(i, j))
		}
	}
}
