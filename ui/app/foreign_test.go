package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// evil is what foreign text may hold: a title for the window, a C1 control, an override of
// the direction, a bell.
const evil = "\x1b]0;owned\a\u009b31m\u202eevil\u2066\x07"

// evilLog has models of earlier sessions with such names.
type evilLog struct{}

func (evilLog) Add(context.Context, api.Tally) error { return nil }
func (evilLog) Totals(context.Context) ([]api.Tally, error) {
	return []api.Tally{{Provider: "p" + evil, Model: "m" + evil, Tokens: 5, Requests: 1}}, errors.New("the sums " + evil)
}

// evilOptions are the explorer with nothing foreign that is not evil: texts, ids, groups,
// models and what servers say.
func evilOptions(t *testing.T) shell.Options {
	s, left := uitest.NewShop(), 3.5
	s.Left, s.Fails = &left, map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 500, Message: "why " + evil, Advice: "do " + evil}}
	o := uitest.ShopOptions(t, s, uitest.Use, uitest.Glove, "shop/good@4", "shop/bad@4")
	o.State.Texts, o.State.Threshold, o.Usage = nil, 0.1, evilLog{}
	for i, words := range []string{"a cat on a mat", "a cat on the mat", "rain in the evening", "the rain of the evening", "a parcel is late", ""} {
		o.State.Texts = append(o.State.Texts, config.Text{Text: words + " " + evil, ID: "id-" + string(rune('1'+i)) + evil, Group: []string{"g1", "g2", "g3"}[i/2] + evil})
	}
	models := o.Engine.Catalog.Models()
	for i := range models {
		if m := &models[i]; m.Provider == "shop" {
			m.Name, m.Languages, m.Use, m.Description, m.Owner = "name "+evil, "all "+evil, "use "+evil, "about "+evil, "owner "+evil
			m.Notes, m.Roles.Query.Prefix = []string{"note " + evil}, "query "+evil+": "
		}
	}
	o.Engine.Catalog = catalog.New(models)
	return o
}

// checkDrawn fails where the window, its title or what it shows holds anything raw.
func checkDrawn(t *testing.T, a *shell.App, did ...string) {
	t.Helper()
	for line := range strings.SplitSeq(a.Draw(), "\n") {
		if raw := uitest.Raw(line); raw != "" || strings.Contains(line, "\x1b]") {
			t.Errorf("after %q %q reaches the terminal: %q", did, raw, line)
			return
		}
	}
	if raw := uitest.Raw(a.View().WindowTitle); raw != "" {
		t.Errorf("after %q the title of the window is %q", did, a.View().WindowTitle)
	}
}

// TestNothingForeignReachesTheTerminalRaw looks at every screen in windows that show much
// and little, at all that opens there, and at what is said.
func TestNothingForeignReachesTheTerminalRaw(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		a := settled(t, z.W, z.H, evilOptions(t))
		uitest.Press(t, a, "E", "p")
		checkDrawn(t, a, "E", "p")
		for _, s := range a.Screens() {
			id := s.Info().ID
			a.SetScreen(id)
			uitest.Happen(t, a, uitest.Nothing)
			if id == "search" {
				uitest.Send(t, a, tea.PasteMsg{Content: "query " + evil})
				uitest.Press(t, a, "enter")
			}
			checkDrawn(t, a, id)
			for _, act := range s.Actions() {
				keys := act.Key.Keys()
				if len(keys) == 0 || slices.Contains([]string{"texts.remove", "texts.clear"}, act.ID) {
					continue
				}
				uitest.Press(t, a, keys[0])
				checkDrawn(t, a, id, keys[0])
				uitest.Press(t, a, "down")
				checkDrawn(t, a, id, keys[0], "down")
				for range 3 {
					if a.Top() != nil || isTyping(s) {
						uitest.Press(t, a, "esc")
					}
				}
				a.SetScreen(id)
			}
		}
		uitest.Send(t, a, uitest.OpenTexts(a, "file "+evil+".txt", corpus.Text{Text: evil + "x"}, corpus.Text{Text: "y", Group: evil}))
		for _, s := range a.Screens() {
			a.SetScreen(s.Info().ID)
			uitest.Happen(t, a, uitest.Nothing)
			checkDrawn(t, a, s.Info().ID, "another file")
		}
	}
}

func isTyping(s ui.Screen) bool {
	typer, ok := s.(ui.Typer)
	return ok && typer.Typing()
}
