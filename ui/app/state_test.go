package app

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

func TestReplacedOwnTextsComeBackInALaterSession(t *testing.T) {
	path := uitest.File(t, "faq.txt", "from the file\n")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	uitest.WantWords(t, a, "from the file")

	later := settled(t, 80, 24, uitest.Again(t, a.State()))
	uitest.WantWords(t, later, "from the file")
	uitest.WantShown(t, later, "faq.txt · 1 text")
	if got := later.Notice().Text; !strings.Contains(got, "u on Texts brings them back") {
		t.Errorf("the later session says %q", got)
	}
	later = settled(t, 80, 24, uitest.Again(t, later.State()))
	uitest.Press(t, later, "u")
	uitest.WantWords(t, later, "mine")
	if st := later.State(); st.Replaced != nil {
		t.Errorf("texts that are back are remembered as replaced: %v", st.Replaced)
	}
}

func TestGivenTextsLoseNoOwnOnes(t *testing.T) {
	a := settled(t, 80, 24, uitest.Again(t, uitest.OptionsWith(t, uitest.Texts("mine")).State, "given"))
	for range 2 { // the same file again, and again after that
		a = settled(t, 80, 24, uitest.Again(t, a.State(), "given"))
		uitest.WantWords(t, a, "given")
	}
	a = settled(t, 80, 24, uitest.Again(t, a.State(), "another file"))
	uitest.WantWords(t, a, "another file")
	if !strings.Contains(a.Notice().Text, "u on Texts brings them back") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "mine")
}

func TestOwnTextsThatWereNeverReplacedAreNotPromised(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.LocalOptions(t))
	if st := a.State(); st.Replaced != nil {
		t.Errorf("a built-in set counts as replaced: %v", st.Replaced)
	}
	a = settled(t, 80, 24, uitest.Again(t, a.State(), "given"))
	if strings.Contains(a.Notice().Text, "back") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
}
