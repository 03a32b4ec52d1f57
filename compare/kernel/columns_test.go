package kernel

import (
	"errors"
	"math"
	"testing"
)

// scaledBytes are rows of random bytes.
type scaledBytes struct {
	columns int
	bytes   string
	scales  []float32
}

func randomBytes(rows, columns int) scaledBytes {
	r := random(41)
	bytes, scales := make([]byte, rows*columns), make([]float32, rows)
	for i := range bytes {
		bytes[i] = byte(r.Uint32())
	}
	for i := range scales {
		scales[i] = r.Float32()
	}
	return scaledBytes{columns, string(bytes), scales}
}

func (s scaledBytes) Shape() (rows, columns int) { return len(s.scales), s.columns }
func (s scaledBytes) Bytes() (string, []float32) { return s.bytes, s.scales }
func (s scaledBytes) Row(i int, into []float32) {
	Expand(s.bytes[i*s.columns:(i+1)*s.columns], s.scales[i], into[:s.columns])
}

func TestSparseRowsHaveTheSameProducts(t *testing.T) {
	for name, value := range fillings {
		r := random(42)
		for _, c := range [][3]int{{1, 1, 1}, {3, 64, 8}, {100, 12, 19}, {5, 130, 100}, {98, 70, 65}} {
			y := randomBytes(c[1], c[2])
			columns := ColumnsOf(y)
			x := filled(t, c[0], c[2], func() float32 { return value(r) * float32(r.IntN(4)/3) })
			clear(x.Row(c[0] / 2)) // nothing is not much either
			for _, v := range variants() {
				var b Buffer
				out := filled(t, c[0], c[1], func() float32 { return 3 })
				if err := b.addSparseProducts(v, out, x, columns); err != nil || b.used != 0 {
					t.Fatalf("%d values are in use, %v", b.used, err)
				}
				row := make([]float32, c[2])
				for j := range c[1] {
					y.Row(j, row)
					for i := range c[0] {
						want, tolerance := exact(x.Row(i), row, c[2])
						if got := float64(out.Row(i)[j]); math.Abs(got-want-3) > 2*tolerance+1e-6*math.Abs(want+3) {
							t.Fatalf("%s, %s, %v: product %d,%d is %v, want %v", v.name, name, c, i, j, got-3, want)
						}
					}
				}
			}
		}
	}
	var b Buffer
	var shapes *ShapesError
	m := filled(t, 2, 3, func() float32 { return 1 })
	if err := b.AddSparseProducts(m, m, ColumnsOf(randomBytes(2, 3))); !errors.As(err, &shapes) {
		t.Errorf("shapes that do not fit: %v", err)
	}
}

func TestValuesThatAreNotNumbersAreNotZero(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		x := filled(t, 1, 20, func() float32 { return 0 })
		x.Row(0)[17] = float32(math.NaN())
		out := filled(t, 1, 64, func() float32 { return 3 })
		var b Buffer
		if err := b.AddSparseProducts(out, x, ColumnsOf(randomBytes(64, 20))); err != nil {
			t.Fatal(err)
		}
		for _, got := range out.Row(0) {
			if got == got {
				t.Fatalf("a product with NaN is %v", got)
			}
		}
	})
}

func TestPartsOfAMatrixAreCut(t *testing.T) {
	r := random(43)
	m := filled(t, 9, 70, func() float32 { return r.Float32() })
	rows := Span{2, 7}
	for _, columns := range []Span{{3, 4}, {5, 37}, {48, 64}, {0, 70}} {
		var b Buffer
		cut, err := b.Cut(m, rows, columns)
		if err != nil {
			t.Fatal(err)
		}
		turned, err := b.CutColumns(m, rows, columns)
		if err != nil {
			t.Fatal(err)
		}
		if cut.shape() != [2]int{5, columns.len()} || turned.shape() != [2]int{columns.len(), 5} {
			t.Fatalf("%v: cut %v and %v", columns, cut.shape(), turned.shape())
		}
		for i := range 5 {
			for k := range columns.len() {
				if want := m.Row(2 + i)[columns.From+k]; cut.Row(i)[k] != want || turned.Row(k)[i] != want {
					t.Fatalf("%v: value %d of row %d is %v and %v, want %v", columns, k, i, cut.Row(i)[k], turned.Row(k)[i], want)
				}
			}
		}
		for k := range turned.rows {
			for _, x := range turned.values[k*turned.stride+5 : (k+1)*turned.stride] {
				if x != 0 {
					t.Fatal("rows of columns are followed by something")
				}
			}
		}
		other := filled(t, 4, columns.len(), func() float32 { return r.Float32() })
		out, _ := New(5, 4)
		if err := AddProducts(out, cut, other); err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			for j, got := range out.Row(i) {
				wantProduct(t, got, m.Row(2 + i)[columns.From:columns.To], other.Row(j), columns.len(), "of a cut")
			}
		}
	}
}

func TestReleasedMemoryIsGivenAgain(t *testing.T) {
	var b Buffer
	fill := func() {
		for range 5 {
			m, err := b.Filled(4, []float32{1, 2, 3})
			if err != nil {
				t.Fatal(err)
			}
			mark := b.Mark()
			for range 3 { // larger ones each time, so that memory is outgrown
				if _, err := b.Matrix(100*m.Rows(), 64); err != nil {
					t.Fatal(err)
				}
			}
			b.Release(mark)
			if m.Row(3)[2] != 3 {
				t.Error("what was made before the mark is gone")
			}
		}
	}
	fill()
	b.Reset()
	if n := testing.AllocsPerRun(3, func() { fill(); b.Reset() }); n > 0 {
		t.Errorf("doing the same again takes memory %v times", n)
	}
}
