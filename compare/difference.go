package compare

import (
	"fmt"
	"math"
	"slices"
)

// Delta is the difference of two matrices over the same texts, cell by cell.
type Delta struct {
	a, b *Matrix
	most float64
}

// Difference returns a − b. It returns an error when the two are over
// different numbers of texts.
func Difference(a, b *Matrix) (*Delta, error) {
	if a.Len() != b.Len() {
		return nil, fmt.Errorf("subtracting matrices over %d and %d texts: both must be over the same texts", a.Len(), b.Len())
	}
	d := &Delta{a: a, b: b}
	d.most = d.largest()
	return d, nil
}

// largest looks for the largest difference: of all cells where both matrices
// hold the same ones, else among the texts sampled from the larger.
func (d *Delta) largest() float64 {
	if d.a.upper != nil && d.b.upper != nil && slices.Equal(d.a.vectors.texts, d.b.vectors.texts) {
		var most float32
		for k, s := range d.a.upper {
			most = max(most, s-d.b.upper[k], d.b.upper[k]-s)
		}
		return float64(most)
	}
	wide := d.a
	if d.b.vectors.Present() > wide.vectors.Present() {
		wide = d.b
	}
	var most float64
	sample := wide.sample()
	for k, row := range sample {
		i := int(wide.vectors.texts[row])
		for _, column := range sample[k+1:] {
			if value, ok := d.At(i, int(wide.vectors.texts[column])); ok {
				most = max(most, math.Abs(value))
			}
		}
	}
	return most
}

// Len returns N, the number of texts.
func (d *Delta) Len() int { return d.a.Len() }

// At returns how much more similar texts i and j are in a than in b, from -2
// to 2; ok is false when either text has no vector in either matrix.
func (d *Delta) At(i, j int) (value float64, ok bool) {
	x, inA := d.a.At(i, j)
	y, inB := d.b.At(i, j)
	if !inA || !inB {
		return 0, false
	}
	return x - y, true
}

// MaxAbs returns the largest absolute difference of any two texts: the end of
// a diverging scale around 0. Above [DenseLimit] texts it looks, as
// [Matrix.Range] does, at some texts only.
func (d *Delta) MaxAbs() float64 { return d.most }
