package findings

import (
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestACutGoesNoFurtherThanTheFirstLoss(t *testing.T) {
	made := &trial.Trial{}
	for i, n := range []int{512, 256, 128, 64} {
		made.Rows = append(made.Rows, trial.Row{Candidate: api.Candidate{Model: "a/b", Dimensions: n}})
		made.Scored = append(made.Scored, i)
	}
	for _, c := range []struct {
		standings []evaluate.Standing
		want      string
	}{
		{[]evaluate.Standing{evaluate.Best, evaluate.Equal, evaluate.Tied}, "from 512 to 64 dimensions"},
		{[]evaluate.Standing{evaluate.Equal, evaluate.Worse, evaluate.Tied}, "from 512 to 256 dimensions"},
		{[]evaluate.Standing{evaluate.Worse, evaluate.Best, evaluate.Tied}, "Cutting its 512 dimensions shorter makes it measurably worse"},
	} {
		var cuts []evaluate.Place
		for i, s := range c.standings {
			cuts = append(cuts, evaluate.Place{Candidate: i + 1, Standing: s})
		}
		if got := (sentence{t: made, v: evaluate.Verdict{Reason: evaluate.Clear}}).cut(cuts); !strings.Contains(got, c.want) {
			t.Errorf("%v: %q lacks %q", c.standings, got, c.want)
		}
	}
}

func TestACutIsWithoutLossOnlyWhereItIsPracticallyEqual(t *testing.T) {
	within := func(low, value, high float64) evaluate.Difference {
		return evaluate.Difference{Value: value, Interval: evaluate.Interval{Low: low, High: high}}
	}
	for _, c := range []struct {
		standing evaluate.Standing
		choice   evaluate.Difference // less the cut
		want     string
	}{
		{evaluate.Equal, within(-.004, .001, .006), NoLoss},
		{evaluate.Best, within(-.004, -.001, .002), NoLoss},
		{evaluate.Best, within(-.09, -.01, .07), NoLossSeen}, // ahead, but it may lose
		{evaluate.Tied, within(-.02, .03, .09), NoLossSeen},
		{evaluate.Tied, within(math.NaN(), .375, math.NaN()), CutUntold}, // so few that there is no interval
		{evaluate.Worse, within(.02, .05, .09), "worse"},
	} {
		if got := CutStanding(evaluate.Place{Standing: c.standing, ToBest: c.choice}); got != c.want {
			t.Errorf("the choice less the cut is %+v: %q, not %q", c.choice.Interval, got, c.want)
		}
	}
}
