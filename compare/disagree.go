package compare

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// perScan is how many of a scan's most similar pairs may be among those that scans
// disagree on: what all models find dissimilar decides nothing.
const perScan = 20_000

// Disagreements returns pairs on which candidates disagree by rank, most first, at most
// that many. A place counts by its logarithm, so that 3 against 300 of all pairs weighs
// as much as 30 against 3,000. Similarities are not compared: they do not mean the same
// under two models. Scans and matrices belong together by index and are of the same
// texts; a pair that lacks a vector under one of them is left out. The error is ctx's.
func Disagreements(ctx context.Context, scans []*Scan, matrices []*Matrix, most int) ([][2]int32, error) {
	type doubt struct {
		pair [2]int32
		by   float64
	}
	var doubts []doubt
	seen := map[[2]int32]bool{}
	for _, scan := range scans {
		kept := scan.Pairs()
		for i, p := range kept[:min(len(kept), perScan)] {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			pair := [2]int32{p.A, p.B}
			if seen[pair] {
				continue
			}
			seen[pair] = true
			if by := rankSpread(scans, matrices, pair); by > 0 {
				doubts = append(doubts, doubt{pair, by})
			}
		}
	}
	slices.SortFunc(doubts, func(x, y doubt) int {
		return cmp.Or(cmp.Compare(y.by, x.by), cmp.Compare(x.pair[0], y.pair[0]), cmp.Compare(x.pair[1], y.pair[1]))
	})
	pairs := make([][2]int32, min(len(doubts), most))
	for i := range pairs {
		pairs[i] = doubts[i].pair
	}
	return pairs, nil
}

// rankSpread is how far the places of a pair lie apart, as a ratio in logarithms; 0
// where it has no place everywhere.
func rankSpread(scans []*Scan, matrices []*Matrix, pair [2]int32) float64 {
	least, greatest := math.Inf(1), 0.0
	for i, scan := range scans {
		similarity, ok := matrices[i].At(int(pair[0]), int(pair[1]))
		if !ok {
			return 0
		}
		place := float64(scan.Place(similarity))
		least, greatest = min(least, place), max(greatest, place)
	}
	return math.Log(greatest / least)
}
