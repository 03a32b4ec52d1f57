package labels

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// BEIR is a data set in the layout of the BEIR benchmark.
type BEIR struct {
	// Texts are those of corpus.jsonl, each its title and its text.
	Texts []corpus.Text
	// Queries are those of queries.jsonl that the qrels judge.
	Queries []Query
	// Split is the file of qrels that was read: "test".
	Split string
	// Empty is how many texts without a word were left out.
	Empty int
}

// The files of the layout.
const (
	beirCorpus  = "corpus.jsonl"
	beirQueries = "queries.jsonl"
	beirQrels   = "qrels"
)

// IsBEIR tells whether a path is a folder with a corpus in that layout.
func IsBEIR(path string) bool {
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
	b := &BEIR{Split: strings.TrimSuffix(filepath.Base(qrels), ".tsv")}
	if err := b.readCorpus(filepath.Join(folder, beirCorpus)); err != nil {
		return nil, err
	}
	queries, err := readBEIRQueries(filepath.Join(folder, beirQueries))
	if err != nil {
		return nil, err
	}
	if err := judge(queries, qrels); err != nil {
		return nil, err
	}
	b.Queries = slices.DeleteFunc(queries, func(q Query) bool { return len(q.Judged) == 0 })
	return b, nil
}

func findQrels(folder string) (string, error) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(folder), beirQrels, "*.tsv"))
	if err != nil || len(found) == 0 {
		return "", Place{Name: folder}.fail(NoJudgments, "", "there are no judgments: no file "+beirQrels+"/*.tsv", "add "+beirQrels+"/test.tsv with the columns query-id, corpus-id and score")
	}
	slices.Sort(found)
	if test := filepath.Join(folder, beirQrels, "test.tsv"); slices.Contains(found, test) {
		return test, nil
	}
	return found[0], nil
}

// escapeGlob makes a path mean itself alone in a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

func (b *BEIR) readCorpus(path string) error {
	t, err := openTable(path)
	if err != nil {
		return err
	}
	if _, err := t.need("text"); err != nil {
		return err
	}
	seen := onceOnly{}
	for _, r := range t.rows {
		text := corpus.Text{ID: r.get("_id"), Text: strings.TrimSpace(r.get("title") + " " + r.get("text"))}
		if err := seen.claim(r.Place, "_id", "id", text.ID); err != nil {
			return err
		}
		switch {
		case text.ID == "":
			return r.fail(NoColumn, "_id", "the text has no id", `write {"_id": "…", "text": "…"}`)
		case text.Text == "":
			b.Empty++
			continue
		case len(b.Texts) == corpus.MaxTexts:
			return r.fail(TooMany, "", fmt.Sprintf("there are more than %d texts", corpus.MaxTexts), "take a part of them")
		}
		b.Texts = append(b.Texts, text)
	}
	return nil
}

func readBEIRQueries(path string) ([]Query, error) {
	t, err := openTable(path)
	if err != nil {
		return nil, err
	}
	if _, err := t.need("text"); err != nil {
		return nil, err
	}
	var queries []Query
	seen := onceOnly{}
	for _, r := range t.rows {
		q := Query{Place: r.Place, ID: r.get("_id"), Text: r.get("text")}
		if err := seen.claim(r.Place, "_id", "id", q.ID); err != nil {
			return nil, err
		}
		if q.ID == "" || q.Text == "" {
			return nil, r.fail(NoWords, "", "the query has no id or no text", `write {"_id": "…", "text": "…"}`)
		}
		queries = append(queries, q)
	}
	return queries, nil
}

// judge gives the queries the judgments of a file of qrels.
func judge(queries []Query, path string) error {
	t, err := openTable(path)
	if err != nil {
		return err
	}
	var names [3]string
	for i, known := range [][]string{{"query-id", "query_id", "qid"}, {"corpus-id", "corpus_id", "docid"}, {"score", "relevance", "rel"}} {
		if names[i], err = t.need(known...); err != nil {
			return err
		}
	}
	at := map[string]int{}
	for i, q := range queries {
		at[q.ID] = i
	}
	for _, r := range t.rows {
		query, text := r.get(names[0]), r.get(names[1])
		grade, err := strconv.ParseFloat(r.get(names[2]), 64)
		if err != nil || math.IsNaN(grade) || math.IsInf(grade, 0) {
			return r.fail(NotANumber, names[2], fmt.Sprintf("%.40q is not a number", r.get(names[2])), "write how relevant the text is, such as 1")
		}
		i, known := at[query]
		if !known {
			return r.fail(NoSuchText, names[0], fmt.Sprintf("there is no query %.60q", query), "add it to "+beirQueries+" or delete the row")
		}
		queries[i].Judged = append(queries[i].Judged, Judgment{Place: r.Place, Text: text, Grade: grade, written: text})
	}
	return nil
}
