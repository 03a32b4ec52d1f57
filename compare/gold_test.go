package compare

import (
	"context"
	"testing"
)

// The worked example, computed with numpy.
var (
	goldA = [][]float32{{1, 0, 0}, {.9, .1, 0}, {0, 1, 0}, {0, .8, .6}, {-.5, .5, .7}}
	goldB = [][]float32{{1, .2}, {.8, .1}, {.1, 1}, {-.3, .9}, {-.9, .4}}

	goldPairsA    = []float64{.993884, 0, 0, -.502519, .110432, .088345, -.443951, .8, .502519, .824131}
	goldPairsB    = []float64{.997334, .292714, -.124035, -.816416, .222155, -.196116, -.856380, .912509, .313195, .674269}
	goldTruncated = []float64{.993884, 0, 0, -.707107, .110432, .110432, -.624695, 1, .707107, .707107}
)

func TestGoldSimilarities(t *testing.T) {
	a := mustVectors(t, goldA)
	truncated, _, err := a.Truncate(2)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		v    Vectors
		want []float64
	}{
		{"A", a, goldPairsA},
		{"B", mustVectors(t, goldB), goldPairsB},
		{"A truncated to 2", truncated, goldTruncated},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustMatrix(t, test.v)
			wantNear(t, "matrix", upperTriangle(m), test.want, 1e-6)
			for i := range m.Len() {
				for j := range m.Len() {
					cell, _ := m.At(i, j)
					mirrored, _ := m.At(j, i)
					if cell != mirrored || (i == j && cell != 1) {
						t.Errorf("cell %d,%d is %v, mirrored %v", i, j, cell, mirrored)
					}
					if exact := test.v.Similarity(i, j); !near(cell, exact, 1e-6) {
						t.Errorf("cell %d,%d is %v, in float64 %v", i, j, cell, exact)
					}
				}
			}
		})
	}
	wantRow(t, truncated.Row(4), -.707107, .707107)
}

func TestGoldBackground(t *testing.T) {
	tests := []struct {
		name     string
		rows     [][]float32
		mean, sd float64
	}{
		{"A", goldA, .237284, .496599},
		{"B", goldB, .141923, .613796},
	}
	for _, test := range tests {
		s := mustScan(t, mustVectors(t, test.rows), ScanOptions{Floor: -1})
		if !near(s.Mean, test.mean, 1e-6) || !near(s.SD, test.sd, 1e-6) || s.Background.Pairs != 10 {
			t.Errorf("%s: mean %.9f, sd %.9f, %d pairs", test.name, s.Mean, s.SD, s.Background.Pairs)
		}
	}
}

func TestGoldPercentiles(t *testing.T) {
	// By hand, from the sorted values of A at positions .05·9 = .45, 4.5, 8.55
	// and 8.91: for example P5 = −.502519 + .45·(.502519 − .443951).
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: 1})
	got := []float64{s.P5, s.P50, s.P95, s.P99, s.Min, s.Max}
	want := []float64{-.476163, .0993885, .91749515, .97860623, -.502519, .993884}
	wantNear(t, "percentiles", got, want, 1.5e-6)
}

func TestGoldTruncationsInOnePass(t *testing.T) {
	matrices, err := TruncatedSimilarities(context.Background(), mustVectors(t, goldA), []int{3, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range [][]float64{goldPairsA, goldTruncated, goldPairsA} {
		wantNear(t, "truncation", upperTriangle(matrices[k]), want, 1e-6)
	}
}
