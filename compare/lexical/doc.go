// Package lexical searches texts by their words: BM25, the baseline that a candidate for
// search has to beat, and its fusion with the rankings of others. It is pure
// functions of texts and imports nothing of this module.
//
//	index, err := lexical.NewIndex(ctx, texts)
//	hits := index.Search("invoice by email", 10)
//
// The scores of BM25 have no upper end and no background: they rank the texts of one
// query and are not to be compared with cosines, or between queries.
package lexical
