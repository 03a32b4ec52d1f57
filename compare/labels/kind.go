package labels

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Kind is what a file holds.
type Kind int

// What a file can hold.
const (
	KindTexts   Kind = iota // texts, perhaps with groups
	KindPairs               // labelled pairs of texts
	KindQueries             // queries and the texts that answer them
	KindBEIR                // a folder in BEIR's layout, which has both texts and queries
)

// Beside finds the labels of that name, pairs or queries, in a folder of others: a plain file
// alone, since a link may lead anywhere and a pipe keep its reader waiting. The kind is
// KindTexts where there are none that can be read.
func Beside(folder, name string) (path string, kind Kind) {
	path = filepath.Join(folder, name)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return path, KindTexts
	}
	if kind, err := KindOf(path); err == nil && (kind == KindPairs || kind == KindQueries) {
		return path, kind
	}
	return path, KindTexts
}

// KindOf tells by the names of its columns what a file holds: labels only if it has
// the columns of them and none of texts. A pipe, which can be read but once, is not
// looked into and said to hold texts. The error is an *Error.
func KindOf(path string) (Kind, error) {
	if isBEIR(path) {
		return KindBEIR, nil
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return KindTexts, nil
	}
	look, err := corpus.LookAt(context.Background(), path, corpus.Options{})
	if err != nil {
		return KindTexts, unreadable(path, err)
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(look.Names, func(name string) bool { return slices.Contains(names, columnName(name)) })
	}
	switch {
	case has("text"):
		return KindTexts, nil
	case has(columnsA...) && has(columnsB...) && has(columnsScore...):
		return KindPairs, nil
	case has(columnsQuery...) && has(columnsRelevant...):
		return KindQueries, nil
	}
	return KindTexts, nil
}
