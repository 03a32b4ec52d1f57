package kernel

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

// compacted makes compact rows of all of m.
func compacted(t testing.TB, m Matrix) *Compact {
	t.Helper()
	c, err := NewCompact(m.Rows(), m.Columns())
	if err != nil || !c.Take(0, m, Span{0, m.Rows()}) {
		t.Fatal("no compact rows", err)
	}
	return c
}

// compactValue reads value k of row i back with a probe of 1 in its group.
func compactValue(c *Compact, i, k int) int32 {
	var one, none [compactStep]int8
	one[k%compactStep] = 1
	var out [1][2]int32
	compactPortable(c.row(i)[k/compactStep*compactBytes:], 1, &[2][]int8{one[:], none[:]}, out[:])
	return out[0][0] - compactZero
}

func TestCompactRowsAreWithinTheirError(t *testing.T) {
	for name, value := range fillings {
		r := random(31)
		for _, columns := range []int{1, 31, 127, 128, 129, 300, 1536} {
			m := filled(t, 9, columns, func() float32 { return value(r) })
			clear(m.Row(4))
			c := compacted(t, m)
			for i, e := range c.errors {
				wrong := 0.0
				for k, x := range m.Row(i) {
					d := float64(x) - float64(compactValue(c, i, k))*float64(c.scales[i])
					wrong += d * d
				}
				if want := math.Sqrt(wrong); float64(e) < want || float64(e) > want*(1+3e-4)+2e-15 {
					t.Errorf("%s, %d columns: an error of %v, want %v", name, columns, e, want)
				}
			}
		}
	}
}

func TestEveryVariantMakesTheSameCompactRows(t *testing.T) {
	for name, value := range fillings {
		r := random(32)
		for _, columns := range []int{1, 33, 128, 1000} {
			m := filled(t, 5, columns, func() float32 { return value(r) })
			var first *Compact
			for _, v := range variants() {
				chosen = v
				c := compacted(t, m)
				if first == nil {
					first = c
				} else if !bytes.Equal(c.values, first.values) || !slices.Equal(c.scales, first.scales) {
					t.Errorf("%s, %s, %d columns: other rows", v.name, name, columns)
				}
			}
			chosen = variants()[0]
		}
	}
}

// FuzzCompact holds every variant of the loop over compact rows against the portable one,
// whatever the bytes are.
func FuzzCompact(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, uint8(7*seed), uint16(seed*seed))
	}
	f.Add(uint64(9), uint8(2), uint16(maxBytes/compactStep-1)) // the longest rows, as deep as they go
	f.Fuzz(checkCompact)
}

// checkCompact is the check of FuzzCompact.
func checkCompact(t *testing.T, seed uint64, n uint8, groups uint16) {
	r := random(seed)
	of, rows := 1+int(groups)%(maxBytes/compactStep), int(n)%70
	values := make([]uint8, rows*of*compactBytes)
	for i := range values {
		values[i] = uint8(r.Uint64() | -(seed & 1)) // all ones are the greatest
	}
	var halves [2][]int8
	for half := range halves {
		halves[half] = make([]int8, of*compactStep)
		for k := range halves[half] {
			halves[half][k] = int8(r.IntN(255) - 127)
			if seed%3 == 0 {
				halves[half][k] = int8(deepest * (1 - 2*half))
			}
		}
	}
	want := make([][2]int32, rows)
	compactPortable(values, of, &halves, want)
	for _, v := range variants() {
		got := make([][2]int32, rows+1)
		v.compact(values, of, &halves, got[:rows])
		if !slices.Equal(got[:rows], want) || got[rows] != [2]int32{} {
			t.Fatalf("%s: other sums for %d rows of %d groups than in Go", v.name, rows, of)
		}
	}
}

func TestCompactRowsAreTakenAtAPlace(t *testing.T) {
	r := random(24)
	m := filled(t, 9, 70, func() float32 { return float32(r.NormFloat64()) })
	whole := compacted(t, m)
	c, err := NewCompact(9, 70)
	if err != nil || !c.Take(4, m, Span{4, 9}) || !c.Take(0, m, Span{0, 4}) {
		t.Fatal("rows are not taken", err)
	}
	if !bytes.Equal(c.values, whole.values) || !slices.Equal(c.errors, whole.errors) {
		t.Error("rows differ by where they are taken")
	}
	for _, bad := range []struct {
		at   int
		rows Span
	}{{-1, Span{0, 1}}, {9, Span{0, 1}}, {10, Span{0, 1}}, {4, Span{0, 6}}, {0, Span{8, 10}}} {
		if c.Take(bad.at, m, bad.rows) {
			t.Errorf("%v: rows without a place are taken", bad)
		}
	}
	if c.Take(0, filled(t, 2, 71, func() float32 { return 1 }), Span{0, 1}) {
		t.Error("longer rows are taken")
	}
	var size *SizeError
	for _, bad := range [][2]int{{0, 1}, {1, 0}, {1, maxBytes + 1}, {math.MaxInt, 2}} {
		if _, err := NewCompact(bad[0], bad[1]); !errors.As(err, &size) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func BenchmarkCompactTake(b *testing.B) {
	r := random(33)
	m := filled(b, 256, 1536, func() float32 { return float32(r.NormFloat64()) })
	c, err := NewCompact(256, 1536)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Take(0, m, Span{0, 256})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/256, "ns/row")
}

func BenchmarkProbeLimits(b *testing.B) {
	for _, rows := range []int{256, 10_000, 100_000} {
		c, err := NewCompact(rows, 1536)
		if err != nil {
			b.Fatal(err)
		}
		for i := range c.values {
			c.values[i] = uint8(i)
		}
		p, err := NewProbe(slices.Repeat([]float32{.01, -.02}, 768))
		if err != nil {
			b.Fatal(err)
		}
		out := make([]float32, rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			for b.Loop() {
				p.Limits(c, Span{0, rows}, out)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
		})
	}
}
