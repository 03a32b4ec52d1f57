package shell

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/costs"
)

// askEmbed asks for the costs of the candidates that are not embedded yet, after
// the consent that they lack.
func (a *App) askEmbed() tea.Cmd { return a.consentThen(a.showCosts) }

// showCosts shows them; without any that costs something there is nothing to show.
func (a *App) showCosts() tea.Cmd {
	if len(a.Session.Payments().Sources()) == 0 {
		return nil
	}
	return costs.Open(&a.Context, "Embed with paid models", a.Session.Payments().Sources(), a.Session.Payments().Embed)
}
