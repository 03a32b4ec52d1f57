package search

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// row is something that ranks the texts for the query: a candidate, BM25, or both.
type row struct {
	id, name string
	letter   string
	kind     kind
	// at is the candidate's place among those chosen, of the hybrid that of its
	// candidate; -1 of BM25.
	at    int
	state session.State
	// about says how it searches, and lacks what stands in its way without keeping it
	// from searching; may be empty.
	about, lacks string
	// hits are the first ones, further those behind them, which count for nothing, and why
	// says why there are none. Old tells that they are those of the query that was typed
	// before.
	hits       []search.Hit
	further    []search.Hit
	why        candidate.Status
	old        bool
	background search.Background
	norms      api.Norms
}

type kind int

const (
	byVectors kind = iota
	byWords
	byBoth
)

// rows are what ranks the texts, as they were when the screen was last made ready.
func (s *Screen) rows() []row { return s.shown.rows }

// shown is what the screen draws of the query.
type shown struct {
	query *query
	from  int // the text that the query was made of; -1 for none
	rows  []row
	lines []search.Line
	marks map[int]string // of texts that several rows find
	place map[int]int    // of every text found its place in lines
	// labelled is what labels say of texts for the query: of those that it came with, or of
	// the text that it was made of.
	labelled func(text int) (grade float64, known bool)
}

// makeRows makes the rows anew, and what their hits have in common.
func (s *Screen) makeRows() {
	s.shown = shown{query: s.query, from: s.place(), marks: map[int]string{}, place: map[int]int{}}
	s.shown.labelled = s.labels()
	if s.Session.ResultsRevision() == session.NoRevision {
		return
	}
	for i, c := range s.Session.States() {
		s.shown.rows = append(s.shown.rows, s.candidateRow(i, c))
	}
	s.shown.rows = append(s.shown.rows, s.wordsRow())
	if c, ok := s.fused(); ok {
		s.shown.rows = append(s.shown.rows, s.hybridRow(s.Session.Focused(), c))
	}
	if s.query == nil {
		return
	}
	lists := make([][]search.Hit, len(s.shown.rows))
	for i := range s.shown.rows {
		r := &s.shown.rows[i]
		s.leaveOut(r)
		if len(r.hits) == 0 && s.query.before[r.id] != nil && r.why.What == term.Ellipsis {
			r.hits, r.old, r.why = s.query.before[r.id], true, candidate.Status{}
		}
		lists[i] = r.hits
	}
	s.shown.lines = search.Align(s.hits, lists...)
	for i, l := range s.shown.lines {
		s.shown.place[l.Text] = i
		if several(l) {
			s.shown.marks[l.Text] = markOf(len(s.shown.marks))
		}
	}
}

// labels is what labels say of texts for the query.
func (s *Screen) labels() func(text int) (grade float64, known bool) {
	nothing := func(int) (float64, bool) { return 0, false }
	if s.query == nil || s.Session.Stale() {
		return nothing
	}
	tied := s.Session.Labels().Tied()
	if from := s.shown.from; from >= 0 {
		return func(text int) (float64, bool) {
			same, known := tied.Same(from, text)
			if same {
				return labels.WhollyRelevant, known
			}
			return labels.NotRelevant, known
		}
	}
	at := slices.Index(s.Session.Labels().Queries(), s.query.text)
	if at < 0 {
		return nothing
	}
	judged := tied.Queries[at].Judged
	return func(text int) (float64, bool) {
		for _, j := range judged {
			if j.Text == text {
				return j.Grade, true
			}
		}
		return 0, false
	}
}

// gradeOf is what the person has said of a text for the query, or else labels.
func (s *Screen) gradeOf(text int) (grade float64, known bool) {
	if grade, known = s.Session.Asked().Query(s.shown.query.text).GradeOf(s.Session.Texts()[text].Text); known {
		return grade, known
	}
	return s.shown.labelled(text)
}

// leaveOut takes the text that the query was made of out of the hits, of which the first
// ones stay.
func (s *Screen) leaveOut(r *row) {
	if at := s.shown.from; at >= 0 {
		r.hits = slices.DeleteFunc(slices.Clone(r.hits), func(h search.Hit) bool { return h.Index == at })
	}
	first := min(len(r.hits), s.hits)
	r.hits, r.further = r.hits[:first], r.hits[first:min(len(r.hits), s.hits+mostFurther)]
}

// several tells that more than one row finds a text.
func several(l search.Line) bool {
	n := 0
	for _, rank := range l.Ranks {
		if rank > 0 {
			n++
		}
	}
	return n > 1
}

const marks = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// markOf is the letter that joins a text in several columns.
func markOf(n int) string {
	if n >= len(marks) {
		return "*"
	}
	return marks[n : n+1]
}

// alone tells that a candidate, or BM25, is the only one that finds a text; the hybrid
// is made of both.
func (s *Screen) alone(text int) bool {
	finders, rankers := 0, 0
	for i, r := range s.rows() {
		if r.kind == byBoth || len(r.hits) == 0 {
			continue
		}
		rankers++
		if at, ok := s.shown.place[text]; ok && s.shown.lines[at].Ranks[i] > 0 {
			finders++
		}
	}
	return finders == 1 && rankers > 1
}

// candidateRow is a candidate with its first hits, or why it has none.
func (s *Screen) candidateRow(i int, c session.State) row {
	r := row{id: c.ID(), name: term.Safe(c.Short()), letter: string(rune('A' + i)), at: i, state: c}
	if c.Phase != session.PhaseReady {
		if r.why = candidate.Of(c); c.Err != nil {
			r.why = candidate.OfError(c.Err)
		}
		return r
	}
	of, ok := s.Session.Search().Of(c)
	switch {
	case !ok:
		r.why = candidate.Status{What: "embedding the texts as documents" + term.Ellipsis}
		return r
	case of.Err != nil && !of.Instead:
		r.why = candidate.OfError(of.Err)
		return r
	case of.Result.Vectors.Present() == 0:
		r.why = candidate.Status{What: "no text has a vector"}
		return r
	}
	r.background, r.norms = of.Background, of.Result.Norms
	r.about = aboutRoles(s.Session.Roles(c.Row), of)
	if n := of.Result.Vectors.Len() - of.Result.Vectors.Present(); n > 0 {
		r.lacks = format.Count(n, "text") + " without a vector"
	}
	if s.query == nil {
		return r
	}
	a := s.query.answers[of.Query.Key()]
	f := s.query.found[c.ID()]
	switch {
	case a.phase == unpaid && a.estimate.Unavailable != nil:
		r.why = candidate.OfError(a.estimate.Unavailable)
	case a.phase == unpaid && s.typing:
		r.why = candidate.Status{What: "not asked", Advice: "enter asks: " + report.Cost(a.estimate)}
	case a.phase == unpaid:
		r.why = candidate.Status{What: "not asked", Advice: ". asks: " + report.Cost(a.estimate)}
	case a.phase == asking && a.ask != nil:
		r.why = s.askingStatus(a)
	case a.err != nil:
		r.why = candidate.OfError(a.err)
	case f.err != nil:
		r.why = candidate.OfError(f.err)
	case !f.over:
		r.why = candidate.Status{What: term.Ellipsis}
	}
	if a.embedding != nil && len(a.embedding.Clipped) > 0 || len(a.estimate.Long) > 0 {
		r.lacks = "query truncated: longer than the model reads"
	}
	r.hits = f.hits
	return r
}

func (s *Screen) askingStatus(a answer) candidate.Status {
	t := candidate.Status{What: "asking" + term.Ellipsis}
	if waits := s.Session.Requests().Work(a.ask).Waits; waits != nil {
		t.Advice = candidate.WaitText(*waits)
	}
	return t
}

// aboutRoles says how the query and the texts are sent.
func aboutRoles(roles api.Roles, of session.Searched) string {
	query, documents := roles.Of(of.Role), roles.Of(of.DocumentRole)
	switch {
	case of.Instead:
		return "sent as for matrices: texts are not embedded as documents · " + candidate.MannerWords(query)
	case query == documents && query == (api.Manner{}):
		return "cosine · no prefix"
	}
	return "query " + candidate.MannerWords(query) + " · texts " + candidate.MannerWords(documents)
}

// wordsInShort is how a search by words searches, where there is little room.
const wordsInShort = "words in common · no cosine"

// wordsRow is the search by words.
func (s *Screen) wordsRow() row {
	r := row{id: trial.BM25, name: trial.BM25, letter: "W", kind: byWords, at: -1, about: wordsInShort + ", no price"}
	switch q := s.query; {
	case q == nil:
	case !q.words.over:
		r.why = candidate.Status{What: term.Ellipsis}
	case len(q.words.hits) == 0:
		r.why = candidate.Status{What: "no text has a word of the query"}
	default:
		r.hits = q.words.hits
	}
	return r
}

// hybridRow is a candidate and BM25 together.
func (s *Screen) hybridRow(i int, c session.State) row {
	letter := string(rune('A' + i))
	r := row{id: session.HybridID, name: fmt.Sprintf("%s + %s×bm25", letter, format.Plain(s.weight)), letter: "H", kind: byBoth, at: i,
		about: fmt.Sprintf("ranks of %s and words, 1 : %s ([ ])", term.Safe(c.Short()), format.Plain(s.weight))}
	if s.query == nil {
		return r
	}
	f := s.query.found[c.ID()]
	if !f.fuses() || f.err != nil || !s.query.words.over {
		r.why = candidate.Status{What: term.Ellipsis}
		if base := s.shown.rows[i].why; base.What != "" {
			r.why = candidate.Status{What: "waits for " + letter}
			if base.What == term.Ellipsis {
				r.why.What = term.Ellipsis
			}
		}
		return r
	}
	r.hits = search.Fuse(f.hits, s.query.words.hits, search.Options{Top: s.hits + mostFurther + 1, Weight: s.weight})
	return r
}

// hit is the text under the cursor; ok is false when there is none.
func (s *Screen) hit() (text int, ok bool) {
	if s.column >= len(s.rows()) || s.column < 0 {
		return 0, false
	}
	hits := s.rows()[s.column].hits
	if s.list.Cursor >= len(hits) || hits[s.list.Cursor].Index >= len(s.Session.Texts()) {
		return 0, false
	}
	return hits[s.list.Cursor].Index, true
}
