package compare

import (
	"context"
	"fmt"
	"testing"
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
	for b.Loop() {
		if _, err := Similarities(context.Background(), v, nil); err != nil {
			b.Fatal(err)
		}
	}
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
	for b.Loop() {
		if _, err := ScanPairs(context.Background(), v, options, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTruncations2048x3072(b *testing.B) {
	v := benchmarkVectors(b, 2048, 3072)
	for b.Loop() {
		if _, err := TruncatedSimilarities(context.Background(), v, []int{256, 512, 1024, 1536, 3072}); err != nil {
			b.Fatal(err)
		}
	}
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

func benchmarkDuplicates(b *testing.B, n, dim int) {
	benchmarkScan(b, benchmarkVectors(b, n, dim), ScanOptions{Floor: 0.9})
}

func BenchmarkPeerTruncations2048x3072(b *testing.B) { BenchmarkTruncations2048x3072(b) }

func BenchmarkPeerOnePass2048x3072(b *testing.B) {
	v := benchmarkVectors(b, 2048, 3072)
	for b.Loop() {
		if _, err := Similarities(context.Background(), v, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPeerNearest10000x1536(b *testing.B) { benchmarkNearest(b, 10_000, 1536) }

func BenchmarkPeerNearest100000x1536(b *testing.B) { benchmarkNearest(b, 100_000, 1536) }

func benchmarkNearest(b *testing.B, n, dim int) {
	v := benchmarkVectors(b, n, dim)
	query := v.Row(n / 2)
	for b.Loop() {
		if _, err := Nearest(context.Background(), v, query, 10); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPeerNearestOfEach1000x10000x1536(b *testing.B) {
	v, queries := benchmarkVectors(b, 10_000, 1536), benchmarkVectors(b, 1000, 1536)
	for b.Loop() {
		if _, err := NearestOfEach(context.Background(), v, queries, 10); err != nil {
			b.Fatal(err)
		}
	}
}
