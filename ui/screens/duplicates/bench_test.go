package duplicates

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/uitest"
)

// BenchmarkFindPairs joins what two candidates find among 5,000 texts; both have
// kept the 200,000 best pairs.
func BenchmarkFindPairs(b *testing.B) {
	q := pairQuery{shown: 1}
	for i, id := range []string{"local/use-lite@64", "local/glove@64"} {
		r := randomResult(b, id, 5000, uint64(i))
		q.sources[i] = pairSource{id, r.Matrix, r.Scan, r.Scan.Floor()}
	}
	for name, disagree := range map[string]bool{"all": false, "disagreeing": true} {
		q.disagree = disagree
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := findPairs(b.Context(), q, nil, maxListed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMoveThreshold is what one press of [ costs beside drawing, with the
// 36 texts of a built-in set.
func BenchmarkMoveThreshold(b *testing.B) {
	a, d := duplicatesOf(b, 200, 60, uitest.NearDuplicates(b))
	by := 0.01
	for b.Loop() {
		by = -by
		d.nudge(by)
		uitest.Settle(b, a, d.Refresh())
	}
}

// randomResult is a candidate of 64 dimensions over n random texts in clusters of
// ten.
func randomResult(b *testing.B, id string, n int, seed uint64) *pipeline.Result {
	b.Helper()
	const dims = 64
	random := rand.New(rand.NewPCG(seed, 1))
	rows := make([][]float32, n)
	var centre [dims]float64
	for i := range rows {
		if i%10 == 0 {
			for k := range centre {
				centre[k] = random.NormFloat64()
			}
		}
		rows[i] = make([]float32, dims)
		var sum float64
		for k := range rows[i] {
			x := centre[k] + 0.5*random.NormFloat64()
			rows[i][k] = float32(x)
			sum += x * x
		}
		for k := range rows[i] {
			rows[i][k] /= float32(math.Sqrt(sum))
		}
	}
	vectors, err := compare.NewVectors(rows)
	if err != nil {
		b.Fatal(err)
	}
	c, err := api.ParseCandidate(id)
	if err != nil {
		b.Fatal(err)
	}
	r, err := pipeline.Analyse(b.Context(), api.Model{}, c, &pipeline.Embedding{Vectors: vectors}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return r
}
