package uselite

import (
	"fmt"
	"os"
	"testing"
)

// committedWeights reads the weights of the repository.
func committedWeights(tb testing.TB) *Weights {
	tb.Helper()
	data, err := os.ReadFile("../../weights/use-lite.pack")
	if err != nil {
		tb.Fatal(err)
	}
	w, err := Unpack(string(data))
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

// committed makes the model of the repository.
func committed(tb testing.TB) *Model {
	tb.Helper()
	m, err := New(committedWeights(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// BenchmarkEncode shows what a sentence of that many pieces costs on one core.
func BenchmarkEncode(b *testing.B) {
	m := committed(b)
	for _, n := range []int{4, 8, 16, 32, 64, 128} {
		ids := make([]int, n)
		for i := range ids {
			ids[i] = special + 17*i
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				encode(b, m, ids)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/piece")
		})
	}
}
