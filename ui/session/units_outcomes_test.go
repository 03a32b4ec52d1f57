package session

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// withModel has a session know a model of a server at that price, and take it at those
// dimensions.
func withModel(t *testing.T, price float64, full int, dimensions ...int) (*Session, api.Model) {
	t.Helper()
	s := bare(t, numbered(3)...)
	m := api.Model{Provider: "a", ID: "m", Kind: api.KindEmbedding, Dimensions: full, Price: &price, Source: api.SourceCached}
	s.engine.Catalog = catalog.New([]api.Model{m})
	for _, n := range dimensions {
		s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: n})
	}
	return s, m
}

// ofLength is an embedding of a source whose vectors have that many dimensions.
func ofLength(t *testing.T, source pipeline.Source, dimensions int) *pipeline.Embedding {
	t.Helper()
	row := make([]float32, dimensions)
	row[0] = 1
	v, err := compare.NewVectors([][]float32{row})
	if err != nil {
		t.Fatal(err)
	}
	return &pipeline.Embedding{Source: source, Vectors: v}
}

func TestOnlyFullVectorsTellHowLongTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		full, asked, came int
		want              []string
		told              bool
	}{
		"as listed":           {8, 0, 8, []string{"a/m@8", "a/m@4"}, false},
		"shorter":             {8, 0, 6, []string{"a/m@6", "a/m@4"}, true},
		"as short as another": {8, 0, 4, []string{"a/m@4"}, true},
		"asked for so":        {8, 4, 4, []string{"a/m@8", "a/m@4"}, false},
		"nobody had said":     {0, 0, 8, []string{"a/m@8", "a/m@4"}, false},
	} {
		s, m := withModel(t, 1, c.full, 8, 4)
		s.learnDimensions(ofLength(t, pipeline.Source{Model: m, Dimensions: c.asked}, c.came))
		if got := CandidateIDs(s.Candidates()); !slices.Equal(got, c.want) || (len(s.run.Lengths) == 1) != c.told {
			t.Errorf("%s: %v, told %+v", name, got, s.run.Lengths)
		}
	}
}

// What was asked for beyond the vectors of a model without a listed length is told.
func TestALengthThatWasAskedForAndDidNotComeIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		listed, came int
		asked        []int
		want         []LengthChange
	}{
		"longer than came": {0, 4, []int{8}, []LengthChange{{Came: 4, Asked: 8}}},
		"the longest":      {0, 4, []int{6, 8, 2}, []LengthChange{{Came: 4, Asked: 8}}},
		"as came":          {0, 4, []int{4}, nil},
		"shorter":          {0, 4, []int{2}, nil},
		"no length":        {0, 4, []int{0}, nil},
		"a listed length":  {8, 4, []int{8}, []LengthChange{{Came: 4}}},
	} {
		s, m := withModel(t, 1, c.listed, c.asked...)
		s.learnDimensions(ofLength(t, pipeline.Source{Model: m}, c.came))
		for i := range c.want {
			c.want[i].Model = m
		}
		if !reflect.DeepEqual(s.run.Lengths, c.want) {
			t.Errorf("%s: told is %+v, want %+v", name, s.run.Lengths, c.want)
		}
	}
}

func TestAPaidRequestIsDetachedFromWhatHasChanged(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *Session)
		want   Detached
	}{
		"nothing":           {func(*Session) {}, Detached{}},
		"a text is gone":    {func(s *Session) { s.corpus.Delete(0) }, Detached{Model: "a/m", Agreed: 3}},
		"a text is changed": {func(s *Session) { _ = s.corpus.Replace(0, corpus.Text{Text: "new"}) }, Detached{Model: "a/m", Agreed: 3, Changed: 1}},
		"no candidate":      {func(s *Session) { s.candidates = nil }, Detached{Model: "a/m", Agreed: 3, Unwanted: true}},
	} {
		s, m := withModel(t, 1, 4, 4)
		source, _ := pipeline.SourceOf(m, s.candidates[0])
		a := s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		other := s.newRequest(ForQuery, source, []string{"which?"}, SendingGrant)
		c.change(s)
		if got := s.detachment(a); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if got := s.detachment(other); got != (Detached{}) {
			t.Errorf("%s: of a query %+v", name, got)
		}
		s.TakeEvents()
		for i := range 2 {
			s.noticeDetached()
			if got := len(s.TakeEvents()); got != 0 && (i > 0 || c.want == (Detached{})) || got == 0 && i == 0 && c.want != (Detached{}) {
				t.Errorf("%s: time %d it is told %d times", name, i+1, got)
			}
		}
	}
}

func TestComputingAgainStartsOverWhatIsNotWhole(t *testing.T) {
	s := bare(t, numbered(2)...)
	whole, failed, unpaid := outcome{result: &pipeline.Result{}}, outcome{err: errors.New("x")}, outcome{unpaid: &pipeline.Estimate{}}
	refused := outcome{result: &pipeline.Result{Model: api.Model{Source: api.SourceCached}, Failed: map[int]error{0: &api.TextError{Err: errors.New("zeros")}}}}
	s.current.outcomes = map[string]outcome{"whole": whole, "failed": failed, "unpaid": unpaid, "refused": refused}
	s.anew["a/m@0 "], s.stoppedCandidates = true, map[string]bool{"failed": true}
	s.trying.err, s.trying.kept.failed = errors.New("x"), map[string]error{"q": errors.New("x")}
	s.Recompute()
	if len(s.current.outcomes) != 1 || s.current.outcomes["whole"].result != whole.result || len(s.anew) != 0 || s.stoppedCandidates != nil || s.trying.kept.failed != nil {
		t.Errorf("left are %v, anew %v, stopped %v", s.current.outcomes, s.anew, s.stoppedCandidates)
	}
}

func TestWhatWasStoppedBeforeAnythingCameIsOnlyUnpaid(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	c := s.candidates[0]
	for name, o := range map[string]outcome{"stopped": {err: ErrStopped, unpaid: &pipeline.Estimate{}}, "failed": {err: errors.New("x"), unpaid: &pipeline.Estimate{}}, "stopped, and free": {err: ErrStopped}} {
		s.job = &job{cancel: func() {}, pending: map[string]bool{c.ID(): true}}
		s.current.orders[c.ID()] = []int{1, 0}
		s.showKnown(m, c, nil, o)
		got := s.current.outcomes[c.ID()]
		if kept := got.err != nil; kept == (name == "stopped") || got.unpaid != o.unpaid {
			t.Errorf("%s: %+v", name, got)
		}
		if _, known := s.current.orders[c.ID()]; known || s.job.pending[c.ID()] {
			t.Errorf("%s: the order of before is kept, or it is still awaited", name)
		}
	}
}

func TestChangedTextsShowWhatWasStopped(t *testing.T) {
	s, _ := withModel(t, 1, 4, 4)
	s.current.previousOrder = []int{2, 1, 0}
	for _, n := range []int{3, 2} {
		s.pending = newComparison(uint64(50+n), numbered(n), corpus.Origin{})
		s.stoppedCandidates = map[string]bool{"a/m@4": true}
		s.publish()
		if o := s.current.outcomes["a/m@4"]; !errors.Is(o.err, ErrStopped) || s.pending != nil || (s.current.previousOrder != nil) != (n == 3) {
			t.Errorf("of %d texts: %+v, order %v", n, o, s.current.previousOrder)
		}
	}
	s.outcomeUnlessShown("a/m@4", outcome{})
	s.outcomeUnlessShown("a/n@4", outcome{unpaid: &pipeline.Estimate{}})
	if s.current.outcomes["a/m@4"].err == nil || s.current.outcomes["a/n@4"].unpaid == nil {
		t.Errorf("%+v", s.current.outcomes)
	}
}

func TestPrefixesThatAreEditedAreMarkedSo(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	s.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "q: "}})
	if got := s.Choices().Roles["a/m"]; got.Query.Prefix != "q: " || got.From != api.RolesEdited || s.Roles(m).Query.Prefix != "q: " || s.OwnRoles(m).Query.Prefix != "" {
		t.Errorf("%+v", got)
	}
	s.current.outcomes["a/m@4"] = outcome{result: &pipeline.Result{}}
	s.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "other: "}})
	if s.current.outcomes["a/m@4"].result == nil {
		t.Error("another prefix of queries takes the matrix away")
	}
	s.SetRoles(m, api.Roles{Symmetric: api.Manner{Prefix: "s: "}})
	if s.current.outcomes["a/m@4"].result != nil {
		t.Error("texts that are sent otherwise keep their matrix")
	}
	row := m
	row.Roles = api.Roles{Query: api.Manner{Prefix: "sent as q: "}}
	if got := s.OwnRoles(row); got.Query.Prefix != "" {
		t.Errorf("what the catalog does not say of a model is its own: %+v", got)
	}
	row.ID = "in no list"
	if got := s.OwnRoles(row); got.Query.Prefix != "sent as q: " {
		t.Errorf("of a model in no list nothing but its row is known: %+v", got)
	}
	if s.SetRoles(m, api.Roles{}); len(s.Choices().Roles) != 0 {
		t.Errorf("what its row says is kept as edited: %+v", s.Choices().Roles)
	}
}

// Without the person's word a model that costs something gives only what is known.
func TestOnlyAGrantSendsWhatCosts(t *testing.T) {
	for name, c := range map[string]struct {
		price     float64
		grant     Grant
		knownOnly bool
		long      pipeline.Long
	}{
		"paid, without a word": {1, Grant{Long: pipeline.LongLeftOut}, true, pipeline.LongLeftOut}, "paid, with it": {1, Grant{Long: pipeline.LongLeftOut, sends: true}, false, pipeline.LongLeftOut}, "free": {0, Grant{}, false, 0},
	} {
		s, m := withModel(t, c.price, 4, 4)
		source, _ := pipeline.SourceOf(m, s.candidates[0])
		how := s.optionsFor(s.newRequest(ForCandidates, source, s.wordings(), c.grant))
		if how.KnownOnly != c.knownOnly || how.Long != c.long || how.Approval == nil {
			t.Errorf("%s: %+v", name, how)
		}
	}
	s, _ := withModel(t, 1, 4, 4)
	s.ledger = spending.NewLedger(spending.Limits{PerRun: 1, PerSession: 1}, nil)
	for name, c := range map[string]struct {
		of   pipeline.Estimate
		want bool
	}{
		"within": {pipeline.Estimate{Texts: 1, Paid: true, Priced: true, USD: .5}, false}, "above": {pipeline.Estimate{Texts: 1, Paid: true, Priced: true, USD: 1.5}, true},
		"without a price": {pipeline.Estimate{Texts: 1, Paid: true}, true}, "known": {pipeline.Estimate{Texts: 1, Cached: 1, Paid: true}, false},
	} {
		if got := s.exceeds([]pipeline.Estimate{c.of}); got != c.want {
			t.Errorf("%s: it exceeds a limit: %t", name, got)
		}
	}
}

func TestWhatBecomesOfLongTextsIsKeptForTheirSource(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	if got := s.Payments().Long(source); got != pipeline.LongCut {
		t.Errorf("before a word it is %v", got)
	}
	s.Payments().Embed([]pipeline.Estimate{{Source: source, Texts: 3, Paid: true, Priced: true}}, pipeline.LongLeftOut)
	if got := s.Payments().Long(source); got != pipeline.LongLeftOut || len(s.Requests().Paid()) != 1 {
		t.Errorf("afterwards it is %v, %d are paid for", got, len(s.Requests().Paid()))
	}
}

func TestWhatCostsAndIsBeyondTheLimitsIsHeldBack(t *testing.T) {
	for price, want := range map[float64]bool{0: false, 1: true} {
		s, _ := withModel(t, price, 4, 4)
		s.trying.limits = evaluate.Limits{LocalOnly: true}
		if st := s.States()[0]; st.HeldBack != want || st.Again != map[bool]string{true: "E", false: "R"}[want] {
			t.Errorf("at %g: held back %t, again with %s", price, st.HeldBack, st.Again)
		}
	}
}

func TestWhatIsWantedIsTakenOnce(t *testing.T) {
	s := bare(t, numbered(2)...)
	s.Asked().Want("text 1")
	if first, second := s.Asked().TakeWanted(), s.Asked().TakeWanted(); first != "text 1" || second != "" {
		t.Errorf("%q, then %q", first, second)
	}
	s.SetCursor(1, 1)
	if _, err := s.Edits().Replace(numbered(5), corpus.Origin{}); err != nil || s.CursorA() != 0 || s.CursorB() != 1 {
		t.Errorf("on other texts the cursor is on %d and %d: %v", s.CursorA(), s.CursorB(), err)
	}
}

// open is a provider that can be asked; nobody does.
type open struct{ api.Provider }

func (open) Blocked() error { return nil }

func TestWhatIsKnownOfAModelIsKeptThoughItIsNotAll(t *testing.T) {
	for name, c := range map[string]struct {
		has           []int
		partial, kept bool
	}{"some": {[]int{0}, true, true}, "none": {nil, true, false}, "all": {[]int{0, 1, 2}, false, true}, "none to be had": {nil, false, true}} {
		s, m := withModel(t, 1, 4, 4)
		source, _ := pipeline.SourceOf(m, s.candidates[0])
		s.job = &job{cancel: func() {}, pending: map[string]bool{}, parts: map[string]*part{}}
		emb := &pipeline.Embedding{Source: source, Texts: s.wordings(), Vectors: vectors(t, 3, c.has...), Partial: c.partial}
		j := s.job
		s.looked(source.Key(), known{embedding: emb}, nil)
		if kept := s.embeddings[source.Key()] == emb; kept != c.kept || (j.part(source.Key()).estimate != nil) != c.partial {
			t.Errorf("%s: kept %t", name, kept)
		}
	}
}

// A candidate that can be asked only since a round began is asked after it.
func TestWhatCameMeanwhileIsAskedAfterTheRound(t *testing.T) {
	for _, resumes := range []bool{true, false} {
		s, _ := withModel(t, 1, 4, 4)
		s.engine.Providers["a"] = open{}
		s.job = &job{cancel: func() {}, running: true, pending: map[string]bool{}, parts: map[string]*part{}, compared: map[string]*comparing{}}
		if resumes {
			s.resume() // a list has come
		}
		s.step()
		if again := s.job != nil && s.job.pending["a/m@4"]; again != resumes {
			t.Errorf("resumes %t: it is asked %t", resumes, again)
		}
	}
}

func TestNothingIsSentToWhatCannotBeAsked(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	s.Payments().Embed([]pipeline.Estimate{{Source: source, Texts: 3, Paid: true, Priced: true, Unavailable: errors.New("no key")}}, pipeline.LongLeftOut)
	if got := len(s.Requests().Paid()); got != 0 || s.Payments().Long(source) != pipeline.LongCut {
		t.Errorf("%d are asked", got)
	}
}

func TestAnUndoIsAChangeOfTheTexts(t *testing.T) {
	s := bare(t, numbered(5)...)
	s.Edits().Delete(2)
	for _, c := range []struct {
		do func() (string, tea.Cmd)
		n  int
	}{{s.Edits().Undo, 5}, {s.Edits().Redo, 4}} {
		s.MarkSaved()
		s.SetCursor(0, 1)
		version := s.version
		if what, _ := c.do(); what == "" || s.corpus.Len() != c.n || !s.Unsaved() || s.version == version {
			t.Errorf("%q leaves %d texts, saved %t", what, s.corpus.Len(), !s.Unsaved())
		}
		if s.CursorA() != 2 {
			t.Errorf("with %d texts the cursor is on %d, not where one was changed", c.n, s.CursorA()+1)
		}
	}
}

func TestCountsOfOtherTextsAreKeptWhileTheyAreFew(t *testing.T) {
	c := newTokenCounts(corpus.NewCounter())
	texts := numbered(3)
	if _, err := c.add(t.Context(), texts); err != nil {
		t.Fatal(err)
	}
	c.forget(texts[:1])
	if _, known := c.of(texts[2].Text); !known {
		t.Error("a text that is put back is counted anew")
	}
	sum, complete := c.sum(texts)
	if again, err := c.add(t.Context(), texts); err != nil || !complete || again != sum || sum == 0 {
		t.Errorf("%d and %d tokens, %v", sum, again, err)
	}
	if _, complete := c.sum(append(texts, corpus.Text{Text: "not counted"})); complete {
		t.Error("a text that was not counted is in the sum")
	}
}
