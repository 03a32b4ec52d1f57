package app

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
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

func TestMarksLabelsAndWhatWasChosenForTheVerdictAreRemembered(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", "a,b,score\none,two,1\nthree,one,0\n"))
	uitest.Settle(t, a, a.Session.Labels().Mark(1, 2, labels.Same))
	limits := evaluate.Limits{Price: 0.02, Dimensions: 512, LocalOnly: true}
	a.Session.Verdict().SetLimits(limits)
	uitest.Settle(t, a, a.Session.Verdict().SetSeed(0))

	written, err := json.Marshal(a.State())
	if err != nil {
		t.Fatal(err)
	}
	var st config.State
	if err := json.Unmarshal(written, &st); err != nil {
		t.Fatal(err)
	}
	later := settled(t, 80, 24, uitest.Again(t, st))
	if got := later.Session.Labels().Marked(2, 1); got != labels.Same {
		t.Errorf("the pair is marked %q", got)
	}
	task, ok := later.Session.Labels().Task()
	if !ok || task.Task != evaluate.Pairs || task.Labels.Items() != 3 || task.From != "pairs.csv" {
		t.Errorf("%+v, %v", task, ok)
	}
	if v := later.Session.Verdict(); v.Seed() != 0 || v.Limits() != limits {
		t.Errorf("seed %d, limits %+v", v.Seed(), v.Limits())
	}
	st.Labels.Content = json.RawMessage(`{"pairs":7}`)
	damaged := settled(t, 80, 24, uitest.Again(t, st))
	if !strings.Contains(damaged.Notice().Text, "The labels of pairs.csv are not there any more") || len(damaged.Session.Labels().Marks()) != 1 {
		t.Errorf("%q, %+v", damaged.Notice().Text, damaged.Session.Labels().Marks())
	}
}
