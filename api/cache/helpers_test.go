package cache

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"testing"
)

var (
	scopeA = Scope{BaseURL: "https://api.example.com/v1", Model: "owner/model-a"}
	scopeB = Scope{BaseURL: "https://api.example.com/v1", Model: "owner/model-b", Dimensions: 256, Prefix: "query: "}
)

// openAt opens a cache that must have nothing to say about it.
func openAt(t testing.TB, path string) *Cache {
	t.Helper()
	c, notice := openNoticed(t, path)
	if notice != "" {
		t.Fatalf("opening %s says: %s", path, notice)
	}
	return c
}

// openNoticed opens a cache that is closed at the end of the test.
func openNoticed(t testing.TB, path string) (c *Cache, notice string) {
	t.Helper()
	c, notice, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c, notice
}

// numbered makes n distinct texts.
func numbered(name string, n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("%s %d", name, i)
	}
	return texts
}

// vectorFor is a unit vector that belongs to a text and a length.
func vectorFor(text string, length int) []float32 {
	h := fnv.New64a()
	fmt.Fprint(h, text, length)
	state := h.Sum64() | 1
	vector := make([]float32, length)
	var sum float64
	for i := range vector {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		x := float64(int32(state)) / math.MaxInt32
		vector[i] = float32(x)
		sum += x * x
	}
	for i := range vector {
		vector[i] /= float32(math.Sqrt(sum))
	}
	return vector
}

func vectorsFor(texts []string, length int) [][]float32 {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = vectorFor(text, length)
	}
	return vectors
}

// keep puts vectorsFor(texts, length) into the cache.
func keep(t testing.TB, c *Cache, scope Scope, texts []string, length int) {
	t.Helper()
	if err := c.Put(context.Background(), scope, texts, vectorsFor(texts, length)); err != nil {
		t.Fatalf("keeping %d vectors: %v", len(texts), err)
	}
}

// get gives what the cache has.
func get(t testing.TB, c *Cache, scope Scope, texts []string) [][]float32 {
	t.Helper()
	vectors, err := c.Get(context.Background(), scope, texts)
	if err != nil {
		t.Fatalf("reading %d vectors: %v", len(texts), err)
	}
	return vectors
}

// mustHave checks that the cache has vectorsFor(texts, length).
func mustHave(t testing.TB, c *Cache, scope Scope, texts []string, length int) {
	t.Helper()
	if known := have(t, c, scope, texts, length); known != len(texts) {
		t.Fatalf("%d of %d vectors are there", known, len(texts))
	}
}

// have tells how many of vectorsFor(texts, length) the cache has; none is wrong.
func have(t testing.TB, c *Cache, scope Scope, texts []string, length int) (known int) {
	t.Helper()
	for i, vector := range get(t, c, scope, texts) {
		if vector == nil {
			continue
		}
		if known++; !slices.Equal(vector, vectorFor(texts[i], length)) {
			t.Fatalf("%q has the vector of something else", texts[i])
		}
	}
	return known
}

// countKnown tells of how many texts the cache says that it has their vector.
func countKnown(ctx context.Context, c *Cache, scope Scope, texts []string) (n int, err error) {
	known, err := c.Known(ctx, scope, texts)
	for _, k := range known {
		if k {
			n++
		}
	}
	return n, err
}
