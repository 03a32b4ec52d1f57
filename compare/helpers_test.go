package compare

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// randomRows returns n rows of dim values drawn from a normal distribution.
func randomRows(r *rand.Rand, n, dim int) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = make([]float32, dim)
		for k := range rows[i] {
			rows[i][k] = float32(r.NormFloat64())
		}
	}
	return rows
}

// mixedRows returns rows that share a common part, some of them absent and
// some exact copies of earlier ones.
func mixedRows(r *rand.Rand, n, dim int) [][]float32 {
	rows := randomRows(r, n, dim)
	common := randomRows(r, 1, dim)[0]
	for i, row := range rows {
		for k := range row {
			row[k] += 1.5 * common[k]
		}
		switch {
		case i%11 == 5:
			rows[i] = nil
		case i%13 == 12 && rows[i-7] != nil:
			rows[i] = rows[i-7]
		}
	}
	return rows
}

func mustVectors(t *testing.T, rows [][]float32) Vectors {
	t.Helper()
	v, err := NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustMatrix(t *testing.T, v Vectors) *Matrix {
	t.Helper()
	m, err := Similarities(context.Background(), v, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustScan(t *testing.T, v Vectors, options ScanOptions) *Scan {
	t.Helper()
	s, err := ScanPairs(context.Background(), v, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// upperTriangle returns the similarities of all pairs as At gives them.
func upperTriangle(m *Matrix) []float64 {
	var values []float64
	for i := range m.Len() {
		for j := i + 1; j < m.Len(); j++ {
			if s, ok := m.At(i, j); ok {
				values = append(values, s)
			}
		}
	}
	return values
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func wantNear(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d values, want %d", what, len(got), len(want))
	}
	for k := range want {
		if !near(got[k], want[k], tolerance) {
			t.Errorf("%s: value %d is %.9f, want %.9f", what, k, got[k], want[k])
		}
	}
}
