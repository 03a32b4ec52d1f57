package compare

import (
	"cmp"
	"context"
	"slices"
)

// Cluster is texts that pairs link, directly or through others. Chains drift: its ends
// may be less similar than any of its pairs.
type Cluster struct {
	Texts          []int   // two or more, ascending
	Representative int     // the text that is most similar to all the others together
	Pairs          int     // how many of the given pairs are inside
	Weakest        float64 // the least similarity that holds it together: over it, it falls apart
	Drift          float64 // the least similarity of the representative with another of its texts
	Least          float64 // the least similarity of any two of its texts
	Apart          [2]int  // the two texts of that similarity, ascending
	// AtMost tells that not all its pairs were looked at, being too many: the least
	// similarity is Least or lower.
	AtMost bool
}

// Clusters returns the texts that pairs link, the largest cluster first, then by their
// first text. Pairs come from a scan of v, the most similar first, as [Scan.Over] gives
// them. The error is that of ctx.
func Clusters(ctx context.Context, v Vectors, pairs []Pair) ([]Cluster, error) {
	parent := map[int32]int32{}
	find := func(text int32) int32 {
		if _, known := parent[text]; !known {
			parent[text] = text
		}
		for parent[text] != text {
			parent[text] = parent[parent[text]]
			text = parent[text]
		}
		return text
	}
	weakest := map[int32]float64{}
	for _, p := range pairs {
		a, b := find(p.A), find(p.B)
		if a != b {
			// The best links come first, so the last one that joins is the weakest.
			parent[b] = a
			weakest[a] = p.Similarity
		}
	}
	byRoot := map[int32]*Cluster{}
	for text := range parent {
		root := find(text)
		if byRoot[root] == nil {
			byRoot[root] = &Cluster{Weakest: weakest[root]}
		}
		byRoot[root].Texts = append(byRoot[root].Texts, int(text))
	}
	for _, p := range pairs {
		byRoot[find(p.A)].Pairs++
	}
	clusters := make([]Cluster, 0, len(byRoot))
	for _, c := range byRoot {
		slices.Sort(c.Texts)
		c.represent(v)
		if err := c.measure(ctx, v); err != nil {
			return nil, err
		}
		clusters = append(clusters, *c)
	}
	slices.SortFunc(clusters, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(len(b.Texts), len(a.Texts)), cmp.Compare(a.Texts[0], b.Texts[0]))
	})
	return clusters, nil
}

// represent finds the text most similar to all others: for unit rows it is the one
// nearest to their sum.
func (c *Cluster) represent(v Vectors) {
	total := make([]float64, v.Dim())
	for _, text := range c.Texts {
		for k, x := range v.Row(text) {
			total[k] += float64(x)
		}
	}
	best := 0.0
	for i, text := range c.Texts {
		var s float64
		for k, x := range v.Row(text) {
			s += float64(x) * total[k]
		}
		// Of texts that are the same but for rounding the first one stands.
		if i == 0 || s > best+equalWithin {
			best, c.Representative = s, text
		}
	}
	c.Drift = 1
	for _, text := range c.Texts {
		c.Drift = min(c.Drift, v.Similarity(c.Representative, text))
	}
}

const (
	// mostMeasured is up to how many texts every pair of a cluster is looked at: in one
	// of more the pairs grow into minutes.
	mostMeasured = 500
	// farthestSteps is how often the text farthest from the last is gone to in a larger
	// one.
	farthestSteps = 8
)

// measure finds the least similar two texts of a cluster: among all pairs, or, where it
// is large, by going from its representative to the farthest text, from there to the
// farthest, and so on.
func (c *Cluster) measure(ctx context.Context, v Vectors) error {
	least := float32(2)
	look := func(from int, others []int) (farthest int) {
		nearest := float32(2)
		for _, other := range others {
			s := dot(v.Row(from), v.Row(other))
			if other != from && s < nearest {
				nearest, farthest = s, other
			}
		}
		if nearest < least {
			least, c.Apart = nearest, [2]int{min(from, farthest), max(from, farthest)}
		}
		return farthest
	}
	if c.AtMost = len(c.Texts) > mostMeasured; c.AtMost {
		from := c.Representative
		for range farthestSteps {
			if err := ctx.Err(); err != nil {
				return err
			}
			from = look(from, c.Texts)
		}
	} else {
		for i, text := range c.Texts[:len(c.Texts)-1] {
			if err := ctx.Err(); err != nil {
				return err
			}
			look(text, c.Texts[i+1:])
		}
	}
	// What decides is summed in float64, and no pair is less similar than the least one.
	c.Least = min(v.Similarity(c.Apart[0], c.Apart[1]), c.Weakest, c.Drift)
	return nil
}

// Drifts tells that two texts of a cluster are less similar than the threshold that
// linked it.
func (c Cluster) Drifts(threshold float64) bool { return c.Least < threshold }

// KeepOne returns the text of a cluster to keep, its representative, and those to drop.
func (c Cluster) KeepOne() (keep int, drop []int) {
	return c.Representative, slices.DeleteFunc(slices.Clone(c.Texts), func(text int) bool { return text == c.Representative })
}
