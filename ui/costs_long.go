package ui

import (
	"fmt"
	"strings"
)

// longTexts lists the texts that are longer than a model reads, for each model
// that is asked.
func (c *costs) longTexts() *reader {
	texts := c.store.corpus.Texts()
	var heads []string
	var rows [][]string
	for _, e := range c.estimates {
		if len(e.Long) == 0 {
			continue
		}
		heads = append(heads, fmt.Sprintf("%s reads %s tokens:", Safe(e.Source.Model.ID), thousands(e.Source.Model.MaxTokens)))
		var list []string
		for _, i := range e.Long {
			if i >= len(texts) {
				break // they have changed meanwhile
			}
			tokens := "more"
			if n, ok := c.store.tokens[texts[i].Text]; ok {
				tokens = "≈" + thousands(n)
				if !e.Estimated {
					tokens = thousands(n)
				}
			}
			name := fmt.Sprint(i + 1)
			if id := texts[i].ID; id != "" {
				name += " · " + excerpt(id, 30)
			}
			list = append(list, fmt.Sprintf("%s  %s tokens  %s", name, tokens, excerpt(texts[i].Text, readingWidth)))
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
	return newReader(c.shared, "Texts that are too long", plain.String(), func(w int, t *theme) []string {
		var lines []string
		for i, head := range heads {
			lines = append(lines, t.strong.Render(Truncate(head, w)))
			for _, row := range rows[i] {
				lines = append(lines, Truncate("  "+row, w))
			}
		}
		return lines
	})
}
