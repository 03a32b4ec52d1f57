package answer

import "math"

// notFinite tells whether a value is infinite or no number: all bits of its
// exponent are set.
func notFinite(v float32) bool { return math.Float32bits(v)&0x7f800000 == 0x7f800000 }

// Normalise gives a vector unit length, and tells the length that it had: 0 when it has
// none, and stays as it is.
func Normalise(v []float32) (norm float64) {
	var a, b, c, d float64 // independent sums keep the processor busy
	i := 0
	for ; i+4 <= len(v); i += 4 {
		w, x, y, z := float64(v[i]), float64(v[i+1]), float64(v[i+2]), float64(v[i+3])
		a, b, c, d = a+w*w, b+x*x, c+y*y, d+z*z
	}
	for ; i < len(v); i++ {
		a += float64(v[i]) * float64(v[i])
	}
	norm = math.Sqrt(a + b + c + d)
	if norm == 0 {
		return 0
	}
	inverse := 1 / norm
	for i := range v {
		v[i] = float32(float64(v[i]) * inverse)
	}
	return norm
}

// No model gives values beyond these, not even before they are normalised. Bytes
// of something else that are read as floats have every exponent there is.
const (
	leastSane = 1e-18
	mostSane  = 1e6
)

// Garbled tells whether a vector is something else that was read as numbers: of its
// values beside zero many are senselessly large, and many senselessly small.
func Garbled(v []float32) bool {
	some, small, large := 0, 0, 0
	for _, x := range v {
		switch size := math.Abs(float64(x)); {
		case size == 0:
			continue
		case size < leastSane:
			small++
		case size > mostSane:
			large++
		}
		some++
	}
	return small*10 > some && large*10 > some
}
