// Package compare is the mathematics of comparing embedding models: cosine
// similarity of N×D unit vectors, truncation to fewer dimensions, the pairs of
// texts at or over a threshold and the clusters these link, the background level
// a threshold stands against and thresholds that are as strict under two models,
// differences of two matrices, and orders of texts in which groups become
// visible.
//
// Everything in it is a pure function of vectors. It knows nothing of models,
// providers, files or screens, and imports of this module only the loops of
// compare/kernel. The work that grows with the square of the number of texts
// takes a context, stops soon after the context ends, reports progress, and
// leaves no goroutine behind.
//
// Similarity is computed twice, with different care. A matrix and the
// statistics use float32 dot products, right to about 1e-7. Whether a pair is
// at or over a threshold is decided with [Vectors.Similarity], which sums in
// float64, so that the decision does not depend on the processor.
package compare
