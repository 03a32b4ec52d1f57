package labels

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// asked ties what a person has judged of queries: a grade counts before what a file says
// of the same text for a query of the same words. Texts that are not there are left out,
// and queries that say nothing yet.
func (t *tying) asked(l Labels) {
	byText := map[string]int{}
	for at, q := range t.Queries {
		byText[l.Queries[q.Label].Text] = at
	}
	for i, q := range l.Asked {
		at, known := byText[q.Text]
		judged := t.gradesOf(q)
		answered := slices.ContainsFunc(judged, func(j evaluate.Judgment) bool { return j.Grade > 0 })
		switch {
		case known:
			tied := &t.Queries[at]
			tied.Judged = joined(judged, scaled(tied.Judged))
			t.Pools[at] = q.Pool
		case answered || q.Complete && len(judged) == len(q.Graded):
			tied := TiedQuery{Query: evaluate.Query{Source: evaluate.NoText, Judged: judged}, Label: len(l.Queries) + i}
			if source, ok := t.findWords(q.Source); ok {
				tied.Source = source
			}
			t.Pools[len(t.Queries)] = q.Pool
			t.Queries = append(t.Queries, tied)
		}
	}
}

// gradesOf are the judgments of texts that are there.
func (t *tying) gradesOf(q AskedQuery) []evaluate.Judgment {
	var judged []evaluate.Judgment
	seen := map[int]bool{}
	for _, g := range q.Graded {
		if text, ok := t.findWords(g.Text); ok && !seen[text] {
			seen[text] = true
			judged = append(judged, evaluate.Judgment{Text: text, Grade: g.Grade})
		}
	}
	return judged
}

// joined are the first judgments, and the others of texts that those say nothing of.
func joined(first, others []evaluate.Judgment) []evaluate.Judgment {
	for _, j := range others {
		if !slices.ContainsFunc(first, func(f evaluate.Judgment) bool { return f.Text == j.Text }) {
			first = append(first, j)
		}
	}
	return first
}

// scaled are judgments as a person would have given them: where nothing tells relevant
// texts apart, they are wholly relevant.
func scaled(judged []evaluate.Judgment) []evaluate.Judgment {
	most := 0.
	for _, j := range judged {
		most = max(most, j.Grade)
	}
	out := slices.Clone(judged)
	for i := range out {
		if most <= 1 {
			out[i].Grade *= WhollyRelevant
		}
	}
	return out
}

// Wording is what a tied query asks.
func (l Labels) Wording(q TiedQuery) string {
	if q.Label < len(l.Queries) {
		return l.Queries[q.Label].Text
	}
	return l.Asked[q.Label-len(l.Queries)].Text
}

// AskedOf makes queries of a file ones that were asked of texts which are called of; what
// names no text is left out, which the problems say. Without grades in the whole file a
// relevant text is wholly relevant.
func AskedOf(of string, queries []Query, texts *Texts) (asked []AskedQuery, problems []*Error) {
	tied := Labels{Queries: queries}.TieTo(texts)
	most := 0.
	for _, q := range tied.Queries {
		for _, j := range q.Judged {
			most = max(most, j.Grade)
		}
	}
	factor := 1.
	if most <= 1 {
		factor = WhollyRelevant
	}
	for _, q := range tied.Queries {
		a := AskedQuery{Of: of, Text: queries[q.Label].Text, Complete: true}
		if q.Source != evaluate.NoText {
			a.Source = texts.list[q.Source].Text
		}
		for _, j := range q.Judged {
			a.Graded = append(a.Graded, Grade{texts.list[j.Text].Text, min(max(j.Grade*factor, NotRelevant), WhollyRelevant)})
		}
		asked = append(asked, a)
	}
	return asked, tied.Problems
}

// WriteAskedCSV writes the queries that are decided as a file that OpenQueries reads: the
// query, the texts that were judged with their grades, and how many first hits of every
// row were judged. left is how many texts could not be named: they are gone, or their id
// has a blank.
func WriteAskedCSV(w io.Writer, queries []AskedQuery, texts []corpus.Text) (left int, err error) {
	names := map[string]string{}
	for i, t := range slices.Backward(texts) {
		names[t.Text] = t.Label(i)
	}
	out := csv.NewWriter(w)
	rows := [][]string{{columnsQuery[0], columnsRelevant[0], "pool"}}
	for _, q := range queries {
		if !q.Decided() {
			continue
		}
		var judged []string
		for _, g := range q.Graded {
			name := names[g.Text]
			if name == "" || strings.ContainsAny(name, " \t\n\r") {
				left++
				continue
			}
			judged = append(judged, name+":"+strconv.FormatFloat(g.Grade, 'g', -1, 64))
		}
		rows = append(rows, []string{cell(q.Text), strings.Join(judged, " "), strconv.Itoa(q.Pool)})
	}
	return left, out.WriteAll(rows)
}
