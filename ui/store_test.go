package ui

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// several are three candidates that are ready at once.
var several = []string{"local/ngrams@64", "local/glove@100", "local/ngrams@256"}

func TestProgressNamesCandidatesWhoseFormerResultsAreStillShown(t *testing.T) {
	a := settled(t, 120, 30, optionsWith(t, hostile, several...))
	a.store.deleteText(0)
	a.store.start()
	if got := a.progressText(far); !strings.Contains(got, "ngrams@64 embedding") || !strings.Contains(got, "glove@100 embedding") {
		t.Errorf("while working for changed texts the status line says %q", got)
	}
}

func TestGroupOfATextThatIsGoneChangesNothing(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	press(t, a, "2", "G", "t", "x")
	send(t, a, openTexts(a, "other.txt", corpus.Text{Text: "one"}, corpus.Text{Text: "two"}))
	press(t, a, "enter")
	if p, ok := a.top().(*prompt); !ok || p.problem != corpus.ErrOvertaken.Error() {
		t.Errorf("the group of a text that is gone is taken: %+v", a.top())
	}
}

func TestOrderBySimilarityFollowsTheFirstCandidate(t *testing.T) {
	changes := map[string]func(s *store) tea.Cmd{
		"moved":     func(s *store) tea.Cmd { return s.moveCandidate(1, -1) },
		"taken out": func(s *store) tea.Cmd { return s.toggle(s.candidates[0]) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			a := settled(t, 100, 30, optionsWith(t, hostile, several...))
			settle(t, a, a.store.setOrder(orderSimilarity))
			settle(t, a, change(a.store))
			if a.store.current.orders["local/glove@100"] == nil {
				t.Error("the order of the candidate that is first now was not computed")
			}
		})
	}
}

func TestOrderThatWasInterruptedIsComputedAgain(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	first := a.store.setOrder(orderSimilarity)
	second := a.store.moveCandidate(1, -1)
	settle(t, a, first, second, a.store.moveCandidate(1, -1))
	if a.store.current.orders["local/ngrams@64"] == nil {
		t.Error("moving the first candidate away and back leaves the texts unordered")
	}
}

func TestOrderBySimilarityStaysWhileTextsChange(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	settle(t, a, a.store.setOrder(orderSimilarity))
	before := a.store.displayOrder()
	a.store.pending = newComparison(7, a.store.corpus.Texts())
	a.store.publish()
	if got := a.store.displayOrder(); !slices.Equal(got, before) {
		t.Errorf("until the new order is there the rows stand as %v, want %v as before", got, before)
	}
}

func TestFocusStaysOnItsCandidate(t *testing.T) {
	s := settled(t, 100, 30, optionsWith(t, hostile, several...)).store
	inFocus := func(want string) {
		t.Helper()
		if got := s.candidates[s.focused()].ID(); got != want {
			t.Errorf("in focus is %s, want %s", got, want)
		}
	}
	s.cycleFocus(1)
	inFocus("local/glove@100")
	s.moveCandidate(1, 1)
	inFocus("local/glove@100")
	s.toggle(api.Candidate{Model: "local/ngrams", Dimensions: 64})
	inFocus("local/glove@100")
	s.toggleModel(api.Model{Provider: "local", ID: "glove", Dimensions: 100})
	inFocus("local/ngrams@256")
}

func TestDifferenceFollowsTheCandidates(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, several...))
	m := a.screen(screenMatrix).(*matrixScreen)
	press(t, a, "d", "enter")
	if m.minuend != "local/ngrams@64" || m.against != "local/glove@100" || m.delta == nil {
		t.Fatalf("d shows %s minus %s", m.minuend, m.against)
	}
	press(t, a, "tab")
	if m.minuend != "local/glove@100" || m.against != "local/ngrams@64" || m.delta == nil {
		t.Errorf("the subtrahend in focus leads to %s minus %s, want the difference turned round", m.minuend, m.against)
	}
	settle(t, a, a.store.toggle(api.Candidate{Model: "local/ngrams", Dimensions: 64}))
	happen(t, a, nothing)
	if m.against != "" || m.delta != nil {
		t.Errorf("a difference to %s stays that takes part no more", m.against)
	}
}

func TestDifferenceOfACandidateWithoutResultSaysWhy(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, "nanogpt/BAAI/bge-m3@1024", "local/glove@100", "local/ngrams@64"))
	press(t, a, "d")
	if a.top() != nil || !strings.Contains(a.notice.text, "bge-m3@1024 has no result") {
		t.Errorf("d says %q", a.notice.text)
	}
}

func TestCursorOnOlderResultsStaysOnTextsThatThereAre(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	a.store.invalidate(0)
	if err := a.store.corpus.Set([]corpus.Text{{Text: "one"}}, corpus.Origin{}); err != nil {
		t.Fatal(err)
	}
	press(t, a, "3", "j", "j", "2", "e") // editing a text that is gone would crash
	if a.store.cursorA != 0 {
		t.Errorf("the cursor is on text %d of 1", a.store.cursorA+1)
	}
}

func TestMovingTheCursorSavesNothing(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	a.store.saved()
	for _, screen := range []string{"2", "3", "4"} {
		press(t, a, screen)
		a.store.saved()
		if press(t, a, "j", "k", "G", "g"); a.store.unsaved {
			t.Errorf("moving the cursor on screen %s has all texts saved again", screen)
		}
	}
}

func TestTokenCountsOfPresentTextsAreNeverForgotten(t *testing.T) {
	s := settled(t, 100, 30, optionsWith(t, hostile, several...)).store
	before, _ := s.corpusTokens()
	others := map[string]int{}
	for i := range mostCounts {
		others[strconv.Itoa(i)] = 1
	}
	s.counted(others)
	if after, complete := s.corpusTokens(); !complete || after != before || len(s.tokens) > len(hostile) {
		t.Errorf("%d tokens, complete %v, %d counts kept; want the %d tokens of %d texts", after, complete, len(s.tokens), before, len(hostile))
	}
}
