package report

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// Clusters are duplicates that hang together, directly or through others, under each
// candidate.
type Clusters struct {
	Comparison
	Threshold float64
	// Own holds a threshold of its own for every result, in order, which then counts
	// instead; nil when all share Threshold.
	Own []float64
	// KeepOne names of every cluster the text to keep and those to drop.
	KeepOne bool
	// Found holds the clusters of every result, in order.
	Found [][]compare.Cluster
}

// threshold is the one in force for the k-th result.
func (c Clusters) threshold(k int) float64 {
	if c.Own != nil {
		return c.Own[k]
	}
	return c.Threshold
}

// FindClusters links the pairs at or over the threshold, or over those of its own that
// every result has, in order. The error is ErrTooManyPairs when not every pair was kept by
// the results' scans, and that of ctx.
func FindClusters(ctx context.Context, c Comparison, threshold float64, keepOne bool, own ...float64) (Clusters, error) {
	out := Clusters{Comparison: c, Threshold: threshold, Own: own, KeepOne: keepOne}
	var incomplete error
	for k, r := range c.Results {
		threshold := out.threshold(k)
		found, err := compare.Clusters(ctx, r.Vectors, r.Scan.Over(threshold))
		if err != nil {
			return out, fmt.Errorf("linking pairs under %s: %w", r.Candidate.ID(), err)
		}
		out.Found = append(out.Found, found)
		if !r.Scan.Complete(threshold) {
			incomplete = ErrTooManyPairs
		}
	}
	return out, incomplete
}

// drifts is the warning that stands with every list of clusters.
const drifts = "Chains drift: two texts of a cluster may be less alike than any pair that links them. " +
	"The least similarity to the text that stands for it is given as drift."

// LeastSimilarity is that of two texts of a cluster, "≤" where not all were compared.
func LeastSimilarity(x compare.Cluster) string {
	if x.AtMost {
		return "≤" + format.Similarity(x.Least, 3)
	}
	return format.Similarity(x.Least, 3)
}

// leastText names the least similar two texts of a cluster where they lie under the
// threshold.
func leastText(x compare.Cluster, threshold float64, ids []string) string {
	if !x.Drifts(threshold) {
		return ""
	}
	return fmt.Sprintf(", texts %s and %s only %s alike, under the threshold", ids[x.Apart[0]], ids[x.Apart[1]], LeastSimilarity(x))
}

// ClustersText writes the clusters of each candidate for people.
func ClustersText(w io.Writer, c Clusters) error {
	doc := c.document()
	return doc.writeText(w)
}

// ClustersMarkdown writes the same as ClustersText in Markdown.
func ClustersMarkdown(w io.Writer, c Clusters) error {
	doc := c.document()
	return doc.writeMarkdown(w)
}

func (c Clusters) document() *document {
	var doc document
	ids := textIDs(c.Texts)
	for k, r := range c.Results {
		doc.heading("%s: %s at %s or more", term.Written(r.Candidate.ID()), format.PlainCount(len(c.Found[k]), "cluster"), format.Plain(c.threshold(k)))
		dropped := 0
		for i, x := range c.Found[k] {
			doc.line("%d. %s, weakest link %s, drift %s%s", i+1, format.PlainCount(len(x.Texts), "text"), format.Similarity(x.Weakest, 3), format.Similarity(x.Drift, 3),
				term.Written(leastText(x, c.threshold(k), ids)))
			for _, row := range c.rows(k, i) {
				doc.line("   %s %s: %s", term.PadRight(row.word, 14), term.Written(ids[row.text]), excerpt(c.Texts[row.text].Text))
			}
			dropped += len(x.Texts) - 1
		}
		if c.KeepOne && dropped > 0 {
			doc.line("%d of %s would be dropped.", dropped, format.PlainCount(len(c.Texts), "text"))
		}
	}
	doc.line("%s", drifts)
	doc.problems(c.Comparison)
	return &doc
}

// clusterRow is one text of a cluster.
type clusterRow struct {
	result, cluster, text int
	word                  string // what becomes of it
	similarity            float64
}

// rows are the texts of a cluster, the one that stands for it first.
func (c Clusters) rows(result, cluster int) []clusterRow {
	x := c.Found[result][cluster]
	keep, drop := x.KeepOne()
	words := [2]string{"stands for it", "member"}
	if c.KeepOne {
		words = [2]string{"keep", "drop"}
	}
	rows := []clusterRow{{result, cluster, keep, words[0], 1}}
	for _, text := range drop {
		rows = append(rows, clusterRow{result, cluster, text, words[1], c.Results[result].Vectors.Similarity(keep, text)})
	}
	return rows
}

// ClustersTSV writes a line for each text of a cluster.
func ClustersTSV(w io.Writer, c Clusters) error { return newTSV(w).Clusters(c) }

// Clusters writes a row for each text of a cluster.
func (s *Sheet) Clusters(c Clusters) error {
	ids := textIDs(c.Texts)
	var rows []clusterRow
	for k := range c.Found {
		for i := range c.Found[k] {
			rows = append(rows, c.rows(k, i)...)
		}
	}
	return columns[clusterRow]{
		{key: "candidate", value: func(r clusterRow) any { return c.Results[r.result].Candidate.ID() }},
		{key: "cluster", value: func(r clusterRow) any { return r.cluster + 1 }},
		{key: "action", value: func(r clusterRow) any { return strings.ReplaceAll(r.word, "stands for it", "representative") }},
		{key: "id", value: func(r clusterRow) any { return ids[r.text] }},
		{key: "similarity", value: func(r clusterRow) any { return finite(roundNear(r.similarity, c.threshold(r.result), 6)) }},
		{key: "text", value: func(r clusterRow) any { return c.Texts[r.text].Text }},
	}.fill(s, rows)
}

// ClustersJSON writes {"threshold","clusters":[{"candidate","representative","texts",
// "pairs","weakest","drift","least"}]}, with "keep" and "drop" in each cluster where one is to
// be kept; where each candidate has a threshold of its own, these stand in "thresholds".
func ClustersJSON(w io.Writer, c Clusters) error {
	type cluster struct {
		Candidate      string   `json:"candidate"`
		Representative string   `json:"representative"`
		Texts          []string `json:"texts"`
		Pairs          int      `json:"pairs"`
		Weakest        *float64 `json:"weakest"`
		Drift          *float64 `json:"drift"`
		Least          *float64 `json:"least"`
		Keep           string   `json:"keep,omitempty"`
		Drop           []string `json:"drop,omitempty"`
	}
	ids := textIDs(c.Texts)
	var all []cluster
	for k, found := range c.Found {
		near := func(similarity float64) *float64 { return finite(roundNear(similarity, c.threshold(k), 6)) }
		for _, x := range found {
			out := cluster{
				Candidate: c.Results[k].Candidate.ID(), Representative: ids[x.Representative], Texts: idsAt(x.Texts, ids),
				Pairs: x.Pairs, Weakest: near(x.Weakest), Drift: near(x.Drift), Least: near(x.Least),
			}
			if c.KeepOne {
				keep, drop := x.KeepOne()
				out.Keep, out.Drop = ids[keep], idsAt(drop, ids)
			}
			all = append(all, out)
		}
	}
	j := newJSON(w)
	j.raw(`{"threshold":`)
	if c.Own == nil {
		j.value(c.Threshold)
	} else {
		j.raw("null,\n\"thresholds\":")
		thresholds := map[string]float64{}
		for k, id := range c.candidates() {
			thresholds[id] = c.threshold(k)
		}
		j.value(thresholds)
	}
	j.raw(",\n")
	j.list("clusters", len(all), func(i int) { j.value(all[i]) })
	j.raw(",\n")
	j.errors(c.Problems())
	j.raw("}")
	return j.end()
}
