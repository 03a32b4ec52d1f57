package matrices

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestNextDisagreementsAreThoseOfTheStrongestFirst(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	var want [][2]int
	seen := map[[2]int]bool{}
	for range 3 {
		uitest.Press(t, a, keyDisagreement.Keys()[0])
		at := [2]int{a.Session.CursorA(), a.Session.CursorB()}
		if at[0] == at[1] || seen[at] {
			t.Errorf("after %v the cursor is on %v", want, at)
		}
		seen[at], want = true, append(want, at)
	}
	if !strings.Contains(a.Notice().Text, "Disagreement 3 of ") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
	a = settled(t, 120, 40, uitest.OptionsWith(t, uitest.Hostile, uitest.Use))
	uitest.Press(t, a, "3")
	if footer := a.Footer(200); !strings.Contains(footer, "next pair") || strings.Contains(footer, "disagreement") {
		t.Errorf("with one model the footer offers %q", footer)
	}
	uitest.Press(t, a, keyDisagreement.Keys()[0])
	if a.Notice().Text == "" {
		t.Error("with one model nothing says why there is no disagreement")
	}
}

func TestATextIsFoundByNumberOrWord(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "3", ui.KeyNumber.Keys()[0])
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
	uitest.Letters(t, a, "kettle")
	uitest.Press(t, a, "enter")
	if at := a.Session.CursorA(); !strings.Contains(a.Session.Texts()[at].Text, "kettle") {
		t.Errorf("kettle leads to text %d", at+1)
	}
	uitest.Press(t, a, ui.KeyNumber.Keys()[0])
	uitest.Letters(t, a, "36")
	uitest.Press(t, a, "enter")
	if at := a.Session.CursorA(); at != 35 {
		t.Errorf("36 leads to text %d", at+1)
	}
}

func TestDisagreementsAreNeverThoseOfOtherTexts(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	if len(m.notable.pairs) == 0 {
		t.Fatal("there are no disagreements")
	}
	uitest.Press(t, a, "2")
	for range 30 {
		uitest.Settle(t, a, a.Session.Edits().Delete(a.Session.Corpus().Len()-1))
	}
	m.lookForNotable()
	if len(m.notable.pairs) != 0 {
		t.Errorf("of %d texts the pairs are still %v", a.Session.Corpus().Len(), m.notable.pairs[0])
	}
	uitest.CheckFrame(t, strings.Join(m.View(a.Body), "\n"), a.Body)
}

func TestASearchForDisagreementsEndsWhenThoseThatAreKnownAreWantedAgain(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	n := &a.Screen(ID).(*Screen).notable
	ended, found := false, len(n.pairs)
	n.looking, n.going, n.end = notableOf{shown: 1 << 60}, true, func() { ended = true }
	a.Screen(ID).(*Screen).lookForNotable()
	if !ended || n.going || n.looking != (notableOf{}) || len(n.pairs) != found {
		t.Errorf("ended %v, going %v, %d of %d pairs", ended, n.going, len(n.pairs), found)
	}
}
