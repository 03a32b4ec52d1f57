package duplicates

import (
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// clusterExport names of every cluster the text to keep and those to drop, as the
// command line does.
func (d *Screen) clusterExport() ui.Export {
	v := &d.clusters
	c := report.Clusters{
		Comparison: export.ComparisonReportOf(d.Session, v.of()), Threshold: v.found.source.threshold, KeepOne: true,
		Found: [][]compare.Cluster{v.filtered()},
	}
	remark := ""
	if v.words != "" {
		remark = "They are those with the words of the filter."
	}
	if !v.found.source.scan.Complete(v.found.source.threshold) {
		remark = strings.TrimSpace(remark + " They are of the most similar pairs: more are over the threshold than are kept.")
	}
	return ui.Export{
		What:    "what to keep and drop of " + format.Count(len(v.clusters), "cluster") + " under " + term.Safe(v.of().ID()),
		Name:    "vecscope-clusters-" + export.FileWord(v.of().Short()),
		Remark:  remark,
		Formats: export.Tables(c, (*report.Sheet).Clusters, report.ClustersJSON, report.ClustersMarkdown, report.ClustersText),
	}
}

// lacksClusters gives the reason why there are no clusters to take out.
func (d *Screen) lacksClusters() string {
	if why := export.HasResult(d.Session)(); why != "" {
		return why
	}
	return d.clusters.lacks()
}
