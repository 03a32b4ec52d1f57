package pipeline

import (
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

func vectorsOf(t *testing.T, rows ...[]float32) compare.Vectors {
	t.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReducedVectorsAreComparedTextByText(t *testing.T) {
	own := vectorsOf(t, []float32{1, 0}, nil, []float32{0, 1}, []float32{1, 1})
	derived := vectorsOf(t, []float32{1, 0}, []float32{1, 0}, []float32{1, 0}, []float32{2, 2})
	r, err := CompareReduced(own, derived)
	if err != nil || r.Texts != 3 || r.Worst != 2 || math.Abs(r.Max-1) > 1e-6 || math.Abs(r.Mean-1.0/3) > 1e-6 {
		t.Errorf("%+v, %v; want 3 texts, the third 1 apart, a third on average", r, err)
	}
	// Of texts that are as far apart the first is named, also where none is apart at all.
	for _, c := range []struct {
		derived []float32
		most    float64
	}{{[]float32{0, 1}, 1}, {[]float32{1, 0}, 0}} {
		own, derived := vectorsOf(t, nil, []float32{1, 0}, []float32{1, 0}), vectorsOf(t, nil, c.derived, c.derived)
		if r, err := CompareReduced(own, derived); err != nil || r.Worst != 1 || r.Max != c.most || r.Mean != c.most || r.Texts != 2 {
			t.Errorf("%+v, %v; want the second text, %g apart", r, err, c.most)
		}
	}
}

func TestReducedVectorsOfAnotherLengthAreRefused(t *testing.T) {
	if r, err := CompareReduced(vectorsOf(t, []float32{1, 0, 0}), vectorsOf(t, []float32{1, 0})); err == nil {
		t.Errorf("compared to %+v", r)
	}
	if r, err := CompareReduced(vectorsOf(t, nil), vectorsOf(t, []float32{1, 0})); err == nil || err.Error() != "no text has a vector of both kinds" {
		t.Errorf("nothing compared gives %+v, %v", r, err)
	}
}

func TestVectorsOfOtherTextsAreNotCompared(t *testing.T) {
	rows := [][]float32{{1, 0}, {0, 1}, {1, 0}}
	own, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	derived, err := compare.NewVectors(rows[:2])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CompareReduced(own, derived); err == nil || !strings.Contains(err.Error(), "of 3 texts, those cut here of 2") {
		t.Errorf("%v", err)
	}
}
