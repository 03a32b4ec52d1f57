package kernel

import (
	"math"
	"slices"
	"testing"
)

// withVariant runs a test under every variant in turn.
func withVariant(t *testing.T, test func(t *testing.T)) {
	before := chosen
	defer func() { chosen = before }()
	for _, v := range variants() {
		chosen = v
		t.Run(v.name, test)
	}
}

func TestMeasureClipsAndAddsUp(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		r := random(6)
		for n := range 40 {
			values := make([]float32, n)
			var s Sums
			var sum, squares float64
			least, most := float32(math.Inf(1)), float32(math.Inf(-1))
			for range 3 {
				clipped := make([]float32, n)
				for k := range values {
					values[k] = float32(r.NormFloat64())
					clipped[k] = max(-1, min(1, values[k]))
					least, most = min(least, clipped[k]), max(most, clipped[k])
				}
				s.Measure(values)
				if !slices.Equal(values, clipped) {
					t.Fatalf("clipped to %v, want %v", values, clipped)
				}
				for _, x := range clipped {
					d := float64(x) - s.Origin
					sum += d
					squares += d * d
				}
			}
			if n == 0 {
				if s != (Sums{}) {
					t.Errorf("nothing adds up to %+v", s)
				}
				continue
			}
			if s.Count != 3*n || math.Abs(s.Sum-sum) > 1e-12 || math.Abs(s.Squares-squares) > 1e-12 || s.Least != least || s.Most != most {
				t.Errorf("%d values: %+v, want %v %v %v %v", n, s, sum, squares, least, most)
			}
		}
	})
}

func TestBinsAscendWithTheirValues(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		r := random(7)
		values := []float32{-1, -1 + 1.0/(1<<17), math.Nextafter32(-1, 0), 0, math.Nextafter32(0, -1), .5, math.Nextafter32(1, 0), 1}
		for range 1003 {
			values = append(values, 2*r.Float32()-1)
		}
		slices.Sort(values)
		bins := make([]int32, len(values))
		BinsOf(values, bins)
		if !slices.IsSorted(bins) || bins[0] != 0 || bins[len(bins)-1] != Bins-1 {
			t.Error("bins do not ascend with their values from first to last")
		}
		for k, x := range values {
			// A value may round up into the next bin, by less than a hundredth of it.
			if place := (float64(x) + 1) * (Bins / 2); bins[k] != Bin(x) || float64(bins[k]) > place+.01 || float64(bins[k]+1) < place {
				t.Errorf("%v is in bin %d, alone in %d, want %v", x, bins[k], Bin(x), place)
			}
		}
	})
}

func TestMeasureIntoScalesWhatItMeasures(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		r := random(8)
		for n := range 20 {
			values, factors, out, want := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
			for k := range values {
				values[k], factors[k] = r.Float32()-.5, 3*r.Float32()
				want[k] = values[k] * 2 * factors[k]
			}
			before := slices.Clone(values)
			var s, alone Sums
			s.MeasureInto(out, values, 2, factors)
			alone.Measure(want)
			if !slices.Equal(out, want) || !slices.Equal(values, before) || s != alone {
				t.Errorf("%d values are %v and measure %+v, want %v and %+v", n, out, s, want, alone)
			}
			var copied Sums
			copied.MeasureInto(out, values, 2, nil)
			if alone = (Sums{}); !slices.Equal(out, before) {
				t.Errorf("without factors %v becomes %v", before, out)
			}
			if alone.Measure(before); copied != alone {
				t.Errorf("without factors %v measures %+v, want %+v", before, copied, alone)
			}
		}
	})
}

func TestDot64IsTheSameInEveryVariant(t *testing.T) {
	for name, value := range fillings {
		r := random(26)
		for _, n := range []int{0, 1, 3, 4, 7, 8, 9, 15, 64, 100, 1536, 3071} {
			x, y := make([]float32, n), make([]float32, n)
			for k := range x {
				x[k], y[k] = value(r), value(r)
			}
			var strands [4]float64
			for k := range x {
				strand := k % 4
				if k >= n/4*4 {
					strand = 0
				}
				strands[strand] += float64(x[k]) * float64(y[k])
			}
			want := (strands[0] + strands[1]) + (strands[2] + strands[3])
			withVariant(t, func(t *testing.T) {
				if got := Dot64(x, y); got != want {
					t.Errorf("%s, %d values: %v, want %v", name, n, got, want)
				}
			})
		}
	}
}

func TestSignedBytesAreExpanded(t *testing.T) {
	withVariant(t, func(t *testing.T) {
		bytes := make([]byte, 256+7)
		for k := range bytes {
			bytes[k] = byte(k)
		}
		for _, n := range []int{0, 1, 7, 8, 9, 256, len(bytes)} {
			out := make([]float32, n+1)
			out[n] = 42
			Expand(string(bytes), .3, out[:n])
			for k, x := range out[:n] {
				if want := float32(.3) * float32(int8(bytes[k])); x != want {
					t.Fatalf("byte %d of %d is %v, want %v", k, n, x, want)
				}
			}
			if out[n] != 42 {
				t.Errorf("of %d bytes more are written", n)
			}
		}
	})
}

func TestDivideRoundsOnceInEveryVariant(t *testing.T) {
	for name, value := range fillings {
		r := random(27)
		for _, n := range []int{0, 1, 7, 8, 9, 100, 1536} {
			values, out := make([]float32, n), make([]float32, n+1)
			for k := range values {
				values[k] = value(r)
			}
			by := 1 + r.Float64()
			withVariant(t, func(t *testing.T) {
				out[n] = 3
				Divide(out, values, by)
				for k, x := range values {
					if want := float32(float64(x) / by); out[k] != want {
						t.Errorf("%s: %v over %v is %v, want %v", name, x, by, out[k], want)
					}
				}
				if out[n] != 3 {
					t.Errorf("%s: more than %d values are divided", name, n)
				}
			})
		}
	}
}
