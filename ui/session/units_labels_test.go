package session

import (
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestAnythingThatIsKnownOfTextsIsALabel(t *testing.T) {
	ungrouped := []corpus.Text{{Text: "a"}, {Text: "b"}}
	for name, c := range map[string]struct {
		texts []corpus.Text
		do    func(Labels)
		want  bool
	}{
		"nothing":        {ungrouped, func(Labels) {}, false},
		"groups":         {numbered(2), func(Labels) {}, true},
		"a pair":         {ungrouped, func(l Labels) { l.Open(labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 1}}}, "p.csv") }, true},
		"a mark":         {ungrouped, func(l Labels) { l.Set(0, 1, labels.Same) }, true},
		"an uncertainty": {ungrouped, func(l Labels) { l.Set(0, 1, labels.Unsure) }, true},
	} {
		s := bare(t, c.texts...)
		if c.do(s.Labels()); s.Labels().Any() != c.want {
			t.Errorf("%s: something is known: %t", name, !c.want)
		}
	}
}

// Pairs of a file and marks decide together; the marks alone are counted as such.
func TestMarksAreCountedApartFromThePairsOfAFile(t *testing.T) {
	s := bare(t, numbered(6)...)
	judged := labels.Labels{Queries: []labels.Query{{Text: "which?", Judged: []labels.Judgment{{Text: "1", Grade: 1}}}}}
	s.Labels().Open(labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 1}, {A: "1", B: "3", Score: 0}}, Queries: judged.Queries}, "p.csv")
	s.Labels().Set(3, 4, labels.Same)
	s.Labels().ChooseTask(evaluate.Pairs)
	s.Labels().Tasks()
	had := *s.Labels().present()
	now := had
	now.tasks = had.tasks[:1]
	s.TakeEvents()
	s.noticeDeciding(&had, &now)
	if got := deciding(s); len(got) != 1 || got[0] != (DecidingEvent{Before: evaluate.Pairs, Now: evaluate.Retrieval, Marks: 1}) {
		t.Errorf("%+v", got)
	}
}

// What a query is judged at further is tried anew, and queries of a file are the file's as
// long as one of them is.
func TestFurtherJudgmentsMakeOtherLabels(t *testing.T) {
	s := bare(t, numbered(4)...)
	asked, was := s.Asked(), (*evaluate.Labels)(nil)
	for _, step := range []struct {
		what  string
		do    func()
		other bool
	}{
		{"a text is relevant", func() { asked.Judge("which?", 0, labels.WhollyRelevant) }, true},
		{"another is not", func() { asked.Judge("which?", 1, labels.NotRelevant) }, true},
		{"a pair is marked", func() { s.Labels().Set(0, 1, labels.Same) }, false},
		{"that is undone", func() { asked.Undo() }, true},
	} {
		step.do()
		now := s.Labels().Retrieval()
		if now == nil || (now != was) != step.other {
			t.Errorf("%s: other labels: %t", step.what, now != was)
		}
		was = now
	}
	if got := s.Labels().Tasks()[0]; got.From != "" || got.Judged != 1 {
		t.Errorf("the person's own: %+v", got)
	}
	s.Labels().Open(labels.Labels{Queries: []labels.Query{{Text: "what then?", Judged: []labels.Judgment{{Text: "2", Grade: 1}}}}}, "q.csv")
	if got := s.Labels().Tasks()[0]; got.From != "q.csv" || got.Judged != 1 || got.Task != evaluate.Retrieval {
		t.Errorf("of a file and the person: %+v", got)
	}
}

// Pairs that were opened decide before queries that the person alone has judged, whichever came
// first.
func TestOpenedPairsDecideBeforeThePersonsOwnQueries(t *testing.T) {
	relevant := []labels.Judgment{{Text: "1", Grade: 1}}
	apart, alike := labels.Pair{A: "1", B: "3", Score: 0}, labels.Pair{A: "1", B: "2", Score: 1}
	open := func(l labels.Labels) func(*Session) {
		return func(s *Session) { s.Labels().Open(l, "p.csv") }
	}
	judge := func(s *Session) { s.Asked().Judge("which?", 0, labels.WhollyRelevant) }
	mark := func(s *Session) { s.Labels().Set(3, 4, labels.Same); s.Labels().Set(3, 5, labels.Different) }
	pairs := open(labels.Labels{Pairs: []labels.Pair{alike, apart}})
	for name, c := range map[string]struct {
		do   []func(*Session)
		want evaluate.Task
		of   int // how many tasks there are
	}{
		"pairs after a query":        {[]func(*Session){judge, pairs}, evaluate.Pairs, 3},
		"pairs before it":            {[]func(*Session){pairs, judge}, evaluate.Pairs, 3},
		"marks too":                  {[]func(*Session){judge, mark, pairs}, evaluate.Pairs, 3},
		"a query alone":              {[]func(*Session){judge}, evaluate.Retrieval, 2},
		"marks beside it":            {[]func(*Session){mark, judge}, evaluate.Retrieval, 3},
		"pairs that decide nothing":  {[]func(*Session){judge, open(labels.Labels{Pairs: []labels.Pair{alike}})}, evaluate.Retrieval, 3},
		"opened queries":             {[]func(*Session){judge, open(labels.Labels{Queries: []labels.Query{{Text: "what?", Judged: relevant}}})}, evaluate.Retrieval, 2},
		"opened queries and pairs":   {[]func(*Session){judge, open(labels.Labels{Pairs: []labels.Pair{alike, apart}, Queries: []labels.Query{{Text: "what?", Judged: relevant}}})}, evaluate.Retrieval, 3},
		"chosen though pairs opened": {[]func(*Session){judge, pairs, func(s *Session) { s.Labels().ChooseTask(evaluate.Retrieval) }}, evaluate.Retrieval, 3},
	} {
		s := bare(t, numbered(6)...)
		for _, do := range c.do {
			do(s)
		}
		if got, ok := s.Labels().Task(); !ok || got.Task != c.want || len(s.Labels().Tasks()) != c.of {
			t.Errorf("%s: %s decides, of %d", name, got.Task, len(s.Labels().Tasks()))
		}
	}
}
