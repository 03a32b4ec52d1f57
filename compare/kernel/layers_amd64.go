package kernel

import "math"

// addEights is Add for the first values.
func addEights(values, more []float32) int {
	n := eights(values)
	if n > 0 {
		addAVX2(&values[0], n, &more[0])
	}
	return n
}

// rectifyEights is Rectify for the first values.
func rectifyEights(values []float32) int {
	n := eights(values)
	if n > 0 {
		rectifyAVX2(&values[0], n)
	}
	return n
}

// normEights is Norm for as many values as are a multiple of eight; it returns whether
// they are.
func normEights(out, values []float32, epsilon float64, scales, biases []float32) bool {
	n := eights(values)
	if n == 0 || n < len(values) {
		return false
	}
	normAVX2(&values[0], n, epsilon, &scales[0], &biases[0], &out[0])
	return true
}

// softmaxEights is Softmax for n values, the first of a multiple of eight, of which the
// others are zero; it returns whether there are instructions for it.
func softmaxEights(values []float32, n int, scale float32) bool {
	if !chosen.eights || !(scale > 0) {
		return false
	}
	for k := n; k < len(values); k++ {
		values[k] = float32(math.Inf(-1))
	}
	softmaxAVX2(&values[0], len(values), scale*math.Log2E)
	clear(values[n:])
	return true
}
