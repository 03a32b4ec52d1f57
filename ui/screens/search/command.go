package search

import (
	"strconv"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// Command asks the same query of the same rows.
func (s *Screen) Command() (c ui.Command, reason string) {
	if reason := export.CanCompare(s.Session)(); reason != "" {
		return c, reason
	}
	if s.query == nil {
		return c, "no query has been asked yet: / asks one"
	}
	var rows []string
	instead := false
	for _, r := range s.rows() {
		id := r.id
		if r.kind == byBoth {
			id = s.rows()[r.at].id + report.FusedSuffix
		}
		rows = append(rows, id)
		if r.kind == byVectors && len(r.hits) > 0 {
			of, ok := s.Session.Search().Of(r.state)
			instead = instead || ok && of.Instead
		}
	}
	if len(rows) == 0 {
		return c, "the texts have not been compared yet"
	}
	top := s.hits
	if s.place() >= 0 {
		top++
	}
	c = export.CommandOfRows(s.Session, "search", rows, "--query", s.query.text, "--top", strconv.Itoa(top))
	if s.weight != defaultWeight {
		c.Args = append(c.Args, "--bm25-weight", format.Plain(s.weight))
	}
	if s.place() >= 0 {
		c.Lacks = append(c.Lacks, "it finds the text itself, too, which is left out here")
	}
	if instead {
		c.Lacks = append(c.Lacks, "it sends texts as documents, which are not embedded yet under every model")
	}
	if len(s.measured) > 0 {
		c.Lacks = append(c.Lacks, "it knows nothing of the queries that you judged: Q exports them for --queries")
	}
	return c, ""
}
