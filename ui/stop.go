package ui

import (
	tea "charm.land/bubbletea/v2"
)

// goBack goes one step back: out of what the screen has open, or out of what
// runs. It never quits.
func (a *app) goBack() tea.Cmd {
	switch {
	case a.exports.stop():
	case a.screens[a.current].back():
	case a.store.running():
		a.halt()
	default:
		a.info("Nothing to go back from here; q quits.")
	}
	return nil
}

// halt stops what runs. What paid askings have got, and what they may cost
// besides, is said when they have ended.
func (a *app) halt() {
	was := a.store.halt()
	switch {
	case a.store.stopping.left > 0:
		a.notify(noticeWarn, "Stopping; what has arrived is kept. E asks what the rest costs.")
	case was.aside != "" && !was.paid && !was.free:
		a.notify(noticeWarn, "Stopped: "+was.aside+".")
	case was.paid:
		a.notify(noticeWarn, "Stopped; what had arrived is kept. E asks what the rest costs.")
	default:
		a.notify(noticeWarn, "Stopped; what had arrived is kept. R computes the rest.")
	}
}

// interrupt stops what runs, or quits when nothing does.
func (a *app) interrupt() tea.Cmd {
	if a.exports.stop() {
		return nil
	}
	if a.store.running() {
		a.halt()
		return nil
	}
	return a.leave()
}

// quit ends the explorer, and asks first while money is being spent.
func (a *app) quit() tea.Cmd {
	sending := a.store.sending()
	if len(sending) == 0 {
		return a.leave()
	}
	question := count(len(sending), "paid model") + " is being embedded"
	if len(sending) > 1 {
		question = count(len(sending), "paid model") + " are being embedded"
	}
	var arrived batches
	for _, s := range sending {
		b := s.batches()
		arrived.done, arrived.total = arrived.done+b.done, arrived.total+b.total
	}
	if arrived.total > 1 {
		question += ", " + arrived.text()
	}
	a.open(newConfirm(question+". What arrived is kept, the rest may be charged. Quit?", nil, answer{"y", "yes, quit", a.leave}))
	return nil
}

// leave ends the explorer.
func (a *app) leave() tea.Cmd {
	a.store.halt()
	a.quitting = true
	return tea.Quit
}
