package kernel

import "math"

// byteForm says how rows are to be in int8.
type byteForm struct {
	deepest float32 // the greatest value
	short   bool    // what they have in a chunk is short: see panelLength
	added   int8    // to every value, at last
}

// deepest is the greatest int8 value that rows have where nothing else is asked; -128 is
// none.
const deepest = 127

// rounding makes int8 values of others, and adds up what is told of them.
type rounding struct {
	inverse, scale float32
	added          int8
	sums           [2]int32 // of the values, and of their squares
	wrong          float64  // of the squares of what they miss
}

// rounded puts into values the row with every value rounded to the nearest multiple of a
// scale, and something added; in vector instructions if they are there.
func rounded(row []float32, values []int8, eights bool, form byteForm) rounding {
	n := 0 // how many values the instructions take
	if eights {
		n = len(row) / roundedTogether * roundedTogether
	}
	most := max(greatestOf(row[:n]), greatest(row[n:], false))
	r := rounding{added: form.added}
	r.scale, r.inverse = scaleOf(most, form.deepest)
	if form.short {
		r.shorten(row, eights)
	}
	values = values[:len(row)]
	r.take(row[:n], values)
	for k, x := range row[n:] {
		v := nearest(x * r.inverse)
		values[n+k] = v + r.added
		r.sums[0] += int32(v)
		r.sums[1] += int32(v) * int32(v)
		d := float64(x) - float64(v)*float64(r.scale)
		r.wrong += d * d
	}
	return r
}

// shorten makes the scale so much greater that every part of the row that is added up in 16
// bits becomes as short as it has to be.
func (r *rounding) shorten(row []float32, eights bool) {
	n := 0
	if eights {
		n = len(row) / byteChunk * byteChunk
	}
	square := lengthsOf(row[:n], r.inverse)
	for from := n; from < len(row); from += byteChunk {
		var sums [2]float32
		for k, x := range row[from:min(len(row), from+byteChunk)] {
			x *= r.inverse
			sums[k/2%2] += x * x
		}
		square = max(square, sums[0], sums[1])
	}
	if square > beforeRounding*beforeRounding {
		longer := float32(math.Sqrt(float64(square)) / beforeRounding)
		r.scale, r.inverse = r.scale*longer, r.inverse/longer
	}
}

// scaleOf gives the scale in whole multiples of which values up to most are up to deepest,
// and its inverse, which is finite; both are 0 for zeros alone.
func scaleOf(most, deepest float32) (scale, inverse float32) {
	if scale = most / deepest; scale > 0 {
		inverse = min(1/scale, math.MaxFloat32)
	}
	return scale, inverse
}

// roundedTogether is how many values the instructions that round take at a time.
const roundedTogether = 32

// nearest rounds to an int8 value, half to even as the vector instructions do.
func nearest(x float32) int8 {
	return int8(max(-deepest, min(deepest, math.RoundToEven(float64(x)))))
}

// upward rounds a length so that it is not less than the true one, whatever rounding
// went into it.
func upward(x float64) float32 { return float32(x*(1+1e-6)) * (1 + 1e-6) }
