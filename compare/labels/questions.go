package labels

import (
	"context"
	"errors"

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

// OpenQuestions reads queries to search for: every line of a .txt file, or a table or
// objects as OpenQueries reads them, in which the relevant texts may be missing and the
// column of the queries be called text too. A row that makes no query is skipped. The
// error is an *Error, also when no query is left.
func OpenQuestions(path string) (Questions, error) {
	var out Questions
	seen := onceOnly{}
	err := rowsOf(path, func(r row) error { return out.take(seen, r) }, func(each func(corpus.Row) error) error {
		return corpus.EachRowOf(context.Background(), path, each)
	})
	var e *Error
	if errors.As(err, &e) && e.Problem == NoLabels || err == nil && len(out.Queries) == 0 {
		err = Place{Name: path}.fail(NoLabels, "", "there are no queries in it", "write one a row")
	}
	if err != nil {
		return Questions{}, err
	}
	return out, nil
}

// take takes the query of a row.
func (o *Questions) take(seen onceOnly, r row) error {
	words, err := r.need(append(columnsQuery, "text")...)
	if err != nil {
		return err
	}
	relevant, missing := r.need(columnsRelevant...)
	if missing != nil {
		relevant = ""
	}
	o.Judged = o.Judged || relevant != ""
	q, err := r.query(seen, words, relevant)
	var bad *Error
	switch {
	case errors.As(err, &bad):
		o.Skipped = append(o.Skipped, bad)
	case len(o.Queries) == MaxQueries:
		return r.tooMany(MaxQueries, "queries")
	default:
		o.Queries = append(o.Queries, q)
	}
	return nil
}
