package compare

import "errors"

// Union returns the pairs that at least one scan finds at or over its
// threshold, each once, the most similar first (by the highest similarity that
// made it a duplicate; equal ones in the order of their texts), and how many
// there are. At most limit pairs are returned; a limit of 0 or less returns
// all. Pairs that a scan could not keep are not counted; see [Scan.Complete].
// It returns an error when there is not one threshold for each scan.
func Union(scans []*Scan, thresholds []float64, limit int) (pairs [][2]int32, total int, err error) {
	if len(scans) != len(thresholds) {
		return nil, 0, errors.New("joining duplicate pairs: there must be one threshold for each candidate")
	}
	lists := make([][]Pair, len(scans))
	most := 0
	for i, scan := range scans {
		lists[i] = scan.Over(thresholds[i])
		most = max(most, len(lists[i]))
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

// takeBest removes the best pair from the fronts of sorted lists.
func takeBest(lists [][]Pair) (Pair, bool) {
	at := -1
	for i, list := range lists {
		if len(list) > 0 && (at < 0 || comparePairs(list[0], lists[at][0]) < 0) {
			at = i
		}
	}
	if at < 0 {
		return Pair{}, false
	}
	p := lists[at][0]
	lists[at] = lists[at][1:]
	return p, true
}
