package matrices

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestOfMoreTextsThanAMatrixCanShowTheScreenSaysWhatHelps(t *testing.T) {
	texts := make([]corpus.Text, compare.DenseLimit+1)
	for i := range texts {
		texts[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	for n, want := range map[int]bool{20: false, len(texts): true} {
		a := settled(t, 80, 24, uitest.OptionsWith(t, texts[:n], "local/ngrams@16"))
		for _, s := range []ui.Size{{W: 80, H: 21}, {W: 60, H: 12}, {W: 200, H: 57}, {W: 40, H: 7}} {
			drawn := strings.Join(a.Screen(ID).View(s), "\n")
			uitest.CheckFrame(t, drawn, s)
			said := strings.Join(strings.Fields(ansi.Strip(drawn)), " ")
			if got := strings.Contains(said, "Duplicates lists the most similar pairs"); got != (want && s.H >= 12) {
				t.Errorf("%d texts, %d×%d: what helps is said: %v\n%s", n, s.W, s.H, got, said)
			}
			if strings.Contains(said, "little is in sight") {
				t.Errorf("%d×%d: beside an overview it is said that little is in sight:\n%s", s.W, s.H, said)
			}
		}
	}
}

func TestOfManyTextsOneByOneItIsSaidThatLittleIsInSight(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(compare.DenseLimit+1), "local/ngrams@16"))
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	m.zoom = 1
	uitest.Settle(t, a, m.Refresh())
	uitest.WantShown(t, a, "Of so many texts little is in sight. Duplicates lists")
}

func TestATextOfVeryManyIsFoundByNumberOrWords(t *testing.T) {
	texts := uitest.Numbered(mostPicked + 10)
	texts[4000].Text, texts[5005].Text = "A Walk by the river", "the river and a walk"
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/ngrams@16"))
	for _, step := range []struct {
		typed string
		at    int
	}{{"4200", 4199}, {"walk river", 5005}, {"walk river", 4000}} {
		a.Session.SetCursor(a.Session.CursorA(), 7)
		uitest.Press(t, a, "t")
		uitest.Letters(t, a, step.typed)
		uitest.Press(t, a, "enter")
		if got := a.Session.CursorA(); got != step.at || len(a.Overlays()) > 0 {
			t.Errorf("%q leads to text %d, want %d", step.typed, got+1, step.at+1)
		}
		if got := a.Session.CursorB(); got != 7 {
			t.Errorf("%q leads to column %d, and nobody has asked for another", step.typed, got+1)
		}
	}
	for typed, want := range map[string]string{"0": "No text that is shown has the number 0.", "99999": "the number 99999", "no such": "No text has these words.", " ": "Type a number"} {
		uitest.Press(t, a, "t")
		uitest.Letters(t, a, typed)
		uitest.Press(t, a, "enter")
		uitest.WantShown(t, a, want)
		uitest.Press(t, a, "esc", "esc")
	}
}

// Up to so many texts there is a list to choose from.
func TestFromHowManyTextsOnWordsAreTyped(t *testing.T) {
	for n, title := range map[int]string{mostPicked: "its number, or words in it", mostPicked + 1: "enter goes to the next text that has them"} {
		a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(n)))
		a.SetScreen(ID)
		a.Screen(ID).(*Screen).askText()
		uitest.WantShown(t, a, title)
	}
}
