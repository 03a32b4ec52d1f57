package app

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestFootersShowWhatWorksNowAlone(t *testing.T) {
	one := uitest.Texts("one text")
	for name, c := range map[string]struct {
		screen     string
		texts      []corpus.Text
		candidates []string
		has, lacks []string
	}{
		"one text, matrices":   {matrices.ID, one, []string{uitest.Use, uitest.Glove}, []string{" 2 texts"}, []string{"pair…", "cells", "difference", "disagreement", "mark pairs"}},
		"one text, duplicates": {duplicates.ID, one, []string{uitest.Use, uitest.Glove}, []string{" 2 texts"}, []string{"lower", "threshold", "filter", "sort", "clusters"}},
		"nothing chosen":       {matrices.ID, uitest.ShopTexts, nil, []string{" 1 models"}, []string{"dims", " 2 texts", "pair", "order", "cells", "go to"}},
		"nothing at all":       {verdict.ID, nil, nil, []string{" 1 models", " 2 texts"}, nil},
		"no query":             {search.ID, uitest.ShopTexts, []string{uitest.Use, uitest.Glove}, []string{"/ query…", "Q asked…"}, []string{"judge", "in full", "figures", "again", "columns", "export"}},
	} {
		a := settled(t, 200, 30, uitest.OptionsWith(t, c.texts, c.candidates...))
		a.Go(c.screen)
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 200, H: 30}))
		lines := strings.Split(uitest.Plain(a), "\n")
		footer := lines[len(lines)-1]
		for _, want := range c.has {
			if !strings.Contains(footer, want) {
				t.Errorf("%s: the footer lacks %q: %s", name, want, footer)
			}
		}
		for _, not := range c.lacks {
			if strings.Contains(footer, not) {
				t.Errorf("%s: %q does nothing, and is in the footer: %s", name, not, footer)
			}
		}
	}
}
