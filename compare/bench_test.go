package compare

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/vecscope/vecscope/compare/kernel"
)

func benchmarkVectors(b *testing.B, n, dim int) Vectors {
	b.Helper()
	v, err := NewVectors(randomRows(newRandom(1), n, dim))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

func BenchmarkSimilarity2048x1536(b *testing.B) {
	v := benchmarkVectors(b, 2048, 1536)
	measured(b, func() error { return second(Similarities(context.Background(), v, nil)) })
}

func BenchmarkPairs2048x1536(b *testing.B) {
	benchmarkScan(b, benchmarkVectors(b, 2048, 1536), ScanOptions{Floor: 0.9})
}

func BenchmarkPairs5000x512(b *testing.B) {
	v := benchmarkVectors(b, 5000, 512)
	for _, floor := range []float64{0.9, 0.05, -1} {
		b.Run(fmt.Sprintf("floor=%v", floor), func(b *testing.B) {
			benchmarkScan(b, v, ScanOptions{Floor: floor})
		})
	}
}

func benchmarkScan(b *testing.B, v Vectors, options ScanOptions) {
	measured(b, func() error { return second(ScanPairs(context.Background(), v, options, nil)) })
}

func BenchmarkTruncations2048x3072(b *testing.B) {
	v := benchmarkVectors(b, 2048, 3072)
	dims := []int{256, 512, 1024, 1536, 3072}
	measured(b, func() error { return second(TruncatedSimilarities(context.Background(), v, dims)) })
}

func BenchmarkThreshold(b *testing.B) {
	s, err := ScanPairs(context.Background(), benchmarkVectors(b, 2048, 64), ScanOptions{Floor: 0.2}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.CountAt(0.25)
	}
}

func BenchmarkOrder(b *testing.B) {
	for _, n := range []int{200, 2048, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m, err := Similarities(context.Background(), benchmarkVectors(b, n, 512), nil)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := OrderBySimilarity(context.Background(), m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The benchmarks named Peer do what .ci/peers.py does with numpy and scipy, as
// .ci/bench-peers runs them in turn.

func BenchmarkPeerSimilarity2048x1536(b *testing.B) { BenchmarkSimilarity2048x1536(b) }

func BenchmarkPeerDuplicates2048x1536(b *testing.B) { benchmarkDuplicates(b, 2048, 1536) }

func BenchmarkPeerDuplicates5000x512(b *testing.B) { benchmarkDuplicates(b, 5000, 512) }

func BenchmarkPeerDuplicates20000x512(b *testing.B) { benchmarkDuplicates(b, 20_000, 512) }

func BenchmarkPeerDuplicates50000x1536(b *testing.B) { benchmarkDuplicates(b, 50_000, 1536) }

func benchmarkDuplicates(b *testing.B, n, dim int) {
	benchmarkScan(b, benchmarkVectors(b, n, dim), ScanOptions{Floor: 0.9})
}

func BenchmarkPeerTruncations2048x3072(b *testing.B) { BenchmarkTruncations2048x3072(b) }

func BenchmarkPeerOnePass2048x3072(b *testing.B) {
	v := benchmarkVectors(b, 2048, 3072)
	measured(b, func() error { return second(Similarities(context.Background(), v, nil)) })
}

func BenchmarkPeerNearest10000x1536(b *testing.B) { benchmarkNearest(b, 10_000, 1536) }

func BenchmarkPeerNearest100000x1536(b *testing.B) { benchmarkNearest(b, 100_000, 1536) }

func benchmarkNearest(b *testing.B, n, dim int) {
	v := benchmarkVectors(b, n, dim)
	query := v.Row(n / 2)
	if _, err := Nearest(context.Background(), v, query, 10); err != nil { // makes the copy that is searched
		b.Fatal(err)
	}
	measured(b, func() error { return second(Nearest(context.Background(), v, query, 10)) })
}

// BenchmarkNearest searches random rows, of which the bound of a copy leaves the most, and
// rows that lie as those of embeddings do; in a copy that the search makes, and in one
// that is there. With GOMAXPROCS=1 it tells what one core does.
func BenchmarkNearest(b *testing.B) {
	for name, rows := range map[string]func(b *testing.B, n, dim int) Vectors{"random": benchmarkVectors, "embeddings": embeddingLike} {
		for _, n := range []int{10_000, 100_000} {
			v := rows(b, n, 1536)
			search := func(i int) {
				if _, err := Nearest(context.Background(), v, v.Row(i*37%n), 10); err != nil {
					b.Fatal(err)
				}
			}
			b.Run(fmt.Sprintf("%s/%dx1536/first", name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					v.in().coarse.drop()
					search(i)
				}
			})
			search(0)
			b.Run(fmt.Sprintf("%s/%dx1536/again", name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					search(i)
				}
			})
			v.in().coarse.drop()
		}
	}
}

// embeddingLike makes rows as embeddings of texts lie: around topics, most in few
// directions, and all with something in common, so that the mean cosine is about .3.
func embeddingLike(b *testing.B, n, dim int) Vectors {
	const latent = 384
	r := newRandom(5)
	matrix := func(rows [][]float32) kernel.Matrix {
		m, err := kernel.Of(rows)
		if err != nil {
			b.Fatal(err)
		}
		return m
	}
	topics, rows := randomRows(r, n/50, latent), randomRows(r, n, latent)
	for _, row := range rows {
		topic := topics[r.IntN(len(topics))]
		for k := range row {
			row[k] = (row[k] + topic[k]) * float32(math.Pow(float64(k+1), -.4)) / 6
		}
	}
	mixed := matrix(randomRows(r, n, dim))
	common := randomRows(r, 1, dim)[0]
	for i := range n {
		for k, x := range mixed.Row(i) {
			mixed.Row(i)[k] = .3*x + .6*common[k]
		}
	}
	if err := kernel.AddProducts(mixed, matrix(rows), matrix(randomRows(r, dim, latent))); err != nil {
		b.Fatal(err)
	}
	all := make([][]float32, n)
	for i := range all {
		all[i] = mixed.Row(i)
	}
	v, err := NewVectors(all)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

func BenchmarkPeerNearestOfEach1000x10000x1536(b *testing.B) {
	v, queries := benchmarkVectors(b, 10_000, 1536), benchmarkVectors(b, 1000, 1536)
	measured(b, func() error { return second(NearestOfEach(context.Background(), v, queries, 10)) })
}
