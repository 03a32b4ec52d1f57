package evaluate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// allPairs are those of texts by whether they are of one group, in the order of the
// texts.
func allPairs(groups []int) (pairs [2][][2]int32) {
	for i := range groups {
		for j := i + 1; j < len(groups); j++ {
			kind := 1
			if groups[i] == groups[j] {
				kind = 0
			}
			pairs[kind] = append(pairs[kind], [2]int32{int32(i), int32(j)})
		}
	}
	return pairs
}

func (p *points) pairs() (pairs [][2]int32) {
	for k := range p.a {
		pairs = append(pairs, [2]int32{p.a[k], p.b[k]})
	}
	return pairs
}

func TestPointsOfFewTextsAreAllPairsInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := append(rapid.SliceOfN(rapid.IntRange(0, 6), 0, 60).Draw(t, "groups"), 0, 0, 1)
		l, err := NewGroups(groups)
		if err != nil {
			t.Fatal(err)
		}
		want, p := allPairs(groups), l.points()
		if !slices.Equal(p.pairs(), slices.Concat(want[0], want[1])) || p.positive != len(want[0]) || !p.complete() {
			t.Errorf("%v of %v", p, groups)
		}
	})
}

func TestPointsOfManyTextsAreDrawnEvenlyFromBothKinds(t *testing.T) {
	const n = 900
	r := rand.New(rand.NewPCG(5, 5))
	groups := make([]int, n)
	for i := range groups {
		groups[i] = r.IntN(4) * r.IntN(2)
	}
	all := allPairs(groups)
	p := must[*Labels](t)(NewGroups(groups)).points()
	drawn := p.pairs()
	if p.positive != maxPoints/2 || len(drawn) != maxPoints {
		t.Fatalf("%d of %d points are positive", p.positive, len(drawn))
	}
	for kind, pairs := range [2][][2]int32{drawn[:p.positive], drawn[p.positive:]} {
		var texts [n]float64
		for k, pair := range pairs {
			if (groups[pair[0]] == groups[pair[1]]) != (kind == 0) || k > 0 && pair == pairs[k-1] {
				t.Fatalf("%v is there twice or of the other kind", pair)
			}
			texts[pair[0]]++
			texts[pair[1]]++
		}
		if got := p.weight[kind] * float64(len(pairs)); !near(got, float64(len(all[kind])), 1e-6) {
			t.Errorf("the points stand for %v pairs of %d", got, len(all[kind]))
		}
		for _, pair := range all[kind] {
			texts[pair[0]] -= 1 / p.weight[kind]
			texts[pair[1]] -= 1 / p.weight[kind]
		}
		for text, over := range texts {
			if over > 90 || over < -90 {
				t.Errorf("text %d is in %v pairs more than it should be", text, over)
			}
		}
	}
	if again := must[*Labels](t)(NewGroups(groups)).points(); !slices.Equal(again.pairs(), drawn) {
		t.Error("the same texts have other points")
	}
}

func TestUpToSoManyPairsAllAreLookedAt(t *testing.T) {
	for n, complete := range map[int]bool{362: true, 363: false} { // 65,341 and 65,703 pairs
		p := must[*Labels](t)(NewGroups(append(make([]int, n-1), 1))).points()
		if p.complete() != complete || complete && len(p.a) != n*(n-1)/2 {
			t.Errorf("of %d texts %d points, all: %v", n, len(p.a), p.complete())
		}
	}
}

// Labels are made on the way to the screen: of 100,000 texts there are 5 thousand
// million pairs.
func TestLabelsOfManyTextsAreMadeWithoutLookingAtTheirPairs(t *testing.T) {
	groups := make([]int, 100_000)
	for i := range groups {
		groups[i] = i / 3 % 20_000
	}
	for name, of := range map[string][]int{"small groups": groups, "one large group": append(make([]int, 99_999), 1)} {
		p := must[*Labels](t)(NewGroups(of)).points()
		if len(p.a) > maxPoints || p.positive != maxPoints/2 {
			t.Errorf("%s: %d of %d points are positive", name, p.positive, len(p.a))
		}
	}
}
