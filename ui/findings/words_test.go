package findings_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
)

// tried is a row of a model at that price (less than 0 is none that is known), of that many
// dimensions and that fast.
func tried(id string, price float64, dimensions int, p50 time.Duration) trial.Row {
	r := trial.Row{ID: id, Candidate: api.Candidate{Model: "shop/" + id, Dimensions: dimensions}, P50: p50, Score: &evaluate.Result{}}
	if price >= 0 {
		r.Price = &price
	}
	return r
}

// at is a place: .9 for the best, and otherwise that much less, within .02.
func at(candidate int, standing evaluate.Standing, less float64) evaluate.Place {
	p := evaluate.Place{Candidate: candidate, Standing: standing, Estimate: evaluate.Estimate{Value: .9 - less, Interval: evaluate.Interval{Low: .8, High: .95}}}
	if standing != evaluate.Best {
		p.ToBest = evaluate.Difference{Value: less, Interval: evaluate.Interval{Low: less - .02, High: less + .02}, HolmP: 1}
	}
	return p
}

// told is what is said of rows with a verdict of 60 labelled texts; change changes both.
func told(t *testing.T, rows []trial.Row, v evaluate.Verdict, change func(*trial.Trial, *trial.Findings)) string {
	t.Helper()
	groups := make([]int, 60)
	for i := range groups {
		groups[i] = i % 2
	}
	labels, err := evaluate.NewGroups(groups)
	if err != nil {
		t.Fatal(err)
	}
	made := &trial.Trial{Labels: labels, Rows: rows}
	for i := range rows {
		if rows[i].Err == nil {
			made.Scored = append(made.Scored, i)
		}
	}
	if v.Items == 0 {
		v.Items = 60
	}
	v.Metric, v.Differences = evaluate.AUC, make([]evaluate.Difference, len(v.Places)-1)
	f := &trial.Findings{Verdict: v}
	if change != nil {
		change(made, f)
	}
	return findings.Sentence(made, f, func(r *trial.Row) string { return r.ID })
}

func TestWhatMakesTheChoiceTheBetterOneIsSaid(t *testing.T) {
	const fast, slow = 10 * time.Millisecond, 20 * time.Millisecond
	for _, c := range []struct {
		choice, best trial.Row
		want         string
	}{
		{tried("a", 2, 512, fast), tried("b", -1, 64, slow), "its price is known"},
		{tried("a", 1, 512, slow), tried("b", 2, 64, fast), "the cheaper"},
		{tried("a", 1, 64, slow), tried("b", 1, 512, fast), "smaller"},
		{tried("a", 1, 64, fast), tried("b", 1, 64, fast), "no larger"},
		{tried("a", 1, 64, fast), tried("b", 1, 64, slow), "no larger"}, // how long it took is no reason
		{tried("a", -1, 64, 0), tried("b", -1, 64, slow), "no larger"},
	} {
		v := evaluate.Verdict{Reason: evaluate.AsGood, Best: 1, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Equal, .01), at(1, evaluate.Best, 0)}}
		want := "Take a: practically equal to the best, b (AUC -0.010, 95% interval -0.030 … +0.010), and " + c.want + "."
		if got := told(t, []trial.Row{c.choice, c.best}, v, nil); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEveryKindOfVerdictIsSaidWhole(t *testing.T) {
	dear := func(ids ...string) (rows []trial.Row) {
		for i, id := range ids {
			rows = append(rows, tried(id, float64(i+1), 64, 0))
		}
		return rows
	}
	same := func(rows []trial.Row) []trial.Row {
		for i := range rows {
			one := 1.0
			rows[i].Price = &one
		}
		return rows
	}
	baseline := func(auc float64) trial.Row {
		r := tried("ngrams", 0, 16, 0)
		r.Baseline, r.Score = true, &evaluate.Result{Metrics: []evaluate.Metric{{Name: evaluate.AUC, Value: auc}}}
		return r
	}
	failed := trial.Row{ID: "z", Err: errors.New("out of order")}
	uncorrected := at(0, evaluate.Tied, .03)
	uncorrected.ToBest.HolmP = .2
	tie := evaluate.Verdict{Reason: evaluate.NotWorse, Best: 1, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Tied, .01), at(1, evaluate.Best, 0)}}
	of := func(v evaluate.Verdict, change func(*evaluate.Verdict)) evaluate.Verdict {
		change(&v)
		return v
	}
	const cheapest = "Take a, the cheapest that is not measurably worse than the best, b (AUC -0.010, 95% interval -0.030 … +0.010)."
	several := evaluate.Verdict{Reason: evaluate.NotWorse, Best: 0, Choice: 0, Tied: []int{0, 1, 2, 3}, Places: []evaluate.Place{
		at(0, evaluate.Best, 0), at(1, evaluate.Equal, .001), at(2, evaluate.Tied, .015), at(3, evaluate.Tied, .01), at(4, evaluate.Worse, .2)}}
	for name, c := range map[string]struct {
		rows   []trial.Row
		v      evaluate.Verdict
		change func(*trial.Trial, *trial.Findings)
		want   string
	}{
		"the cheapest": {dear("a", "b"), tie, nil, cheapest},
		"more items are needed": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) { v.ItemsNeeded = 200 }), nil,
			cheapest + " Roughly 200 labelled texts would be needed to tell more."},
		"as many as there are": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) { v.ItemsNeeded = 60 }), nil, cheapest},
		"not all have an answer": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) { v.Items, v.ItemsNeeded = 50, 200 }), nil,
			cheapest + " Roughly 200 labelled texts with an answer would be needed to tell more."},
		"it holds for itself alone": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) { v.Places = []evaluate.Place{uncorrected, at(1, evaluate.Best, 0)} }), nil,
			"Take a, the cheapest that is not measurably worse than the best, b (AUC -0.030, 95% interval -0.050 … -0.010, but not after correcting for comparing several (p 0.200))."},
		"none can be told from the best": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) { v.Reason = evaluate.CannotTell }), nil,
			"These 60 labelled texts cannot tell: b is ahead of a by AUC 0.010, 95% interval -0.010 … +0.030. Until then take the cheapest, a."},
		"and the next only by itself": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) {
			v.Reason, v.Places = evaluate.CannotTell, []evaluate.Place{uncorrected, at(1, evaluate.Best, 0)}
		}), nil,
			"These 60 labelled texts cannot tell: b is ahead of a by AUC 0.030, 95% interval +0.010 … +0.050, but not after correcting for comparing several (p 0.200). Until then take the cheapest, a."},
		"the best, and others": {dear("a", "b", "c", "d", "e"), several, nil,
			"Take a, the best; practically equal and no cheaper: b; these 60 labelled texts cannot tell it from c, d, no cheaper (the next, d: AUC -0.010, 95% interval -0.030 … +0.010); measurably worse: e."},
		"the best, at one price": {same(dear("a", "b", "c", "d", "e")), several, nil,
			"Take a, the best; practically equal and no smaller: b; these 60 labelled texts cannot tell it from c, d, at the same price (the next, d: AUC -0.010, 95% interval -0.030 … +0.010); measurably worse: e."},
		"the best, and one that is as good": {dear("a", "b"), evaluate.Verdict{Reason: evaluate.NotWorse, Best: 0, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Equal, .001)}}, nil,
			"Take a, the best; practically equal and no cheaper: b."},
		"the best, and one that is tied": {dear("a", "b"), evaluate.Verdict{Reason: evaluate.NotWorse, Best: 0, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Tied, .01)}}, nil,
			"Take a, the best; these 60 labelled texts cannot tell it from b, no cheaper (AUC -0.010, 95% interval -0.030 … +0.010)."},
		"the best, and more items would tell": {dear("a", "b"), evaluate.Verdict{Reason: evaluate.NotWorse, Best: 0, Choice: 0, Tied: []int{0, 1}, ItemsNeeded: 200, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Tied, .01)}}, nil,
			"Take a, the best; these 60 labelled texts cannot tell it from b, no cheaper (AUC -0.010, 95% interval -0.030 … +0.010). Roughly 200 labelled texts would be needed to tell more."},
		"prices that nobody knows are not the same": {[]trial.Row{tried("a", -1, 64, 0), tried("b", -1, 64, 0)},
			evaluate.Verdict{Reason: evaluate.NotWorse, Best: 0, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Equal, .001)}}, nil,
			"Take a, the best; practically equal and no cheaper: b."},
		"the next is the best of the others": {dear("a", "b", "c"), evaluate.Verdict{Reason: evaluate.Clear, Best: 2, Choice: 2, Tied: []int{2}, Places: []evaluate.Place{at(0, evaluate.Worse, .2), at(1, evaluate.Worse, .3), at(2, evaluate.Best, 0)}}, nil,
			"Take c: all others are measurably worse (the next, a: AUC -0.200, 95% interval -0.220 … -0.180, but not after correcting for comparing several (p 1.000))."},
		"it can be cut": {[]trial.Row{tried("a", 1, 64, 0), tried("b", 2, 64, 0), func() trial.Row {
			r := tried("a@16", 1, 16, 0)
			r.Cut = true
			return r
		}()}, tie, func(_ *trial.Trial, f *trial.Findings) { f.Cuts = []evaluate.Place{at(2, evaluate.Equal, .001)} },
			cheapest + " It can be cut from 64 to 16 dimensions without a measurable loss (AUC -0.001, 95% interval -0.021 … +0.019)."},
		"another could not be tried": {append(dear("a", "b"), failed), evaluate.Verdict{Reason: evaluate.Clear, Best: 0, Choice: 0, Tied: []int{0}, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Worse, .2)}}, nil,
			"Take a: all others that were tried are measurably worse (the next, b: AUC -0.200, 95% interval -0.220 … -0.180, but not after correcting for comparing several (p 1.000))."},
		"one is beyond the limits": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.Beyond = 1 }, cheapest + " Another model is beyond your limits."},
		"some are":                 {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.Beyond = 1200 }, cheapest + " 1,200 other models are beyond your limits."},
		"clear within the limits": {dear("a", "b"), evaluate.Verdict{Reason: evaluate.Clear, Best: 0, Choice: 0, Tied: []int{0}, Places: []evaluate.Place{at(0, evaluate.Best, 0), at(1, evaluate.Worse, .2)}}, func(t *trial.Trial, _ *trial.Findings) { t.Beyond = 2 },
			"Take a: all others within your limits are measurably worse (the next, b: AUC -0.200, 95% interval -0.220 … -0.180, but not after correcting for comparing several (p 1.000))."},
		"few, and one beyond the limits does as well": {dear("a", "b", "c", "d"), evaluate.Verdict{Reason: evaluate.Illustration, Items: 12, Best: 0, Choice: 0, Tied: []int{0, 1}, Places: []evaluate.Place{
			at(0, evaluate.Best, 0), at(1, evaluate.Tied, .0004), at(2, evaluate.Outside, 0), at(3, evaluate.Tied, .001)}}, func(t *trial.Trial, _ *trial.Findings) { t.Beyond = 1 },
			"Illustration only: 12 labelled texts with an answer cannot decide; label at least 20. a and b do equally well with AUC 0.900. Another model is beyond your limits."},
		"alone within the limits": {dear("a"), evaluate.Verdict{Reason: evaluate.Alone, Tied: []int{0}, Places: []evaluate.Place{at(0, evaluate.Best, 0)}}, func(t *trial.Trial, _ *trial.Findings) { t.Beyond = 1 },
			"Within your limits only a is left (AUC 0.900): another is beyond them."},
		"a baseline is better":  {append(dear("a", "b"), baseline(.95)), tie, nil, cheapest + " The baseline ngrams does at least as well, with 0.950."},
		"a baseline is as good": {append(dear("a", "b"), baseline(.89)), tie, nil, cheapest + " The baseline ngrams does at least as well, with 0.890."},
		"a baseline is worse":   {append(dear("a", "b"), baseline(.889)), tie, nil, cheapest},
		"a baseline, and a cut, are no models": {append(dear("a", "b"), func() trial.Row {
			r := baseline(.1)
			r.Candidate.Dimensions = 4096
			return r
		}(), func() trial.Row {
			r := tried("cut", 9, 32, 0)
			r.Cut = true
			return r
		}()), tie, func(_ *trial.Trial, f *trial.Findings) { f.Limits = evaluate.Limits{Price: 5, Dimensions: 100} }, cheapest},
		"texts are left out": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.LeftOut = 2 },
			cheapest + " 2 labelled texts left out: a model lacks a vector."},
		"it is known for whom": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.LeftOut, t.Lacking = 2, []trial.Lacking{{ID: "b", Texts: 1, Of: 62}, {ID: "c", Texts: 2, Of: 62}}
		}, cheapest + " Of 62 labelled texts, 2 take no part: b has no vector for 1 text, c has no vector for 2 texts."},
		"one takes no part": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.LeftOut, t.Lacking = 1, []trial.Lacking{{ID: "b", Texts: 1, Of: 61, Queries: 2}}
		}, cheapest + " Of 61 labelled texts, 1 takes no part: b has no vector for 1 text and 2 queries."},
		"a cut leaves nothing": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.LeftOut = 3
			t.Lacking = []trial.Lacking{
				{ID: "a@64", Texts: 2, Of: 63, Zero: []int{3, 9}, Dimensions: 64}, {ID: "a@32", Texts: 2, Of: 63, Zero: []int{3, 9}, Dimensions: 32},
				{ID: "b", Queries: 1, Of: 63, ZeroQueries: []int{0}, Dimensions: 16}, {ID: "b@8", Queries: 7, Of: 63, ZeroQueries: []int{0, 1, 2, 3, 4, 5, 6}, Dimensions: 8}}
		}, cheapest + " Of 63 labelled texts, 3 take no part: a@64 has no vector for 2 texts (the first 64 values of those of texts 4, 10 are all 0), " +
			"a@32 has no vector for 2 texts (the first 32 values of those of texts 4, 10 are all 0), " +
			"b has no vector for 1 query (the first 16 values of that of query 1 are all 0), " +
			"b@8 has no vector for 7 queries (the first 8 values of those of queries 1, 2, 3, 4, 5 and 2 more are all 0)."},
		"the choice lacks a query alone": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.Lacking = []trial.Lacking{{ID: "a", Queries: 1, Of: 62}} }, cheapest},
		"the choice reads not all": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.Lacking = []trial.Lacking{{ID: "a", Texts: 1200, Of: 5000}} },
			cheapest + " But it has no vector for 1,200 of your 5,000 texts, which these figures leave out; b reads them all."},
		"none reads all": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.Lacking = []trial.Lacking{{ID: "a", Texts: 3, Of: 62}, {ID: "b", Texts: 1, Of: 62}}
		}, cheapest + " But it has no vector for 3 of your 62 texts, which these figures leave out: try a model that reads them."},
		"one is not read": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.Lacking = []trial.Lacking{{ID: "a", Texts: 1, Of: 62}, {ID: "b", Texts: 1, Of: 62}}
		}, cheapest + " But it has no vector for 1 of your 62 texts, which these figures leave out: try a model that reads it."},
		"another reads the one": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) { t.Lacking = []trial.Lacking{{ID: "a", Texts: 1, Of: 62}} },
			cheapest + " But it has no vector for 1 of your 62 texts, which these figures leave out; b reads it."},
		"some are not embedded yet": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.Lacking = []trial.Lacking{{ID: "a", Texts: 6, Awaited: 6, Of: 38}}
		}, cheapest + " But 6 of your 38 texts are not embedded yet, and these figures leave them out."},
		"one is not embedded yet": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.Lacking = []trial.Lacking{{ID: "a", Texts: 1, Awaited: 1, Of: 38}}
		}, cheapest + " But 1 of your 38 texts is not embedded yet, and these figures leave it out."},
		"some are not read, others not embedded": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.Lacking = []trial.Lacking{{ID: "a", Texts: 8, Awaited: 6, Of: 38}, {ID: "b", Texts: 6, Awaited: 6, Of: 38}}
		}, cheapest + " But 6 of your 38 texts are not embedded yet, and it has no vector for 2 others: these figures leave them out."},
		"those that take no part are not embedded yet": {dear("a", "b"), tie, func(t *trial.Trial, _ *trial.Findings) {
			t.LeftOut, t.Lacking = 6, []trial.Lacking{{ID: "b", Texts: 6, Awaited: 6, Of: 66}, {ID: "c", Texts: 3, Awaited: 1, Of: 66}}
		}, cheapest + " Of 66 labelled texts, 6 take no part: b has no vector for 6 texts (not embedded yet), c has no vector for 3 texts (1 text not embedded yet)."},
		"no difference at all": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) {
			v.Reason, v.Places = evaluate.CannotTell, []evaluate.Place{at(0, evaluate.Tied, .0004), at(1, evaluate.Best, 0)}
		}), nil, "These 60 labelled texts cannot tell: b and a do equally well, 95% interval of the difference -0.020 … +0.020. Until then take the cheapest, a."},
		"a price that is not known": {append([]trial.Row{tried("a", -1, 64, 0)}, dear("b", "c", "d", "e")...), several, nil,
			"Take a, the best; practically equal and no cheaper: b; these 60 labelled texts cannot tell it from c, d, no cheaper (the next, d: AUC -0.010, 95% interval -0.030 … +0.010); measurably worse: e."},
		"chance": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) {
			best := at(1, evaluate.Best, 0)
			best.Low = .5
			v.Places = []evaluate.Place{at(0, evaluate.Tied, .01), best}
		}), func(t *trial.Trial, f *trial.Findings) {
			t.Lacking, f.Cuts = []trial.Lacking{{ID: "a", Texts: 3, Of: 62}}, []evaluate.Place{at(0, evaluate.Worse, .1)}
		}, "None is measurably better than chance (AUC 0.5): try other models. b is ahead with AUC 0.900."},
		"few, and chance": {dear("a", "b"), of(tie, func(v *evaluate.Verdict) {
			best := at(1, evaluate.Best, 0)
			best.Low = .5
			v.Reason, v.Items, v.Places = evaluate.Illustration, 12, []evaluate.Place{at(0, evaluate.Tied, .01), best}
		}), nil, "Illustration only: 12 labelled texts with an answer cannot decide; label at least 20. b is ahead with AUC 0.900. None is measurably better than chance (AUC 0.5)."},
		"a baseline is as good as what is ahead by chance": {append(dear("a", "b"), baseline(.895)), of(tie, func(v *evaluate.Verdict) {
			best := at(1, evaluate.Best, 0)
			best.Low = .5
			v.Places = []evaluate.Place{at(0, evaluate.Tied, .01), best}
		}), nil, "None is measurably better than chance (AUC 0.5): try other models. b is ahead with AUC 0.900."},
		"none within the limits": {append(dear("a", "b"), baseline(.95)), of(tie, func(v *evaluate.Verdict) { v.Reason, v.Best, v.Choice = evaluate.NoneWithin, -1, -1 }), func(t *trial.Trial, f *trial.Findings) {
			f.Limits, t.Beyond = evaluate.Limits{Price: .5}, 3
		}, "No model is within your limits: at most $0.5 per million tokens."},
		"nothing yet": {dear("a", "b"), tie, func(_ *trial.Trial, f *trial.Findings) {
			*f = trial.Findings{Verdict: evaluate.Verdict{Reason: evaluate.NoneWithin, Best: -1, Choice: -1}}
		}, "No model could be tried."},
	} {
		if got := told(t, c.rows, c.v, c.change); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", name, got, c.want)
		}
	}
	if got := findings.Sentence(nil, nil, nil); got != "" {
		t.Errorf("before there is anything it says %q", got)
	}
}

// Without an interval nothing is claimed to be within one, whichever end is missing.
func TestADifferenceWithoutAnIntervalStandsAlone(t *testing.T) {
	nan := math.NaN()
	for want, i := range map[string]evaluate.Interval{
		"+0.012 (-0.010 … +0.041)": {Low: -.01, High: .041}, "+0.012": {Low: nan, High: nan}, "+0.012 ": {Low: nan, High: .041}, " +0.012": {Low: -.01, High: nan},
	} {
		if got := findings.SignedWithInterval(evaluate.Difference{Value: .012, Interval: i}); got != strings.TrimSpace(want) {
			t.Errorf("%+v: %q, want %q", i, got, want)
		}
	}
}

func TestTornTextsAreNumberedAsPeopleCount(t *testing.T) {
	if got := findings.Torn(0, 6); !strings.HasPrefix(got, "Texts 1 and 7 are the same") {
		t.Error(got)
	}
}

func TestACutBeyondTheLimitsSaysSo(t *testing.T) {
	for standing, want := range map[evaluate.Standing]string{evaluate.Outside: "outside the limits", evaluate.Worse: "worse"} {
		p := at(0, standing, .001)
		p.ToBest.Interval = evaluate.Interval{Low: -.001, High: .002}
		if got := findings.CutStanding(p); got != want {
			t.Errorf("%v: %q, want %q", standing, got, want)
		}
	}
}

func TestWhereARowStandsIsSaidInFewWords(t *testing.T) {
	for standing, want := range map[evaluate.Standing]string{
		evaluate.Best: "best", evaluate.Equal: "practically equal", evaluate.Tied: "tied with the best", evaluate.Worse: "worse", evaluate.Outside: "outside the limits",
	} {
		if got := findings.Standing(standing); got != want {
			t.Errorf("%v: %q, want %q", standing, got, want)
		}
	}
}
