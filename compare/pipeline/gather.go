package pipeline

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// gathered are the vectors that an asking brings, in the places where they are to
// stay. Those of another length than the others wait apart until it is known which
// of them are wanted.
type gathered struct {
	texts    int
	byLength map[int]*compare.Collector
	// length is that of the vectors that came first; 0 before.
	length int
}

func (g *gathered) put(at int, vector []float32) {
	if len(vector) == 0 {
		return
	}
	if g.length == 0 {
		g.length = len(vector)
	}
	of := g.byLength[len(vector)]
	if of == nil {
		of = compare.NewCollector(g.texts)
		if g.byLength == nil {
			g.byLength = map[int]*compare.Collector{}
		}
		g.byLength[len(vector)] = of
	}
	of.Put(at, vector)
}

// lengthOf is how long the vectors are that a text has; 0 when it has none. Of
// several lengths it is the one that is wanted.
func (g *gathered) lengthOf(at int) int {
	if of := g.byLength[g.length]; of != nil && of.Has(at) {
		return g.length
	}
	for length, of := range g.byLength {
		if of.Has(at) {
			return length
		}
	}
	return 0
}

// row is the vector that a text has; nil when it has none.
func (g *gathered) row(at int) []float32 {
	if of := g.byLength[g.lengthOf(at)]; of != nil {
		return of.Row(at)
	}
	return nil
}

// joined gives the vectors of all texts: those of the wanted length that have come,
// and for the other texts those from before, of which before tells the places, -1 for
// none. was is the length of vectors that are left out because it is another; 0 when
// there are none.
func (g *gathered) joined(from compare.Vectors, before []int) (v compare.Vectors, was int, err error) {
	if len(g.byLength) == 0 && from.Len() == len(before) && inPlace(before) {
		return from, 0, nil
	}
	all := g.byLength[g.length]
	if all == nil {
		all = compare.NewCollector(g.texts)
	}
	for at, place := range before {
		switch length := g.lengthOf(at); {
		case length != 0 && length == g.length:
		case length != 0:
			was = length
		case place < 0:
		case g.length != 0 && from.Dim() != g.length:
			was = from.Dim()
		default:
			all.Take(at, from, place)
		}
	}
	v, err = all.Vectors()
	return v, was, err
}

// inPlace tells whether every text stands where it did before.
func inPlace(before []int) bool {
	for at, place := range before {
		if at != place {
			return false
		}
	}
	return true
}

// changedLength is the error for vectors left out that were so long; nil for none.
func (r *embedJob) changedLength(was int) error {
	if was == 0 {
		return nil
	}
	return &LengthChangedError{Model: r.out.Source.Model.Ref(), Was: was, Now: r.gathered.length}
}

// bring puts a vector, nil for none, in all places of a text that was sent.
func (r *embedJob) bring(k int, vector []float32, why error) {
	for _, at := range r.places[k] {
		r.gathered.put(at, vector)
		if why != nil {
			r.out.Failed[at] = api.AtIndex(why, at)
		}
	}
}
