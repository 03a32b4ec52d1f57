package evaluate

import (
	"math/rand/v2"
)

// pools is how many sizes of pools scores are taken at: N/8, N/4, N/2, N.
const pools = 4

// PoolScore is nDCG@10 when queries are ranked against some of the texts, among them
// all relevant ones.
type PoolScore struct {
	Texts int
	NDCG  float64
}

// poolLevels returns of every place the smallest pool that it is in: all relevant
// texts are in the smallest, the others drawn at random.
func (r *retrieval) poolLevels() []uint8 {
	n := len(r.texts)
	relevant := make([]bool, n)
	for _, q := range r.labels.queries {
		for _, j := range q.Judged {
			if j.Grade > 0 {
				relevant[r.places[j.Text]] = true
			}
		}
	}
	var order []int
	for place, is := range relevant {
		if is {
			order = append(order, place)
		}
	}
	needed := len(order)
	for _, place := range rand.New(rand.NewPCG(r.labels.options.Seed, uint64(n))).Perm(n) {
		if !relevant[place] {
			order = append(order, place)
		}
	}
	levels := make([]uint8, n)
	for k, place := range order {
		for k >= max(needed, poolSize(n, levels[place])) {
			levels[place]++
		}
	}
	return levels
}

// poolSize is how many of n texts a pool has.
func poolSize(n int, level uint8) int { return n >> (pools - 1 - level) }

// poolScores is nDCG@10 at every size of pool that differs from the one before.
func (r *retrieval) poolScores() []PoolScore {
	var sizes [pools]int
	for _, level := range r.levels {
		sizes[level]++
	}
	var scores []PoolScore
	texts := 0
	for p, size := range sizes {
		if texts += size; size == 0 {
			continue
		}
		values := make([]float64, len(r.queries))
		for i, q := range r.queries {
			if values[i] = q.pools[p]; len(q.Found) == 0 {
				values[i] = q.NDCG
			}
		}
		scores = append(scores, PoolScore{Texts: texts, NDCG: weightedMean(values, ones(len(values)))})
	}
	return scores
}

// OrderChanges reports whether two candidates change places as the pool grows: then
// the winner depends on how many texts there are to search.
func OrderChanges(results []*Result) bool {
	for i, a := range results {
		for _, b := range results[i+1:] {
			var ahead, behind bool
			for p := range min(len(a.Pools), len(b.Pools)) {
				ahead = ahead || a.Pools[p].NDCG > b.Pools[p].NDCG
				behind = behind || a.Pools[p].NDCG < b.Pools[p].NDCG
			}
			if ahead && behind {
				return true
			}
		}
	}
	return false
}
