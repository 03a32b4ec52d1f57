package costs

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// longTexts lists the texts that are longer than a model reads, for each model
// that is asked.
func (c *Box) longTexts() *widget.Reader {
	texts := c.Session.Corpus().Texts()
	var heads []string
	var rows [][]string
	for _, e := range c.estimates {
		if len(e.Long) == 0 || e.Role == api.RoleQuery {
			continue
		}
		heads = append(heads, fmt.Sprintf("%s reads %s tokens:", term.Safe(e.Source.Model.ID), format.Thousands(e.Source.Model.MaxTokens)))
		var list []string
		for _, i := range e.Long {
			if i >= len(texts) {
				break // they have changed meanwhile
			}
			tokens := "more"
			if n, ok := c.Session.TokensOf(texts[i].Text); ok {
				tokens = "≈" + format.Thousands(n)
				if !e.Estimated {
					tokens = format.Thousands(n)
				}
			}
			name := fmt.Sprint(i + 1)
			if id := texts[i].ID; id != "" {
				name += " · " + term.Excerpt(id, 30)
			}
			list = append(list, fmt.Sprintf("%s  %s tokens  %s", name, tokens, term.Excerpt(texts[i].Text, widget.ReadingWidth)))
		}
		rows = append(rows, list)
	}
	var plain strings.Builder
	for i, head := range heads {
		fmt.Fprintln(&plain, head)
		for _, row := range rows[i] {
			fmt.Fprintln(&plain, row)
		}
	}
	return widget.NewReader(c.Context, "Texts that are too long", plain.String(), func(w int, t *theme.Theme) []string {
		var lines []string
		for i, head := range heads {
			lines = append(lines, t.Strong.Render(term.Truncate(head, w)))
			for _, row := range rows[i] {
				lines = append(lines, term.Truncate("  "+row, w))
			}
		}
		return lines
	})
}
