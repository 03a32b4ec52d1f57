package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/kernel"
)

// Vectors are the N×D unit-length float32 rows of one candidate over the
// corpus. A text may have no vector (it is absent: its embedding failed or is
// still awaited); everything computed from Vectors leaves such texts out.
// Vectors are never changed after they were made and may be shared between
// goroutines. The zero value has no texts.
type Vectors struct {
	dim   int
	slots []int32  // for each text the place of its row, or -1 when absent
	texts []int32  // for each row the index of its text, ascending
	held  *held    // nil without rows, and where they are cut when first asked for:
	cut   *cutRows // nil when they are not
}

// held are the rows of vectors in memory.
type held struct {
	rows  kernel.Matrix
	norms []float64 // squared length of each row: 1 but for rounding to float32
	// coarse is what copies share to be searched faster; nil without rows.
	coarse *coarse
}

// in returns the rows in memory.
func (v Vectors) in() *held {
	switch {
	case v.held != nil:
		return v.held
	case v.cut != nil:
		return v.cut.in(v.dim)
	}
	return new(held)
}

// NewVectors copies the rows and scales each to unit length, with the length
// taken in float64. A nil row is an absent text. The errors name the text:
// *[LengthError] when rows differ in length or one is empty, *[NotFiniteError],
// *[ZeroVectorError].
func NewVectors(rows [][]float32) (Vectors, error) {
	v := Vectors{slots: make([]int32, len(rows))}
	present := 0
	for i, row := range rows {
		if row == nil {
			v.slots[i] = -1
			continue
		}
		if v.dim == 0 {
			v.dim = len(row)
		}
		if len(row) != v.dim || len(row) == 0 {
			return Vectors{}, &LengthError{Text: i, Length: len(row), Want: v.dim}
		}
		v.slots[i] = int32(present)
		present++
	}
	if err := v.allocate(present); err != nil {
		return Vectors{}, err
	}
	for i, row := range rows {
		if row == nil {
			continue
		}
		if err := v.store(i, row); err != nil {
			return Vectors{}, err
		}
	}
	return v, nil
}

// allocate makes room for the rows of so many present texts.
func (v *Vectors) allocate(present int) error {
	v.texts = make([]int32, present)
	if present == 0 {
		return nil
	}
	rows, err := kernel.New(present, v.dim)
	if err != nil {
		return fmt.Errorf("making room for vectors: %w", err)
	}
	v.held = &held{rows: rows, norms: make([]float64, present), coarse: new(coarse)}
	return nil
}

// store writes the row of one text, scaled to unit length, into its place.
func (v *Vectors) store(text int, row []float32) error {
	sum := dot64(row, row) // no square of a float32 is too large for it
	if d := sum - sum; d != 0 {
		return &NotFiniteError{Text: text, Position: slices.IndexFunc(row, notFinite)}
	}
	if sum == 0 {
		return &ZeroVectorError{Text: text, Dimensions: len(row)}
	}
	slot := int(v.slots[text])
	v.texts[slot] = int32(text)
	v.held.scale(slot, row, math.Sqrt(sum))
	return nil
}

// scale writes a row of a length, scaled to unit length, into a place.
func (h *held) scale(slot int, row []float32, length float64) {
	unit := h.rows.Row(slot)
	kernel.Divide(unit, row, length)
	h.norms[slot] = dot64(unit, unit)
}

// notFinite tells NaN and the infinities from numbers.
func notFinite(x float32) bool { return x-x != 0 }

// row returns the row in a place, which is not the index of its text.
func (v Vectors) row(slot int) []float32 { return v.in().rows.Row(slot) }

// Len returns N, the number of texts, absent ones included.
func (v Vectors) Len() int { return len(v.slots) }

// Dim returns D, the number of dimensions; 0 when no text has a vector.
func (v Vectors) Dim() int { return v.dim }

// Present returns how many texts have a vector.
func (v Vectors) Present() int { return len(v.texts) }

// Has reports whether text i exists and has a vector.
func (v Vectors) Has(i int) bool { return i >= 0 && i < len(v.slots) && v.slots[i] >= 0 }

// Row returns the D unit-length values of text i, or nil when it has no
// vector. The caller must not change them.
func (v Vectors) Row(i int) []float32 {
	if !v.Has(i) {
		return nil
	}
	return v.row(int(v.slots[i]))
}

// Similarity returns the cosine of texts i and j, from -1 to 1, summed in
// float64: the number that decides whether a pair is at or over a threshold.
// Two texts with the same vector have exactly 1. It is 0 when either text has
// no vector; see [Vectors.Has].
func (v Vectors) Similarity(i, j int) float64 {
	if !v.Has(i) || !v.Has(j) {
		return 0
	}
	return v.similarity(int(v.slots[i]), int(v.slots[j]))
}

// similarity is Similarity of two places. Dividing by the lengths of the
// stored rows removes what rounding to float32 left of them.
func (v Vectors) similarity(a, b int) float64 {
	return v.similarityOf(a, &v, b)
}

// similarityOf is the same of a place and one of other vectors.
func (v *Vectors) similarityOf(a int, other *Vectors, b int) float64 {
	p, q := v.in(), other.in()
	s := dot64(p.rows.Row(a), q.rows.Row(b)) / math.Sqrt(p.norms[a]*q.norms[b])
	return min(1, max(-1, s))
}

// Truncate returns the first d values of every row, scaled to unit length again: the
// vectors called derived. A text whose first d values are all zero has no vector in t, and
// zero names such texts, in ascending order. The error is a *[DimensionsError] when d is
// below 1 or over Dim.
func (v Vectors) Truncate(d int) (t Vectors, zero []int, err error) {
	if d == v.dim {
		return v, nil, nil
	}
	if d < 1 || d > v.dim {
		return Vectors{}, nil, &DimensionsError{Asked: d, Have: v.dim}
	}
	t = Vectors{dim: d, slots: make([]int32, len(v.slots))}
	present := 0
	for text, slot := range v.slots {
		t.slots[text] = -1
		if slot < 0 {
			continue
		}
		if row := v.row(int(slot))[:d]; dot64(row, row) == 0 {
			zero = append(zero, text)
			continue
		}
		t.slots[text] = int32(present)
		present++
	}
	if err := t.allocate(present); err != nil {
		return Vectors{}, nil, err
	}
	for text, slot := range t.slots {
		if slot < 0 {
			continue
		}
		if err := t.store(text, v.row(int(v.slots[text]))[:d]); err != nil {
			return Vectors{}, nil, err
		}
	}
	return t, zero, nil
}

// only returns the rows in some places as the vectors of as many texts.
func (v Vectors) only(slots []int32) (Vectors, error) {
	part := Vectors{dim: v.dim, slots: make([]int32, len(slots))}
	if err := part.allocate(len(slots)); err != nil {
		return Vectors{}, err
	}
	for i, slot := range slots {
		part.slots[i], part.texts[i], part.held.norms[i] = int32(i), int32(i), v.in().norms[slot]
		copy(part.row(i), v.row(int(slot)))
	}
	return part, nil
}
