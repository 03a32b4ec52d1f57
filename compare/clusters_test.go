package compare

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// fan are unit rows at some angles, in degrees.
func fan(angles ...float64) [][]float32 {
	rows := make([][]float32, len(angles))
	for i, a := range angles {
		rows[i] = []float32{float32(math.Cos(a * math.Pi / 180)), float32(math.Sin(a * math.Pi / 180))}
	}
	return rows
}

func mustClusters(t interface {
	Helper()
	Fatal(...any)
}, v Vectors, pairs []Pair) []Cluster {
	t.Helper()
	clusters, err := Clusters(context.Background(), v, pairs)
	if err != nil {
		t.Fatal(err)
	}
	return clusters
}

func TestTheLeastSimilarPairOfALargeClusterIsFoundOnTheWay(t *testing.T) {
	angles := make([]float64, mostMeasured+700)
	for i := range angles {
		angles[i] = float64(i) / 10
	}
	v := mustVectors(t, fan(angles...))
	c := mustClusters(t, v, mustScan(t, v, ScanOptions{Floor: .9999}).Over(.9999))
	last := len(angles) - 1
	if len(c) != 1 || !c[0].AtMost || c[0].Apart != [2]int{0, last} || !near(c[0].Least, math.Cos(angles[last]*math.Pi/180), 1e-6) {
		t.Errorf("%d clusters, %+v and %v of %d texts", len(c), c[0].Apart, c[0].Least, len(c[0].Texts))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Clusters(ctx, v, mustScan(t, v, ScanOptions{Floor: .9999}).Over(.9999)); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped, it gives %v", err)
	}
}

func TestClustersAreLinkedPairs(t *testing.T) {
	// A chain of five steps of 10°, a pair of the same texts, and one alone.
	v := mustVectors(t, fan(0, 10, 20, 30, 40, 120, 120, 200))
	s := mustScan(t, v, ScanOptions{Floor: .97})
	clusters := mustClusters(t, v, s.Over(.97))
	if len(clusters) != 2 {
		t.Fatalf("%+v", clusters)
	}
	chain, same := clusters[0], clusters[1]
	cos := func(degrees float64) float64 { return math.Cos(degrees * math.Pi / 180) }
	if !slices.Equal(chain.Texts, []int{0, 1, 2, 3, 4}) || chain.Representative != 2 || chain.Pairs != 4 ||
		!near(chain.Weakest, cos(10), 1e-6) || !near(chain.Drift, cos(20), 1e-6) ||
		!near(chain.Least, cos(40), 1e-6) || chain.Apart != [2]int{0, 4} || chain.AtMost || !chain.Drifts(.97) {
		t.Errorf("%+v", chain)
	}
	if !slices.Equal(same.Texts, []int{5, 6}) || same.Representative != 5 || same.Pairs != 1 || same.Weakest != 1 || same.Drift != 1 ||
		same.Least != 1 || same.Apart != [2]int{5, 6} || same.Drifts(.97) {
		t.Errorf("%+v", same)
	}
	// Just at the threshold nothing has drifted: equal texts at 1, two at their own similarity.
	if same.Drifts(1) || chain.Drifts(chain.Least) || !chain.Drifts(math.Nextafter(chain.Least, 1)) {
		t.Errorf("at its least similarity a cluster drifts, or over it it does not")
	}
	if keep, drop := chain.KeepOne(); keep != 2 || !slices.Equal(drop, []int{0, 1, 3, 4}) || len(chain.Texts) != 5 {
		t.Errorf("keep %d, drop %v", keep, drop)
	}
	if none := mustClusters(t, v, nil); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}

func TestClustersFallApartOverTheirWeakestLink(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		angles := rapid.SliceOfN(rapid.Float64Range(0, 180), 2, 30).Draw(rt, "angles")
		v := mustVectors(t, fan(angles...))
		pairs := mustScan(t, v, ScanOptions{Floor: .99}).Over(.99)
		texts, inside := 0, 0
		for _, c := range mustClusters(rt, v, pairs) {
			texts += len(c.Texts)
			inside += c.Pairs
			var stronger []Pair
			for _, p := range pairs {
				if p.Similarity > c.Weakest && slices.Contains(c.Texts, int(p.A)) {
					stronger = append(stronger, p)
				}
			}
			if parts := mustClusters(rt, v, stronger); len(parts) == 1 && len(parts[0].Texts) == len(c.Texts) {
				rt.Errorf("%+v holds without its weakest link", c)
			}
		}
		linked := map[int32]bool{}
		for _, p := range pairs {
			linked[p.A], linked[p.B] = true, true
		}
		if texts != len(linked) || inside != len(pairs) {
			rt.Errorf("%d texts and %d pairs in clusters, want %d and %d", texts, inside, len(linked), len(pairs))
		}
	})
}

func TestOfTextsThatAreTheSameButForRoundingTheFirstIsKept(t *testing.T) {
	for seed := range uint64(20) {
		row := randomRows(newRandom(seed), 1, 300)[0]
		rows := make([][]float32, 4)
		for i := range rows {
			rows[i] = slices.Clone(row)
			for k := range rows[i] {
				rows[i][k] *= float32(1 + 2*i)
			}
		}
		v := mustVectors(t, rows)
		found, err := Clusters(t.Context(), v, mustScan(t, v, ScanOptions{Floor: .99}).Pairs())
		if err != nil || len(found) != 1 || len(found[0].Texts) != 4 || found[0].Representative != 0 {
			t.Errorf("seed %d: %+v, %v", seed, found, err)
		}
	}
}
