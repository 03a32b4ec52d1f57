package kernel

import "math"

const (
	// compactStep is how many values of a row stand together in compact rows, and
	// compactBytes how many bytes hold them: three times 32 of which each has a value in
	// its lower six bits, and in the upper two a third of one of the last 32 values.
	compactStep, compactBytes = 128, 96
	// compactDeepest is the greatest value in six bits; they lie from 1 to 63 there.
	compactDeepest, compactZero = 31, 32
)

// Compact is rows of a matrix in six bits a value, each with a scale of its own, and how
// far they are from the true ones. Make one with [NewCompact] and fill it with
// [Compact.Take].
type Compact struct {
	most, columns int
	groups        int // of compactStep values in a row
	values        []uint8
	scales        []float32 // of each row: value times scale is about the true one
	errors        []float32 // length of each true row less that, rounded up
}

// CompactBytes is how many bytes a row of so many columns takes in [Compact].
func CompactBytes(columns int) int { return compactGroups(columns)*compactBytes + 2*4 }

func compactGroups(columns int) int { return (columns + compactStep - 1) / compactStep }

// NewCompact returns room for so many rows of so many columns. The error is a
// *[SizeError], also for more columns than 65,536.
func NewCompact(rows, columns int) (*Compact, error) {
	if err := checkSize(rows, columns); err != nil || columns > maxBytes {
		return nil, &SizeError{Rows: rows, Columns: columns}
	}
	c := &Compact{
		most: rows, columns: columns, groups: compactGroups(columns),
		scales: make([]float32, rows), errors: make([]float32, rows),
	}
	c.values = make([]uint8, rows*c.groups*compactBytes)
	onLargePages(c.values)
	return c, nil
}

// Take puts rows of m, which has as many columns, in the places from at on, and returns
// whether they fit. Several goroutines may do so at once in different places.
func (c *Compact) Take(at int, m Matrix, rows Span) bool {
	if m.columns != c.columns || at < 0 || at > c.most || !rows.within(m.rows, c.most-at) {
		return false
	}
	for i := range rows.len() {
		c.take(at+i, m.Row(rows.From+i), chosen.eights)
	}
	return true
}

// take puts a row in a place, with every value rounded to the nearest multiple of the
// scale; in vector instructions if they are there.
func (c *Compact) take(i int, row []float32, eights bool) {
	whole := len(row) / compactStep * compactStep
	var rest [compactStep]float32
	copy(rest[:], row[whole:])
	scale, inverse := scaleOf(max(greatest(row[:whole], eights), greatest(rest[:], eights)), compactDeepest)
	into := c.row(i)
	wrong := round(row[:whole], inverse, scale, into, eights)
	if whole < len(row) {
		wrong += round(rest[:], inverse, scale, into[whole/compactStep*compactBytes:], eights)
	}
	// What is wrong was added up in float32, and squares of less than 1e-19 are lost.
	away := math.Sqrt(float64(wrong)) * (1 + math.Ldexp(float64(len(row)+compactStep), -24))
	c.scales[i], c.errors[i] = scale, upward(away+1e-15)
}

// greatest gives the greatest magnitude of values; in vector instructions, if they are there,
// of as many as are a multiple of 32.
func greatest(values []float32, eights bool) (most float32) {
	if eights {
		return greatestOf(values)
	}
	for _, x := range values {
		most = max(most, x, -x)
	}
	return most
}

// round puts into out whole groups of values times inverse, none of which is over 31, in
// six bits, and gives the sum of the squares of what times scale is missing from them.
func round(values []float32, inverse, scale float32, out []uint8, eights bool) (wrong float32) {
	if eights {
		roundEights(values, inverse, scale, out, &wrong)
		return wrong
	}
	for ; len(values) > 0; values, out = values[compactStep:], out[compactBytes:] {
		var group [compactStep]int8
		for k, x := range values[:compactStep] {
			v := nearest(x * inverse)
			group[k] = v
			d := float32(float64(x) - float64(v)*float64(scale))
			wrong += d * d
		}
		pack(&group, out)
	}
	return wrong
}

// row returns the bytes of a row.
func (c *Compact) row(i int) []uint8 {
	size := c.groups * compactBytes
	return c.values[i*size : (i+1)*size]
}

// pack puts a group of values from -31 to 31 into six bits each.
func pack(values *[compactStep]int8, into []uint8) {
	into = into[:compactBytes]
	for k := range 32 {
		last := uint8(values[96+k] + compactZero)
		into[k] = uint8(values[k]+compactZero) | last<<6
		into[32+k] = uint8(values[32+k]+compactZero) | last>>2<<6
		into[64+k] = uint8(values[64+k]+compactZero) | last>>4<<6
	}
}

// compactPortable is the loop over compact rows for processors without one of their own:
// it puts into out, for each of as many rows of so many groups, the sums of its values,
// from 1 to 63, times those of both halves of a probe.
func compactPortable(rows []uint8, groups int, probe *[2][]int8, out [][2]int32) {
	for i := range out {
		row := rows[i*groups*compactBytes:][:groups*compactBytes]
		var sums [2]int32
		for g := range groups {
			from := row[g*compactBytes:][:compactBytes]
			for half, values := range probe {
				q := values[g*compactStep:][:compactStep]
				var sum int32
				for k := range 32 {
					a, b, c := from[k], from[32+k], from[64+k]
					last := a>>6 | b>>6<<2 | c>>6<<4
					sum += int32(q[k])*int32(a&63) + int32(q[32+k])*int32(b&63) +
						int32(q[64+k])*int32(c&63) + int32(q[96+k])*int32(last)
				}
				sums[half] += sum
			}
		}
		out[i] = sums
	}
}

// soundCompact tells whether the loop over compact rows is right.
func (v variant) soundCompact() bool {
	const groups, rows = 2, 3
	values := make([]uint8, rows*groups*compactBytes)
	for i := range values {
		values[i] = uint8(37 * i)
	}
	var probe [2][]int8
	for half := range probe {
		probe[half] = make([]int8, groups*compactStep)
		for k := range probe[half] {
			probe[half][k] = int8((k*(7+half))%(2*deepest+1) - deepest)
		}
	}
	var got, want [rows][2]int32
	v.compact(values, groups, &probe, got[:])
	compactPortable(values, groups, &probe, want[:])
	return got == want
}
