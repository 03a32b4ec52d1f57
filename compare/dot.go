package compare

import (
	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"
)

// dot is the float32 dot product of two rows of equal, positive length: the
// vector instructions of vek where the processor has them.
var dot = fastestDot(vek.Info().Acceleration)

func fastestDot(accelerated bool) func(x, y []float32) float32 {
	if accelerated {
		return vek32.Dot
	}
	return portableDot
}

// portableDot sums in eight strands, which both keeps the processor busy and
// keeps the rounding error small.
func portableDot(x, y []float32) float32 {
	y = y[:len(x)]
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	for len(x) >= 8 && len(y) >= 8 {
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		s4 += x[4] * y[4]
		s5 += x[5] * y[5]
		s6 += x[6] * y[6]
		s7 += x[7] * y[7]
		x, y = x[8:], y[8:]
	}
	for k, a := range x {
		s0 += a * y[k]
	}
	return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
}

// dot64 is the dot product of two rows of equal length summed in float64.
func dot64(x, y []float32) float64 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float64
	for len(x) >= 4 && len(y) >= 4 {
		s0 += float64(x[0]) * float64(y[0])
		s1 += float64(x[1]) * float64(y[1])
		s2 += float64(x[2]) * float64(y[2])
		s3 += float64(x[3]) * float64(y[3])
		x, y = x[4:], y[4:]
	}
	for k, a := range x {
		s0 += float64(a) * float64(y[k])
	}
	return (s0 + s1) + (s2 + s3)
}

// roundingSlack bounds how far the float32 similarity of two unit rows of dim
// values can be from the float64 one: one unit of rounding for each addition
// in the longest strand, with room for the ends and for rows that are unit
// only to float32.
func roundingSlack(dim int) float64 {
	const unit = 1.0 / (1 << 24)
	return float64(dim/8+48) * unit
}
