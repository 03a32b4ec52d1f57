package report

import (
	"io"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// setColumns are the built-in sets as keys of JSON and columns of a table.
var setColumns = columns[corpus.Set]{
	{key: "name", head: "name", value: func(s corpus.Set) any { return s.Name }},
	{key: "title", value: func(s corpus.Set) any { return s.Title }},
	{key: "texts", head: "texts", right: true, value: func(s corpus.Set) any { return len(s.Texts) }},
	{key: "labels", head: "labels", value: func(s corpus.Set) any { return labelsOf(s) },
		text: func(s corpus.Set) string { return strings.Join(labelsOf(s), ", ") }},
	{key: "shows", head: "shows", value: func(s corpus.Set) any { return s.Shows }},
	{key: "about", value: func(s corpus.Set) any { return s.About }},
}

// labelsOf says which kinds of labels come with a set.
func labelsOf(s corpus.Set) []string {
	kinds := []string{"groups"}
	if s.Pairs != "" {
		kinds = append(kinds, "pairs")
	}
	if s.Queries != "" {
		kinds = append(kinds, "queries")
	}
	return kinds
}

// SetsJSON writes the built-in sets as a JSON array.
func SetsJSON(w io.Writer, sets []corpus.Set) error {
	j := newJSON(w)
	setColumns.list(j, "", sets)
	return j.end()
}

// SetsText writes the built-in sets as a plain table.
func SetsText(w io.Writer, sets []corpus.Set) error {
	var d document
	d.table(setColumns.table(sets))
	return d.writeText(w)
}
