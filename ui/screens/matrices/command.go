package matrices

import (
	"fmt"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/report"
)

// Command compares the candidates over the texts.
func (m *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(m.Session)(); reason != "" {
		return c, reason
	}
	c = export.CommandOfShown(m.Session, "compare")
	if m.filter.Words() != "" {
		c.Lacks = append(c.Lacks, "it compares all texts, not only those of the filter")
	}
	if m.against != "" {
		c.Lacks = append(c.Lacks, "it prints each model, not their difference")
	}
	if m.Session.Corpus().Len() > report.MatrixLimit {
		c.Lacks = append(c.Lacks, fmt.Sprintf("it prints no matrix of more than %d texts: --json has every value", report.MatrixLimit))
	}
	return c, ""
}
