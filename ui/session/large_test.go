package session_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/uitest"
)

// many is a corpus too large for the loop to go through at every message.
const many = 20_000

// bytesFor is how many bytes some work on the loop allocates.
func bytesFor(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestSavingCopiesNoTextsOnTheLoop(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(many)))
	a.State() // the list is given out
	if n := bytesFor(func() { a.Save() }); n > many {
		t.Errorf("saving %d texts allocates %d bytes on the loop", many, n)
	}
	if st := a.State(); len(st.Texts) != many || st.Texts[many-1].Text != uitest.Numbered(many)[many-1].Text {
		t.Errorf("%d texts are remembered", len(st.Texts))
	}
}

func TestTokensOfManyTextsAreCountedOffTheLoop(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(many)))
	before, complete := a.Session.CorpusTokens()
	if !complete || before < many {
		t.Fatalf("%d tokens, complete %v", before, complete)
	}
	uitest.Press(t, a, "2", "d")
	if after, complete := a.Session.CorpusTokens(); !complete || after >= before {
		t.Errorf("%d tokens of %d after a text is gone, complete %v", after, before, complete)
	}
	_, _ = a.Update(uitest.KeyPress("u"))
	if _, complete := a.Session.CorpusTokens(); complete {
		t.Error("the loop itself has added up the tokens of all texts")
	}
}

func TestAJudgmentTiesTheLabelsAloneAnew(t *testing.T) {
	const texts = 400
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(texts), uitest.Glove))
	asked := a.Session.Asked()
	uitest.Settle(t, a, asked.Judge("which one?", 0, labels.NotRelevant))
	tied := a.Session.Labels().Tied()
	if n := bytesFor(func() { asked.Judge("which one?", 1, labels.NotRelevant) }); n > 40*texts {
		t.Errorf("a judgment among %d texts allocates %d bytes on the loop", texts, n)
	}
	if a.Session.Labels().Tied() == tied {
		t.Error("the labels are those of before")
	}
}

func TestWhatTheSelectionLeavesIsFoundOnce(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(many), "local/ngrams@16"))
	a.Session.Select(true, 3, 5, 7)
	uitest.Press(t, a, "3")
	order := a.Session.DisplayOrder()
	if len(order) != 3 {
		t.Fatalf("%d texts are shown", len(order))
	}
	n := bytesFor(func() {
		for range 50 {
			a.Session.DisplayOrder()
		}
	})
	if n > many {
		t.Errorf("looking at the selection 50 times allocates %d bytes", n)
	}
	a.Session.Select(true, 9)
	if got := a.Session.DisplayOrder(); len(got) != 4 || len(order) != 3 {
		t.Errorf("%d texts are shown of 4 that are selected", len(got))
	}
}

func TestTextsThatARequestDoesNotAskForAreCountedAmongThoseThatHaveChanged(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(many)))
	s := a.Session
	asking, asked := s.Asking(), map[string]bool{}
	for i := range s.Corpus().Len() {
		asked[s.Corpus().At(i).Text] = true
	}
	insert := func(at int, texts ...corpus.Text) func() {
		return func() {
			if _, err := s.Edits().Insert(at, texts...); err != nil {
				t.Fatal(err)
			}
		}
	}
	for k, change := range []func(){
		func() { s.Edits().Delete(700) },
		func() { s.Edits().Move(3, 1) },
		insert(9, s.Corpus().At(50)),
		insert(5, uitest.Texts("one", "two", "one")...),
		func() { s.Edits().Undo() },
		insert(many-5, uitest.Texts("three")...),
		func() { s.Edits().Clear() },
	} {
		change()
		want := map[string]bool{}
		for i := range s.Corpus().Len() {
			if text := s.Corpus().At(i).Text; !asked[text] {
				want[text] = true
			}
		}
		if got := s.Unasked(asking); got != len(want) {
			t.Errorf("after change %d, %d texts are not asked for, want %d", k, got, len(want))
		}
	}
	s.Edits().Undo()
	asking = s.Asking()
	s.Edits().Delete(11)
	s.Asking() // their words are listed
	if n := bytesFor(func() { s.Unasked(asking) }); n > many {
		t.Errorf("counting allocates %d bytes", n)
	}
}

func TestTextsWithoutAVectorAreFoundOnce(t *testing.T) {
	texts := uitest.Numbered(many / 10)
	for i := range texts[:len(texts)-1] {
		texts[i].Text = "☃☃☃" + strings.Repeat("☃", i%100)
	}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/glove@50"))
	if n := len(a.Session.States()[0].Result.Refused()); n != len(texts)-1 {
		t.Fatalf("%d texts have no vector", n)
	}
	if n := bytesFor(func() {
		for range 10 {
			candidate.NothingInTheWay(a.Session)
		}
	}); n > uint64(40*len(texts)) {
		t.Errorf("ten looks allocate %d bytes", n)
	}
}
