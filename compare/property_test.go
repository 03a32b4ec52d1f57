package compare

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// rotation returns a random rotation (or reflection) of dim dimensions.
func rotation(dim int, seed uint64) *mat.Dense {
	r := newRandom(seed)
	values := make([]float64, dim*dim)
	for k := range values {
		values[k] = r.NormFloat64()
	}
	var qr mat.QR
	qr.Factorize(mat.NewDense(dim, dim, values))
	var q mat.Dense
	qr.QTo(&q)
	return &q
}

func rotated(rows [][]float32, q *mat.Dense) [][]float32 {
	result := make([][]float32, len(rows))
	for i, row := range rows {
		if row == nil {
			continue
		}
		result[i] = make([]float32, len(row))
		for k := range row {
			var sum float64
			for l, x := range row {
				sum += q.At(k, l) * float64(x)
			}
			result[i][k] = float32(sum)
		}
	}
	return result
}

func scaled(rows [][]float32) [][]float32 {
	result := make([][]float32, len(rows))
	for i, row := range rows {
		for _, x := range row {
			result[i] = append(result[i], x*float32(math.Pow(3, float64(i%9-4))))
		}
	}
	return result
}

func TestSimilarityIsUnchangedByRotationAndScaling(t *testing.T) {
	rows := mixedRows(newRandom(9), 60, 16)
	want := upperTriangle(mustMatrix(t, mustVectors(t, rows)))
	before := mustScan(t, mustVectors(t, rows), ScanOptions{Floor: -1}).Background
	for name, changed := range map[string][][]float32{
		"rotated": rotated(rows, rotation(16, 10)),
		"scaled":  scaled(rows),
	} {
		v := mustVectors(t, changed)
		wantNear(t, name, upperTriangle(mustMatrix(t, v)), want, 1e-6)
		after := mustScan(t, v, ScanOptions{Floor: -1}).Background
		wantNear(t, name+" background",
			[]float64{after.Mean, after.SD, after.P5, after.P50, after.P95, after.P99, after.Min, after.Max},
			[]float64{before.Mean, before.SD, before.P5, before.P50, before.P95, before.P99, before.Min, before.Max}, 1e-6)
	}
}

func TestPermutingTextsPermutesTheMatrix(t *testing.T) {
	rows := mixedRows(newRandom(11), 50, 16)
	places := newRandom(12).Perm(len(rows))
	permuted := make([][]float32, len(rows))
	for i, place := range places {
		permuted[i] = rows[place]
	}
	v, w := mustVectors(t, rows), mustVectors(t, permuted)
	m, moved := mustMatrix(t, v), mustMatrix(t, w)
	for i := range rows {
		for j := range rows {
			got, gotOK := moved.At(i, j)
			want, wantOK := m.At(places[i], places[j])
			if gotOK != wantOK || !near(got, want, 1e-6) {
				t.Fatalf("cell %d,%d: %v %v, want %v %v", i, j, got, gotOK, want, wantOK)
			}
		}
	}
	s, p := mustScan(t, v, ScanOptions{Floor: .8}), mustScan(t, w, ScanOptions{Floor: .8})
	if len(s.Pairs()) != len(p.Pairs()) || !near(s.Mean, p.Mean, 1e-9) || !near(s.SD, p.SD, 1e-9) || !near(s.P95, p.P95, 1e-6) {
		t.Errorf("scans differ: %d and %d pairs, %+v, %+v", len(s.Pairs()), len(p.Pairs()), s.Background, p.Background)
	}
}

func TestMeanIsThatOfTheMeanVector(t *testing.T) {
	// μ = (n·‖mean‖² − 1)/(n − 1) for unit vectors.
	v := mustVectors(t, mixedRows(newRandom(13), 90, 16))
	n := float64(v.Present())
	mean := make([]float64, v.Dim())
	for i := range v.Len() {
		for k, x := range v.Row(i) {
			mean[k] += float64(x) / n
		}
	}
	var squared float64
	for _, x := range mean {
		squared += x * x
	}
	if got, want := mustScan(t, v, ScanOptions{}).Mean, (n*squared-1)/(n-1); !near(got, want, 1e-6) {
		t.Errorf("mean %v, want %v", got, want)
	}
}

func TestTruncationsInOnePassAreTruncations(t *testing.T) {
	rows := mixedRows(newRandom(14), 80, 64)
	// One text whose first values are all but zero.
	for k := range 16 {
		rows[3][k] *= 1e-30
	}
	v := mustVectors(t, rows)
	dims := []int{64, 8, 33, 16, 1, 8}
	matrices, err := TruncatedSimilarities(context.Background(), v, dims)
	if err != nil {
		t.Fatal(err)
	}
	for k, d := range dims {
		truncated, _, err := v.Truncate(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := matrices[k].Vectors().Dim(); got != d {
			t.Errorf("matrix %d is of %d dimensions, want %d", k, got, d)
		}
		single := mustMatrix(t, truncated)
		wantNear(t, "truncated", upperTriangle(matrices[k]), upperTriangle(single), 1e-6)
		low, high, _ := matrices[k].Range()
		wantLow, wantHigh, _ := single.Range()
		wantNear(t, "range", []float64{low, high}, []float64{wantLow, wantHigh}, 1e-6)
	}
}

func TestTruncationsInOnePassNameWhatCannotBeCut(t *testing.T) {
	v := mustVectors(t, [][]float32{{1, 0, 2}, {0, 0, 5}})
	for d, want := range map[int]error{
		2: &ZeroVectorError{Text: 1, Dimensions: 2},
		9: &DimensionsError{Asked: 9, Have: 3},
	} {
		if _, err := TruncatedSimilarities(context.Background(), v, []int{3, d}); !sameError(err, want) {
			t.Errorf("to %d: got %v, want %v", d, err, want)
		}
	}
	gap := mustVectors(t, [][]float32{{1, 0, 2}, nil, {0, 0, 5}})
	if _, err := TruncatedSimilarities(context.Background(), gap, []int{2}); !sameError(err, &ZeroVectorError{Text: 2, Dimensions: 2}) {
		t.Errorf("behind a text without a vector: %v", err)
	}
	if none, err := TruncatedSimilarities(context.Background(), v, nil); err != nil || len(none) != 0 {
		t.Errorf("no dimensions: %v, %v", none, err)
	}
}

func TestDifference(t *testing.T) {
	rowsB := append([][]float32(nil), goldB...)
	a, b := mustMatrix(t, mustVectors(t, goldA)), mustMatrix(t, mustVectors(t, rowsB))
	rowsB[2] = nil
	gap := mustMatrix(t, mustVectors(t, rowsB))
	tests := []struct {
		name string
		b    *Matrix
		most float64
	}{
		{"same texts", b, largestGap(a, b)},
		{"one absent", gap, largestGap(a, gap)},
		{"itself", a, 0},
	}
	for _, test := range tests {
		d, err := Difference(a, test.b)
		if err != nil {
			t.Fatal(err)
		}
		if d.Len() != 5 || !near(d.MaxAbs(), test.most, 1e-6) {
			t.Errorf("%s: over %d texts at most %v, want %v", test.name, d.Len(), d.MaxAbs(), test.most)
		}
	}
	d, _ := Difference(a, gap)
	if got, ok := d.At(1, 0); !ok || !near(got, .993884-.997334, 2e-6) {
		t.Errorf("cell 1,0: %v %v", got, ok)
	}
	if got, ok := d.At(2, 0); ok || got != 0 {
		t.Errorf("a cell of an absent text: %v %v", got, ok)
	}
	if _, err := Difference(a, mustMatrix(t, mustVectors(t, goldA[:3]))); err == nil {
		t.Error("matrices over different texts were subtracted")
	}
}

// largestGap is the definition of MaxAbs.
func largestGap(a, b *Matrix) float64 {
	var most float64
	for i := range a.Len() {
		for j := range a.Len() {
			x, inA := a.At(i, j)
			y, inB := b.At(i, j)
			if inA && inB {
				most = max(most, math.Abs(x-y))
			}
		}
	}
	return most
}
