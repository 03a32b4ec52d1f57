// Package labels is what people say is true of texts, as they have it: the groups of
// the texts, files of pairs, queries with the texts that answer them, folders as
// BEIR's, and the marks a person gives to pairs. It reads them, with an error that
// names the row for everything that cannot be, and ties them to a list of texts by id
// or by wording. It may import compare/corpus and compare/evaluate.
package labels
