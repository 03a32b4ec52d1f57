package search

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Why a key does nothing is said for what is the case.
func TestWhyAKeyOfSearchDoesNothingIsSaid(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	s := screenOf(a)
	const none, unjudged, first = "no query yet: / asks one", "no query is judged yet: J judges what was found", "the query is judged first, as soon as every column has its hits"
	want := func(when string, columns, figures, judged string) {
		t.Helper()
		if c, f, j := s.needsColumns(), s.needsFigures(), s.waitsToBeJudged(); c != columns || f != figures || j != judged {
			t.Errorf("%s: %q, %q, %q, want %q, %q, %q", when, c, f, j, columns, figures, judged)
		}
	}
	want("without a query", none, unjudged, "")
	s.measured = []session.Measured{{ID: "x"}}
	want("with figures of before", none, "", "")
	s.measured = nil
	ask(t, a, "invoice")
	s.measured = nil
	want("with a query", "", "", "")
	s.toJudge = s.query
	want("of a query to judge", "", "", first)
	s.toJudge = &query{}
	want("of another", "", "", "")
	s.toJudge = nil
	rows := s.shown.rows
	s.shown.rows = rows[:1]
	want("of one column", "there are no columns yet", unjudged, "")
	if s.shown.rows = rows[:2]; s.needsColumns() != "" {
		t.Errorf("of two columns it is said %q", s.needsColumns())
	}
	s.shown.rows = nil
	want("of none", "there are no columns yet", unjudged, "")
}

// Examples are offered before anything is typed or asked, and can be asked then alone.
func TestExamplesAreOfferedUntilAQueryBegins(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := screenOf(a)
	offered := func() bool {
		enter := s.entering("x")
		if (enter.Short == "ask it") != s.offers() || (enter.Guard == nil) != s.offers() {
			t.Errorf("offered %t, and enter is %q", s.offers(), enter.Short)
		}
		return s.offers()
	}
	if !offered() {
		t.Fatal("nothing is offered")
	}
	if uitest.Press(t, a, "/"); offered() || s.input.Placeholder != placeholder {
		t.Errorf("while the first query is typed they are offered %t, and the field says %q", s.offers(), s.input.Placeholder)
	}
	uitest.Press(t, a, "esc")
	if ask(t, a, "invoice"); offered() {
		t.Error("beside a query they are offered")
	}
	if uitest.Press(t, a, "/"); s.input.Placeholder != placeholderLast {
		t.Errorf("after a query the field says %q", s.input.Placeholder)
	}
}

func TestTheSignsOfSharedTextsAreLettersAsLongAsThereAreAny(t *testing.T) {
	for n, want := range map[int]string{0: marks[:1], len(marks) - 1: marks[len(marks)-1:], len(marks): "*", len(marks) + 1: "*"} {
		if got := markOf(n); got != want {
			t.Errorf("text %d has the sign %q, want %q", n+1, got, want)
		}
	}
}

// One text with a word of the query is a hit.
func TestTheSearchByWordsSaysWhenItHasNone(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for n, want := range map[int]string{0: "no text has a word of the query", 1: "", 2: ""} {
		s.query.words.hits = make([]search.Hit, n)
		if r := s.wordsRow(); r.why.What != want || len(r.hits) != n {
			t.Errorf("of %d hits it says %q and has %d", n, r.why.What, len(r.hits))
		}
	}
}

// A query has as many characters as a text may have, whatever they take.
func TestAQueryIsAsLongAsATextMayBe(t *testing.T) {
	s := screenOf(settled(t, 120, 40, withFAQ(t)))
	for _, c := range []struct {
		n    int
		asks bool
	}{{corpus.MaxTextLength + 1, false}, {corpus.MaxTextLength, true}} {
		s.input.CharLimit = 0
		s.input.SetValue(strings.Repeat("é", c.n))
		if s.live(); (s.query != nil) != c.asks {
			t.Errorf("of %d characters is asked: %t", c.n, s.query != nil)
		}
	}
}

// The hybrid is made of the model in focus as soon as that has a result.
func TestWhatTheHybridIsMadeOf(t *testing.T) {
	a := settled(t, 120, 40, uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4"))
	s := screenOf(a)
	for at, want := range []bool{true, false} {
		a.Session.SetFocus(at)
		if c, ok := s.fused(); ok != want || c.Candidate != a.Session.Candidates()[at] {
			t.Errorf("with model %d in focus it is made of %s, %t", at+1, c.ID(), ok)
		}
	}
}

func TestNamesOfGroupsAreQueriesWhereTheyAreWords(t *testing.T) {
	for n, want := range map[int]bool{leastGroupLetters - 1: false, leastGroupLetters: true} {
		for _, group := range []string{strings.Repeat("g", n), "1-" + strings.Repeat("ü", n) + " 23"} {
			if got := isWord(group); got != want {
				t.Errorf("%q is a word: %t", group, got)
			}
		}
	}
}
