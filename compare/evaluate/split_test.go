package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/integrate"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// slowSplit is Split by its definition: every item with every other, every threshold.
func slowSplit(scores []float64, positive []bool) Split {
	var s Split
	for i, p := range positive {
		if !p {
			s.Negative++
			continue
		}
		s.Positive++
		for j, q := range positive {
			switch {
			case q:
			case scores[i] > scores[j]:
				s.AUC++
			case scores[i] == scores[j]:
				s.AUC += .5
			}
		}
	}
	s.AUC /= float64(s.Positive * s.Negative)
	f1, threshold := slowBest(scores, positive, -1)
	s.BestF1, s.Threshold = f1, threshold
	recall := 0.0
	for _, t := range distinct(scores) {
		tp, fp := slowCount(scores, positive, t, -1)
		if tp+fp > 0 {
			s.AP += (tp/float64(s.Positive) - recall) * tp / (tp + fp)
			recall = tp / float64(s.Positive)
		}
	}
	var tp, fp float64
	for i := range scores {
		if _, t := slowBest(scores, positive, i); scores[i] >= t {
			if positive[i] {
				tp++
			} else {
				fp++
			}
		}
	}
	s.LeftOutF1 = 2 * tp / (tp + fp + float64(s.Positive))
	return s
}

// distinct are the different scores, highest first.
func distinct(scores []float64) []float64 {
	d := slices.Clone(scores)
	slices.Sort(d)
	d = slices.Compact(d)
	slices.Reverse(d)
	return d
}

func slowCount(scores []float64, positive []bool, threshold float64, without int) (tp, fp float64) {
	for i, s := range scores {
		if i == without || s < threshold {
			continue
		}
		if positive[i] {
			tp++
		} else {
			fp++
		}
	}
	return tp, fp
}

// slowBest tries every threshold without one item.
func slowBest(scores []float64, positive []bool, without int) (f1, threshold float64) {
	var others []float64
	all := 0.0
	for i, s := range scores {
		if i != without {
			others = append(others, s)
			if positive[i] {
				all++
			}
		}
	}
	steps := distinct(others)
	f1 = -1
	for k, t := range steps {
		tp, fp := slowCount(scores, positive, t, without)
		if f := 2 * tp / (tp + fp + all); f > f1 {
			if f1, threshold = f, t; k+1 < len(steps) {
				threshold = t + (steps[k+1]-t)/2
			}
		}
	}
	return f1, threshold
}

// someScores draws scores with ties, and labels of both kinds.
func someScores(t *rapid.T) (scores []float64, positive []bool) {
	n := rapid.IntRange(4, 40).Draw(t, "n")
	values := rapid.SampledFrom([]int{3, 10, 1000}).Draw(t, "values")
	for i := range n {
		scores = append(scores, float64(rapid.IntRange(0, values).Draw(t, "score"))/64)
		positive = append(positive, i < 2 || i > 3 && rapid.Bool().Draw(t, "label"))
	}
	return scores, positive
}

func splitOf(scores []float64, positive []bool) Split {
	return newRanking(scores, func(i int) bool { return positive[i] }).split()
}

func TestSplitAgreesWithItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, positive := someScores(t)
		got, want := splitOf(scores, positive), slowSplit(scores, positive)
		for name, v := range map[string][2]float64{
			"AUC": {got.AUC, want.AUC}, "AP": {got.AP, want.AP}, "best F1": {got.BestF1, want.BestF1},
			"threshold": {got.Threshold, want.Threshold}, "left-out F1": {got.LeftOutF1, want.LeftOutF1},
		} {
			if !near(v[0], v[1], 1e-12) {
				t.Errorf("%s is %v, want %v", name, v[0], v[1])
			}
		}
	})
}

func TestAUCAgreesWithGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	scores, positive := make([]float64, 500), make([]bool, 500)
	for i := range scores {
		positive[i] = r.IntN(3) == 0
		scores[i] = math.Round(r.NormFloat64()*20)/20 + float64(r.IntN(2))
	}
	want := splitOf(scores, positive).AUC
	order := ascending(len(scores))
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	var sorted []float64
	var classes []bool
	for _, i := range order {
		sorted, classes = append(sorted, scores[i]), append(classes, positive[i])
	}
	tpr, fpr, _ := stat.ROC(nil, sorted, classes, nil)
	if got := integrate.Trapezoidal(fpr, tpr); !near(got, want, 1e-9) {
		t.Errorf("AUC is %v, want %v", want, got)
	}
}

func TestMonotoneTransformsLeaveRanksAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, positive := someScores(t)
		moved := make([]float64, len(scores))
		for i, s := range scores {
			moved[i] = math.Exp(s/4) - 3
		}
		a, b := splitOf(scores, positive), splitOf(moved, positive)
		if a.AUC != b.AUC || a.AP != b.AP || a.BestF1 != b.BestF1 || a.MCC != b.MCC {
			t.Errorf("%+v became %+v", a, b)
		}
		w := ones(len(scores))
		x, y := make([]float64, len(scores)), make([]float64, len(scores))
		newOrdering(scores).ranks(w, x)
		newOrdering(moved).ranks(w, y)
		if !slices.Equal(x, y) {
			t.Errorf("ranks %v became %v", x, y)
		}
	})
}

func TestWeightsAreRepetitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, positive := someScores(t)
		w := make([]float64, len(scores))
		var repeated, repeatedOther []float64
		var labels []bool
		other := make([]float64, len(scores))
		for i := range w {
			other[i] = float64((i * 7) % 5)
			w[i] = float64(rapid.IntRange(0, 3).Draw(t, "weight"))
			if i < 4 {
				w[i]++
			}
			for range int(w[i]) {
				repeated, labels = append(repeated, scores[i]), append(labels, positive[i])
				repeatedOther = append(repeatedOther, other[i])
			}
		}
		r := newRanking(scores, func(i int) bool { return positive[i] })
		got := r.measure(w, make([]float64, r.sizeOfScratch()))
		want := splitOf(repeated, labels)
		if !near(got.auc, want.AUC, 1e-12) || !near(got.ap, want.AP, 1e-12) || !near(got.best.f1(), want.BestF1, 1e-12) || !near(got.best.mcc(), want.MCC, 1e-12) {
			t.Errorf("%+v, want %+v", got, want)
		}
		x, y := make([]float64, len(scores)), make([]float64, len(repeated))
		newOrdering(scores).ranks(w, x)
		newOrdering(repeated).ranks(ones(len(repeated)), y)
		a, b := pearson(x, other, w), pearson(y, repeatedOther, ones(len(repeated)))
		if !near(a, b, 1e-9) && !(a != a && b != b) {
			t.Errorf("correlation with ranks %v, want %v", a, b)
		}
	})
}

func TestPearsonAgreesWithGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	x, y, w := make([]float64, 300), make([]float64, 300), make([]float64, 300)
	for i := range x {
		x[i], w[i] = r.NormFloat64(), float64(r.IntN(4))
		y[i] = .7*x[i] + r.NormFloat64()
	}
	if got, want := pearson(x, y, w), stat.Correlation(x, y, w); !near(got, want, 1e-12) {
		t.Errorf("%v, want %v", got, want)
	}
	if p := pearson(ones(300), y, w); p == p {
		t.Errorf("a constant correlates: %v", p)
	}
}

func TestThresholdAtAPrecision(t *testing.T) {
	r := pairResult(t, []float64{1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, []float64{.97, .90, .82, .55, .85, .60, .40, .45, .20, .20})
	for precision, want := range map[float64][2]float64{1: {.875, .5}, .75: {.71, .75}, .6: {.5, 1}} {
		threshold, recall, ok := r.AtPrecision(precision)
		if !ok || !near(threshold, want[0], 1e-12) || recall != want[1] {
			t.Errorf("precision %v at %v with recall %v, want %v", precision, threshold, recall, want)
		}
	}
	if _, _, ok := pairResult(t, []float64{1, 0}, []float64{.1, .2}).AtPrecision(.9); ok {
		t.Error("a threshold where none is as precise")
	}
	if _, _, ok := pairResult(t, []float64{1, .5}, []float64{.1, .2}).AtPrecision(.9); ok {
		t.Error("a threshold for grades")
	}
}
