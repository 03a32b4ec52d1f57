package matrices

import (
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
)

// Command compares the candidates over the texts.
func (m *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(m.Session)(); reason != "" {
		return c, reason
	}
	c = export.CommandOfShown(m.Session, "compare")
	if m.against != "" {
		c.Lacks = append(c.Lacks, "it prints each model, not their difference")
	}
	return c, ""
}
