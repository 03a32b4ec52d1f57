package evaluate

import "math/rand/v2"

// maxPoints is how many pairs of texts a resample looks at. Up to 362 texts these are
// all there are; of more, some are drawn to stand for all.
const maxPoints = 1 << 16

// points are pairs of grouped texts, by their items.
type points struct {
	a, b     []int32
	positive int        // how many are of one group; these come first
	weight   [2]float64 // how many pairs each of the positive and of the others stands for
}

// newPoints returns the pairs of texts whose groups are given.
func newPoints(groups []int) *points {
	var all [2][][2]int32
	room := [2]int{maxPoints / 2, maxPoints / 2}
	var seen [2]int
	random := rand.New(rand.NewPCG(1, uint64(len(groups))))
	if n := len(groups); n*(n-1)/2 <= maxPoints {
		room = [2]int{maxPoints, maxPoints}
	}
	for i := range groups {
		for j := i + 1; j < len(groups); j++ {
			kind := 1
			if groups[i] == groups[j] {
				kind = 0
			}
			seen[kind]++
			pair := [2]int32{int32(i), int32(j)}
			if len(all[kind]) < room[kind] {
				all[kind] = append(all[kind], pair)
			} else if k := random.IntN(seen[kind]); k < room[kind] {
				all[kind][k] = pair
			}
		}
	}
	p := &points{positive: len(all[0])}
	for kind, pairs := range all {
		p.weight[kind] = float64(seen[kind]) / float64(max(1, len(pairs)))
		for _, pair := range pairs {
			p.a, p.b = append(p.a, pair[0]), append(p.b, pair[1])
		}
	}
	return p
}

// stands is how many pairs of texts a point stands for.
func (p *points) stands(k int) float64 {
	if k < p.positive {
		return p.weight[0]
	}
	return p.weight[1]
}

// complete reports whether the points are all pairs.
func (p *points) complete() bool { return p.weight == [2]float64{1, 1} }
