package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// askLeave asks whether a key may cross a network in the clear until the program
// ends; after either answer it goes on with then.
func (a *app) askLeave(e *api.InsecureKeyError, then func() tea.Cmd) {
	question := fmt.Sprintf("The key for %s would go unencrypted to %s. Send it for this session?", term.Safe(e.Provider), term.Safe(e.Host))
	details := []string{"For good: allow_insecure_key = true in the settings file. Better: https."}
	a.open(newConfirm(question, details,
		answer{"y", "yes, until the program ends", func() tea.Cmd { return a.allow(e, then) }},
		answer{"n", "no, do not ask " + term.Safe(e.Provider), then}))
}

// chosenInsecure asks for leave when a candidate was chosen that lacks it.
func (a *app) chosenInsecure(m api.Model) {
	if e := a.store.insecure(m); e != nil && a.options.AllowInsecure != nil {
		a.askLeave(e, func() tea.Cmd { return nil })
	}
}

// leaveThen asks for each leave that a candidate lacks, and goes on with then.
func (a *app) leaveThen(then func() tea.Cmd) tea.Cmd {
	if a.options.AllowInsecure != nil {
		for _, e := range slices.Backward(a.store.insecureCandidates()) {
			next := then
			then = func() tea.Cmd {
				a.askLeave(e, next)
				return nil
			}
		}
	}
	return then()
}

// allow lets a provider's key cross a network in the clear.
func (a *app) allow(e *api.InsecureKeyError, then func() tea.Cmd) tea.Cmd {
	allow := a.options.AllowInsecure
	work := func(context.Context) (struct{}, error) { return struct{}{}, allow(e.Provider) }
	return async(a.store.life, work, func(_ struct{}, err error) tea.Cmd { return a.allowed(e, err, then) })
}

// allowed goes on after leave was given: the provider's list is read and its
// candidates are embedded, or wait for the person's word.
func (a *app) allowed(e *api.InsecureKeyError, err error, then func() tea.Cmd) tea.Cmd {
	if err != nil {
		a.fail(err)
		return then()
	}
	a.notify(noticeWarn, fmt.Sprintf("The key for %s goes unencrypted to %s until the program ends.", e.Provider, e.Host))
	return tea.Batch(a.store.invalidate(0), a.store.refreshList(e.Provider), then())
}
