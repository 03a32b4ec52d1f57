package session

import (
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// become gives a session other texts, as many, to which everything is to belong from now on.
func become(t *testing.T, s *Session, texts ...corpus.Text) {
	t.Helper()
	if err := s.corpus.Set(texts, corpus.Origin{}); err != nil {
		t.Fatal(err)
	}
	previous := s.current.previousOrder
	s.current = newComparison(s.corpus.Revision(), s.corpus.Snapshot(), s.corpus.Origin())
	s.current.previousOrder = previous
	s.Touch()
}

// What was computed of former texts changes nothing of the present ones when it comes late.
func TestWhatIsOfFormerTextsComesTooLate(t *testing.T) {
	s, _ := compared(t, 6)
	s.current.orders, s.current.previousOrder = map[string][]int{}, nil
	order := s.ensureOrder()
	_, index := s.Search().Index()
	if order == nil || index == nil {
		t.Fatal("nothing is computed")
	}
	late := messages(order, index)
	become(t, s, numbered(6)[:5]...)
	_, again := s.Search().Index()
	for _, done := range late {
		done()
	}
	if len(s.current.orders) != 0 || s.current.previousOrder != nil {
		t.Errorf("5 texts are ordered by %v", s.current.orders)
	}
	if x, _ := s.Search().Index(); x != nil {
		t.Error("5 texts are searched by the words of 6")
	}
	ended(again)
	x, more := s.Search().Index()
	if x == nil || more != nil || x.Len() != 5 {
		t.Error("the present texts are not searched by words")
	}
}

func TestAnOrderIsTakenForThePresentTexts(t *testing.T) {
	s, _ := compared(t, 6)
	s.current.orders = map[string][]int{}
	ended(s.ensureOrder())
	lead, _ := s.Reference()
	if got := s.DisplayOrder(); len(got) != 6 || !slices.Equal(got, s.current.orders[lead.ID()]) || !slices.Equal(got, s.current.previousOrder) {
		t.Errorf("the texts are shown as %v", got)
	}
	if s.ensureOrder() != nil {
		t.Error("it is computed again")
	}
	// Nobody asks for an order by similarity where another is shown.
	s.current.orders = map[string][]int{}
	if s.SetOrder(OrderGiven) != nil || !s.Unsaved() {
		t.Error("an order that is not shown is computed")
	}
}

// An order stays the one of before while texts change, and what the selection leaves of it
// is found anew.
func TestTheSelectionFollowsTheTextsOfTheResults(t *testing.T) {
	s := bare(t, numbered(4)...)
	order := []int{3, 2, 1, 0}
	s.Select(true, 0, 1)
	if got := s.shownOf(order); !slices.Equal(got, []int{1, 0}) {
		t.Fatalf("shown are %v", got)
	}
	texts := slices.Clone(numbered(4))
	slices.Reverse(texts)
	become(t, s, texts...)
	if got := s.shownOf(order); !slices.Equal(got, []int{3, 2}) || !slices.Equal(s.Selection(), []int{2, 3}) {
		t.Errorf("of other texts %v are shown, and %v selected", got, s.Selection())
	}
	if got := s.shownOf([]int{0, 1, 2, 3}); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("in another order %v are shown", got)
	}
}

// Texts that were asked for as documents are those of one revision.
func TestDocumentsOfFormerTextsAreNotSearched(t *testing.T) {
	s, m := compared(t, 4)
	source := pipeline.Source{Model: m, Manner: api.Manner{Prefix: "document: "}}
	s.searching.documents = map[string]*documents{source.Key(): {revision: s.current.revision}}
	if s.Search().documentsOf(source) == nil {
		t.Error("the present documents are not known")
	}
	become(t, s, numbered(4)...)
	if s.Search().documentsOf(source) != nil {
		t.Error("former documents are searched")
	}
}

// What is given out can be changed without changing the session.
func TestChoicesAreCopies(t *testing.T) {
	s := bare(t, numbered(2)...)
	given := Choices{
		Threshold: .25, PerCandidate: true, Order: OrderGroup,
		Thresholds: map[string]float64{"a/m@1": .5}, Roles: map[string]api.Roles{"a/m": {Query: api.Manner{Prefix: "q: "}}},
	}
	s.Restore().Choices(given)
	for _, c := range []Choices{given, s.Choices()} {
		if c.Thresholds["a/m@1"] != .5 || c.Roles["a/m"].Query.Prefix != "q: " || c.Threshold != .25 || !c.PerCandidate || c.Order != OrderGroup {
			t.Errorf("%+v", c)
		}
		c.Thresholds["a/m@1"] = .75
		c.Roles["a/m"] = api.Roles{}
	}
	got := s.Choices()
	if got.Thresholds["a/m@1"] != .5 || got.Roles["a/m"].Query.Prefix != "q: " {
		t.Errorf("whoever reads them can change them: %+v", got)
	}
	mine := s.Corpus().Texts()
	mine[0].Text = "mine"
	if s.Corpus().At(0).Text != "text 1" {
		t.Error("whoever reads the texts can change them")
	}
}

// A text without a vector is one of the texts that were refused, by whichever purpose.
func TestOnlyWhatWasAskedForIsRefused(t *testing.T) {
	var r Refused
	emb := &pipeline.Embedding{Texts: []string{"a", "b"}, Failed: map[int]error{0: &api.EmptyTextError{}, 1: &api.TextError{Index: 1, Err: errors.New("zeros")}}, Spent: api.Usage{Requests: 1}}
	if r.add(emb, nil); r.Texts != 1 {
		t.Errorf("%d are refused", r.Texts)
	}
	r.add(emb, nil)
	if r.Texts != 2 || r.Why == nil {
		t.Errorf("of two answers %d are refused", r.Texts)
	}
}
