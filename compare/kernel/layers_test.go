package kernel

import (
	"math"
	"testing"
)

func TestLayersAgreeWithFloat64(t *testing.T) {
	r := random(51)
	for _, n := range []int{1, 3, 8, 13, 18, 64, 100, 512} {
		m := filled(t, 3, n, func() float32 { return float32(10 * r.NormFloat64()) })
		scales, biases := make([]float32, n), make([]float32, n)
		for k := range n {
			scales[k], biases[k] = float32(r.NormFloat64()), float32(r.NormFloat64())
		}
		withVariant(t, func(t *testing.T) {
			for i := range m.Rows() {
				row := m.Row(i)
				sums, rectified, normed := make([]float32, n), make([]float32, n), make([]float32, n)
				copy(sums, row)
				Add(sums, biases)
				copy(rectified, row)
				Rectify(rectified)
				Norm(normed, row, 1e-3, scales, biases)
				mean, variance := spreadOf(row)
				for k, x := range row {
					if sums[k] != x+biases[k] || rectified[k] != max(0, x) {
						t.Errorf("%d values: %v and %v make %v; without a sign %v", n, x, biases[k], sums[k], rectified[k])
					}
					want := (float64(x)-mean)/math.Sqrt(variance+1e-3)*float64(scales[k]) + float64(biases[k])
					if math.Abs(float64(normed[k])-want) > 1e-5 {
						t.Errorf("%d values: %v in the norm is %v, want %v", n, x, normed[k], want)
					}
				}
			}
		})
	}
}

func TestSoftmaxAgreesWithFloat64(t *testing.T) {
	for name, value := range fillings {
		r := random(52)
		for _, n := range []int{1, 2, 7, 8, 9, 18, 128} {
			from := filled(t, 3, n, func() float32 { return value(r) })
			from.Row(1)[0] = 300 // all others are nothing beside it
			from.Row(2)[n-1] = -1e30
			for _, scale := range []float32{.125, 1, 3, 0, -2} {
				withVariant(t, func(t *testing.T) {
					m := filled(t, 3, n, func() float32 { return 0 })
					copy(m.values, from.values)
					Softmax(m, scale)
					for i := range m.rows {
						wantSoftmax(t, name, m.Row(i), from.Row(i), float64(scale))
						for _, x := range m.values[i*m.stride+n : (i+1)*m.stride] {
							if x != 0 {
								t.Fatalf("%d values are followed by %v", n, x)
							}
						}
					}
				})
			}
		}
	}
}

func wantSoftmax(t *testing.T, name string, got, from []float32, scale float64) {
	t.Helper()
	top, sum := math.Inf(-1), 0.0
	for _, x := range from {
		top = max(top, float64(x)*scale)
	}
	for _, x := range from {
		sum += math.Exp(float64(x)*scale - top)
	}
	for k, x := range from {
		score := float64(x)*scale - top
		// A score in float32 may be away by its last bit, and so the weight by a factor.
		tolerance := 1e-6 + math.Exp(score)/sum*max(math.Abs(top), math.Abs(float64(x)*scale))*math.Ldexp(1, -22)
		if want := math.Exp(score) / sum; !(math.Abs(float64(got[k])-want) <= tolerance) {
			t.Fatalf("%s times %v: %v of %d weighs %v, want %v", name, scale, x, len(from), got[k], want)
		}
	}
}

func TestWeightsOfWhatIsNotANumberAreNotNumbers(t *testing.T) {
	for _, wrong := range []float64{math.NaN(), math.Inf(1)} {
		for _, at := range []int{0, 7, 8, 9} {
			withVariant(t, func(t *testing.T) {
				m := filled(t, 1, 10, func() float32 { return 1 })
				m.Row(0)[at] = float32(wrong)
				Softmax(m, .5)
				if got := m.Row(0)[at]; got == got {
					t.Errorf("%v at %d weighs %v", wrong, at, got)
				}
			})
		}
	}
}
