package models

import (
	"fmt"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// takesNoKey gives the reason why no key can be entered.
func (s *Screen) takesNoKey() string {
	m, ok := s.model()
	if !ok {
		return s.needsModel()
	}
	if _, takes := s.keyed(m); !takes {
		return m.Provider + " needs no key"
	}
	return ""
}

// keyed is the model for whose provider a key is entered: the one under the cursor, or,
// where its provider takes none, one of the only provider that needs one.
func (s *Screen) keyed(m api.Model) (api.Model, bool) {
	if s.Session.TakesKeys(m.Provider) {
		return m, true
	}
	var only api.Model
	for _, other := range s.Session.Engine().Catalog.Models() {
		switch {
		case other.KeyEnv == "" || !s.Session.TakesKeys(other.Provider) || other.Provider == only.Provider:
		case only.Provider != "":
			return m, false
		default:
			only = other
		}
	}
	return only, only.Provider != ""
}

// askKey asks for the key of the provider of the model under the cursor, or of the only one
// that needs one. It is hidden while it is typed, and goes to the provider alone.
func (s *Screen) askKey() {
	m, _ := s.model()
	m, _ = s.keyed(m)
	provider := m.Provider
	about := "Kept until the program ends, sent to " + provider + " only, and written nowhere."
	if m.KeyEnv != "" {
		about += " For good: set " + m.KeyEnv + "."
	}
	p := widget.NewPrompt(s.Theme, fmt.Sprintf("Key for %s", term.Safe(provider)), about, "paste or type it", func(typed string) (tea.Cmd, string) {
		key := api.NewSecret(typed)
		if key.Empty() {
			return nil, "nothing is entered; esc leaves it as it is"
		}
		return s.Session.SetKey(provider, key), ""
	})
	p.Input.EchoMode = textinput.EchoPassword
	p.Input.EchoCharacter = '•'
	s.Open(p)
}
