package app

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
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

// TestTheFooterCountsHintsWithoutRoom holds at many widths that the mark at the end of the
// footer says how many hints are missing there, and that help lists the key of each.
func TestTheFooterCountsHintsWithoutRoom(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	mark := regexp.MustCompile(` \+(\d+)(?:(?: more)?: \?)? *$`)
	for _, s := range a.Screens() {
		a.Go(s.Info().ID)
		uitest.Press(t, a, "?")
		help := a.Top().(*widget.Reader)
		help.View(ui.Size{W: 116, H: 36}, a.Theme)
		listed := ansi.Strip(strings.Join(help.Lines(), "\n"))
		uitest.Press(t, a, "esc")

		hints := func(w int) map[string]ui.Action {
			footer, shown := ansi.Strip(a.Footer(w)), map[string]ui.Action{}
			for _, act := range append(slices.Clone(a.Globals()), s.Actions()...) {
				hint := act.Key.Help().Key + " " + cmp.Or(act.Short, act.Label())
				if act.Footer != 0 && act.Reason() == "" && strings.Contains(footer+" ", " "+hint+" ") {
					shown[hint] = act
				}
			}
			return shown
		}
		all := hints(1000)
		if len(all) < 5 {
			t.Fatalf("the footer of %s has %d hints where all have room: %s", s.Info().Title, len(all), ansi.Strip(a.Footer(1000)))
		}
		for w := 40; w <= 240; w++ {
			shown, footer := hints(w), ansi.Strip(a.Footer(w))
			said := 0
			if found := mark.FindStringSubmatch(footer); found != nil {
				said, _ = strconv.Atoi(found[1])
			}
			if missing := len(all) - len(shown); said != missing {
				t.Errorf("the footer of %s lacks %d of %d hints at %d columns and says %d: %q", s.Info().Title, missing, len(all), w, said, footer)
			}
			for hint, act := range all {
				key := act.Key.Help().Key
				if _, ok := shown[hint]; !ok && !regexp.MustCompile(`(?m)^ *`+regexp.QuoteMeta(key)+` `).MatchString(listed) {
					t.Errorf("help on %s does not list %q, for which the footer has no room at %d columns", s.Info().Title, hint, w)
				}
			}
		}
	}
}
