// Package kernel is the inner loops of comparing vectors: products of the rows of
// one matrix with the rows of another, written in vector instructions where the
// processor has them (AVX-512, or AVX2 with FMA; NEON), and in Go elsewhere. It
// knows nothing of texts, models or cosines, and imports nothing of this module.
//
// Rows live in a [Matrix], which pads them so that no loop has an edge to mind:
// shapes and bounds are checked in Go, once, before any assembly runs. A
// [Sweep] computes products block by block into a [Tile], to be used while it is
// in the processor's cache, at one or several lengths of the rows in one pass; rows that
// are multiplied with many others are copied for it, as [Packed] rows are.
//
// A model's layers find here what they are made of besides: products with rows that are
// bytes or mostly zeros, norms, weights of attention, and memory that is used again.
//
// A product is the same number wherever its rows stand and whatever is computed with it,
// be it in a sweep, or else in a multiplication; between these two, as between processors,
// it differs by rounding: what is decided by such a difference has to be decided in float64.
//
//go:generate go run ./gen
package kernel
