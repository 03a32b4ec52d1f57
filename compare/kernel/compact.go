package kernel

import (
	"encoding/binary"
	"math"
	"unsafe"
)

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
	values := make([]int8, c.groups*compactStep)
	for i := range rows.len() {
		r := rounded(m.Row(rows.From+i), compactDeepest, values, chosen.eights)
		c.scales[at+i], c.errors[at+i] = r.scale, upward(math.Sqrt(r.wrong))
		pack(values, c.row(at+i))
	}
	return true
}

// row returns the bytes of a row.
func (c *Compact) row(i int) []uint8 {
	size := c.groups * compactBytes
	return c.values[i*size : (i+1)*size]
}

// pack puts values from -31 to 31, whole groups of them, into six bits each, eight at a
// time.
func pack(values []int8, into []uint8) {
	const six, zero, two = 0x3f3f3f3f3f3f3f3f, 0x2020202020202020, 0x0303030303030303
	from := unsafe.Slice((*uint8)(unsafe.Pointer(unsafe.SliceData(values))), len(values))
	eight := func(at int) uint64 { // and 32 more of each, in six bits
		return binary.LittleEndian.Uint64(from[at:])&six ^ zero
	}
	for ; len(from) >= compactStep && len(into) >= compactBytes; from, into = from[compactStep:], into[compactBytes:] {
		for k := 0; k < 32; k += 8 {
			last := eight(96 + k)
			binary.LittleEndian.PutUint64(into[k:], eight(k)|last&two<<6)
			binary.LittleEndian.PutUint64(into[32+k:], eight(32+k)|last>>2&two<<6)
			binary.LittleEndian.PutUint64(into[64+k:], eight(64+k)|last>>4&two<<6)
		}
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
