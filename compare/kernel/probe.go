package kernel

import "math"

// Probe is a row in int8 twice over, once rounded and once what that left of it, so
// that it is about 250 times nearer to the true one than if rounded once. It is used by
// one goroutine at a time.
type Probe struct {
	columns      int
	halves       [2][]int8  // the row rounded, and the rest: whole groups of values
	scales       [2]float64 // of the halves
	less         [2]int32   // what the zero of compact values adds to the sum of each
	length, away float64    // of the row in int8, and from there to the true one
	sums         [probeRows][2]int32
}

// probeRows is how many rows a probe is multiplied with at a time.
const probeRows = 64

// NewProbe returns a row as a probe. The error is a *[SizeError], as of [NewCompact].
func NewProbe(row []float32) (*Probe, error) {
	if len(row) < 1 || len(row) > maxBytes {
		return nil, &SizeError{Rows: 1, Columns: len(row)}
	}
	p := &Probe{columns: len(row)}
	rest := row
	for half := range p.halves {
		values := make([]int8, compactGroups(len(row))*compactStep)
		r := rounded(rest, values, chosen.eights, byteForm{deepest: deepest})
		p.halves[half], p.scales[half], p.less[half] = values, float64(r.scale), compactZero*r.sums[0]
		left := make([]float32, len(row))
		for k, x := range rest {
			left[k] = float32(float64(x) - float64(values[k])*p.scales[half])
		}
		rest = left
	}
	for k, x := range row {
		taken := float64(p.halves[0][k])*p.scales[0] + float64(p.halves[1][k])*p.scales[1]
		d := float64(x) - taken
		p.length += taken * taken
		p.away += d * d
	}
	p.length, p.away = math.Sqrt(p.length), math.Sqrt(p.away)
	return p, nil
}

// Limits puts into out, for each of some rows of y, what its product with the row of
// the probe is not over, and returns whether they fit. It holds when the true rows of y
// are of unit length or shorter, but for rounding, and the probe's is not longer.
func (p *Probe) Limits(y *Compact, rows Span, out []float32) bool {
	if p.columns != y.columns || !rows.within(y.most, len(out)) {
		return false
	}
	size := y.groups * compactBytes
	for from := rows.From; from < rows.To; from += probeRows {
		sums := p.sums[:min(probeRows, rows.To-from)]
		chosen.compact(y.values[from*size:(from+len(sums))*size], y.groups, &p.halves, sums)
		scales, errors := y.scales[from:][:len(sums)], y.errors[from:][:len(sums)]
		limits := out[from-rows.From:][:len(sums)]
		for j, sum := range sums {
			about := float64(sum[0]-p.less[0])*p.scales[0] + float64(sum[1]-p.less[1])*p.scales[1]
			// a·b − a'·b' = a'·(b − b') + (a − a')·b, and roundings.
			away := (p.length*float64(errors[j])+p.away)*(1+1e-5) + 1e-6
			limits[j] = float32(about*float64(scales[j]) + away)
		}
	}
	return true
}
