package pipeline

import (
	"fmt"

	"github.com/vecscope/vecscope/compare"
)

// Reduction tells how far the vectors that a server shortened itself are from
// those that were cut here from its full ones.
type Reduction struct {
	// Texts is how many were compared: those with both vectors.
	Texts int
	// Mean and Max are of the cosine distance, 1 − cosine similarity, between the
	// two vectors of a text; from 0, the same direction, to 2.
	Mean, Max float64
	// Worst is the place of the text with the greatest distance.
	Worst int
}

// CompareReduced compares two sets of vectors of the same texts, text by text. The
// error says that they are not of as many texts or have different lengths or no text
// in common.
func CompareReduced(own, derived compare.Vectors) (Reduction, error) {
	if own.Dim() != derived.Dim() && own.Dim() > 0 {
		return Reduction{}, fmt.Errorf("the server gave vectors of %d dimensions where %d were asked for", own.Dim(), derived.Dim())
	}
	if own.Len() != derived.Len() {
		return Reduction{}, fmt.Errorf("the server's vectors are of %d texts, those cut here of %d", own.Len(), derived.Len())
	}
	r := Reduction{Max: -1}
	for i := range own.Len() {
		if !own.Has(i) || !derived.Has(i) {
			continue
		}
		d := cosineDistance(own.Row(i), derived.Row(i))
		r.Texts++
		r.Mean += d
		if d > r.Max {
			r.Max, r.Worst = d, i
		}
	}
	if r.Texts == 0 {
		return Reduction{}, fmt.Errorf("no text has a vector of both kinds")
	}
	r.Mean /= float64(r.Texts)
	return r, nil
}

// cosineDistance is that of two vectors of unit length. For them it is half their
// squared distance, which is exact where the vectors are nearly the same.
func cosineDistance(a, b []float32) float64 {
	sum := 0.0
	for k := range a {
		d := float64(a[k]) - float64(b[k])
		sum += d * d
	}
	return sum / 2
}
