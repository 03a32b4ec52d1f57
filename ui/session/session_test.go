package session_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestProgressNamesCandidatesWhoseFormerResultsAreStillShown(t *testing.T) {
	a := settled(t, 120, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	a.Session.Edits().Delete(0)
	a.Session.Start()
	if got := a.ProgressText(ui.Unlimited); !strings.Contains(got, "ngrams@64 embedding") || !strings.Contains(got, "glove@100 embedding") {
		t.Errorf("while working for changed texts the status line says %q", got)
	}
}

func TestGroupOfATextThatIsGoneChangesNothing(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	uitest.Press(t, a, "2", "G", "L", "x")
	uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", corpus.Text{Text: "one"}, corpus.Text{Text: "two"}))
	uitest.Press(t, a, "enter")
	if p, ok := a.Top().(*widget.Prompt); !ok || p.Problem != corpus.ErrOvertaken.Error() {
		t.Errorf("the group of a text that is gone is taken: %+v", a.Top())
	}
}

func TestOrderBySimilarityFollowsTheFirstCandidate(t *testing.T) {
	changes := map[string]func(s *session.Session) tea.Cmd{
		"moved":     func(s *session.Session) tea.Cmd { return s.MoveCandidate(1, -1) },
		"taken out": func(s *session.Session) tea.Cmd { return s.Toggle(s.Candidates()[0]) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
			uitest.Settle(t, a, a.Session.SetOrder(session.OrderSimilarity))
			uitest.Settle(t, a, change(a.Session))
			if !a.Session.HasOrder("local/glove@100") {
				t.Error("the order of the candidate that is first now was not computed")
			}
		})
	}
}

func TestOrderThatWasInterruptedIsComputedAgain(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	first := a.Session.SetOrder(session.OrderSimilarity)
	second := a.Session.MoveCandidate(1, -1)
	uitest.Settle(t, a, first, second, a.Session.MoveCandidate(1, -1))
	if !a.Session.HasOrder("local/ngrams@64") {
		t.Error("moving the first candidate away and back leaves the texts unordered")
	}
}

func TestOrderBySimilarityStaysWhileTextsChange(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	uitest.Settle(t, a, a.Session.SetOrder(session.OrderSimilarity))
	before := a.Session.DisplayOrder()
	a.Session.PublishTexts(7, a.Session.Corpus().Texts())
	if got := a.Session.DisplayOrder(); !slices.Equal(got, before) {
		t.Errorf("until the new order is there the rows stand as %v, want %v as before", got, before)
	}
}

func TestFocusStaysOnItsCandidate(t *testing.T) {
	s := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...)).Session
	inFocus := func(want string) {
		t.Helper()
		if got := s.Candidates()[s.Focused()].ID(); got != want {
			t.Errorf("in focus is %s, want %s", got, want)
		}
	}
	s.CycleFocus(1)
	inFocus("local/glove@100")
	s.MoveCandidate(1, 1)
	inFocus("local/glove@100")
	s.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 64})
	inFocus("local/glove@100")
	s.ToggleModel(api.Model{Provider: "local", ID: "glove", Dimensions: 100})
	inFocus("local/ngrams@256")
}

func TestDifferenceOfACandidateWithoutResultSaysWhy(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, "nanogpt/BAAI/bge-m3@1024", "local/glove@100", "local/ngrams@64"))
	uitest.Press(t, a, "f")
	if a.Top() != nil || !strings.Contains(a.Notice().Text, "bge-m3@1024 has no result") {
		t.Errorf("f says %q", a.Notice().Text)
	}
}

func TestCursorOnOlderResultsStaysOnTextsThatThereAre(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	a.Session.Invalidate(0)
	if err := a.Session.Restore().Replacing([]corpus.Text{{Text: "one"}}, corpus.Origin{}); err != nil {
		t.Fatal(err)
	}
	uitest.Press(t, a, "3", "j", "j", "2", "e") // editing a text that is gone would crash
	if a.Session.CursorA() != 0 {
		t.Errorf("the cursor is on text %d of 1", a.Session.CursorA()+1)
	}
}

func TestATickWithoutWorkLeadsToNoOther(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	if _, cmd := a.Update(loop.Done(a.Session.Ticked)); cmd != nil && cmd() != nil {
		t.Error("a tick without a job leads to another")
	}
}

func TestMovingTheCursorSavesNothing(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	a.Session.MarkSaved()
	for _, screen := range []string{"2", "3", "4"} {
		uitest.Press(t, a, screen)
		a.Session.MarkSaved()
		if uitest.Press(t, a, "j", "k", "G", "g"); a.Session.Unsaved() {
			t.Errorf("moving the cursor on screen %s has all texts saved again", screen)
		}
	}
}

func TestTokenCountsOfPresentTextsAreNeverForgotten(t *testing.T) {
	s := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...)).Session
	before, _ := s.CorpusTokens()
	others := map[string]int{}
	for i := range session.MostCounts {
		others[strconv.Itoa(i)] = 1
	}
	s.Counted(others)
	if after, complete := s.CorpusTokens(); !complete || after != before || len(s.Counts()) > len(uitest.Hostile) {
		t.Errorf("%d tokens, complete %v, %d counts kept; want the %d tokens of %d texts", after, complete, len(s.Counts()), before, len(uitest.Hostile))
	}
}
