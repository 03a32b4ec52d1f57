package shell

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// askConsent asks whether a key may cross a network in the clear until the program
// ends; after either answer it goes on with then.
func (a *App) askConsent(e *api.InsecureKeyError, then func() tea.Cmd) {
	question := fmt.Sprintf("The key for %s would go unencrypted to %s. Send it for this session?", term.Safe(e.Provider), term.Safe(e.Host))
	details := []string{"For good: allow_insecure_key = true in the settings file. Better: https."}
	a.Open(widget.NewQuestion(&a.Context, question, details,
		widget.Option{Key: "y", Label: "yes, until the program ends", Run: func() tea.Cmd { return a.allow(e, then) }},
		widget.Option{Key: "n", Label: "no, do not ask " + term.Safe(e.Provider), Run: then}))
}

// chosenInsecure asks for consent when a candidate was chosen that lacks it.
func (a *App) chosenInsecure(m api.Model) {
	if e := a.Session.Insecure(m); e != nil && a.options.AllowInsecure != nil {
		a.askConsent(e, func() tea.Cmd { return nil })
	}
}

// consentThen asks for each consent that a candidate lacks, and goes on with then.
func (a *App) consentThen(then func() tea.Cmd) tea.Cmd {
	if a.options.AllowInsecure != nil {
		for _, e := range slices.Backward(a.Session.InsecureCandidates()) {
			next := then
			then = func() tea.Cmd {
				a.askConsent(e, next)
				return nil
			}
		}
	}
	return then()
}

// allow lets a provider's key cross a network in the clear.
func (a *App) allow(e *api.InsecureKeyError, then func() tea.Cmd) tea.Cmd {
	allow := a.options.AllowInsecure
	work := func(context.Context) (struct{}, error) { return struct{}{}, allow(e.Provider) }
	return loop.Async(a.Session.Life(), work, func(_ struct{}, err error) tea.Cmd { return a.allowed(e, err, then) })
}

// allowed goes on after consent was given: the provider's list is read and its
// candidates are embedded, or wait for the person's word.
func (a *App) allowed(e *api.InsecureKeyError, err error, then func() tea.Cmd) tea.Cmd {
	if err != nil {
		a.Fail(err)
		return then()
	}
	a.Notify(ui.NoticeWarn, fmt.Sprintf("The key for %s goes unencrypted to %s until the program ends.", e.Provider, e.Host))
	return tea.Batch(a.Session.Invalidate(0), a.Session.Lists().Refresh(e.Provider), then())
}
