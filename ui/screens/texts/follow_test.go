package texts

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Letters of the text itself count only where no text has the words, be it in its id or group.
func TestMatchesAreOfWordsElseOfLetters(t *testing.T) {
	folded := corpus.Fold([]corpus.Text{{Text: "The Bank of the river"}, {Text: "money", Group: "bank", ID: "m-1"}, {Text: "bits and neat knots"}})
	for _, c := range []struct {
		query   string
		among   []int
		want    []int
		literal bool
	}{
		{"bank", nil, []int{0, 1}, true}, {"BANK m-1", nil, []int{1}, true}, {"bank", []int{0}, []int{0}, true}, {"river the", nil, []int{0}, true},
		{"bnk", nil, []int{0, 2}, false}, {"bt nk", nil, []int{2}, false}, {"bnk", []int{1}, []int{0, 2}, false}, {"zz", nil, nil, false},
	} {
		got, err := matchTexts(t.Context(), folded, c.query, c.among)
		if err != nil || !slices.Equal(got.matches, c.want) || got.literal != c.literal || got.folded != folded {
			t.Errorf("%q among %v: %v, literally %t, %v", c.query, c.among, got.matches, got.literal, err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for _, among := range [][]int{nil, {0}} {
		if _, err := matchTexts(ended, folded, "bank", among); err == nil {
			t.Errorf("among %v it goes on though nobody waits", among)
		}
	}
}

func TestWhatWasFoundIsMarkedAsItWasFound(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a big bank, a BANK", "others")))
	s := a.Screen(ID).(*Screen)
	for words, want := range map[string][]int{"": nil, "bank": {6, 7, 8, 9, 14, 15, 16, 17}, "big bank": {2, 3, 4, 6, 7, 8, 9, 14, 15, 16, 17}, "bgk": {2, 4, 9}} {
		s.Filter(words)
		uitest.Happen(t, a, uitest.Nothing)
		if got := s.filter.hits("a big bank, a BANK"); !slices.Equal(got, want) {
			t.Errorf("of %q marked are %v, want %v", words, got, want)
		}
	}
}

func TestTheLineOfTheFilterSaysHowItFinds(t *testing.T) {
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("a bank", "bits and knots")))
	s := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		words  string
		w      int
		behind bool
		want   string
	}{
		{"bank", 70, false, "1 of 2"}, {"bnk", 70, false, "2 of 2, letters in this order"}, {"bnk", 69, false, "2 of 2"}, {"zz", 70, false, "0 of 2"}, {"bank", 70, true, "2 of 2, searching…"}, {"bank", 69, true, "2 of 2"},
	} {
		s.Filter(c.words)
		uitest.Happen(t, a, uitest.Nothing)
		if c.behind {
			s.filter.found = newTextFilter().found
		}
		line := plain(s.filterLine(c.w))
		if got := uitest.Flat(line); !strings.HasSuffix(got, c.words+" "+c.want) || len([]rune(line)) != c.w {
			t.Errorf("%q in %d columns: %q, want %q", c.words, c.w, line, c.want)
		}
	}
}

// A row leads to its text and back, or to the next text that is shown.
func TestRowsAreOfTheTextsThatAreShown(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("no", "yes", "no", "yes", "no")))
	s := a.Screen(ID).(*Screen)
	for words, want := range map[string][]int{"": {0, 1, 2, 3, 4}, "yes": {0, 0, 1, 1, 1}, "zz": {0, 0, 0, 0, 0}} {
		s.Filter(words)
		uitest.Happen(t, a, uitest.Nothing)
		var got []int
		for text := range 5 {
			got = append(got, s.rowOf(text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("with %q the rows are %v, want %v", words, got, want)
		}
	}
	s.Filter("yes")
	uitest.Happen(t, a, uitest.Nothing)
	if s.rows() != 2 || s.textOf(0) != 1 || s.textOf(1) != 3 {
		t.Errorf("%d rows, of texts %d and %d", s.rows(), s.textOf(0)+1, s.textOf(1)+1)
	}
}

// The last text stays in the list while it is emptied behind a filter, and nothing that is not there.
func TestTheLastTextOfAFilterCanBeEmptied(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("ab", "b", "ax")))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/", "a", "enter", "G", "e", "backspace", "backspace")
	if !slices.Equal(s.filter.matches, []int{0}) {
		t.Errorf("shown are %v", s.filter.matches)
	}
	uitest.WantShown(t, a, "Text 3 is empty: ending now deletes it")
	uitest.Press(t, a, "y")
	if !slices.Equal(s.filter.matches, []int{0, 2}) {
		t.Errorf("with new words shown are %v", s.filter.matches)
	}
}

// One search runs at a time: another wish ends it, the same one does not.
func TestASearchAsideEndsWhenSomethingElseIsWanted(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two")))
	s := a.Screen(ID).(*Screen)
	same := filterQuery{a.Session.Corpus().Revision(), "o"}
	for name, c := range map[string]struct {
		wanted filterQuery
		ends   bool
	}{"the same": {same, false}, "other words": {filterQuery{same.revision, "on"}, true}, "other texts": {filterQuery{same.revision + 1, "o"}, true}} {
		ended := false
		s.filter.search = &textSearch{same, func() { ended = true }}
		if cmd := s.searchAside(c.wanted); cmd != nil || ended != c.ends {
			t.Errorf("%s: ended %t", name, ended)
		}
	}
}

// What a search aside has found is of the words and texts that it was begun for.
func TestWhatASearchAsideFoundTooLateIsNotShown(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three")))
	s := a.Screen(ID).(*Screen)
	for words, want := range map[string]bool{"t": true, "th": false} {
		s.endFilter()
		s.filter.Set(a.Theme, "t")
		cmd := s.searchAside(filterQuery{a.Session.Corpus().Revision(), "t"})
		s.filter.Set(a.Theme, words)
		cmd().(loop.Done)()
		if got := s.filter.found.words == "t"; got != want {
			t.Errorf("with %q typed by then, what was found is shown: %t", words, got)
		}
	}
}

func TestTheNearestTextsAreThoseOfTheTextUnderTheCursor(t *testing.T) {
	a := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	now := s.near
	for name, c := range map[string]struct {
		change func(n *neighbours)
		id     string
		known  bool
	}{
		"as they are": {func(*neighbours) {}, "local/ngrams@64", true}, "of another text": {func(n *neighbours) { n.query.at = 1 }, "local/ngrams@64", false},
		"of other texts": {func(n *neighbours) { n.query.revision++ }, "local/ngrams@64", false}, "of no model": {func(n *neighbours) { n.lists = nil }, "local/ngrams@64", false},
		"of another model": {func(*neighbours) {}, "local/ngrams@32", false},
	} {
		s.near = now
		c.change(&s.near)
		if list, known := s.nearest(c.id); known != c.known || (len(list) == 2) != c.known {
			t.Errorf("%s: known %t, %v", name, known, list)
		}
	}
}

// A ranking is taken in as long as the same query is asked and it is made of the same.
func TestARankingOfBeforeIsNotTaken(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	ask(t, a, "one")
	q, id := s.query, a.Session.Candidates()[0].ID()
	had := q.ranks[id]
	late := []compare.Hit{{Text: 1}}
	other := rankOf{&pipeline.Result{}, had.of.query}
	for name, c := range map[string]struct {
		q     *textQuery
		of    rankOf
		taken bool
	}{"the one that is wanted": {q, had.of, true}, "of another query": {&textQuery{ranks: q.ranks}, had.of, false}, "of other vectors": {q, other, false}} {
		q.ranks[id] = had
		s.ranked(c.q, id, queryRank{of: c.of, hits: late})
		if taken := slices.Equal(q.ranks[id].hits, late); taken != c.taken {
			t.Errorf("%s: taken %t", name, taken)
		}
	}
}

// Why a candidate has no hits for a query, in the order in which it matters.
func TestWhyThereAreNoHits(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	ask(t, a, "one")
	c := a.Session.States()[0]
	id := c.ID()
	had, searched := s.query.ranks[id], s.query.searched[id]
	key := searched.Query.Key()
	answer := s.query.answers[key]
	reset := func() {
		s.query.ranks[id], s.query.searched[id], s.query.answers[key] = had, searched, answer
	}
	for name, step := range map[string]struct {
		change func()
		want   string
	}{
		"nothing is amiss": {func() {}, ""}, "no documents": {func() { delete(s.query.searched, id) }, "embedding the texts as documents…"},
		"documents failed":    {func() { s.query.searched[id] = session.Searched{Query: searched.Query, Err: errNo} }, "no"},
		"not paid":            {func() { s.query.answers[key] = queryAnswer{phase: queryUnpaid} }, "not asked"},
		"under way":           {func() { s.query.answers[key] = queryAnswer{phase: queryAsking} }, "asking…"},
		"failed":              {func() { s.query.answers[key] = queryAnswer{err: errNo} }, "no"},
		"failed after a part": {func() { s.query.answers[key] = queryAnswer{err: errNo, embedding: answer.embedding} }, "no"},
		"not ranked":          {func() { delete(s.query.ranks, id) }, "…"},
		"ranked by another": {func() {
			s.query.ranks[id] = queryRank{of: rankOf{had.of.result, &pipeline.Embedding{}}, hits: had.hits}
		}, "…"},
		"being ranked":         {func() { s.query.ranks[id] = queryRank{of: had.of} }, "…"},
		"the ranking failed":   {func() { s.query.ranks[id] = queryRank{of: had.of, err: errNo} }, "no"},
		"nothing to be ranked": {func() { s.query.ranks[id] = queryRank{of: had.of, hits: []compare.Hit{}} }, "no text has a vector"},
	} {
		reset()
		step.change()
		hits, why := s.hits(c)
		if why.What != step.want || (len(hits) > 0) != (step.want == "") {
			t.Errorf("%s: %q, %d hits, want %q", name, why.What, len(hits), step.want)
		}
	}
}

// A text of many characters is long by these, not by its bytes.
func TestAQueryIsMeasuredInCharacters(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	for n, taken := range map[int]bool{corpus.MaxTextLength: true, corpus.MaxTextLength + 1: false} {
		uitest.Press(t, a, "Q", "ctrl+u")
		uitest.Send(t, a, tea.PasteMsg{Content: strings.Repeat("é", n)})
		uitest.Press(t, a, "enter")
		if s := a.Screen(ID).(*Screen); (s.query != nil) != taken {
			t.Errorf("a query of %d characters is taken: %t", n, !taken)
		}
		a.Screen(ID).(*Screen).endQuery()
		uitest.Press(t, a, "esc")
	}
}

// Escape goes back one step at a time: out of the filter, the text that is scrolled, the query.
func TestEscapeGoesBackStepByStep(t *testing.T) {
	long := strings.Repeat("line\n", 60)
	a := textsApp(t, 200, 24, uitest.OptionsWith(t, uitest.Texts(long, "b"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	ask(t, a, "b")
	uitest.Press(t, a, "/", "l", "enter", "tab")
	stopped := false
	s.opening = &opening{typed: "a.csv", stop: func() { stopped = true }}
	state := func() string {
		return fmt.Sprint("opening ", s.opening != nil, " filter ", s.filter.Shown(), " reading ", s.reading, " query ", s.query != nil)
	}
	for _, want := range []string{
		"opening true filter true reading true query true", "opening false filter true reading true query true", "opening false filter false reading true query true",
		"opening false filter false reading false query true", "opening false filter false reading false query false",
	} {
		if got := state(); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		s.Back()
	}
	if s.Back() || !stopped {
		t.Error("there is a step back from the list, or the reading of the file goes on")
	}
	// Another file ends the reading of the one before.
	stopped = false
	s.opening = &opening{typed: "a.csv", stop: func() { stopped = true }}
	s.open(&opening{typed: "b.csv"})
	if !stopped || s.opening.typed != "b.csv" {
		t.Error("two files are read at once")
	}
	s.stopOpening()
}

func TestWhatBelongsIsSaidOfTextsThatLabelsKnow(t *testing.T) {
	texts := []corpus.Text{{Text: "one", Group: "a"}, {Text: "two", Group: "a"}, {Text: "three", Group: "b"}, {Text: "four"}}
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	for at, want := range []string{" ✓✗ ", "✓ ✗ ", "✗✗  ", "    "} {
		a.Session.SetCursor(at, 0)
		got := ""
		for other := range texts {
			if sign := s.belongs(other); sign != "" && other != at {
				got += sign
			} else {
				got += " "
			}
		}
		if got != want {
			t.Errorf("with text %d belong %q, want %q", at+1, got, want)
		}
	}
	if s.belongs(4) != "" {
		t.Error("a text that is not there belongs or does not")
	}
}

// Few texts are searched at once, so that what is typed is seen with the next frame.
func TestFewTextsAreFilteredAtOnce(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a bank", "others")))
	uitest.Press(t, a, "/")
	_, _ = a.Update(uitest.KeyPress("k"))
	if s := a.Screen(ID).(*Screen); !slices.Equal(s.filter.matches, []int{0}) || s.looking() {
		t.Errorf("shown are %v, still looking %t", s.filter.matches, s.looking())
	}
}
