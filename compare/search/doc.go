// Package search is what the search screen and the search command share: the first hits
// of a query under candidates, under BM25 and under both together; what the hits of
// several rows have in common; how far a score stands out; the pool that is judged, and
// what the judgments say of every row.
//
// A row is anything that ranks texts for a query. Three kinds there are:
//
//	model, err := search.ByVectors(ctx, vectors, query, 10)       // by cosine
//	words := search.ByWords(index, "how do I get an invoice", 10) // BM25
//	both, err := search.Hybrid(ctx, vectors, query, index, "how do I get an invoice", search.Options{Top: 10, Weight: .5})
//
// Their hits are compared, whatever they come from:
//
//	for _, line := range search.Align(10, model, words, both) {
//		line.Text, line.Ranks, line.Alone() // rank in each list, 0 where it is missing
//	}
//	search.Overlap(10, model, words)
//	search.Pool(seed, 10, model, words, both) // texts to judge, shuffled
//
// A [Row] does the same for many queries, and measures by [evaluate.Labels] how good that
// is: [JudgedBy] and [FloorOf] sum it up.
//
// Cosines mean different things in different candidates; [Background.Distance] makes them
// comparable, so that "nothing relevant here" can be seen.
//
// Rows are unit length, so that cosine, dot product and Euclidean distance rank alike.
// A text without a vector is found by no candidate, and by words all the same.
//
// It is pure functions of vectors and texts. It knows nothing of models, files or
// screens, has no words for a person, and may import compare, compare/kernel,
// compare/lexical and compare/evaluate, which measures the judgments.
package search
