package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
)

// askLeave asks whether a key may cross a network in the clear until the program
// ends; after either answer it goes on with then.
func (a *app) askLeave(e *api.InsecureKeyError, then func() tea.Cmd) {
	question := fmt.Sprintf("The key for %s would go unencrypted to %s. Send it for this session?", Safe(e.Provider), Safe(e.Host))
	details := []string{"For good: allow_insecure_key = true in the settings file. Better: https."}
	a.open(newConfirm(question, details,
		answer{"y", "yes, until the program ends", func() tea.Cmd { return allowInsecure(a.options.AllowInsecure, e, then) }},
		answer{"n", "no, do not ask " + Safe(e.Provider), then}))
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

// allowed goes on after leave was given: the provider's list is read and its
// candidates are embedded, or wait for the person's word.
func (a *app) allowed(msg allowedMsg) tea.Cmd {
	if msg.err != nil {
		a.fail(msg.err)
		return msg.then()
	}
	a.notify(noticeWarn, fmt.Sprintf("The key for %s goes unencrypted to %s until the program ends.", msg.leave.Provider, msg.leave.Host))
	cmds := []tea.Cmd{a.store.changed(0)}
	if a.options.Refresh != nil && slices.Contains(a.options.Servers, msg.leave.Provider) {
		cmds = append(cmds, refreshList(a.store.life, a.options.Refresh, msg.leave.Provider))
	}
	return tea.Batch(append(cmds, msg.then())...)
}
