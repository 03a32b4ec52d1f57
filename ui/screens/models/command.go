package models

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
)

// Command lists the models.
func (s *Screen) Command() (c ui.Command, reason string) {
	c.Args = []string{"models"}
	models := s.Session.Engine().Catalog.Models()
	if slices.ContainsFunc(models, func(m api.Model) bool { return m.Unlikely }) {
		c.Args = append(c.Args, "--all")
	}
	filter := strings.TrimSpace(s.query)
	provider := strings.TrimSuffix(filter, "/")
	switch {
	case filter == "":
	case slices.ContainsFunc(models, func(m api.Model) bool { return m.Provider == provider }):
		c.Args = append(c.Args, "--provider", provider)
	default:
		c.Lacks = append(c.Lacks, "it lists every model, not only those of the filter")
	}
	if s.use != nil {
		c.Lacks = append(c.Lacks, "it lists every model, not only those of the guide")
	}
	return c, ""
}
