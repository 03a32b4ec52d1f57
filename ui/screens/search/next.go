package search

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// undecided is the query, asked first, of which nothing is decided yet, but for one; ok is
// false when there is none. Queries of a file are judged one after another by it.
func (s *Screen) undecided(but string) (q labels.AskedQuery, ok bool) {
	for _, q := range s.Session.Asked().List() {
		if !q.Decided() && q.Text != but {
			return q, true
		}
	}
	return labels.AskedQuery{}, false
}

// needsJudgeable gives the reason why there is nothing to judge.
func (s *Screen) needsJudgeable() string {
	if s.query != nil {
		return s.needsHits()
	}
	if _, ok := s.undecided(""); ok {
		return s.canSearch()
	}
	return s.needsQuery()
}

// judgeOrNext judges what was found for the query in sight; where there is none, for the
// first one that nobody has judged.
func (s *Screen) judgeOrNext() tea.Cmd {
	if s.query != nil {
		s.judge()
		return nil
	}
	q, _ := s.undecided("")
	return s.askToJudge(q)
}

// askToJudge asks a query, and has it judged as soon as every row has found its hits.
func (s *Screen) askToJudge(q labels.AskedQuery) tea.Cmd {
	cmd := s.ask(q.Text, q.Source)
	s.toJudge = s.query
	return cmd
}

// waitsToBeJudged gives the reason why nobody may see yet what was found for the query.
func (s *Screen) waitsToBeJudged() string {
	if s.toJudge != nil && s.toJudge == s.query {
		return "the query is judged first, as soon as every column has its hits"
	}
	return ""
}

// judgeArrived opens the box for a query that waited for its hits.
func (s *Screen) judgeArrived() {
	switch {
	case s.toJudge == nil:
	case s.toJudge != s.query || s.typing:
		s.toJudge = nil
	case s.Undisturbed(ID) && !s.lookingFor():
		s.toJudge = nil
		if why := s.needsHits(); why != "" {
			s.Notify(ui.NoticeWarn, "Not judged: "+why+".")
			return
		}
		s.judge()
	}
}

// foundAll tells that a candidate has found its hits, and those of the hybrid that is made
// of it.
func (s *Screen) foundAll(id string) bool {
	f := s.query.found[id]
	if c, ok := s.fused(); ok && c.ID() == id && f.err == nil {
		return f.fuses()
	}
	return f.over
}

// lookingFor tells that some row may still find something for the query without a further
// word of the person.
func (s *Screen) lookingFor() bool {
	if !s.query.words.over {
		return true
	}
	for _, c := range s.Session.States() {
		switch c.Phase {
		case session.PhaseWaiting, session.PhaseRunning:
			return true
		case session.PhaseReady:
		default:
			continue
		}
		of, ok := s.Session.Search().Of(c)
		if !ok {
			return true
		}
		if of.Err != nil && !of.Instead || of.Result.Vectors.Present() == 0 {
			continue
		}
		a, known := s.query.answers[of.Query.Key()]
		switch {
		case !known, a.phase == waiting, a.phase == lookedUp, a.phase == asking:
			return true
		case a.phase == answered && a.err == nil && !s.foundAll(c.ID()):
			return true
		}
	}
	return false
}
