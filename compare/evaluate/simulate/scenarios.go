package main

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
)

var scenarios = []scenario{
	{"30 graded pairs", 30, 20_000, evaluate.Spearman, false, graded(.5, .7)},
	{"100 graded pairs", 100, 20_000, evaluate.Spearman, false, graded(.5, .7)},
	{"100 graded pairs", 100, 20_000, evaluate.Pearson, false, graded(.5, .7)},
	{"30 graded pairs, a tie", 30, 20_000, evaluate.Spearman, true, graded(.6, .6)},
	{"100 graded pairs, a tie of six", 100, 20_000, evaluate.Spearman, true, graded(.6, .6, .6, .6, .6, .6)},
	{"40 pairs, same or not", 40, 20_000, evaluate.AUC, false, same(1, 1.5)},
	{"200 pairs, same or not", 200, 20_000, evaluate.AUC, false, same(1, 1.5)},
	{"200 pairs, same or not", 200, 20_000, evaluate.AP, false, same(1, 1.5)},
	{"200 pairs, same or not", 200, 20_000, evaluate.BestF1, false, same(1, 1.5)},
	{"200 pairs, same or not", 200, 20_000, evaluate.MCC, false, same(1, 1.5)},
	{"40 pairs, a tie", 40, 20_000, evaluate.AUC, true, same(1.3, 1.3)},
	{"200 easy pairs, a tie", 200, 20_000, evaluate.AUC, true, same(2.5, 2.5)},
	{"30 triplets", 30, 4_000, evaluate.AUC, false, triplets(1, 1.5)},
	{"30 triplets, a tie", 30, 4_000, evaluate.AUC, true, triplets(1.3, 1.3)},
	{"30 queries", 30, 4_000, evaluate.NDCGAt10, false, queries(1.5, 2)},
	{"200 queries", 200, 4_000, evaluate.NDCGAt10, false, queries(1.5, 2)},
	{"200 queries", 200, 4_000, evaluate.HitAt1, false, queries(1.5, 2)},
	{"200 queries", 200, 4_000, evaluate.RejectionAUC, false, queries(1.5, 2)},
	{"30 queries, a tie", 30, 4_000, evaluate.NDCGAt10, true, queries(1.8, 1.8)},
	{"30 queries, a tie", 30, 4_000, evaluate.HitAt1, true, queries(1.8, 1.8)},
	{"100 queries, a tie of six", 100, 4_000, evaluate.NDCGAt10, true, queries(1.8, 1.8, 1.8, 1.8, 1.8, 1.8)},
	{"12 groups of 5", 12, 250, evaluate.AUC, false, groups(5, 1.6, 1.2)},
	{"30 groups of 3", 30, 400, evaluate.AUC, false, groups(3, 1.6, 1.2)},
	{"30 groups of 3", 30, 30, evaluate.AP, false, groups(3, 1.6, 1.2)},
	{"30 groups of 3", 30, 30, evaluate.BestF1, false, groups(3, 1.6, 1.2)},
	{"30 groups of 3", 30, 30, evaluate.NearestInGroup, false, groups(3, 1.6, 1.2)},
	{"30 groups of 3", 30, 30, evaluate.Silhouette, false, groups(3, 1.6, 1.2)},
	{"12 groups of 5, a tie", 12, 250, evaluate.AUC, true, groups(5, 1.4, 1.4)},
	{"30 groups of 3, a tie", 30, 400, evaluate.AUC, true, groups(3, 1.4, 1.4)},
	{"5 given groups of 8", 8, 200, evaluate.AUC, false, within(5, 1.6, 1.2)},
	{"5 given groups of 8, a tie", 8, 200, evaluate.AUC, true, within(5, 1.4, 1.4)},
	{"5 given groups of 16, a tie of four", 16, 200, evaluate.AUC, true, within(5, 1.4, 1.4, 1.4, 1.4)},
}

// graded are pairs whose grades, whole numbers from 0 to 5, candidates see through noise,
// half of which they share.
func graded(quality ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	return func(random *rand.Rand, n int) ([]*evaluate.Result, error) {
		pairs, similarities := make([]evaluate.Pair, n), make([][]float64, len(quality))
		for i := range pairs {
			hidden := random.NormFloat64()
			pairs[i] = evaluate.Pair{A: 2 * i, B: 2*i + 1, Score: math.Round(min(5, max(0, 2.5+1.3*hidden)))}
			shared := random.NormFloat64()
			for c, q := range quality {
				noise := (shared + random.NormFloat64()) / math.Sqrt2
				similarities[c] = append(similarities[c], q*hidden+math.Sqrt(1-q*q)*noise)
			}
		}
		return scorePairs(pairs, similarities)
	}
}

// same are pairs of which two in five are the same; candidates see these as far over
// the others as their quality.
func same(quality ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	return func(random *rand.Rand, n int) ([]*evaluate.Result, error) {
		pairs, similarities := make([]evaluate.Pair, n), make([][]float64, len(quality))
		for i := range pairs {
			score := 0.0
			if random.Float64() < .4 {
				score = 1
			}
			pairs[i] = evaluate.Pair{A: 2 * i, B: 2*i + 1, Score: score}
			shared := random.NormFloat64()
			for c, q := range quality {
				similarities[c] = append(similarities[c], q*score+(shared+random.NormFloat64())/math.Sqrt2)
			}
		}
		return scorePairs(pairs, similarities)
	}
}

// triplets are an anchor, its paraphrase and a trap: two pairs that share the anchor,
// and much of their noise.
func triplets(quality ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	return func(random *rand.Rand, n int) ([]*evaluate.Result, error) {
		var pairs []evaluate.Pair
		similarities := make([][]float64, len(quality))
		for i := range n {
			anchor := make([]float64, len(quality))
			for c := range anchor {
				anchor[c] = random.NormFloat64()
			}
			for score := range 2 {
				pairs = append(pairs, evaluate.Pair{A: 3 * i, B: 3*i + 1 + score, Score: float64(score)})
				for c, q := range quality {
					similarities[c] = append(similarities[c], q*float64(score)+(anchor[c]+random.NormFloat64())/math.Sqrt2)
				}
			}
		}
		return scorePairs(pairs, similarities)
	}
}

func scorePairs(pairs []evaluate.Pair, similarities [][]float64) ([]*evaluate.Result, error) {
	labels, err := evaluate.NewPairs(3*len(pairs), pairs)
	if err != nil {
		return nil, err
	}
	var results []*evaluate.Result
	for _, s := range similarities {
		r, err := labels.ScorePairs(s)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

// queries have two relevant texts among thirty, which stand as far out as the quality
// and the query's own ease; one in four has none.
func queries(quality ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	const texts = 30
	return func(random *rand.Rand, n int) ([]*evaluate.Result, error) {
		all, scores := make([]evaluate.Query, n), make([][][]float64, len(quality))
		for i := range all {
			relevant := 2
			if random.IntN(4) == 0 {
				relevant = 0
			}
			all[i].Source = evaluate.NoText
			for t := range relevant {
				all[i].Judged = append(all[i].Judged, evaluate.Judgment{Text: t, Grade: float64(2 - t)})
			}
			ease := random.NormFloat64()
			for c, q := range quality {
				row := make([]float64, texts)
				for t := range row {
					if row[t] = random.NormFloat64(); t < relevant {
						row[t] += q + .7*ease
					}
				}
				scores[c] = append(scores[c], row)
			}
		}
		labels, err := evaluate.NewQueries(texts, all, evaluate.QueryOptions{})
		if err != nil {
			return nil, err
		}
		var results []*evaluate.Result
		for c := range quality {
			r, err := labels.ScoreRanking(context.Background(), func(q int, out []float64) error { copy(out, scores[c][q]); return nil })
			if err != nil {
				return nil, err
			}
			results = append(results, r)
		}
		return results, nil
	}
}

// dim is how many dimensions texts of groups have.
const dim = 12

// groups are drawn anew, each with a centre and a width of its own; candidates see the
// texts through noise of their own.
func groups(each int, noise ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	return func(random *rand.Rand, n int) ([]*evaluate.Result, error) {
		return scoreGroups(random, n, each, func(int) ([]float64, float64) {
			return normal(random, 1), .5 + random.Float64()
		}, noise)
	}
}

// within are always the same groups, of which texts are drawn anew.
func within(n int, noise ...float64) func(*rand.Rand, int) ([]*evaluate.Result, error) {
	fixed := rand.New(rand.NewPCG(99, 1))
	centres, widths := make([][]float64, n), make([]float64, n)
	for g := range centres {
		centres[g], widths[g] = normal(fixed, 1), .5+fixed.Float64()
	}
	return func(random *rand.Rand, each int) ([]*evaluate.Result, error) {
		return scoreGroups(random, n, each, func(g int) ([]float64, float64) { return centres[g], widths[g] }, noise)
	}
}

func normal(random *rand.Rand, sd float64) []float64 {
	x := make([]float64, dim)
	for k := range x {
		x[k] = sd * random.NormFloat64()
	}
	return x
}

func scoreGroups(random *rand.Rand, n, each int, group func(int) ([]float64, float64), noise []float64) ([]*evaluate.Result, error) {
	var labels []int
	rows := make([][][]float32, len(noise))
	for g := range n {
		centre, width := group(g)
		for range each {
			labels = append(labels, g)
			own := normal(random, width)
			for c, sd := range noise {
				row := make([]float32, dim)
				for k, x := range normal(random, sd) {
					row[k] = float32(centre[k] + own[k] + x)
				}
				rows[c] = append(rows[c], row)
			}
		}
	}
	l, err := evaluate.NewGroups(labels)
	if err != nil {
		return nil, err
	}
	var results []*evaluate.Result
	for _, r := range rows {
		v, err := compare.NewVectors(r)
		if err != nil {
			return nil, err
		}
		result, err := l.ScoreTexts(context.Background(), v)
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	return results, nil
}
