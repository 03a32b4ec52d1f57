package labels

import (
	"cmp"
	"slices"
	"strings"
)

// The grades that a person gives to a text for a query.
const (
	NotRelevant    = 0.
	PartlyRelevant = 1.
	WhollyRelevant = 2.
)

// Grade is what a person says of a text for a query. It names the text by its words, as
// a Mark does.
type Grade struct {
	Text  string  `json:"text"`
	Grade float64 `json:"grade"`
}

// AskedQuery is a query that a person has asked of texts, with what they said of the
// texts that were found.
type AskedQuery struct {
	// Of names the texts that it was asked of.
	Of   string `json:"of,omitempty"`
	Text string `json:"text"`
	// Source are the words of the text that it was made of; empty for none.
	Source string `json:"source,omitempty"`
	// Graded are the texts that were judged, in the order of their first judgment.
	Graded []Grade `json:"graded,omitempty"`
	// Pool is how many first hits of every row were all judged, other texts were not
	// looked at; 0 while some are not, and of queries that a file has.
	Pool int `json:"pool,omitempty"`
	// Complete tells that all was said that is to be said: without a relevant text the
	// query has no answer.
	Complete bool `json:"complete,omitempty"`
}

// Decided tells that the query is a label: a text answers it, or none does.
func (q AskedQuery) Decided() bool {
	return q.Complete || slices.ContainsFunc(q.Graded, func(g Grade) bool { return g.Grade > 0 })
}

// GradeOf gives the grade of a text; ok is false for one that was not judged.
func (q AskedQuery) GradeOf(text string) (grade float64, ok bool) {
	at := slices.IndexFunc(q.Graded, func(g Grade) bool { return g.Text == text })
	if at < 0 {
		return 0, false
	}
	return q.Graded[at].Grade, true
}

// askedKey tells queries apart.
type askedKey struct{ of, text string }

func (q AskedQuery) key() askedKey { return askedKey{q.Of, q.Text} }

// Asked are the queries that a person has asked, the last one asked last, with undo of
// judgments. The zero Asked has none. It is not safe for concurrent use.
type Asked struct {
	queries  []AskedQuery
	undo     []grading
	revision uint64
}

// grading is a change of what is said of a text for a query.
type grading struct {
	query askedKey
	text  string
	had   bool
	was   float64
	pool  AskedQuery // Pool and Complete of before
}

// MaxAsked is how many queries are kept: of more the oldest without a judgment goes first,
// or else the oldest.
const MaxAsked = 2_000

// NewAsked are those queries, with nothing to undo; of two of the same words the later
// counts. One without words, as in a file that was edited by hand, is none.
func NewAsked(list []AskedQuery) *Asked {
	a := &Asked{}
	for _, q := range list {
		if q.Text = strings.TrimSpace(q.Text); q.Text == "" {
			continue
		}
		if at := a.find(q.key()); at >= 0 {
			a.queries = slices.Delete(a.queries, at, at+1)
		}
		q.Graded = slices.Clone(q.Graded)
		a.queries = append(a.queries, q)
	}
	return a
}

func (a *Asked) find(k askedKey) int {
	return slices.IndexFunc(a.queries, func(q AskedQuery) bool { return q.key() == k })
}

// Revision changes with every change of the queries or their judgments.
func (a *Asked) Revision() uint64 { return a.revision }

// List gives all queries, the one that was asked last last. Their judgments are not to
// be changed.
func (a *Asked) List() []AskedQuery { return slices.Clone(a.queries) }

// About gives the queries asked of those texts.
func (a *Asked) About(of string) []AskedQuery {
	return slices.DeleteFunc(a.List(), func(q AskedQuery) bool { return q.Of != of })
}

// Query gives a query with its judgments; one that is not kept has none.
func (a *Asked) Query(of, text string) AskedQuery {
	if at := a.find(askedKey{of, text}); at >= 0 {
		return a.queries[at]
	}
	return AskedQuery{Of: of, Text: text}
}

// Ask keeps a query as the one that was asked last.
func (a *Asked) Ask(of, text, source string) {
	q := a.Query(of, text)
	if source != "" {
		q.Source = source
	}
	a.forget(q.key())
	a.queries = append(a.queries, q)
	a.forgetOldest()
	a.revision++
}

// forgetOldest keeps no more than MaxAsked queries, the last one among them.
func (a *Asked) forgetOldest() {
	last := len(a.queries) - 1
	if last < MaxAsked {
		return
	}
	over, rest := last+1-MaxAsked, a.queries[:0]
	for i, q := range a.queries {
		if over > 0 && i < last && len(q.Graded) == 0 {
			over--
			continue
		}
		rest = append(rest, q)
	}
	a.queries = slices.Delete(rest, 0, over)
}

// Forget takes a query and its judgments out and tells whether there was one.
func (a *Asked) Forget(of, text string) bool {
	k := askedKey{of, text}
	a.undo = slices.DeleteFunc(a.undo, func(g grading) bool { return g.query == k })
	a.revision++
	return a.forget(k)
}

func (a *Asked) forget(k askedKey) bool {
	at := a.find(k)
	if at >= 0 {
		a.queries = slices.Delete(a.queries, at, at+1)
	}
	return at >= 0
}

// at gives the place of a query, which is kept from now on.
func (a *Asked) at(of, text string) int {
	if at := a.find(askedKey{of, text}); at >= 0 {
		return at
	}
	a.Ask(of, text, "")
	return len(a.queries) - 1
}

// Judge says how relevant a text is to a query.
func (a *Asked) Judge(of, query, text string, grade float64) {
	q := &a.queries[a.at(of, query)]
	g := grading{query: q.key(), text: text, pool: AskedQuery{Pool: q.Pool, Complete: q.Complete}}
	g.was, g.had = q.GradeOf(text)
	a.undo = append(a.undo, g)
	q.set(text, grade)
	a.revision++
}

// set notes a grade. The list is a new one: others may hold the one of before.
func (q *AskedQuery) set(text string, grade float64) {
	q.Graded = slices.Clone(q.Graded)
	at := slices.IndexFunc(q.Graded, func(g Grade) bool { return g.Text == text })
	if at < 0 {
		q.Graded = append(q.Graded, Grade{text, grade})
		return
	}
	q.Graded[at].Grade = grade
}

// Finish notes that the first hits of every row, so many each, have all been judged.
func (a *Asked) Finish(of, query string, pool int) {
	q := &a.queries[a.at(of, query)]
	q.Pool, q.Complete = pool, true
	a.revision++
}

// Undo takes the last judgment back and tells of which query and text it was; ok is
// false when there is none.
func (a *Asked) Undo() (query, text string, ok bool) {
	if len(a.undo) == 0 {
		return "", "", false
	}
	last := a.undo[len(a.undo)-1]
	a.undo = a.undo[:len(a.undo)-1]
	if at := a.find(last.query); at >= 0 {
		q := &a.queries[at]
		q.Pool, q.Complete = last.pool.Pool, last.pool.Complete
		if last.had {
			q.set(last.text, last.was)
		} else {
			q.Graded = slices.DeleteFunc(slices.Clone(q.Graded), func(g Grade) bool { return g.Text == last.text })
		}
	}
	a.revision++
	return last.query.text, last.text, true
}

// GradeDisagreement is a text of which two people say different things for a query.
type GradeDisagreement struct {
	Query, Text  string
	Mine, Theirs float64
}

// Merge takes in the queries of somebody else and tells how many queries and judgments
// said something new. Where both have judged a text and disagree, nothing changes, and
// the disagreement is listed.
func (a *Asked) Merge(list []AskedQuery) (queries, judgments int, disagree []GradeDisagreement) {
	places := make(map[askedKey]int, len(a.queries))
	for i, q := range a.queries {
		places[q.key()] = i
	}
	for _, theirs := range list {
		at, known := places[theirs.key()]
		if !known {
			queries++
			at = len(a.queries)
			places[theirs.key()] = at
			a.queries = append(a.queries, AskedQuery{Of: theirs.Of, Text: theirs.Text})
		}
		q := &a.queries[at]
		for _, g := range theirs.Graded {
			switch mine, judged := q.GradeOf(g.Text); {
			case !judged:
				q.set(g.Text, g.Grade)
				judgments++
			case mine != g.Grade:
				disagree = append(disagree, GradeDisagreement{q.Text, g.Text, mine, g.Grade})
			}
		}
		q.Complete = q.Complete || theirs.Complete
		q.Source = cmp.Or(q.Source, theirs.Source)
	}
	a.forgetOldest()
	a.revision++
	return queries, judgments, disagree
}
