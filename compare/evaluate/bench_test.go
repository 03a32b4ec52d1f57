package evaluate

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

const benchCandidates = 6

func benchPairs(b *testing.B, graded bool) []*Result {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	scores := make([]float64, 1400)
	for i := range scores {
		if scores[i] = float64(r.IntN(2)); graded {
			scores[i] = float64(r.IntN(26)) / 5
		}
	}
	l, err := NewPairs(2*len(scores), somePairs(scores...))
	if err != nil {
		b.Fatal(err)
	}
	var results []*Result
	for range benchCandidates {
		similarities := make([]float64, len(scores))
		for i, s := range scores {
			similarities[i] = s + r.NormFloat64()
		}
		result, err := l.ScorePairs(similarities)
		if err != nil {
			b.Fatal(err)
		}
		results = append(results, result)
	}
	return results
}

// BenchmarkResamples draws 2,000 resamples of 1,400 pairs for six candidates.
func BenchmarkResamples(b *testing.B) {
	for name, graded := range map[string]bool{"same": false, "graded": true} {
		results := benchPairs(b, graded)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				bootstrap, err := NewBootstrap(results, 1)
				if err != nil {
					b.Fatal(err)
				}
				if err := bootstrap.Advance(context.Background(), DefaultResamples); err != nil {
					b.Fatal(err)
				}
				bootstrap.Judge(bootstrap.Labels().Metrics()[0], bootstrap.All(), nil, Limits{})
			}
		})
	}
}

func unitRows(b *testing.B, rows [][]float32) compare.Vectors {
	b.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// BenchmarkQueries scores 1,200 queries against 5,000 texts for six candidates.
func BenchmarkQueries(b *testing.B) {
	rows := randomRows(2, 5000, 768)
	near := randomRows(1, 1200, 768)
	for i, row := range near {
		for k := range row {
			row[k] = .3*row[k] + rows[3*i][k]
		}
	}
	queries, texts := unitRows(b, near), unitRows(b, rows)
	r := rand.New(rand.NewPCG(3, 3))
	all := make([]Query, queries.Len())
	for i := range all {
		for range 3 {
			all[i].Judged = append(all[i].Judged, Judgment{Text: 3*i + len(all[i].Judged), Grade: float64(1 + r.IntN(2))})
		}
		all[i].Source = NoText
	}
	l, err := NewQueries(texts.Len(), all, QueryOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for range benchCandidates {
			if _, err := l.ScoreQueries(context.Background(), queries, texts); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkGroups measures the texts of 60 groups of 20.
func BenchmarkGroups(b *testing.B) {
	v := unitRows(b, randomRows(4, 1200, 768))
	groups := make([]int, v.Len())
	for i := range groups {
		groups[i] = i % 60
	}
	l, err := NewGroups(groups)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := l.ScoreTexts(context.Background(), v); err != nil {
			b.Fatal(err)
		}
	}
}
