package compare

import (
	"math"
	"slices"
	"testing"
)

func TestAsStrictFindsAsManyPairs(t *testing.T) {
	for name, n := range map[string]int{"sorted": 60, "counted": 380} {
		rows := randomRows(newRandom(31), n, 16)
		shifted := make([][]float32, n)
		common := randomRows(newRandom(32), 1, 16)[0]
		for i, row := range rows {
			for k, x := range row {
				shifted[i] = append(shifted[i], x+2*common[k])
			}
		}
		a := mustScan(t, mustVectors(t, rows), ScanOptions{Floor: -1})
		for _, floor := range []float64{-1, .9, 1} {
			b := mustScan(t, mustVectors(t, shifted), ScanOptions{Floor: floor})
			for _, threshold := range []float64{.9, .7, .5, .3, 0} {
				count := a.CountAt(threshold)
				got := b.CountAt(b.AsStrict(a, threshold))
				// Under the floor, counts of many pairs are right to the bin, which holds
				// a few where pairs are dense.
				if off := got - count; off != 0 && (n < 100 || off < -20 || off > 20) {
					t.Errorf("%s, floor %v: %v finds %d pairs, %v finds %d", name, floor, threshold, count, b.AsStrict(a, threshold), got)
				}
			}
		}
	}
}

func TestThresholdsAtTheEnds(t *testing.T) {
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: -1})
	if got := s.CountAt(s.ThresholdOf(0)); got != 0 {
		t.Errorf("%d pairs, want none", got)
	}
	if got := s.CountAt(s.ThresholdOf(99)); got != 10 {
		t.Errorf("%d pairs, want all", got)
	}
	if got := s.ThresholdOf(1); !near(got, (.993884+.824131)/2, 1e-6) {
		t.Errorf("threshold of one pair %v", got)
	}
	if none := mustScan(t, mustVectors(t, goldA[:1]), ScanOptions{}); !math.IsNaN(none.ThresholdOf(1)) || !math.IsNaN(none.Percentile(50)) || !math.IsNaN(none.RobustZ(1)) {
		t.Error("one text has a threshold")
	}
}

func TestPercentilesAndRobustZ(t *testing.T) {
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: -1})
	for p, want := range map[float64]float64{5: s.P5, 50: s.P50, 95: s.P95, 99: s.P99, 0: s.Min, 100: s.Max} {
		if got := s.Percentile(p); !near(got, want, 1e-9) {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
	if !math.IsNaN(s.Percentile(101)) || !math.IsNaN(s.Percentile(math.NaN())) {
		t.Error("a percentile over 100")
	}
	large := mustScan(t, mustVectors(t, mixedRows(newRandom(33), 90, 16)), ScanOptions{Floor: -1})
	values := upperTriangle(mustMatrix(t, mustVectors(t, mixedRows(newRandom(33), 90, 16))))
	for i, x := range values {
		values[i] = math.Abs(x - large.P50)
	}
	slices.Sort(values)
	mad := values[len(values)/2]
	if got, want := large.RobustZ(.9), (.9-large.P50)/(1.4826*mad); !near(got, want, .01*want) {
		t.Errorf("robust z %v, want %v", got, want)
	}
	if got := large.RobustZ(large.AtRobustZ(2.5)); !near(got, 2.5, 1e-9) {
		t.Errorf("z of the similarity at 2.5 is %v", got)
	}
}
