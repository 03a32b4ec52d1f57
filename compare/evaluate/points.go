package evaluate

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sort"
)

// maxPoints is how many pairs of texts a resample looks at. Up to 362 texts these are
// all there are; of more, some are drawn to stand for all.
const maxPoints = 1 << 16

// points are pairs of grouped texts, by their items.
type points struct {
	a, b     []int32
	positive int        // how many are of one group; these come first
	weight   [2]float64 // how many pairs each of the positive and of the others stands for
}

// newPoints returns the pairs of texts whose groups are given, by the texts of each
// group. It takes as long as there are points and texts, however many pairs these make.
func newPoints(byGroup [][]int) *points {
	l := newPairNumbers(byGroup)
	room := [2]int{maxPoints / 2, maxPoints / 2}
	if n := len(l.items); n*(n-1)/2 <= maxPoints {
		room = [2]int{maxPoints, maxPoints}
	}
	random := rand.New(rand.NewPCG(1, uint64(len(l.items))))
	p := &points{}
	for kind, pair := range []func(k int) [2]int32{l.within, l.between} {
		before := l.before[kind]
		all := before[len(before)-1]
		pairs := make([][2]int32, 0, min(all, room[kind]))
		for _, k := range someOf(random, all, room[kind]) {
			pairs = append(pairs, pair(k))
		}
		slices.SortFunc(pairs, func(x, y [2]int32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
		p.weight[kind] = float64(all) / float64(max(1, len(pairs)))
		for _, pair := range pairs {
			p.a, p.b = append(p.a, pair[0]), append(p.b, pair[1])
		}
		if kind == 0 {
			p.positive = len(pairs)
		}
	}
	return p
}

// someOf are different numbers under all, at the most so many; where there are no more,
// all of them.
func someOf(random *rand.Rand, all, most int) []int {
	if all <= most {
		return ascending(all)
	}
	// Robert Floyd's way: every choice is as likely as any other.
	drawn := make(map[int]bool, most)
	numbers := make([]int, 0, most)
	for last := all - most; last < all; last++ {
		k := random.IntN(last + 1)
		if drawn[k] {
			k = last
		}
		drawn[k] = true
		numbers = append(numbers, k)
	}
	return numbers
}

// pairNumbers give every pair of grouped texts a number, from 0: those of one group by
// themselves, and those of two.
type pairNumbers struct {
	items  []int    // group by group
	starts []int    // of every group where its items begin, and their number
	before [2][]int // of every group how many pairs of either kind come before it, and their number
}

func newPairNumbers(byGroup [][]int) *pairNumbers {
	l := &pairNumbers{items: slices.Concat(byGroup...), starts: []int{0}, before: [2][]int{{0}, {0}}}
	for g, items := range byGroup {
		n, end := len(items), l.starts[g]+len(items)
		l.starts = append(l.starts, end)
		l.before[0] = append(l.before[0], l.before[0][g]+n*(n-1)/2)
		l.before[1] = append(l.before[1], l.before[1][g]+n*(len(l.items)-end))
	}
	return l
}

// at returns the group that a pair of a kind is counted with, and its number there.
func (l *pairNumbers) at(kind, k int) (group, number int) {
	before := l.before[kind]
	group = sort.Search(len(before), func(g int) bool { return before[g] > k }) - 1
	return group, k - before[group]
}

// within is the k-th pair of one group: of its second item all first ones come before
// those of the next.
func (l *pairNumbers) within(k int) [2]int32 {
	group, k := l.at(0, k)
	second := sort.Search(l.starts[group+1]-l.starts[group], func(i int) bool { return i*(i+1)/2 > k })
	return l.pair(l.starts[group]+k-second*(second-1)/2, l.starts[group]+second)
}

// between is the k-th pair of two groups: an item and one of a later group.
func (l *pairNumbers) between(k int) [2]int32 {
	group, k := l.at(1, k)
	end := l.starts[group+1]
	later := len(l.items) - end
	return l.pair(l.starts[group]+k/later, end+k%later)
}

// pair is of the items at two places, the lower first.
func (l *pairNumbers) pair(x, y int) [2]int32 {
	a, b := int32(l.items[x]), int32(l.items[y])
	return [2]int32{min(a, b), max(a, b)}
}

// stands is how many pairs of texts a point stands for.
func (p *points) stands(k int) float64 {
	if k < p.positive {
		return p.weight[0]
	}
	return p.weight[1]
}

// complete reports whether the points are all pairs.
func (p *points) complete() bool { return p.weight == [2]float64{1, 1} }
