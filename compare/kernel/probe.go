package kernel

import "math"

// Probe is a row in int8 twice over, once rounded and once what that left of it, so
// that it is about 250 times nearer to the true one than a row of [Quantized]. It is
// used by one goroutine at a time.
type Probe struct {
	parts        *Quantized // of one row, rounded and the rest
	length, away float64    // of the row in int8, and from there to the true one
	ints         [2 * TileColumns]int32
}

// NewProbe returns a row as a probe. The error is a *[SizeError], as of [NewQuantized].
func NewProbe(row []float32) (*Probe, error) {
	parts, err := NewQuantized(2, len(row))
	if err != nil {
		return nil, err
	}
	parts.rows = 2
	parts.take(0, row, chosen.eights)
	rounded := parts.values[:len(row)]
	rest := make([]float32, len(row))
	for k, x := range row {
		rest[k] = float32(float64(x) - float64(rounded[k])*float64(parts.scales[0]))
	}
	parts.take(1, rest, chosen.eights)
	p := &Probe{parts: parts}
	for k, v := range parts.values[parts.stride:][:len(row)] {
		taken := float64(rounded[k])*float64(parts.scales[0]) + float64(v)*float64(parts.scales[1])
		d := float64(row[k]) - taken
		p.length += taken * taken
		p.away += d * d
	}
	p.length, p.away = math.Sqrt(p.length), math.Sqrt(p.away)
	return p, nil
}

// Limits puts into out, for each of some rows of y, what its product with the row of
// the probe is not over, and returns whether they fit. It holds when the true rows of y
// are of unit length or shorter, but for rounding, and the probe's is not longer.
func (p *Probe) Limits(y *Quantized, rows Span, out []float32) bool {
	if p.parts.columns != y.columns || !rows.within(y.most, len(out)) {
		return false
	}
	high, low := float64(p.parts.scales[0]), float64(p.parts.scales[1])
	for from := rows.From; from < rows.To; from += TileColumns {
		columns := Span{from, min(rows.To, from+TileColumns)}
		chosen.products8(p.parts, y, Span{0, 2}, columns, p.ints[:])
		first, second := p.ints[:columns.len()], p.ints[TileColumns:][:columns.len()]
		scales, errors := y.scales[from:][:len(first)], y.errors[from:][:len(first)]
		limits := out[from-rows.From:][:len(first)]
		for j, v := range first {
			about := (float64(v)*high + float64(second[j])*low) * float64(scales[j])
			// a·b − a'·b' = a'·(b − b') + (a − a')·b, and roundings.
			limits[j] = float32(about + (p.length*float64(errors[j])+p.away)*(1+1e-5) + 1e-6)
		}
	}
	return true
}
