package labels

import (
	"errors"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// Questions are queries to search for, judged or not.
type Questions struct {
	Queries []Query
	// Judged tells that there is a column of relevant texts: a query without one then has
	// no answer.
	Judged bool
	// Skipped says which rows were left out and why, such as an empty query.
	Skipped []*Error
}

// OpenQuestions reads queries to search for: every line of a .txt file, or a .csv, .tsv
// or .jsonl file as OpenQueries reads it, in which the relevant texts may be missing and
// the column of the queries be called text too. A row that cannot be read is skipped. The
// error is an *Error, also when no query is left.
func OpenQuestions(path string) (Questions, error) {
	t, err := openQuestions(path)
	var e *Error
	if errors.As(err, &e) && e.Problem == NoLabels {
		return Questions{}, Place{Name: path}.fail(NoLabels, "", "there are no queries in it", "write one a row")
	}
	if err != nil {
		return Questions{}, err
	}
	return t.questions()
}

// openQuestions is openTable, but reads text without columns too.
func openQuestions(path string) (*table, error) {
	f, format, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if format != corpus.FormatTXT {
		return readTable(f, path, format)
	}
	content, err := readContent(f, path)
	if err != nil {
		return nil, err
	}
	t := &table{Place: Place{Name: path}, columns: columnsQuery[:1]}
	number := 0
	for line := range strings.Lines(content) {
		if number++; strings.TrimSpace(line) != "" {
			t.rows = append(t.rows, row{Place{path, number}, map[string]string{columnsQuery[0]: line}})
		}
	}
	if len(t.rows) == 0 {
		return nil, t.fail(NoLabels, "", "", "")
	}
	return t, nil
}

func (t *table) questions() (Questions, error) {
	words, ok := t.column(append(columnsQuery, "text")...)
	if !ok {
		_, err := t.need(columnsQuery...)
		return Questions{}, err
	}
	relevant, judged := t.column(columnsRelevant...)
	out := Questions{Judged: judged}
	seen := onceOnly{}
	for _, r := range t.rows {
		q, err := r.query(seen, words, relevant)
		var bad *Error
		switch {
		case errors.As(err, &bad):
			out.Skipped = append(out.Skipped, bad)
		case len(out.Queries) == MaxQueries:
			return Questions{}, r.tooManyQueries()
		default:
			out.Queries = append(out.Queries, q)
		}
	}
	if len(out.Queries) == 0 {
		return Questions{}, t.Place.fail(NoLabels, "", "there are no queries in it", "write one a row")
	}
	return out, nil
}
