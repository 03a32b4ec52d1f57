package lexical

// rankOffset is added to a rank so that the first few count about alike (Cormack,
// Clarke and Büttcher 2009).
const rankOffset = 60

// Fuse adds to the scores of texts what a ranking of them, best first, gives: weight
// over 60 and the rank, from 1 (reciprocal rank fusion). A text that the ranking leaves
// out gets nothing. Equal weights can make a good ranking worse.
func Fuse(scores []float64, ranking []int, weight float64) {
	for k, text := range ranking {
		scores[text] += weight / float64(rankOffset+k+1)
	}
}
