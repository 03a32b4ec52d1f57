package search

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Overlap is the share of the first k hits that two lists have in common, from 0 to 1:
// |A ∩ B|/k. Where both are shorter than k, k is the length of the longer one. NaN when
// both are empty or k is below 1.
func Overlap(k int, a, b []Hit) float64 {
	a, b = first(k, a), first(k, b)
	if len(a)+len(b) == 0 {
		return math.NaN()
	}
	in := map[int]bool{}
	for _, h := range a {
		in[h.Index] = true
	}
	shared := 0
	for _, h := range b {
		if in[h.Index] {
			shared++
		}
	}
	return float64(shared) / float64(max(len(a), len(b)))
}

func first(k int, hits []Hit) []Hit { return hits[:min(len(hits), max(0, k))] }

// Rank is the rank of a text among hits, from 1; 0 when it is not among them.
func Rank(hits []Hit, text int) int {
	return slices.IndexFunc(hits, func(h Hit) bool { return h.Index == text }) + 1
}

// Line is a text that some lists have among their first hits.
type Line struct {
	Text int
	// Ranks has its rank in every list, from 1; 0 where it is not among the first k.
	Ranks []int
}

// Alone is the list that alone finds the text; -1 when several do, or there is but one
// list.
func (l Line) Alone() int {
	alone := -1
	for list, rank := range l.Ranks {
		switch {
		case rank == 0:
		case alone >= 0:
			return -1
		default:
			alone = list
		}
	}
	if len(l.Ranks) < 2 {
		return -1
	}
	return alone
}

// Change is by how many ranks the text comes earlier in list b than in list a: negative
// when it comes later. ok is false when one of them does not find it.
func (l Line) Change(a, b int) (ranks int, ok bool) {
	if l.Ranks[a] == 0 || l.Ranks[b] == 0 {
		return 0, false
	}
	return l.Ranks[a] - l.Ranks[b], true
}

// best is the least rank in any list.
func (l Line) best() int {
	best := math.MaxInt
	for _, rank := range l.Ranks {
		if rank > 0 {
			best = min(best, rank)
		}
	}
	return best
}

// Align gives every text that is among the first k hits of any list with its ranks: those
// with the best rank in any list first, of equal ones those that more lists find, then
// in the order of the texts.
func Align(k int, lists ...[]Hit) []Line {
	at := map[int]int{}
	var lines []Line
	for list, hits := range lists {
		for i, h := range first(k, hits) {
			place, known := at[h.Index]
			if !known {
				place = len(lines)
				at[h.Index] = place
				lines = append(lines, Line{Text: h.Index, Ranks: make([]int, len(lists))})
			}
			lines[place].Ranks[list] = i + 1
		}
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.best(), b.best()), cmp.Compare(b.finders(), a.finders()), cmp.Compare(a.Text, b.Text))
	})
	return lines
}

// finders is how many lists find the text.
func (l Line) finders() int {
	n := 0
	for _, rank := range l.Ranks {
		if rank > 0 {
			n++
		}
	}
	return n
}

// Pool gives the texts that are among the first k hits of any list, each once, in an
// order that tells nothing of who found them or how early: drawn by the seed, the same
// for the same texts whatever the order of the lists.
func Pool(seed uint64, k int, lists ...[]Hit) []int {
	var pool []int
	for _, hits := range lists {
		for _, h := range first(k, hits) {
			pool = append(pool, h.Index)
		}
	}
	slices.Sort(pool)
	pool = slices.Compact(pool)
	rand.New(rand.NewPCG(seed, uint64(len(pool)))).Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	return pool
}
