package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
)

// goBack goes one step back: out of what the screen has open, or out of what
// runs. It never quits.
func (a *app) goBack() tea.Cmd {
	switch {
	case a.exports.writer.stop():
	case a.current.back():
	case a.store.running():
		a.stop()
	default:
		a.info("Nothing to go back from here; q quits.")
	}
	return nil
}

// stop stops what runs, and asks first while money is being spent: the same key
// closes a box, and one press too many must cost nothing.
func (a *app) stop() {
	if len(a.store.paidRequests()) == 0 {
		a.halt()
		return
	}
	a.stopping = newConfirm(a.spendingText()+" Stop?", nil, answer{"y", "yes, stop", func() tea.Cmd {
		a.halt()
		return nil
	}})
	a.open(a.stopping)
}

// dropQuestion takes the question away when what it asks about has ended, so that
// an answer never stops anything else.
func (a *app) dropQuestion() {
	if a.stopping != nil && len(a.store.paidRequests()) == 0 {
		a.stopping.dismiss()
		a.stopping = nil
	}
}

// halt stops what runs. What paid askings have got, and what they may cost
// besides, is said when they have ended.
func (a *app) halt() {
	was := a.store.stop()
	switch {
	case a.store.stopping.left > 0 && was.free:
		a.notify(noticeWarn, "Stopping; what has arrived is kept. E asks what the rest costs, R computes what costs nothing.")
	case a.store.stopping.left > 0:
		a.notify(noticeWarn, "Stopping; what has arrived is kept. E asks what the rest costs.")
	case was.paid && was.free:
		a.notify(noticeWarn, "Stopped; what had arrived is kept. E asks what the rest costs, R computes what costs nothing.")
	case was.besides != "" && !was.paid && !was.free:
		a.notify(noticeWarn, "Stopped: "+was.besides+".")
	case was.paid:
		a.notify(noticeWarn, "Stopped; what had arrived is kept. E asks what the rest costs.")
	default:
		a.notify(noticeWarn, "Stopped; what had arrived is kept. R computes the rest.")
	}
}

// interrupt stops what runs, or quits when nothing does. Pressed again it answers
// its own question.
func (a *app) interrupt() tea.Cmd {
	if a.exports.writer.stop() {
		return nil
	}
	if asked := a.stopping; asked != nil && !asked.closed() {
		asked.dismiss()
		a.halt()
		return nil
	}
	if a.store.running() {
		a.stop()
		return nil
	}
	return a.leave()
}

// quit ends the explorer, and asks first while money is being spent.
func (a *app) quit() tea.Cmd {
	if len(a.store.paidRequests()) == 0 {
		return a.leave()
	}
	a.open(newConfirm(a.spendingText()+" Quit?", nil, answer{"y", "yes, quit", a.leave}))
	return nil
}

// spendingText says what is being paid for, and what ending it means.
func (a *app) spendingText() string {
	sending := a.store.paidRequests()
	text := format.Count(len(sending), "paid model") + " is being embedded"
	if len(sending) > 1 {
		text = format.Count(len(sending), "paid model") + " are being embedded"
	}
	var arrived batches
	for _, s := range sending {
		arrived = arrived.plus(s.batches())
	}
	if arrived.total > 1 {
		text += ", " + batchesText(arrived)
	}
	return text + ". What arrived is kept, the rest may be charged."
}

// leave ends the explorer.
func (a *app) leave() tea.Cmd {
	a.store.stopAll()
	a.quitting = true
	return tea.Quit
}
