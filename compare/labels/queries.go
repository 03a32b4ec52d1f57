package labels

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/vecscope/vecscope/compare/corpus"
)

// MaxQueries is the most queries of a file.
const MaxQueries = 20_000

// Judgment says how relevant a text is to a query.
type Judgment struct {
	Place
	// Text names it by its id, or by its number where it has none.
	Text string
	// Grade is how relevant it is, from 0, not relevant; 1 where no grade is given.
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

// OpenQueries reads a table, or JSON objects, with the columns query and relevant: ids
// with spaces, commas, semicolons or bars between them, each id:grade where they are
// graded; id and source are optional. It reads every format that corpus.EachRowOf does. The error is an *Error.
func OpenQueries(path string) ([]Query, error) {
	return ofQueries().open(path)
}

// ReadQueries reads the same from a stream, which errors call name.
func ReadQueries(r io.Reader, name string, format corpus.Format) ([]Query, error) {
	return ofQueries().read(r, name, format)
}

func ofQueries() reading[Query] {
	q := &queryRows{seen: onceOnly{}}
	return reading[Query]{most: MaxQueries, what: "queries", label: q.query, end: q.end}
}

// queryRows makes queries of the rows of one file.
type queryRows struct {
	seen onceOnly
	// answered tells that a row had the column of the relevant texts, and missing what
	// is to be said if none has.
	answered bool
	missing  error
}

func (s *queryRows) query(r row) (q Query, ok bool, err error) {
	words, err := r.need(columnsQuery...)
	if err != nil {
		return q, false, err
	}
	// An object may leave the key out to say that nothing answers its query.
	relevant, missing := r.need(columnsRelevant...)
	s.answered = s.answered || missing == nil
	s.missing = cmp.Or(s.missing, missing)
	if missing != nil {
		relevant = ""
	}
	q, err = r.query(s.seen, words, relevant)
	return q, err == nil, err
}

// query reads the query of a row, whose wording and relevant texts stand in these
// columns; without a column of relevant texts nothing is judged.
func (r row) query(seen onceOnly, words, relevant string) (q Query, err error) {
	q = Query{Place: r.Place, ID: r.get("id"), Text: strings.TrimSpace(r.words(words)), Source: r.get("source")}
	if q.Text == "" {
		return q, r.fail(NoWords, words, "the query is empty", "write one or delete the row")
	}
	err = cmp.Or(r.short(words, q.Text), seen.claim(r.Place, words, "query", q.Text), seen.claim(r.Place, "id", "id", q.ID))
	if err == nil && relevant != "" {
		q.Judged, err = judgments(r.Place, relevant, r.get(relevant))
	}
	return q, err
}

func (s *queryRows) end(string, []Query) error {
	if s.answered {
		return nil
	}
	return s.missing
}

// betweenIDs tells what may stand between the ids of relevant texts.
func betweenIDs(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|", r) }

// idsHint says how they are written.
const idsHint = "write the ids of texts with spaces, commas, semicolons or bars between them"

// judgments reads ids, each with a grade if it has one.
func judgments(at Place, column, field string) ([]Judgment, error) {
	var list []Judgment
	for _, written := range strings.FieldsFunc(field, betweenIDs) {
		j := Judgment{Place: at, Text: written, Grade: 1, written: written}
		if colon := strings.LastIndexByte(written, ':'); colon > 0 {
			grade, err := strconv.ParseFloat(written[colon+1:], 64)
			switch {
			case err != nil: // a colon in an id
			case math.IsNaN(grade) || math.IsInf(grade, 0):
				return nil, at.fail(NotANumber, column, fmt.Sprintf("the grade of %.40q is not a finite number", written), "write id:2, or the id alone")
			case grade < 0:
				return nil, at.fail(NotANumber, column, fmt.Sprintf("the grade of %.40q is under 0", written), "write a grade from 0 on: 0 is not relevant")
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
		return at.fail(Twice, column, fmt.Sprintf("%s %d has the same %s %.60q", corpus.CountedIn(at.Name), first, kind, name), "keep one of the two")
	}
	o[key] = at.Row
	return nil
}
