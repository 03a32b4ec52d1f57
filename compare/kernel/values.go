package kernel

// Bins is how many bins [Bin] and [BinsOf] tell apart: they cut [-1, 1] evenly.
const Bins = 1 << 18

// CoarseBins is how many bins [Products.Bins] tells apart, a sixteenth of Bins: they are
// fine enough for similarities in int8, and so few that counts of them stay in a core's
// first-level cache.
const CoarseBins = 1 << 14

// coarseBin returns the bin of a similarity in int8, clipped to [-1, 1].
func coarseBin(value float32) int32 {
	return max(0, min(CoarseBins-1, int32(value*(CoarseBins/2)+CoarseBins/2)))
}

// Bin returns the bin of a value from -1 to 1; the last holds 1 itself. Greater
// values have no lesser bin.
func Bin(value float32) int32 {
	return min(Bins-1, int32(value*(Bins/2)+Bins/2))
}

// BinsOf puts into bins the bin of every value. There is room for as many.
func BinsOf(values []float32, bins []int32) {
	bins = bins[:len(values)]
	n := binEights(values, bins)
	values, bins = values[n:], bins[n:]
	for k, x := range values {
		bins[k] = Bin(x)
	}
}

// Sums are what is known of values: how many there are, the sum of their distances
// from an origin and of the squares of these, and the least and greatest.
type Sums struct {
	Count        int
	Origin       float64
	Sum, Squares float64
	Least, Most  float32
}

// Measure clips values to [-1, 1] where they are and adds them to s. The first value
// that s sees becomes its origin, so that large common levels cost no precision.
func (s *Sums) Measure(values []float32) { s.MeasureInto(values, values, 1, nil) }

// MeasureInto puts values, each times the factor and its own of factors, into out and there
// does as Measure. There are as many factors, or none and values stay what they are, and
// there is as much room.
func (s *Sums) MeasureInto(out, values []float32, factor float32, factors []float32) {
	if len(values) == 0 {
		return
	}
	out = out[:len(values)]
	if factors != nil {
		factors = factors[:len(values)]
	}
	if s.Count == 0 {
		first := clip(scaled(values, factor, factors, 0))
		*s = Sums{Origin: float64(first), Least: first, Most: first}
	}
	s.Count += len(values)
	for k := measureEights(out, values, factor, factors, s); k < len(values); k++ {
		x := clip(scaled(values, factor, factors, k))
		out[k] = x
		d := float64(x) - s.Origin
		s.Sum += d
		s.Squares += d * d
		s.Least, s.Most = min(s.Least, x), max(s.Most, x)
	}
}

// scaled is the value in a place, times the factors if there are some.
func scaled(values []float32, factor float32, factors []float32, k int) float32 {
	if factors == nil {
		return values[k]
	}
	return values[k] * factor * factors[k]
}

// clip keeps a value that rounding pushed out of range within [-1, 1].
func clip(x float32) float32 { return min(1, max(-1, x)) }

// Divide puts values divided by a number into out, of which there are as many: each is
// rounded once, from float64.
func Divide(out, values []float32, by float64) {
	out = out[:len(values)]
	n := divideEights(out, values, by)
	out, values = out[n:], values[n:]
	for k, x := range values {
		out[k] = float32(float64(x) / by)
	}
}

// Dot64 is the product of two rows of equal length in float64, summed in four strands:
// the same number in vector instructions and in Go, as products of float32 values are
// exact.
func Dot64(x, y []float32) float64 {
	y = y[:len(x)]
	var s [4]float64
	n := dotEights(x, y, &s)
	x, y = x[n:], y[n:]
	s0, s1, s2, s3 := s[0], s[1], s[2], s[3]
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

// Expand puts into out as many signed bytes as it holds, each times scale. There are as
// many bytes.
func Expand(bytes string, scale float32, out []float32) {
	bytes = bytes[:len(out)]
	for k := expandEights(bytes, scale, out); k < len(bytes); k++ {
		out[k] = scale * float32(int8(bytes[k]))
	}
}
