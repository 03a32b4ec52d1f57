package duplicates

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/uitest"
)

// grouped are four near duplicates, two each of two groups.
var grouped = []corpus.Text{
	{Text: "I cannot log in to my account", Group: "login"}, {Text: "I can not log in to my account", Group: "login"},
	{Text: "I cannot log out of my account", Group: "logout"}, {Text: "I can not log out of my account", Group: "logout"},
}

func TestRowsSayWhetherPairsBelongTogether(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, grouped, uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "s", "s") // by number
	wantScreen(t, d, "1 · 2 ✓", "1 · 3 ✗", "3 · 4 ✓")
	uitest.Press(t, a, "g", "j", "=")
	wantScreen(t, d, "1 · 3 ✓=")
	uitest.Press(t, a, ",")
	wantScreen(t, d, "1 · 3 ✗,")
	if got := a.Session.Labels().Marked(0, 2); got != labels.Unsure {
		t.Errorf("the pair is marked %q", got)
	}
	uitest.Press(t, a, "u", "u")
	wantScreen(t, d, "1 · 3 ✗ ")
}

func TestWithoutLabelsRowsHaveNoSigns(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "the cat"), uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Press(t, a, "j")
	if text := screenText(d); strings.ContainsAny(text, "✓✗") {
		t.Errorf("nothing is known of these texts:\n%s", text)
	}
	uitest.Press(t, a, "#")
	wantScreen(t, d, "1 · 2 ✗#")
}

func TestTheScoreboardStandsOverThePairs(t *testing.T) {
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	split := a.Session.Verdict().Score(uitest.Use).Split
	wantScreen(t, d, "AUC", "in group", "best F1 at", findings.Score(split.AUC)+" ", findings.Score(split.BestF1)+" at "+findings.Threshold(split.Threshold))
	a, d = duplicatesOf(t, 40, 10, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	wantScreen(t, d, "AUC "+findings.Score(a.Session.Verdict().Score(uitest.Use).Split.AUC))
	_, d = duplicatesOf(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one cat", "two cats", "a dog"), uitest.Use))
	if strings.Contains(screenText(d), "AUC") {
		t.Errorf("there are no labels:\n%s", screenText(d))
	}
}

func TestAThresholdUnderZeroIsShownWhole(t *testing.T) {
	texts := []corpus.Text{{Text: "cancel my order"}, {Text: "zebra"}, {Text: "a lovely day"}, {Text: "fjords"}, {Text: "no way"}}
	for i := range texts {
		texts[i].Group = []string{"a", "b"}[i/4]
	}
	for _, s := range [][2]int{{80, 24}, {200, 60}} {
		a, d := duplicatesOf(t, s[0], s[1], uitest.OptionsWith(t, texts, uitest.Use, "local/ngrams@64", "local/ngrams@128", "local/ngrams@256", "local/ngrams@512", "local/ngrams@1024"))
		under := 0
		for _, c := range a.Session.Ready() {
			split := a.Session.Verdict().Score(c.ID()).Split
			if split.Threshold < 0 {
				under++
			}
			wantScreen(t, d, findings.Score(split.BestF1)+" at "+findings.Threshold(split.Threshold)+" ")
		}
		if under == 0 {
			t.Error("no threshold lies under 0")
		}
	}
}

func TestAScoreOverTheRestSaysSo(t *testing.T) {
	set, _ := corpus.FindSet("multilingual")
	a, d := duplicatesOf(t, 200, 60, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove))
	wantScreen(t, d, "AUC*")
	if got := d.Status(); got != "* scores over 22 of 40 labelled texts · 13 pairs · best first · one threshold for all · local/glove@100: no vector for 18 of 40 texts · local/use-lite@512: no vector for 10 of 40 texts" {
		t.Errorf("the status line says %q", got)
	}
	uitest.Press(t, a, "v")
	if got := d.Status(); !strings.HasPrefix(got, "* scores over 22 of 40 labelled texts · ") || !strings.Contains(got, " under use-lite@512 · largest first · local/glove@100: no vector for 18 of 40 texts") {
		t.Errorf("of clusters the status line says %q", got)
	}
	uitest.Press(t, a, "3")
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "AUC* ") || !strings.Contains(drawn, "no vector for 18 of 40 texts") || !strings.Contains(drawn, "* scores over 22 of 40") {
		t.Errorf("the matrices do not say what the scores are over:\n%s", uitest.Plain(a))
	}
}
