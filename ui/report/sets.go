package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/format"
)

// setColumns are the built-in sets as keys of JSON and columns of a table.
var setColumns = columns[setRow]{
	{key: "name", head: "name", value: func(s setRow) any { return s.Name }},
	{key: "title", head: "title", value: func(s setRow) any { return s.Title }},
	{key: "texts", head: "texts", right: true, value: func(s setRow) any { return len(s.Texts) }},
	{key: "labels", head: "labels", value: func(s setRow) any { return s.kinds() }, text: setRow.counted},
	{key: "pairs", value: func(s setRow) any { return s.pairs }},
	{key: "queries", value: func(s setRow) any { return s.queries }},
	{key: "shows", head: "shows", value: func(s setRow) any { return s.Shows }},
	{key: "about", value: func(s setRow) any { return s.About }},
}

// setRow is a set and how many labels it has beside its groups.
type setRow struct {
	corpus.Set
	pairs, queries int
}

func setRows(sets []corpus.Set) ([]setRow, error) {
	rows := make([]setRow, len(sets))
	for i, s := range sets {
		l, err := labels.OfSet(s)
		if err != nil {
			return nil, err
		}
		rows[i] = setRow{s, len(l.Pairs), len(l.Queries)}
	}
	return rows, nil
}

// kinds are the kinds of labels that come with a set.
func (s setRow) kinds() []string {
	kinds := []string{"groups"}
	if s.pairs > 0 {
		kinds = append(kinds, "pairs")
	}
	if s.queries > 0 {
		kinds = append(kinds, "queries")
	}
	return kinds
}

// counted names them with their numbers.
func (s setRow) counted() string {
	parts := []string{"groups"}
	if s.pairs > 0 {
		parts = append(parts, format.PlainCount(s.pairs, "pair"))
	}
	if s.queries > 0 {
		parts = append(parts, format.Agree(s.queries, "1 query", strconv.Itoa(s.queries)+" queries"))
	}
	return strings.Join(parts, ", ")
}

// SetsJSON writes the built-in sets as a JSON array.
func SetsJSON(w io.Writer, sets []corpus.Set) error {
	rows, err := setRows(sets)
	if err != nil {
		return err
	}
	j := newJSON(w)
	setColumns.list(j, "", rows)
	return j.end()
}

// SetsText writes the built-in sets as a plain table.
func SetsText(w io.Writer, sets []corpus.Set) error {
	rows, err := setRows(sets)
	if err != nil {
		return err
	}
	var d document
	d.table(setColumns.table(rows))
	return d.writeText(w)
}
