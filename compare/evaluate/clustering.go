package evaluate

import (
	"math"
	"slices"
)

// Clustering is how well a clustering agrees with groups. V rises with the number of
// clusters, so ARI and AMI, which chance does not raise, say more.
type Clustering struct {
	ARI          float64 // adjusted Rand index
	AMI          float64 // adjusted mutual information, by the arithmetic mean of entropies
	Homogeneity  float64 // 1 when every cluster is of one group
	Completeness float64 // 1 when every group is in one cluster
	V            float64 // their harmonic mean
}

// CompareClustering measures a clustering of texts against their groups. Both are
// numbered in any way, -1 for a text that takes no part. The errors are *[Error]:
// WrongCount, NoLabels.
func CompareClustering(groups, clusters []int) (Clustering, error) {
	if len(groups) != len(clusters) {
		return Clustering{}, &Error{Problem: WrongCount, Item: len(clusters), Text: NoText}
	}
	t := newContingency(groups, clusters)
	if t.n == 0 {
		return Clustering{}, &Error{Problem: NoLabels, Item: -1, Text: NoText}
	}
	c := Clustering{ARI: t.adjustedRand(), Homogeneity: 1, Completeness: 1}
	ofGroups, ofClusters, mutual := entropy(t.groups, t.n), entropy(t.clusters, t.n), t.mutual()
	if ofGroups > 0 {
		c.Homogeneity = mutual / ofGroups
	}
	if ofClusters > 0 {
		c.Completeness = mutual / ofClusters
	}
	if both := c.Homogeneity + c.Completeness; both > 0 {
		c.V = 2 * c.Homogeneity * c.Completeness / both
	}
	c.AMI = t.adjustedMutual(mutual, (ofGroups+ofClusters)/2)
	return c, nil
}

// contingency counts texts by group and cluster.
type contingency struct {
	n                int
	groups, clusters []int
	cells            map[[2]int]int
}

func newContingency(groups, clusters []int) contingency {
	t := contingency{cells: map[[2]int]int{}}
	groupPlace, clusterPlace := map[int]int{}, map[int]int{}
	for i, g := range groups {
		if c := clusters[i]; g >= 0 && c >= 0 {
			row, column := count(&t.groups, groupPlace, g), count(&t.clusters, clusterPlace, c)
			t.cells[[2]int{row, column}]++
			t.n++
		}
	}
	return t
}

// count adds one to the count of a key, which gets the next place when it is new.
func count(counts *[]int, places map[int]int, key int) int {
	place, known := places[key]
	if !known {
		place = len(*counts)
		places[key] = place
		*counts = append(*counts, 0)
	}
	(*counts)[place]++
	return place
}

func pairsOf(n int) float64 { return float64(n) * float64(n-1) / 2 }

func (t contingency) adjustedRand() float64 {
	var together, inGroups, inClusters float64
	for _, n := range t.cells {
		together += pairsOf(n)
	}
	for _, n := range t.groups {
		inGroups += pairsOf(n)
	}
	for _, n := range t.clusters {
		inClusters += pairsOf(n)
	}
	most := (inGroups + inClusters) / 2
	if inGroups == inClusters && together == inGroups {
		return 1
	}
	expected := inGroups * inClusters / pairsOf(t.n)
	return (together - expected) / (most - expected)
}

func entropy(counts []int, n int) float64 {
	var h float64
	for _, c := range counts {
		p := float64(c) / float64(n)
		h -= p * math.Log(p)
	}
	return h
}

// mutual is the mutual information in nats. Cells are taken in order, so that the sum
// is always the same.
func (t contingency) mutual() float64 {
	var terms []float64
	for cell, c := range t.cells {
		p := float64(c) / float64(t.n)
		terms = append(terms, p*math.Log(p*float64(t.n)*float64(t.n)/float64(t.groups[cell[0]]*t.clusters[cell[1]])))
	}
	slices.Sort(terms)
	return max(0, sum(terms))
}

// adjustedMutual takes off what chance gives, and scales to the mean of the entropies.
func (t contingency) adjustedMutual(mutual, mean float64) float64 {
	if len(t.groups) == len(t.clusters) && (len(t.groups) == 1 || len(t.groups) == t.n) {
		return 1
	}
	expected := t.expectedMutual()
	below := mean - expected
	if math.Abs(below) < 1e-15 {
		below = math.Copysign(1e-15, below)
	}
	return (mutual - expected) / below
}

// expectedMutual is the mean over all clusterings with clusters of the same sizes
// (Vinh, Epps and Bailey 2010).
func (t contingency) expectedMutual() float64 {
	factorial := func(k int) float64 {
		f, _ := math.Lgamma(float64(k) + 1)
		return f
	}
	n := t.n
	var expected float64
	for _, a := range t.groups {
		for _, b := range t.clusters {
			fixed := factorial(a) + factorial(b) + factorial(n-a) + factorial(n-b) - factorial(n)
			for k := max(1, a+b-n); k <= min(a, b); k++ {
				chance := math.Exp(fixed - factorial(k) - factorial(a-k) - factorial(b-k) - factorial(n-a-b+k))
				expected += chance * float64(k) / float64(n) * math.Log(float64(n)*float64(k)/(float64(a)*float64(b)))
			}
		}
	}
	return expected
}
