package texts

import (
	"strconv"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
)

// Command ranks the texts for the query, or compares them with each other, the nearest of
// which are shown beside a text.
func (s *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(s.Session)(); reason != "" {
		return c, reason
	}
	if s.query != nil {
		c = export.CommandOf(s.Session, "search", "--query", s.query.text, "--top", strconv.Itoa(s.Session.Corpus().Len()))
	} else {
		c = export.CommandOf(s.Session, "compare")
	}
	if s.filter.Words() != "" && s.query == nil {
		c.Lacks = append(c.Lacks, "it compares all texts, not only those of the filter")
	}
	return c, ""
}
