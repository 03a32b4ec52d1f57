package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Before a query the screen says what it answers, and enter asks an example at once.
func TestBeforeAQueryTheScreenOffersSome(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	uitest.WantShown(t, a, "What does each model find for a question?", "Examples from your texts: enter asks one", "enter ask it", "find texts like 1", "names hidden")
	uitest.Press(t, a, "down", "enter")
	s := screenOf(a)
	if s.query == nil || s.query.text != faq[1].Text || s.query.source != faq[1].Text {
		t.Fatalf("asked is %+v", s.query)
	}
	uitest.WantShown(t, a, "Like “To cancel", "1 query asked, none judged yet: J judges")
	uitest.Press(t, a, "esc")
	uitest.WantShown(t, a, "asked before, not judged")
	if s.query != nil || s.examples[0].text != faq[1].Text || len(s.examples) != len(faq) {
		t.Errorf("after esc %d are offered, %+v first", len(s.examples), s.examples[0])
	}
	uitest.Press(t, a, "enter")
	if s.query == nil || s.query.source != faq[1].Text {
		t.Errorf("asked again is %+v", s.query)
	}
}

func TestNamesOfGroupsAndQueriesOfTheLabelsAreOffered(t *testing.T) {
	texts := []corpus.Text{{Text: "I forgot it", Group: "password"}, {Text: "lost the word", Group: "password"}, {Text: "one", Group: "17"}, {Text: "two", Group: "17"}, {Text: "alone", Group: "single"}}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, uitest.Use, uitest.Glove))
	s := screenOf(a)
	if s.examples[0].text != "password" || s.examples[0].source != "" || s.examples[1].text != texts[0].Text {
		t.Errorf("offered are %+v", s.examples)
	}
	uitest.WantShown(t, a, "a group of 2 texts")
}

// Every size has the question and an example, and what has no room is counted.
func TestExamplesThatHaveNoRoomAreCounted(t *testing.T) {
	a := settled(t, 200, 60, uitest.NearDuplicates(t))
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 120, H: 40}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
		s, drawing := screenOf(a), uitest.Plain(a)
		if !strings.Contains(drawing, "What does each model find") || !strings.Contains(drawing, "Examples") {
			t.Errorf("%v:\n%s", z, drawing)
		}
		if l := s.beginLayout(s.Body); l.list.H < len(s.examples) && !strings.Contains(drawing, fmt.Sprintf("1–%d of %d", l.list.H, len(s.examples))) {
			t.Errorf("%v: what has no room is not counted:\n%s", z, drawing)
		}
	}
	x, y := 3, 3
	uitest.Send(t, a, uitest.Click(x, y))
	uitest.Send(t, a, uitest.Click(x, y))
	if s := screenOf(a); s.query == nil || s.query.text == "" {
		t.Error("a second click on an example does not ask it")
	}
}

// Of one text nothing can be alike: a question alone can be asked.
func TestOneTextIsNoExample(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one text"), uitest.Use))
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
		if drawing := uitest.Plain(a); len(screenOf(a).examples) > 0 || strings.Contains(drawing, "xample") || !strings.Contains(drawing, "What does each model find") {
			t.Errorf("%v:\n%s", z, drawing)
		}
	}
	uitest.Press(t, a, "enter")
	uitest.Press(t, a, "/", "t", "e", "x", "t", "enter")
	uitest.WantShown(t, a, "Query “text”")
}
