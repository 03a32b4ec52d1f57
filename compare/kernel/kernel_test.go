package kernel

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 11)) }

// fillings are the values that products are tried with.
var fillings = map[string]func(*rand.Rand) float32{
	"normal":    func(r *rand.Rand) float32 { return float32(r.NormFloat64()) },
	"±1":        func(r *rand.Rand) float32 { return float32(2*r.IntN(2) - 1) },
	"zeros":     func(r *rand.Rand) float32 { return float32(r.IntN(2)) * float32(r.NormFloat64()) },
	"denormals": func(r *rand.Rand) float32 { return math.Float32frombits(r.Uint32()&0x7fffff | r.Uint32()&(1<<31)) },
	"wide":      func(r *rand.Rand) float32 { return float32(math.Ldexp(r.NormFloat64(), r.IntN(40)-20)) },
}

// filled returns a matrix of values of a filling.
func filled(t testing.TB, rows, columns int, value func() float32) Matrix {
	t.Helper()
	m, err := New(rows, columns)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for k := range m.Row(i) {
			m.Row(i)[k] = value()
		}
	}
	return m
}

// exact returns the product of the first n values of two rows in float64, and how
// far rounding may take a float32 one from it. The race detector, which would
// make it ten times slower, need not watch what only reads.
//
//go:norace
func exact(x, y []float32, n int) (product, tolerance float64) {
	var size float64
	for k, v := range x[:n] {
		p := float64(v) * float64(y[k])
		product += p
		size += max(p, -p)
	}
	// One rounding for every addition that a value goes through, at most.
	return product, float64(min(n, chunk)+n/chunk+64)*math.Ldexp(size, -24) + math.Ldexp(float64(n), -148)
}

func wantProduct(t *testing.T, got float32, x, y []float32, n int, where string) {
	if want, tolerance := exact(x, y, n); !(math.Abs(float64(got)-want) <= tolerance) {
		t.Helper() // which costs more than the product
		t.Fatalf("%s: product %v, want %v within %v", where, got, want, tolerance)
	}
}

func TestEveryVariantAgreesWithFloat64(t *testing.T) {
	for name, value := range fillings {
		r := random(1)
		for _, columns := range []int{1, 3, 63, 64, 65, 1536, 4096} {
			for _, rows := range []int{1, 2, 3, 7, 13, TileRows + 1, TileColumns + 72} {
				if rows > 13 && columns != 3 && columns != 65 { // what is after a tile is after any
					continue
				}
				m := filled(t, rows, columns, func() float32 { return value(r) })
				for _, v := range variants() {
					where := fmt.Sprintf("%s, %s, %d rows of %d", v.name, name, rows, columns)
					checkSweep(t, m, v, []int{columns}, where)
				}
			}
		}
	}
}

// checkSweep holds the products of all rows of m with each other against float64.
func checkSweep(t *testing.T, m Matrix, v variant, lengths []int, where string) {
	t.Helper()
	s, err := NewSweep(m, lengths...)
	if err != nil {
		t.Fatal(err)
	}
	s.loops = v
	var tile Tile
	for i := 0; i < m.Rows(); i += TileRows {
		for j := 0; j < m.Rows(); j += TileColumns {
			rows, columns := Span{i, min(m.Rows(), i+TileRows)}, Span{j, min(m.Rows(), j+TileColumns)}
			visited := 0
			err := s.Tile(&tile, rows, columns, func(length int) {
				if length != visited || tile.Rows() != rows.len() {
					t.Fatalf("%s: length %d after %d, %d rows", where, length, visited, tile.Rows())
				}
				visited++
				for a := range tile.Rows() {
					if len(tile.Row(a)) != columns.len() {
						t.Fatalf("%s: %d columns, want %v", where, len(tile.Row(a)), columns)
					}
					for b, got := range tile.Row(a) {
						wantProduct(t, got, m.Row(i+a), m.Row(j+b), lengths[length], where)
					}
				}
			})
			if err != nil || visited != len(lengths) {
				t.Fatalf("%s: %d of %d lengths, %v", where, visited, len(lengths), err)
			}
		}
	}
}

func TestLengthsAreBeginningsOfRows(t *testing.T) {
	r := random(2)
	for _, v := range variants() {
		for _, c := range []struct {
			columns int
			lengths []int
		}{
			{1, []int{1}}, {40, []int{1, 15, 16, 17, 31, 33, 40}}, {1030, []int{64, 100, 512, 513, 1024, 1029}}, {1600, []int{512, 1536, 1600}},
		} {
			m := filled(t, 70, c.columns, func() float32 { return float32(r.NormFloat64()) })
			checkSweep(t, m, v, c.lengths, fmt.Sprintf("%s, %d", v.name, c.lengths))
		}
	}
}

func TestAProductDoesNotDependOnItsPlace(t *testing.T) {
	r := random(4)
	const rows, columns = 170, chunk + 18
	m := filled(t, rows, columns, func() float32 { return float32(r.NormFloat64()) })
	for _, v := range variants() {
		s, err := NewSweep(m)
		if err != nil {
			t.Fatal(err)
		}
		s.loops = v
		added, swept := filled(t, rows, rows, func() float32 { return 0 }), filled(t, rows, rows, func() float32 { return 0 })
		if err := v.addProducts(added, m, m); err != nil {
			t.Fatal(err)
		}
		var tile Tile // which holds rows of the tile before, or others
		take := func(span, against Span, each func(i, j int, got float32)) {
			if err := s.Tile(&tile, span, against, func(int) {}); err != nil {
				t.Fatal(err)
			}
			for a := range tile.Rows() {
				for b, got := range tile.Row(a) {
					each(span.From+a, against.From+b, got)
				}
			}
		}
		for i := range rows {
			for j := 0; j < rows; j += TileColumns {
				take(Span{i, i + 1}, Span{j, min(rows, j+TileColumns)}, func(i, j int, got float32) { swept.Row(i)[j] = got })
			}
		}
		for range 20 {
			i, j := r.IntN(rows-TileRows), r.IntN(rows-TileColumns)
			span, against := Span{i, i + 1 + r.IntN(TileRows)}, Span{j, j + 1 + r.IntN(TileColumns)}
			part := span
			if span.len() > 24 { // rows that are there already
				part = Span{i + 24*r.IntN(span.len()/24), span.To}
			}
			for _, span := range []Span{span, part} {
				take(span, against, func(i, j int, got float32) {
					if want := swept.Row(i)[j]; got != want || got != swept.Row(j)[i] {
						t.Fatalf("%s: product %d,%d is %v in one tile and %v elsewhere", v.name, i, j, got, want)
					}
				})
			}
			out := filled(t, span.len(), against.len(), func() float32 { return 0 })
			if err := v.addProducts(out, m.Part(span), m.Part(against)); err != nil {
				t.Fatal(err)
			}
			for a := range out.Rows() {
				for b, got := range out.Row(a) {
					if want := added.Row(i + a)[j+b]; got != want || got != added.Row(j + b)[i+a] {
						t.Fatalf("%s: product %d,%d is %v in one matrix and %v in another", v.name, i+a, j+b, got, want)
					}
				}
			}
		}
	}
}

func TestATileHoldsNoRowsOfAnotherSweep(t *testing.T) {
	r := random(8)
	var tile Tile
	for range 3 {
		m := filled(t, 5, 70, func() float32 { return float32(r.NormFloat64()) })
		for _, lengths := range [][]int{{70}, {20, 70}} {
			s, err := NewSweep(m, lengths...)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Tile(&tile, Span{1, 4}, Span{0, 5}, func(length int) {
				for a := range tile.Rows() {
					for b, got := range tile.Row(a) {
						wantProduct(t, got, m.Row(1+a), m.Row(b), lengths[length], fmt.Sprint(lengths))
					}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestWhatDoesNotFitIsAnError(t *testing.T) {
	huge := math.MaxInt / 4
	for _, c := range [][2]int{{0, 4}, {4, 0}, {-1, 4}, {4, -1}, {huge, 1}, {1, huge}, {huge, huge}, {math.MaxInt, math.MaxInt}, {1 << 31, 1 << 31}} {
		var size *SizeError
		if _, err := New(c[0], c[1]); !errors.As(err, &size) || size.Rows != c[0] || size.Columns != c[1] {
			t.Errorf("New%v: %v", c, err)
		}
	}
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, c := range []struct {
		rows [][]float32
		want error
	}{
		{nil, &SizeError{}},
		{[][]float32{{}}, &SizeError{Rows: 1}},
		{[][]float32{{1, 2}, {3}}, &LengthError{Row: 1, Length: 1, Want: 2}},
		{[][]float32{{1}, nil}, &LengthError{Row: 1, Length: 0, Want: 1}},
		{[][]float32{{1, nan}}, &NotFiniteError{Row: 0, Column: 1}},
		{[][]float32{{1, 2}, {inf, 2}}, &NotFiniteError{Row: 1, Column: 0}},
	} {
		if _, err := Of(c.rows); err == nil || err.Error() != c.want.Error() {
			t.Errorf("Of(%v): %v, want %v", c.rows, err, c.want)
		}
	}
	m, err := Of([][]float32{{1, 2, 3}, {4, 5, 6}})
	if err != nil {
		t.Fatal(err)
	}
	for _, lengths := range [][]int{{0}, {4}, {2, 2}, {3, 1}, {-1}} {
		if _, err := NewSweep(m, lengths...); !errors.Is(err, errLengths) {
			t.Errorf("lengths %v: %v", lengths, err)
		}
	}
	s, err := NewSweep(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]Span{{{0, 3}, {0, 2}}, {{0, 2}, {0, 3}}, {{-1, 1}, {0, 1}}, {{1, 1}, {0, 1}}, {{0, 1}, {1, 0}}} {
		if err := s.Tile(&Tile{}, c[0], c[1], func(int) { t.Error("visited") }); !errors.Is(err, errSpan) {
			t.Errorf("tile %v: %v", c, err)
		}
	}
	var shapes *ShapesError
	for _, c := range [][2]Matrix{{m, Matrix{}}, {Matrix{}, m}, {Matrix{}, Matrix{}}} {
		if err := AddProducts(m, c[0], c[1]); !errors.As(err, &shapes) {
			t.Errorf("shapes %v: %v", c, err)
		}
	}
	var buffer Buffer
	if _, err := buffer.Packed(m, Span{0, 3}); err == nil {
		t.Error("more rows are packed than there are")
	}
	var p Packed
	if err := p.AddProducts(m, m); !errors.As(err, &shapes) {
		t.Errorf("nothing packed: %v", err)
	}
	if p.Take(m, Span{1, 3}) || p.Take(m, Span{1, 1}) || p.Take(filled(t, TileRows+1, 1, func() float32 { return 1 }), Span{0, TileRows + 1}) {
		t.Error("rows that are not there, or too many, are packed")
	}
	if p.Take(m, Span{0, 1}); !errors.As(p.AddProducts(m, m), &shapes) {
		t.Error("the products of one row are put into two")
	}
	out := make([]float32, 2)
	for _, err := range []error{m.Against(Matrix{}, Span{0, 2}, out), m.Against(filled(t, 1, m.Columns()+1, func() float32 { return 1 }), Span{0, 2}, out), m.Against(filled(t, 1, m.Columns()-1, func() float32 { return 1 }), Span{0, 2}, out), m.Against(m, Span{0, 3}, out), m.Against(m, Span{0, 2}, out[:1])} {
		if err == nil {
			t.Error("a row that does not fit has products")
		}
	}
}

func TestLoopsAreChosenByName(t *testing.T) {
	all := variants()
	for _, v := range all {
		if got := choose(all, v.name); got.name != v.name {
			t.Errorf("asked for %s, got %s", v.name, got.name)
		}
	}
	if got := choose(all, "unheard of"); got.name != all[0].name {
		t.Errorf("an unknown name chooses %s", got.name)
	}
	for _, v := range all {
		if !v.sound() {
			t.Errorf("%s is not sound", v.name)
		}
	}
	broken := all[len(all)-1]
	broken.name, broken.add = "broken", func(part, part, int, []float32, int) {}
	if got := choose(append([]variant{broken}, all...), ""); got.name != all[0].name {
		t.Errorf("loops that multiply wrongly are passed over for %s", got.name)
	}
	if last := all[len(all)-1]; last.name != "portable" {
		t.Errorf("the last resort is %s", last.name)
	}
}

func TestTilesAreWholeGroupsOfRows(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		if n := RowsTogether(); n < 1 || TileRows%n != 0 {
			t.Errorf("%d rows are taken at a time, which do not divide the %d of a tile", n, TileRows)
		}
	})
}

// FuzzLoops holds every variant against the portable one, within rounding.
func FuzzLoops(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, uint8(seed), uint8(3*seed), uint16(37*seed))
	}
	f.Fuzz(checkLoops)
}

// checkLoops is the check of FuzzLoops.
func checkLoops(t *testing.T, seed uint64, rows, against uint8, columns uint16) {
	r := random(seed)
	names := []string{"normal", "±1", "zeros", "denormals", "wide"}
	value := fillings[names[r.IntN(len(names))]]
	next := func() float32 { return value(r) }
	d := 1 + int(columns)%4200
	x, y := filled(t, 1+int(rows)%60, d, next), filled(t, 1+int(against)%70, d, next)
	for _, v := range variants() {
		out := filled(t, x.Rows(), y.Rows(), func() float32 { return 0 })
		if err := v.addProducts(out, x, y); err != nil {
			t.Fatal(err)
		}
		for i := range x.Rows() {
			for j, got := range out.Row(i) {
				wantProduct(t, got, x.Row(i), y.Row(j), d, v.name)
			}
		}
		lengths := []int{d}
		if n := 1 + r.IntN(d); n < d {
			lengths = []int{n, d}
		}
		checkSweep(t, y, v, lengths, v.name)
		wantExactBytes(t, v.name, v, x.First(9))
	}
}

func TestBufferGivesZerosThatNothingElseHolds(t *testing.T) {
	var b Buffer
	for range 2 {
		b.Reset()
		x, err := b.Matrix(2, 3)
		y, err2 := b.Matrix(1, 600)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		for _, m := range []Matrix{x, y} {
			for k := range m.values {
				if m.values[k] != 0 {
					t.Fatal("a new matrix is not zero")
				}
				m.values[k] = 1
			}
		}
		for _, row := range [][]float32{{1}, make([]float32, 17)} {
			f, err := b.Filled(3, row)
			if err != nil {
				t.Fatal(err)
			}
			for k, v := range f.values {
				if inside := k < 3*f.stride && k%f.stride < len(row); inside && v != row[0] || !inside && v != 0 {
					t.Fatalf("value %d of rows filled with %v is %v", k, row, v)
				}
			}
		}
		if z, err := b.Matrix(100, 100); err != nil || z.Row(99)[99] != 0 || x.Row(1)[2] != 1 || y.Row(0)[599] != 1 {
			t.Error("matrices reach into each other")
		}
	}
	var size *SizeError
	if _, err := b.Matrix(0, 1); !errors.As(err, &size) {
		t.Errorf("no rows: %v", err)
	}
}
