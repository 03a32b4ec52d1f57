package compare

import (
	"fmt"
	"math"
	"slices"
)

// Delta is the difference of two matrices over the same texts, cell by cell.
type Delta struct {
	a, b       *Matrix
	mean, unit [2]float64 // of each matrix: its similarities less mean are divided by unit
	most       float64
}

// Difference returns a − b. It returns an error when the two are over
// different numbers of texts.
func Difference(a, b *Matrix) (*Delta, error) {
	return difference(a, b, [2]float64{}, [2]float64{1, 1})
}

// StandardDifference returns the difference of standardised similarities: how many
// standard deviations a pair lies over the mean of all pairs in a, minus the same in b.
// What two scales differ by as a whole is not in it. The backgrounds are those of a and b;
// one whose pairs are all alike but for rounding is not divided by its deviation.
// Errors are those of [Difference].
func StandardDifference(a, b *Matrix, of [2]Background) (*Delta, error) {
	units := [2]float64{of[0].SD, of[1].SD}
	for i, sd := range units {
		if sd < leastSD { // or rounding would be all that is seen
			units[i] = 1
		}
	}
	return difference(a, b, [2]float64{of[0].Mean, of[1].Mean}, units)
}

func difference(a, b *Matrix, mean, unit [2]float64) (*Delta, error) {
	if a.Len() != b.Len() {
		return nil, fmt.Errorf("subtracting matrices over %d and %d texts: both must be over the same texts", a.Len(), b.Len())
	}
	d := &Delta{a: a, b: b, mean: mean, unit: unit}
	d.most = d.largest()
	return d, nil
}

// largest looks for the largest difference: of all cells where both matrices
// hold the same ones, else among the texts sampled from the larger.
func (d *Delta) largest() float64 {
	if d.a.upper != nil && d.b.upper != nil && slices.Equal(d.a.vectors.texts, d.b.vectors.texts) {
		var most float64
		for k, s := range d.a.upper {
			most = max(most, math.Abs(d.Of(float64(s), float64(d.b.upper[k]))))
		}
		return most
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
// to 2 or, of a [StandardDifference], in standard deviations; ok is false when either text
// has no vector in either matrix. A text and itself are no pair: they are as similar in both.
func (d *Delta) At(i, j int) (value float64, ok bool) {
	x, inA := d.a.At(i, j)
	y, inB := d.b.At(i, j)
	if !inA || !inB {
		return 0, false
	}
	if i == j {
		return 0, true
	}
	return d.Of(x, y), true
}

// Of is the difference of a similarity in a and one in b.
func (d *Delta) Of(x, y float64) float64 {
	return (x-d.mean[0])/d.unit[0] - (y-d.mean[1])/d.unit[1]
}

// MaxAbs returns the largest absolute difference of any two texts: the end of
// a diverging scale around 0. Above [DenseLimit] texts it looks, as
// [Matrix.Range] does, at some texts only.
func (d *Delta) MaxAbs() float64 { return d.most }
