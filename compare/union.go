package compare

import (
	"cmp"
	"errors"
)

// Union returns the pairs that at least one scan finds at or over its
// threshold, each once, the best first, and how many there are. The best is what lies
// furthest above the average pair of a scan that made it a duplicate, in standard
// deviations ([Background.Strictness]), so that a model whose pairs are all similar does
// not lead; of equal ones the more similar, then in the order of their texts. At most limit
// pairs are returned; a limit of 0 or less returns all. Pairs that a scan could not keep are
// not counted; see [Scan.Complete].
// It returns an error when there is not one threshold for each scan.
func Union(scans []*Scan, thresholds []float64, limit int) (pairs [][2]int32, total int, err error) {
	if len(scans) != len(thresholds) {
		return nil, 0, errors.New("joining duplicate pairs: there must be one threshold for each candidate")
	}
	lists := make([]union, len(scans))
	most := 0
	for i, scan := range scans {
		lists[i] = union{scan.Over(thresholds[i]), scan.Background}
		most = max(most, len(lists[i].pairs))
	}
	seen := make(map[[2]int32]struct{}, most)
	for {
		p, ok := takeBest(lists)
		if !ok {
			return pairs, len(seen), nil
		}
		key := [2]int32{p.A, p.B}
		if _, again := seen[key]; again {
			continue
		}
		seen[key] = struct{}{}
		if limit <= 0 || len(pairs) < limit {
			pairs = append(pairs, key)
		}
	}
}

// union is a scan's pairs that are still to be taken, best first.
type union struct {
	pairs      []Pair
	background Background
}

// before tells whether the best pair of u comes before that of o.
func (u union) before(o union) bool {
	x, y := u.background.Strictness(u.pairs[0].Similarity), o.background.Strictness(o.pairs[0].Similarity)
	if c := cmp.Compare(y, x); c != 0 { // where all pairs are alike none is strict
		return c < 0
	}
	return comparePairs(u.pairs[0], o.pairs[0]) < 0
}

// takeBest removes the best pair from the fronts of sorted lists.
func takeBest(lists []union) (Pair, bool) {
	at := -1
	for i, list := range lists {
		if len(list.pairs) > 0 && (at < 0 || list.before(lists[at])) {
			at = i
		}
	}
	if at < 0 {
		return Pair{}, false
	}
	p := lists[at].pairs[0]
	lists[at].pairs = lists[at].pairs[1:]
	return p, true
}
