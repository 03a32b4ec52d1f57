package texts

import (
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
)

// Command ranks the texts for the query or, as the nearest ones are shown beside a text, for
// that one.
func (s *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(s.Session)(); reason != "" {
		return c, reason
	}
	t, ok := s.current()
	switch top := strconv.Itoa(min(s.Session.Corpus().Len(), nearestShown+1)); {
	case s.query != nil:
		c = export.CommandOf(s.Session, "search", "--query", s.query.text, "--top", strconv.Itoa(s.Session.Corpus().Len()))
	case ok && strings.TrimSpace(t.Text) != "":
		c = export.CommandOf(s.Session, "search", "--query", t.Text, "--roles", "off", "--top", top)
		if s.sendsPrefixes() {
			c.Lacks = append(c.Lacks, "it sends no prefixes, as texts that are compared with each other have here")
		}
	default:
		c = export.CommandOf(s.Session, "compare")
	}
	if s.filter.Words() != "" && s.query == nil {
		c.Lacks = append(c.Lacks, "it takes all texts, not only those of the filter")
	}
	return c, ""
}

// sendsPrefixes tells that a model is sent more than the texts when these are compared.
func (s *Screen) sendsPrefixes() bool {
	for _, c := range s.Session.States() {
		if !s.Session.Roles(c.Row).Of(api.RoleSymmetric).Plain() {
			return true
		}
	}
	return false
}
