package labels

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// BEIR is a data set in the layout of the BEIR benchmark.
type BEIR struct {
	// Texts are those of corpus.jsonl, each its title and its text.
	Texts []corpus.Text
	// Queries are those of queries.jsonl that the qrels judge. One that has both the id
	// and the words of a text was made of it.
	Queries []Query

	notes  []string
	empty  map[string]bool      // the ids of the texts without a word
	called map[string][2]string // of every id of a text its words, with and without the title
}

// Notes says in a few words each what was left out or changed, and which judgments were
// read where they are not those of test.tsv; none when the folder was read as it stands.
func (b *BEIR) Notes() []string { return b.notes }

// The files of the layout.
const (
	beirCorpus  = "corpus.jsonl"
	beirQueries = "queries.jsonl"
	beirQrels   = "qrels"
	beirTest    = "test.tsv"
)

// isBEIR tells whether a path is a folder with a corpus in that layout.
func isBEIR(path string) bool {
	_, err := os.Stat(filepath.Join(path, beirCorpus))
	return err == nil
}

// OpenBEIR reads a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv, of which
// it takes test.tsv, or else the first by name. The error is an *Error.
func OpenBEIR(folder string) (*BEIR, error) {
	qrels, err := findQrels(folder)
	if err != nil {
		return nil, err
	}
	b := &BEIR{empty: map[string]bool{}, called: map[string][2]string{}}
	if err := b.readCorpus(filepath.Join(folder, beirCorpus)); err != nil {
		return nil, err
	}
	queries, err := readBEIRQueries(filepath.Join(folder, beirQueries))
	if err != nil {
		return nil, err
	}
	raised, err := judge(queries, qrels)
	if err != nil {
		return nil, err
	}
	b.note(filepath.Base(qrels), raised, b.leaveEmpty(queries))
	return b, b.take(queries)
}

// left is what was left out with the texts that have no words.
type left struct {
	judgments int
	first     Place // of the first of them
	queries   int   // that nothing else answers
}

// note says what was left out, which qrels were read, and how many of their grades were
// raised to 0.
func (b *BEIR) note(qrels string, raised int, l left) {
	count := func(n int, one, many string) string {
		if n == 1 {
			return "1 " + one + " left out"
		}
		return fmt.Sprintf("%d %s left out", n, many)
	}
	if qrels != beirTest {
		b.notes = append(b.notes, "judged by "+filepath.Join(beirQrels, qrels))
	}
	if raised > 0 {
		b.notes = append(b.notes, fmt.Sprintf("grades under 0 read as 0, not relevant: %d", raised))
	}
	if n := len(b.empty); n > 0 {
		b.notes = append(b.notes, count(n, "text without a word", "texts without a word"))
	}
	if l.judgments > 0 {
		b.notes = append(b.notes, fmt.Sprintf("%s, from line %d of %s on", count(l.judgments, "judgment of such a text", "judgments of such texts"), l.first.Row, qrels))
	}
	if l.queries > 0 {
		b.notes = append(b.notes, count(l.queries, "query that nothing else answers", "queries that nothing else answers"))
	}
}

// leaveEmpty takes the texts without a word from what is judged, and what is judged of a
// query altogether that nothing else answers.
func (b *BEIR) leaveEmpty(queries []Query) (l left) {
	for i := range queries {
		q, lost := &queries[i], false
		q.Judged = slices.DeleteFunc(q.Judged, func(j Judgment) bool {
			if !b.empty[j.Text] {
				return false
			}
			if l.judgments++; l.first.Row == 0 || j.Row < l.first.Row {
				l.first = j.Place
			}
			lost = lost || j.Grade > 0
			return true
		})
		if lost && !slices.ContainsFunc(q.Judged, func(j Judgment) bool { return j.Grade > 0 }) {
			q.Judged = nil
			l.queries++
		}
	}
	return l
}

// take takes the queries that are judged.
func (b *BEIR) take(queries []Query) error {
	for _, q := range queries {
		if len(q.Judged) == 0 {
			continue
		}
		if len(b.Queries) == MaxQueries {
			return q.tooMany(MaxQueries, "queries that are judged")
		}
		if words := b.called[q.ID]; q.Text == words[0] || q.Text == words[1] {
			q.Source = q.ID
		}
		b.Queries = append(b.Queries, q)
	}
	b.empty, b.called = nil, nil
	return nil
}

func findQrels(folder string) (string, error) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(folder), beirQrels, "*.tsv"))
	if err != nil || len(found) == 0 {
		return "", Place{Name: folder}.fail(NoJudgments, "", "there are no judgments: no file "+beirQrels+"/*.tsv", "add "+beirQrels+"/test.tsv with the columns query-id, corpus-id and score")
	}
	slices.Sort(found)
	if test := filepath.Join(folder, beirQrels, beirTest); slices.Contains(found, test) {
		return test, nil
	}
	return found[0], nil
}

// escapeGlob makes a path mean itself alone in a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

func (b *BEIR) readCorpus(path string) error {
	seen := onceOnly{}
	return eachRow(path, func(r row) error {
		if _, err := r.need("text"); err != nil {
			return err
		}
		text := corpus.Text{ID: r.get("_id"), Text: strings.TrimSpace(r.get("title") + " " + r.get("text"))}
		if err := cmp.Or(seen.claim(r.Place, "_id", "id", text.ID), r.short("text", text.Text)); err != nil {
			return err
		}
		switch {
		case text.ID == "":
			return r.fail(NoColumn, "_id", "the text has no id", `write {"_id": "…", "text": "…"}`)
		case text.Text == "":
			b.empty[text.ID] = true
			return nil
		case len(b.Texts) == corpus.MaxTexts:
			return r.tooMany(corpus.MaxTexts, "texts")
		}
		b.called[text.ID] = [2]string{text.Text, r.get("text")}
		b.Texts = append(b.Texts, text)
		return nil
	})
}

func readBEIRQueries(path string) ([]Query, error) {
	var queries []Query
	seen := onceOnly{}
	err := eachRow(path, func(r row) error {
		if _, err := r.need("text"); err != nil {
			return err
		}
		q := Query{Place: r.Place, ID: r.get("_id"), Text: r.get("text")}
		if err := cmp.Or(seen.claim(r.Place, "_id", "id", q.ID), r.short("text", q.Text)); err != nil {
			return err
		}
		if q.ID == "" || q.Text == "" {
			return r.fail(NoWords, "", "the query has no id or no text", `write {"_id": "…", "text": "…"}`)
		}
		queries = append(queries, q)
		return nil
	})
	return queries, err
}

// The columns of qrels, each with what else it is called.
var columnsQrels = [][]string{{"query-id", "query_id", "qid"}, {"corpus-id", "corpus_id", "docid"}, {"score", "relevance", "rel"}}

// judge gives the queries the judgments of a file of qrels. TREC calls spam and the like
// less than not relevant; such grades are raised to 0, as its measures have them.
func judge(queries []Query, path string) (raised int, err error) {
	at := map[string]int{}
	for i, q := range queries {
		at[q.ID] = i
	}
	err = eachRow(path, func(r row) error {
		var names [3]string
		for i, known := range columnsQrels {
			var err error
			if names[i], err = r.need(known...); err != nil {
				return err
			}
		}
		query, text, score := r.get(names[0]), r.get(names[1]), r.get(names[2])
		grade, ok := number(score)
		if !ok {
			return r.fail(NotANumber, names[2], fmt.Sprintf("%.40q is not a number", score), "write how relevant the text is, such as 1")
		}
		i, known := at[query]
		if !known {
			return r.fail(NoSuchText, names[0], fmt.Sprintf("there is no query %.60q", query), "add it to "+beirQueries+" or delete the row")
		}
		if grade < 0 {
			raised++
		}
		queries[i].Judged = append(queries[i].Judged, Judgment{Place: r.Place, Text: text, Grade: max(0, grade), written: text})
		return nil
	})
	return raised, err
}
