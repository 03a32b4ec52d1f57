package report

import (
	"fmt"
	"io"
	"math"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/format"
)

// Search is what candidates, BM25 and both together find for queries.
type Search struct {
	// Comparison has the texts that were searched; its results are those of the
	// candidates that rows are made of.
	Comparison
	// Alone tells that one query was asked for by itself, and no list of queries.
	Alone bool
	// Top is how many hits were asked for.
	Top int
	// Queries are what was asked, with the ids that they have, and Grades how relevant the
	// texts are to each that were judged.
	Queries []corpus.Text
	Grades  []map[int]float64
	Rows    []SearchRow
	// Unasked are the candidates that have no vector for some queries.
	Unasked []Unasked
}

// SearchRow is what one row finds.
type SearchRow struct {
	ID string
	// Hits are those of every query; nil where the query has no vector.
	Hits [][]search.Hit
	// Cosine tells that scores are cosines, which stand against Background.
	Cosine     bool
	Background search.Background
	// Norms is how long a candidate's vectors were as they came.
	Norms api.Norms
	// Judged is how it does at the queries that somebody judged, and Floor the score under
	// which a best hit is no answer; nil where labels do not allow one.
	Judged *search.Judged
	Floor  *search.Floor
}

// Unasked is a candidate and why queries, by their index, have no vector under it.
type Unasked struct {
	Candidate string
	Failed    map[int]error
}

// distance is how far a hit stands out, NaN where the row has no cosines.
func (r SearchRow) distance(h search.Hit) float64 {
	if !r.Cosine {
		return math.NaN()
	}
	return r.Background.Distance(h.Score)
}

// lists are the hits of the rows for a query, nil for a row that could not be asked.
func (s Search) lists(query int) [][]search.Hit {
	lists := make([][]search.Hit, len(s.Rows))
	for k, r := range s.Rows {
		lists[k] = r.Hits[query]
	}
	return lists
}

// UnaskedLines says which queries have no vector under which candidate and why, a line
// for each reason.
func (s Search) UnaskedLines() []string {
	var lines []string
	for _, p := range unasked(s.Unasked, s.Queries, s.Alone) {
		lines = append(lines, p.Candidate+": "+p.Message)
	}
	return lines
}

// unasked says which queries have no vector, a problem for each candidate and reason; of
// one that was asked for alone it names none.
func unasked(candidates []Unasked, queries []corpus.Text, alone bool) []Problem {
	ids := textIDs(queries)
	var problems []Problem
	for _, u := range candidates {
		for _, r := range byReason(u.Candidate, u.Failed) {
			n := len(r.texts)
			which := fmt.Sprintf("%s (%s) %s", Queries.count(n), firstIDs(r.texts, ids, namedMissing), format.Agree(n, "has", "have"))
			why := r.why
			if n > 1 {
				why = ofSeveral(u.Candidate, u.Failed[r.texts[0]])
			}
			if alone {
				which = "the query has"
			}
			problems = append(problems, Problem{Candidate: u.Candidate, Message: which + " no vector: " + why, Texts: []string{}})
		}
	}
	return problems
}

type hitJSON struct {
	Rank     int      `json:"rank"`
	Index    int      `json:"index"`
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Score    float64  `json:"score"`
	Distance *float64 `json:"distance"`
	Grade    *float64 `json:"grade,omitempty"`
}

type foundJSON struct {
	ID   string    `json:"id"`
	Hits []hitJSON `json:"hits"`
}

type sharedJSON struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	K     int      `json:"k"`
	Value *float64 `json:"value"`
}

type queryJSON struct {
	Query      string       `json:"query"`
	ID         string       `json:"id,omitempty"`
	K          int          `json:"k"`
	Candidates []foundJSON  `json:"candidates"`
	Overlap    []sharedJSON `json:"overlap"`
}

type searchRowJSON struct {
	ID         string          `json:"id"`
	Cosine     bool            `json:"cosine"`
	Background *backgroundJSON `json:"background"`
	Norms      *normsJSON      `json:"norms"`
	Judged     *judgedJSON     `json:"judged"`
	Floor      *floorJSON      `json:"floor"`
}

type backgroundJSON struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
}

type normsJSON struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type judgedJSON struct {
	Queries  int      `json:"queries"`
	Hit1     *float64 `json:"hit@1"`
	Hit3     *float64 `json:"hit@3"`
	Hit10    *float64 `json:"hit@10"`
	MRR      *float64 `json:"mrr"`
	NDCG     *float64 `json:"ndcg@10"`
	Unjudged int      `json:"unjudged"`
	Hits     int      `json:"hits"`
}

type floorJSON struct {
	Separates    bool     `json:"separates"`
	Score        *float64 `json:"score"`
	LeftOut      *float64 `json:"left_out"`
	Answerable   int      `json:"answerable"`
	Unanswerable int      `json:"unanswerable"`
}

// SearchJSON writes one JSON object: what was found for the query, or for each under
// "queries"; then what is known of the rows whatever the query, what it took, and what
// went wrong.
func SearchJSON(w io.Writer, s Search) error {
	j := newJSON(w)
	j.raw("{")
	texts, queries := textIDs(s.Texts), textIDs(s.Queries)
	if s.Alone {
		j.found(s, 0, texts, "")
	} else {
		j.list("queries", len(s.Queries), func(i int) {
			j.raw("{")
			j.found(s, i, texts, queries[i])
			j.raw("}")
		})
	}
	j.raw(",\n")
	j.list("rows", len(s.Rows), func(k int) { j.value(s.Rows[k].json()) })
	j.raw(",\n")
	j.usage(s.Comparison)
	j.raw(",\n")
	problems := append(s.Problems(), unasked(s.Unasked, s.Queries, s.Alone)...)
	j.errors(problems)
	j.raw("}")
	return j.end()
}

// found writes the keys of what was found for a query, without braces around them.
func (j *jsonWriter) found(s Search, query int, texts []string, id string) {
	out := queryJSON{Query: s.Queries[query].Text, ID: id, K: s.Top, Candidates: []foundJSON{}, Overlap: []sharedJSON{}}
	for k, r := range s.Rows {
		of := foundJSON{ID: r.ID, Hits: []hitJSON{}}
		for i, h := range r.Hits[query] {
			hit := hitJSON{Rank: i + 1, Index: h.Index, ID: texts[h.Index], Text: s.Texts[h.Index].Text, Score: format.Round(h.Score, 6), Distance: rounded(r.distance(h))}
			if grade, judged := s.Grades[query][h.Index]; judged {
				hit.Grade = &grade
			}
			of.Hits = append(of.Hits, hit)
		}
		out.Candidates = append(out.Candidates, of)
		for _, other := range s.Rows[k+1:] {
			out.Overlap = append(out.Overlap, sharedJSON{r.ID, other.ID, s.Top, rounded(search.Overlap(s.Top, r.Hits[query], other.Hits[query]))})
		}
	}
	if j.err != nil {
		return
	}
	line, err := marshal(out)
	if err != nil {
		j.err = err
		return
	}
	j.raw(string(line[1 : len(line)-1]))
}

func (r SearchRow) json() searchRowJSON {
	out := searchRowJSON{ID: r.ID, Cosine: r.Cosine}
	if r.Cosine {
		out.Background = &backgroundJSON{format.Round(r.Background.Mean, 6), format.Round(r.Background.SD, 6)}
	}
	if r.Norms.Known() {
		out.Norms = &normsJSON{format.Round(r.Norms.Low, 6), format.Round(r.Norms.High, 6)}
	}
	if m := r.Judged; m != nil {
		out.Judged = &judgedJSON{m.Queries, rounded(m.Hit1), rounded(m.Hit3), rounded(m.Hit10), rounded(m.MRR), rounded(m.NDCG), m.Unjudged, m.Hits}
	}
	if f := r.Floor; f != nil {
		out.Floor = &floorJSON{f.Separates, rounded(f.Score), rounded(f.LeftOut), f.Answerable, f.Unanswerable}
	}
	return out
}

// SearchTSV writes one line a hit under a header.
func SearchTSV(w io.Writer, s Search) error {
	sheet := newTSV(w)
	sheet.row("query_id", "query", "model", "rank", "index", "id", "score", "distance", "grade", "text")
	texts, queries := textIDs(s.Texts), textIDs(s.Queries)
	for i, q := range s.Queries {
		for _, r := range s.Rows {
			for at, h := range r.Hits[i] {
				sheet.texts(queries[i], q.Text, r.ID)
				sheet.whole(at + 1)
				sheet.whole(h.Index)
				sheet.text(texts[h.Index])
				sheet.value(h.Score, true)
				distance := r.distance(h)
				sheet.value(distance, !math.IsNaN(distance))
				grade, judged := s.Grades[i][h.Index]
				sheet.value(grade, judged)
				sheet.text(s.Texts[h.Index].Text)
				sheet.end()
			}
		}
	}
	return sheet.close()
}

// SearchTREC writes the lines of a TREC run, "query Q0 text rank score tag", tagged with
// the row's id.
func SearchTREC(w io.Writer, s Search) error {
	texts, queries := textIDs(s.Texts), textIDs(s.Queries)
	out := newTREC(w)
	for _, r := range s.Rows {
		for i := range s.Queries {
			for at, h := range r.Hits[i] {
				out.line(queries[i], texts[h.Index], at+1, h.Score, r.ID)
			}
		}
	}
	return out.end()
}
