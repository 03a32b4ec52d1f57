package kernel

import "unsafe"

// measureEights is MeasureInto for the first values, as many as are a multiple of eight;
// it returns how many. It calls the assembly by name, so that nothing is allocated.
func measureEights(out, values []float32, factor float32, factors []float32, s *Sums) int {
	n := eights(values)
	if n == 0 {
		return 0
	}
	sums, limits := [2]float64{s.Sum, s.Squares}, [2]float32{s.Least, s.Most}
	if factors == nil {
		measureAVX2(&values[0], n, &out[0], s.Origin, &sums, &limits)
	} else {
		measureScaledAVX2(&values[0], n, &out[0], s.Origin, &sums, &limits, factor, &factors[0])
	}
	s.Sum, s.Squares, s.Least, s.Most = sums[0], sums[1], limits[0], limits[1]
	return n
}

// binEights is BinsOf for the first values.
func binEights(values []float32, bins []int32) int {
	n := eights(values)
	if n > 0 {
		binsAVX2(&values[0], n, &bins[0])
	}
	return n
}

// dotEights is Dot64 for the first values, in strands.
func dotEights(x, y []float32, strands *[4]float64) int {
	n := eights(x)
	if n > 0 {
		dot64AVX2(&x[0], &y[0], n, strands)
	}
	return n
}

// divideEights is Divide for the first values.
func divideEights(out, values []float32, by float64) int {
	n := eights(values)
	if n > 0 {
		divideAVX2(&values[0], n, by, &out[0])
	}
	return n
}

// greatestOf gives the greatest magnitude of values, as many as are a multiple of 32.
func greatestOf(values []float32) (most float32) {
	if len(values) > 0 {
		greatestAVX2(&values[0], len(values), &most)
	}
	return most
}

// take makes int8 values of as many as are a multiple of 32.
func (r *rounding) take(values []float32, out []int8) {
	if len(values) > 0 {
		quantizeAVX2(&values[0], len(values), r.inverse, r.scale, r.added, &out[0], &r.sums, &r.wrong)
	}
}

// lengthsOf gives the greatest square of the lengths that panelLength bounds, of values
// times a factor, as many as are a multiple of byteChunk.
func lengthsOf(values []float32, factor float32) (most float32) {
	if len(values) > 0 {
		lengthsAVX2(&values[0], len(values), factor, &most)
	}
	return most
}

// bytesInBins is [Products.Bins] for the first products.
func bytesInBins(products []int32, scale float32, scales []float32, bins []int32, most *float32) int {
	if !chosen.eights || len(products) < 8 {
		return 0
	}
	n := len(products) / 8 * 8
	bytesInBinsAVX2(&products[0], n, scale, &scales[0], &bins[0], most)
	return n
}

// expandEights is Expand for the first values.
func expandEights(bytes string, scale float32, out []float32) int {
	n := eights(out)
	if n > 0 {
		expandAVX2(&out[0], n, unsafe.StringData(bytes), scale)
	}
	return n
}

// eights returns how many values the assembly takes.
func eights(values []float32) int {
	if !chosen.eights {
		return 0
	}
	return len(values) / 8 * 8
}
