package compare

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/vecscope/vecscope/compare/kernel"
)

// coarseNearest is Nearest in a copy, as if there were enough texts for one and memory for
// its blocks.
func coarseNearest(t *testing.T, v Vectors, copied *copied, query []float32, k int) ([]Hit, *coarseSearch) {
	t.Helper()
	q, err := v.unitQuery(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	s := newNearestSearch(&v, &q, k)
	if err := s.in(copied); err != nil {
		t.Fatal(err)
	}
	hits, err := s.hits(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return hits, s.coarse
}

// rowsInHalves are rows whose first value is so large that six bits tell nothing of the
// others, which decide.
func rowsInHalves(n, dim int) [][]float32 {
	rows := randomRows(newRandom(92), n, dim)
	for _, row := range rows {
		row[0] = 500
	}
	return rows
}

// steps are rows that come nearer to the first by less than float32 tells.
func steps(n, dim int) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = make([]float32, dim)
		rows[i][0], rows[i][1] = 1, float32(n-i)*1e-7
	}
	return rows
}

func TestNearestByACoarseCopyAreTheSame(t *testing.T) {
	random := newRandom(91)
	for name, rows := range map[string][][]float32{
		"random":    randomRows(random, 3000, 96),
		"mixed":     mixedRows(random, 3000, 96),
		"clustered": clustered(3000, 40, 9),
		"copies":    slices.Repeat(mixedRows(random, 30, 40), 100),
		"equal":     slices.Repeat([][]float32{{3, 4}}, 2900),
		"one large": append(randomRows(random, 2500, 64), append(make([]float32, 63), 1)),
		"in halves": rowsInHalves(3000, 50),
		"steps":     steps(3000, 33),
		"one block": randomRows(random, 100, 16),
	} {
		v := mustVectors(t, rows)
		queries := append(randomRows(newRandom(93), 2, v.Dim()), v.Row(0), v.Row(len(rows)-1))
		for i := range v.Dim() {
			queries[0][i] = float32(int(queries[0][i])) // many equal products
		}
		queries[0][0] = 1
		blocks := (v.Present() + cancelEvery - 1) / cancelEvery
		for _, places := range []int{1, (blocks + 1) / 2, blocks} {
			copied := newCopiedOf(v.Present(), v.Dim(), places)
			for _, k := range []int{1, 10, 300} {
				for _, query := range queries {
					all, err := Search(t.Context(), v, query)
					if err != nil {
						t.Fatal(err)
					}
					hits, _ := coarseNearest(t, v, copied, query, k)
					if want := all[:min(k, len(all))]; !slices.Equal(hits, want) {
						t.Errorf("%s, %d of %d blocks: the nearest %d are not the first hits", name, places, blocks, k)
					}
				}
			}
			for at := range copied.state {
				if copied.state[at].Load() != made {
					t.Errorf("%s: place %d of %d is not made after twelve searches", name, at, places)
				}
			}
		}
	}
}

func TestACoarseCopyIsMadeInTheFirstSearch(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(94), 20*cancelEvery, 64))
	copied := newCopiedOf(v.Present(), v.Dim(), 15)
	_, s := coarseNearest(t, v, copied, v.Row(0), 5)
	for at := range copied.state {
		if copied.state[at].Load() != made {
			t.Errorf("place %d is not made", at)
		}
	}
	if s.useless() || s.looked.Load() != 15 {
		t.Errorf("%d blocks were looked at in the copy", s.looked.Load())
	}
	taken := map[int]bool{}
	for block := range copied.blocks {
		if at, ok := copied.place(block); ok {
			taken[at] = true
		}
	}
	if len(taken) != 15 {
		t.Errorf("%d places have a block", len(taken))
	}
}

func TestACoarseCopyIsGivenUpWhereItTellsNothing(t *testing.T) {
	v := mustVectors(t, rowsInHalves(20*cancelEvery, 20))
	copied := newCopiedOf(v.Present(), v.Dim(), 20)
	var last *coarseSearch
	for range 10 {
		_, last = coarseNearest(t, v, copied, v.Row(3), 5)
	}
	if !last.useless() {
		t.Errorf("%d of %d blocks had to be looked at again", last.crowded.Load(), last.looked.Load())
	}
}

func TestACoarseCopyTakesAFifthOfTheVectorsAndSomeMegabytesAtMost(t *testing.T) {
	for _, dim := range []int{64, 384, 512, 1024, 1536, 3072} {
		n := 100_000
		copied := newCopied(n, dim)
		if size, all := copied.places*cancelEvery*kernel.CompactBytes(dim), n*dim*4; size > min(all/5, 80<<20) || dim >= 384 && size < min(all/6, 79<<20) {
			t.Errorf("%d dimensions: %d bytes for %d", dim, size, all)
		}
	}
	if newCopied(100_000, 1<<17) != nil {
		t.Error("rows that are too long have a copy")
	}
}

func TestACoarseCopyLivesWhileSearchesGoOn(t *testing.T) {
	n := coarseFrom / 1024
	v := mustVectors(t, randomRows(newRandom(95), n, 1024))
	if !kernel.PrefersInt8() {
		if v.in().coarse.copy(&v, 10) != nil {
			t.Error("a copy where float32 is as fast")
		}
		return
	}
	first := v.in().coarse.copy(&v, 10)
	if first == nil || v.in().coarse.copy(&v, 10) != first {
		t.Fatal("a second search has another copy than the first, or there is none")
	}
	if v.in().coarse.copy(&v, n/4) != nil {
		t.Error("a quarter of all texts are looked for in int8")
	}
	v.in().coarse.drop()
	if again := v.in().coarse.copy(&v, 10); again == nil || again == first {
		t.Error("what was dropped is there, or nothing in its place")
	}
	v.in().coarse.giveUp(10)
	if v.in().coarse.copy(&v, 10) != nil {
		t.Error("a copy that was given up")
	}
	v.in().coarse.drop()
	if v.in().coarse.copy(&v, 10) == nil {
		t.Error("no copy a while after it was given up")
	}
	if !v.in().coarse.forget.Stop() {
		t.Error("nothing will drop the copy")
	}
	small := mustVectors(t, randomRows(newRandom(96), n, 100))
	if small.in().coarse.copy(&small, 10) != nil || (Vectors{}).in().coarse.copy(&small, 1) != nil {
		t.Error("few texts have a copy")
	}
}

func TestNearestOfLargeVectorsAtOnce(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(97), 12_000, 400))
	t.Cleanup(func() {
		if v.in().coarse.forget != nil {
			v.in().coarse.forget.Stop()
		}
	})
	var group sync.WaitGroup
	for g := range 3 {
		group.Go(func() {
			for round := range 6 {
				query := v.row(100*g + round)
				all, err := Search(context.Background(), v, query)
				hits, err2 := Nearest(context.Background(), v, query, 10)
				if err != nil || err2 != nil || !slices.Equal(hits, all[:10]) || math.Abs(hits[0].Similarity-1) > 1e-12 {
					t.Errorf("search %d of %d: %v, %v, %v", round, g, hits, err, err2)
				}
			}
		})
	}
	group.Wait()
}

func TestSearchesThatACopyDoesNotHelpGoOnWithoutIt(t *testing.T) {
	if !kernel.PrefersInt8() {
		return // there is none
	}
	v := mustVectors(t, rowsInHalves(coarseFrom/512, 512))
	for range 3 {
		if _, err := Nearest(t.Context(), v, v.Row(3), 5); err != nil {
			t.Fatal(err)
		}
	}
	if !v.in().coarse.forget.Stop() || v.in().coarse.useless == 0 || v.in().coarse.copied != nil {
		t.Error("a copy is kept that tells nothing")
	}
}
