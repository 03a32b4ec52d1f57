package labelling_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// onSet is the explorer with a built-in set and its labels.
func onSet(t *testing.T, name string) *shell.App {
	t.Helper()
	set, _ := corpus.FindSet(name)
	o := uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove)
	o.Texts, o.Source, o.Set = set.Texts, set.Title, set.Name
	a := uitest.Settled(t, 80, 24, o, screens)
	uitest.Happen(t, a, uitest.Nothing)
	if a.Session.Verdict().Trial() == nil {
		t.Fatalf("%s is not tried", name)
	}
	return a
}

// Of pairs a model has an AUC, a threshold that is never rounded up, and what it is over.
func TestFiguresOfPairsAreThoseOfTheTrial(t *testing.T) {
	a := onSet(t, "polysemy")
	c := a.Session.Ready()[0]
	score, tried := a.Session.Verdict().Score(c.ID()), a.Session.Verdict().Trial()
	score.Split.AUC, score.Split.BestF1, score.Split.Threshold = .9126, .8004, .7509
	for i := range score.Metrics {
		score.Metrics[i].Value = .6666
	}
	for name, x := range map[string]struct {
		lacking []trial.Lacking
		left    int
		part    string
		lacks   string
	}{
		"all": {}, "another lacks some": {[]trial.Lacking{{ID: "local/other@2", Texts: 3, Of: 9}}, 3, "*", ""},
		"it lacks some": {[]trial.Lacking{{ID: "local/other@2", Texts: 3, Of: 9}, {ID: c.ID(), Texts: 1200, Of: 5000}}, 3, "*", "no vector for 1,200 of 5,000 texts"},
	} {
		tried.LeftOut, tried.Lacking = x.left, x.lacking
		f, ok := labelling.FiguresOf(a.Session, c.ID())
		if !ok || f.AUC != "0.913" || f.BestF1 != "0.800" || f.At != "0.750" || f.Part != x.part || f.Lacks != x.lacks {
			t.Errorf("%s: %+v, %t", name, f, ok)
		}
	}
}

// Of queries there are the first two figures, under their names; what is not known is left out.
func TestFiguresOfQueriesAreTheFirstTwo(t *testing.T) {
	a := onSet(t, "faq")
	c := a.Session.Ready()[0]
	score, tried := a.Session.Verdict().Score(c.ID()), a.Session.Verdict().Trial()
	first, second := findings.Metric(score.Metrics[0].Name), findings.Metric(score.Metrics[1].Name)
	for _, x := range []struct {
		values [2]float64
		left   int
		want   []string
	}{
		{[2]float64{.5, 0}, 0, []string{first + " 0.500 · " + second + " 0.000", first + " 0.500"}},
		{[2]float64{math.NaN(), .25}, 0, []string{second + " 0.250", second + " 0.250"}},
		{[2]float64{.5, .25}, 2, []string{first + "* 0.500 · " + second + "* 0.250 · no vector for 1 of 9 texts", first + "* 0.500 · " + second + "* 0.250", first + "* 0.500"}},
		{[2]float64{math.NaN(), math.NaN()}, 0, nil},
	} {
		tried.LeftOut, tried.Lacking = x.left, nil
		if x.left > 0 {
			tried.Lacking = []trial.Lacking{{ID: c.ID(), Texts: 1, Of: 9}}
		}
		score.Metrics[0].Value, score.Metrics[1].Value = x.values[0], x.values[1]
		f, ok := labelling.FiguresOf(a.Session, c.ID())
		if ok != (x.want != nil) || ok && !slices.Equal(f.Lines(), x.want) {
			t.Errorf("%v: %t, %q, want %q", x.values, ok, f.Lines(), x.want)
		}
	}
}

// What scores are over stands before a status, and why it is no more behind it.
func TestAStatusStandsBetweenWhatScoresAreOverAndWhy(t *testing.T) {
	a := onSet(t, "polysemy")
	tried := a.Session.Verdict().Trial()
	of := tried.Labels.Items()
	for _, x := range []struct {
		left    int
		lacking []trial.Lacking
		want    string
	}{
		{0, nil, "AUC: the status"},
		{2, nil, "AUC*: * scores over N of M · the status"},
		{2, []trial.Lacking{{ID: "a", Texts: 2, Of: 9}}, "AUC*: * scores over N of M · the status · a: no vector for 2 of 9 texts"},
	} {
		tried.LeftOut, tried.Lacking = x.left, x.lacking
		want := strings.Replace(x.want, "N of M", itemsOf(tried, of, x.left), 1)
		if got := labelling.ScoreName(a.Session, "AUC") + ": " + labelling.WithBasis(a.Session, "the status"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// itemsOf is "3 of 5 labelled pairs".
func itemsOf(t *trial.Trial, measured, left int) string {
	all := findings.ItemsOf(t.Labels.Task(), measured+left)
	n, _, _ := strings.Cut(findings.ItemsOf(t.Labels.Task(), measured), " ")
	return n + " of " + all
}
