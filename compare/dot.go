package compare

import "github.com/vecscope/vecscope/compare/kernel"

// dot is the float32 dot product of two rows of equal length, for a few of them:
// many are multiplied by package kernel. It sums in eight strands, which both keeps
// the processor busy and keeps the rounding error small.
func dot(x, y []float32) float32 {
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
func dot64(x, y []float32) float64 { return kernel.Dot64(x, y) }

// roundingSlack bounds how far the float32 similarity of two unit rows of dim
// values can be from the float64 one: one unit of rounding for each addition that
// a value can go through in any of the kernel's loops, with room for the ends and
// for rows that are unit only to float32.
func roundingSlack(dim int) float64 {
	const unit = 1.0 / (1 << 24)
	return float64(kernel.Additions(dim)+48) * unit
}
