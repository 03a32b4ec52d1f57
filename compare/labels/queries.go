package labels

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// MaxQueries is the most queries of a file.
const MaxQueries = 20_000

// Judgment says how relevant a text is to a query.
type Judgment struct {
	Place
	// Text names it by its id, or by its number where it has none.
	Text string
	// Grade is how relevant it is; 1 where no grade is given, 0 or less is not
	// relevant.
	Grade float64

	// written is the name with what was read as the grade: a text can be called so.
	written string
}

// Query is what is searched for and the texts that answer it; one without a relevant
// text has no answer.
type Query struct {
	Place
	// ID names it in results; empty when it was given none.
	ID string
	// Text is its wording.
	Text string
	// Judged are the texts that were looked at.
	Judged []Judgment
	// Source names the text that it was made of, which is left out of its ranking;
	// empty when it was made of none.
	Source string
}

// The names that the columns of queries go by, the first as it is documented.
var (
	columnsQuery    = []string{"query", "question"}
	columnsRelevant = []string{"relevant", "answers"}
)

// OpenQueries reads a .csv, .tsv or .jsonl file with the columns query and relevant:
// ids with spaces between them, each id:grade where they are graded; id and source
// are optional. The error is an *Error.
func OpenQueries(path string) ([]Query, error) {
	t, err := openTable(path)
	if err != nil {
		return nil, err
	}
	return t.queries()
}

// ReadQueries reads the same from a stream, which errors call name.
func ReadQueries(r io.Reader, name string, format corpus.Format) ([]Query, error) {
	t, err := readTable(r, name, format)
	if err != nil {
		return nil, err
	}
	return t.queries()
}

func (t *table) queries() ([]Query, error) {
	words, err := t.need(columnsQuery...)
	if err != nil {
		return nil, err
	}
	relevant, err := t.need(columnsRelevant...)
	if err != nil {
		return nil, err
	}
	var queries []Query
	seen := onceOnly{}
	for _, r := range t.rows {
		q, err := r.query(seen, words, relevant)
		if err != nil {
			return nil, err
		}
		if len(queries) == MaxQueries {
			return nil, r.tooManyQueries()
		}
		queries = append(queries, q)
	}
	return queries, nil
}

// query reads the query of a row, whose wording and relevant texts stand in these
// columns; without a column of relevant texts nothing is judged.
func (r row) query(seen onceOnly, words, relevant string) (q Query, err error) {
	q = Query{Place: r.Place, ID: r.get("id"), Text: strings.TrimSpace(r.words(words)), Source: r.get("source")}
	if q.Text == "" {
		return q, r.fail(NoWords, words, "the query is empty", "write one or delete the row")
	}
	if err := seen.claim(r.Place, words, "query", q.Text); err != nil {
		return q, err
	}
	if err := seen.claim(r.Place, "id", "id", q.ID); err != nil {
		return q, err
	}
	if relevant != "" {
		q.Judged, err = judgments(r.Place, relevant, r.get(relevant))
	}
	return q, err
}

func (r row) tooManyQueries() error {
	return r.fail(TooMany, "", fmt.Sprintf("there are more than %d queries", MaxQueries), "take a part of them")
}

// judgments reads ids with spaces between them, each with a grade if it has one.
func judgments(at Place, column, field string) ([]Judgment, error) {
	var list []Judgment
	for _, written := range strings.Fields(field) {
		j := Judgment{Place: at, Text: written, Grade: 1, written: written}
		if colon := strings.LastIndexByte(written, ':'); colon > 0 {
			grade, err := strconv.ParseFloat(written[colon+1:], 64)
			switch {
			case err != nil: // a colon in an id
			case math.IsNaN(grade) || math.IsInf(grade, 0):
				return nil, at.fail(NotANumber, column, fmt.Sprintf("the grade of %.40q is not a finite number", written), "write id:2, or the id alone")
			default:
				j.Text, j.Grade = written[:colon], grade
			}
		}
		list = append(list, j)
	}
	return list, nil
}

// onceOnly knows where names were seen first, by their kind.
type onceOnly map[[2]string]int

// claim reports a name that was seen before; an empty one is none.
func (o onceOnly) claim(at Place, column, kind, name string) error {
	if name == "" {
		return nil
	}
	key := [2]string{kind, name}
	if first, taken := o[key]; taken {
		return at.fail(Twice, column, fmt.Sprintf("row %d has the same %s %.60q", first, kind, name), "keep one of the two")
	}
	o[key] = at.Row
	return nil
}
