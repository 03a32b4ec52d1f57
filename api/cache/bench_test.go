package cache

import (
	"fmt"
	"path/filepath"
	"testing"
)

// The goals, on the machine this was written on: 10,000 vectors of 1,536
// dimensions load in 0.6 s, 2,048 are kept in 0.25 s.

func BenchmarkGet10000x1536(b *testing.B) {
	c := openAt(b, filepath.Join(b.TempDir(), "vectors.db"))
	texts := numbered("text", 10_000)
	keep(b, c, scopeA, texts, 1536)
	b.ResetTimer()
	for b.Loop() {
		vectors, err := c.Get(b.Context(), scopeA, texts)
		if err != nil || vectors[9_999] == nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKnown10000(b *testing.B) {
	c := openAt(b, filepath.Join(b.TempDir(), "vectors.db"))
	texts := numbered("text", 10_000)
	keep(b, c, scopeA, texts, 16)
	b.ResetTimer()
	for b.Loop() {
		if n, err := countKnown(b.Context(), c, scopeA, texts); err != nil || n != len(texts) {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkPut2048x1536(b *testing.B) {
	c := openAt(b, filepath.Join(b.TempDir(), "vectors.db"))
	n := 0
	for b.Loop() {
		n++
		b.StopTimer()
		texts := numbered(fmt.Sprint("run", n), 2048)
		vectors := vectorsFor(texts, 1536)
		b.StartTimer()
		if err := c.Put(b.Context(), scopeA, texts, vectors); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPutOne(b *testing.B) {
	c := openAt(b, filepath.Join(b.TempDir(), "vectors.db"))
	n := 0
	for b.Loop() {
		n++
		keep(b, c, scopeA, []string{fmt.Sprint(n)}, 1536)
	}
}

func BenchmarkOpenNew(b *testing.B) {
	dir := b.TempDir()
	n := 0
	for b.Loop() {
		n++
		openAt(b, filepath.Join(dir, fmt.Sprint(n), "vectors.db")).Close()
	}
}

func BenchmarkOpenFull(b *testing.B) {
	path := filepath.Join(b.TempDir(), "vectors.db")
	c := openAt(b, path)
	keep(b, c, scopeA, numbered("text", 10_000), 1536)
	c.Close()
	for b.Loop() {
		openAt(b, path).Close()
	}
}

func BenchmarkStats10000(b *testing.B) {
	c := openAt(b, filepath.Join(b.TempDir(), "vectors.db"))
	keep(b, c, scopeA, numbered("text", 10_000), 1536)
	for b.Loop() {
		if s, err := c.Stats(b.Context()); err != nil || s.Entries != 10_000 {
			b.Fatal(s, err)
		}
	}
}
