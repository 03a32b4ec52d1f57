package duplicates

import (
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
)

// Command lists the pairs at or over the thresholds, or the clusters that they make.
func (d *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(d.Session)(); reason != "" {
		return c, reason
	}
	thresholds := d.Session.Thresholds()
	flags := []string{"--threshold", format.Plain(thresholds.Common())}
	for _, id := range session.CandidateIDs(d.Session.Candidates()) {
		if own := thresholds.Of(id); own != thresholds.Common() {
			flags = append(flags, "--threshold", id+"="+format.Plain(own))
		}
	}
	if d.clusters.on { // which are of all texts
		c = export.CommandOf(d.Session, "duplicates", append(flags, "--clusters")...)
	} else {
		c = export.CommandOfShown(d.Session, "duplicates", flags...)
	}
	if d.filter.Words() != "" {
		c.Lacks = append(c.Lacks, "it lists all, not only what has the words of the filter")
	}
	if d.disagree && !d.clusters.on {
		c.Lacks = append(c.Lacks, "it lists all pairs, not only those on which the models disagree")
	}
	if labelling.Any(d.Session) {
		c.Lacks = append(c.Lacks, "it prints nothing of the labels: vecscope evaluate does")
	}
	return c, ""
}
