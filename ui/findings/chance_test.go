package findings_test

import (
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
)

// That none is better than chance names what is beyond the limits and is, a model and no
// baseline, and otherwise sends to other models.
func TestWhatIsBetterThanChanceBeyondTheLimitsIsNamed(t *testing.T) {
	best := func(candidate int, low float64) evaluate.Place {
		p := at(candidate, evaluate.Best, 0)
		p.Low = low
		return p
	}
	low := func(v ...float64) (all [][]evaluate.Estimate) {
		for _, l := range v {
			all = append(all, []evaluate.Estimate{{Value: .9, Interval: evaluate.Interval{Low: l, High: 1}}})
		}
		return all
	}
	baseline := tried("ngrams", 9, 16, 0)
	baseline.Baseline, baseline.Score = true, &evaluate.Result{Metrics: []evaluate.Metric{{Name: evaluate.AUC, Value: .1}}}
	two := evaluate.Verdict{Reason: evaluate.NotWorse, Best: 1, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Tied, .01), best(1, .5), at(2, evaluate.Outside, 0), at(3, evaluate.Outside, 0)}}
	rows := []trial.Row{tried("a", 1, 64, 0), tried("b", 1, 64, 0), tried("c", 3, 64, 0), baseline}
	limits := evaluate.Limits{Price: 2}
	few, better := two, two
	few.Reason, few.Items = evaluate.Illustration, 12
	better.Places = []evaluate.Place{at(0, evaluate.Tied, .01), best(1, .501), two.Places[2], two.Places[3]}
	for name, c := range map[string]struct {
		v      evaluate.Verdict
		limits evaluate.Limits
		lows   [][]evaluate.Estimate
		want   string
	}{
		"one beyond the limits is":   {two, limits, low(.4, .5, .6, .7), "Within your limits none is measurably better than chance (AUC 0.5); beyond your limits c is. b is ahead with AUC 0.900. Another model is beyond your limits."},
		"one just at chance is not":  {two, limits, low(.4, .5, .5, .7), "Within your limits none is measurably better than chance (AUC 0.5): try other models. b is ahead with AUC 0.900. Another model is beyond your limits."},
		"none is, without limits":    {two, evaluate.Limits{}, low(.4, .5, .5, .7), "None is measurably better than chance (AUC 0.5): try other models. b is ahead with AUC 0.900."},
		"of few nothing is advised":  {few, limits, low(.4, .5, .5, .7), "Illustration only: 12 labelled texts with an answer cannot decide; label at least 20. b is ahead with AUC 0.900. Within your limits none is measurably better than chance (AUC 0.5). Another model is beyond your limits."},
		"just better than chance is": {better, evaluate.Limits{}, low(.4, .501, .5, .7), "Take a, the cheapest that is not measurably worse than the best, b (AUC -0.010, 95% interval -0.030 … +0.010)."},
	} {
		got := told(t, rows, c.v, func(_ *trial.Trial, f *trial.Findings) { f.Limits, f.Estimates = c.limits, c.lows })
		if got != c.want {
			t.Errorf("%s:\n%q, want\n%q", name, got, c.want)
		}
	}
	f := &trial.Findings{Verdict: two}
	f.Verdict.Metric = evaluate.AUC
	if !findings.ByChance(f) || findings.Recommends(f) || findings.ByChance(nil) {
		t.Error("what may be chance is recommended")
	}
}
