package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
)

// The tokens of many texts are those of each, however many are counted together; what was not
// counted is not known.
func TestTheTokensOfManyTextsAreThoseOfEach(t *testing.T) {
	for _, n := range []int{1, countsTogether - 1, countsTogether, countsTogether + 1, 2*countsTogether + 3} {
		c, texts, want := newTokenCounts(corpus.NewCounter()), numbered(n), 0
		for _, x := range texts {
			want += c.counter.Count(x.Text)
		}
		for range 2 { // the second time from what is remembered
			if got, err := c.add(t.Context(), texts); got != want || err != nil {
				t.Errorf("%d texts have %d tokens, want %d; %v", n, got, want, err)
			}
		}
		if got, complete := c.sum(texts); got != want || !complete || len(c.byText) != n {
			t.Errorf("%d texts have %d tokens, complete %t, want %d", n, got, complete, want)
		}
		if _, complete := c.sum(append(texts, corpus.Text{Text: "another"})); complete {
			t.Error("a text that was not counted has tokens")
		}
	}
	c := newTokenCounts(corpus.NewCounter())
	c.byText = make(map[string]int, mostCounts+1)
	for i := range mostCounts + 1 {
		c.byText[strconv.Itoa(i)] = 1
	}
	c.forget([]corpus.Text{{Text: "7"}, {Text: "not counted"}})
	if n, known := c.of("7"); n != 1 || !known || len(c.byText) != 1 {
		t.Errorf("of %d counts that of a present text is %d, known %t", len(c.byText), n, known)
	}
	if _, known := c.of("not counted"); known {
		t.Error("a text has tokens that nobody counted")
	}
}

// searched is a session with three texts, and a candidate of the catalog's model for each role.
func searched(t *testing.T, roles api.Roles) (*Session, State) {
	t.Helper()
	s, m := withModel(t, 0, 2, 2)
	m.Roles = roles
	scan := &compare.Scan{}
	scan.Background.Mean = .5
	v := embeddingOf(t, []float32{1, 0}, []float32{0, 1}, []float32{1, 1}).Vectors
	return s, State{Candidate: s.candidates[0], Row: m, Phase: PhaseReady, Result: &pipeline.Result{Model: m, Candidate: s.candidates[0], Vectors: v, Scan: scan}}
}

// Texts that a model has as documents are searched as such once they have come, with their own
// background; where they cannot come both sides are sent as texts that are compared.
func TestTextsAreSearchedAsDocumentsOnceTheyAreKnown(t *testing.T) {
	broken := errors.New("out of order")
	emb := embeddingOf(t, []float32{1, 0}, []float32{1, 0}, []float32{1, 1})
	known := documents{embedding: emb, background: search.Background{Mean: .25, SD: .125}}
	for name, c := range map[string]struct {
		roles     api.Roles
		documents *documents
		ok        bool
		mean      float64
		role      api.Role
		instead   bool
		err       error
		asks      bool
	}{
		"sent as they are":    {api.Roles{}, nil, true, .5, api.RoleQuery, false, nil, false},
		"queries alone":       {api.Roles{Query: api.Manner{Prefix: "q: "}}, nil, true, .5, api.RoleQuery, false, nil, false},
		"not asked yet":       {api.Roles{Document: api.Manner{Prefix: "d: "}}, nil, false, 0, "", false, nil, true},
		"being asked":         {api.Roles{Document: api.Manner{Prefix: "d: "}}, &documents{asking: true}, false, 0, "", false, nil, false},
		"known":               {api.Roles{Document: api.Manner{Prefix: "d: "}}, &known, true, .25, api.RoleQuery, false, nil, false},
		"not to be had":       {api.Roles{Document: api.Manner{Prefix: "d: "}}, &documents{incomplete: true, err: broken}, true, .5, api.RoleSymmetric, true, broken, false},
		"of the texts before": {api.Roles{Document: api.Manner{Prefix: "d: "}}, &documents{revision: 99, embedding: emb}, false, 0, "", false, nil, true},
	} {
		s, st := searched(t, c.roles)
		source := pipeline.DocumentSource(s.edited(st.Row), st.Candidate)
		if c.documents != nil {
			d := *c.documents
			d.results = map[string]*pipeline.Result{}
			if d.revision == 0 {
				d.revision = s.current.revision
			}
			s.searching.documents = map[string]*documents{source.Key(): &d}
		}
		of, ok := s.Search().Of(st)
		if ok != c.ok || of.Background.Mean != c.mean || of.Role != c.role || of.Instead != c.instead || !errors.Is(of.Err, c.err) {
			t.Errorf("%s: %t, %+v", name, ok, of)
		}
		if ok && (of.Result.Vectors.Similarity(0, 1) == 1) != (name == "known") {
			t.Errorf("%s: it searches the wrong vectors", name)
		}
		s.Search().Ask(st)
		if asked := len(s.requests) == 1; asked != c.asks {
			t.Errorf("%s: documents are asked for: %t", name, asked)
		}
		if s.Search().Ask(st) != nil {
			t.Errorf("%s: they are asked for twice", name)
		}
	}
}

// Texts are found by words in those that the results are of now.
func TestWordsAreFoundInThePresentTexts(t *testing.T) {
	s := bare(t, corpus.Text{Text: "cat"}, corpus.Text{Text: "dog"})
	first, cmd := s.Search().Index()
	if _, again := s.Search().Index(); first != nil || cmd == nil || again != nil {
		t.Fatal("it is made twice, or at once")
	}
	ended(cmd)
	index, cmd := s.Search().Index()
	if index == nil || cmd != nil {
		t.Fatal("it is not there once it was made")
	}
	become(t, s, corpus.Text{Text: "dog"}, corpus.Text{Text: "cat"})
	other, cmd := s.Search().Index()
	if ended(cmd); other != nil {
		t.Error("words are found in texts of before")
	}
	if now, _ := s.Search().Index(); now == nil || now == index {
		t.Error("of the present texts there is none")
	}
}

// What is measured of other judgments or of another hybrid takes the place of what is under way,
// whose figures then come too late.
func TestFiguresOfBeforeComeTooLate(t *testing.T) {
	s, m := compared(t, 3)
	s.Asked().Ask("text 1", "")
	s.Asked().Judge("text 1", 0, 1)
	s.Labels().ChooseTask(evaluate.Retrieval)
	x := s.Search()
	_, cmd := x.Index()
	ended(cmd)
	_, first := x.Measured("", 1)
	brought := messages(first)
	if _, again := x.Measured("", 1); again != nil || !s.searching.measuring.working {
		t.Error("the same is measured twice")
	}
	_, second := x.Measured(CandidateIDs(s.candidates)[0], 1)
	for _, message := range brought {
		message()
	}
	if rows, _ := x.Measured(CandidateIDs(s.candidates)[0], 1); rows != nil || !s.searching.measuring.working {
		t.Errorf("figures of before are shown: %+v", rows)
	}
	ended(second)
	rows, _ := x.Measured(CandidateIDs(s.candidates)[0], 1)
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	if want := []string{m.Ref() + "@1024", trial.BM25, HybridID}; !slices.Equal(ids, want[:len(ids)]) || len(ids) < 2 || s.searching.measuring.working {
		t.Errorf("measured are %q, want %q", ids, want)
	}
}

// A floor is that of cosines; and a hybrid weighs words as it is told to.
func TestOnlyCosinesHaveAFloor(t *testing.T) {
	s, m := compared(t, 40)
	m.Source = api.SourceBinary
	index, err := lexical.NewIndex(t.Context(), s.resultWordings())
	if err != nil {
		t.Fatal(err)
	}
	result := s.resultAt(1024)
	one := toMeasure{"one", Searched{Result: result, Query: pipeline.QuerySource(m, result.Candidate)}}
	var queries []string
	var judged []evaluate.Query
	for i := range 40 { // the vectors of queries are those of the texts; their words are those of the next
		queries = append(queries, fmt.Sprint(i+2))
		q := evaluate.Query{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: i, Grade: 1}}}
		if i%2 == 1 {
			q.Judged[0] = evaluate.Judgment{Text: 0} // nothing answers it
		}
		judged = append(judged, q)
	}
	all, err := evaluate.NewQueries(40, judged, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	before := 2.
	for _, weight := range []float64{0, 1} {
		rows, err := measure(context.Background(), s.engine, measuredOf{labels: all, index: index, hybrid: "one", weight: weight}, []toMeasure{one}, queries, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Err != nil || r.HasFloor != (r.ID == "one") {
				t.Errorf("%s has a floor: %t; %v", r.ID, r.HasFloor, r.Err)
			}
		}
		if got := rows[2].MRR; got >= before {
			t.Errorf("the more wrong words weigh, the worse the hybrid; at %v the answers come at 1/%v", weight, got)
		} else {
			before = got
		}
	}
}
