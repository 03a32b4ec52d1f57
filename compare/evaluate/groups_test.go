package evaluate

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"go.uber.org/goleak"
	"gonum.org/v1/gonum/mat"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func someGroups(n int) []int {
	r := rand.New(rand.NewPCG(uint64(n), 2))
	groups := make([]int, n)
	for i := range groups {
		groups[i] = r.IntN(n/4) - 1
	}
	return groups
}

// rotated turns rows by a random rotation and scales each by another factor.
func rotated(rows [][]float32) [][]float32 {
	dim := len(rows[0])
	r := rand.New(rand.NewPCG(8, 8))
	values := make([]float64, dim*dim)
	for k := range values {
		values[k] = r.NormFloat64()
	}
	var qr mat.QR
	qr.Factorize(mat.NewDense(dim, dim, values))
	var q mat.Dense
	qr.QTo(&q)
	turned := make([][]float32, len(rows))
	for i, row := range rows {
		scale := math.Pow(3, float64(i%7-3))
		for k := range dim {
			var s float64
			for l, x := range row {
				s += q.At(k, l) * float64(x)
			}
			turned[i] = append(turned[i], float32(scale*s))
		}
	}
	return turned
}

func TestRotatingAndScalingChangeNothing(t *testing.T) {
	rows, groups := randomRows(4, 60, 12), someGroups(60)
	a, b := groupResult(t, rows, groups), groupResult(t, rotated(rows), groups)
	for i, m := range a.Metrics {
		wantNear(t, m.Name, b.Metrics[i].Value, m.Value)
	}
}

func TestPermutingTextsAndGroupsChangesNothing(t *testing.T) {
	rows, groups := randomRows(4, 60, 12), someGroups(60)
	moved, movedGroups := make([][]float32, 60), make([]int, 60)
	for i, place := range rand.New(rand.NewPCG(1, 1)).Perm(60) {
		moved[i], movedGroups[i] = rows[place], groups[place]
	}
	a, b := groupResult(t, rows, groups), groupResult(t, moved, movedGroups)
	for i, m := range a.Metrics {
		wantNear(t, m.Name, b.Metrics[i].Value, m.Value)
	}
}

func TestTextsWithoutAGroupTakeNoPart(t *testing.T) {
	rows, groups := randomRows(4, 30, 12), someGroups(30)
	a := groupResult(t, rows, groups)
	b := groupResult(t, append(rows, rows...), slices.Concat(groups, slices.Repeat([]int{-1}, 30)))
	for i, m := range a.Metrics {
		wantNear(t, m.Name, b.Metrics[i].Value, m.Value)
	}
	for _, text := range a.Texts {
		if groups[text.Nearest] < 0 || text.Nearest == text.Text {
			t.Errorf("%+v", text)
		}
	}
}

func TestManyTextsAreSampledForResamples(t *testing.T) {
	l := must[*Labels](t)(NewGroups(someGroups(700)))
	r := must[*Result](t)(l.ScoreTexts(context.Background(), mustVectors(t, randomRows(9, 700, 8))))
	if l.points().complete() || len(l.points().a) > maxPoints {
		t.Fatalf("%d points", len(l.points().a))
	}
	exact, sampled := r.Metrics, r.measured(newWeights(l))
	if !near(exact[0].Value, sampled[0], .01) || !near(exact[1].Value, sampled[1], .01) || exact[0].Value == sampled[0] {
		t.Errorf("AUC and AP %v, of a sample %v", exact, sampled)
	}
}
