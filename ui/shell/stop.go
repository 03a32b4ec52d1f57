package shell

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

// goBack goes one step back: out of what the screen has open, or out of what
// runs. It never quits.
func (a *App) goBack() tea.Cmd {
	switch {
	case a.exports.Writer.Stop():
	case back(a.current):
	case a.Session.Running():
		a.askStop()
	default:
		a.Inform("Nothing to go back from here; q quits.")
	}
	return nil
}

// askStop stops what runs, and asks first while money is being spent: the same key
// closes a box, and one press too many must cost nothing.
func (a *App) askStop() {
	if len(a.Session.Requests().Paid()) == 0 {
		a.stop()
		return
	}
	a.stopping = widget.NewQuestion(&a.Context, a.spendingText()+" Stop?", nil, widget.Option{Key: "y", Label: "yes, stop", Run: func() tea.Cmd {
		a.stop()
		return nil
	}})
	a.Open(a.stopping)
}

// dropQuestion takes the question away when what it asks about has ended, so that
// an answer never stops anything else.
func (a *App) dropQuestion() {
	if a.stopping != nil && len(a.Session.Requests().Paid()) == 0 {
		a.stopping.Dismiss()
		a.stopping = nil
	}
}

// stop stops what runs. What paid askings have got, and what they may cost
// besides, is said when they have ended.
func (a *App) stop() {
	was := a.Session.Stop()
	switch {
	case was.Awaited > 0 && was.Free:
		a.Notify(ui.NoticeWarn, "Stopping; what has arrived is kept. E asks what the rest costs, R computes what costs nothing.")
	case was.Awaited > 0:
		a.Notify(ui.NoticeWarn, "Stopping; what has arrived is kept. E asks what the rest costs.")
	case was.Paid && was.Free:
		a.Notify(ui.NoticeWarn, "Stopped; what had arrived is kept. E asks what the rest costs, R computes what costs nothing.")
	case was.Other == session.ForQuery && !was.Paid && !was.Free:
		a.Notify(ui.NoticeWarn, "Stopped: the query has no answer yet; ask it again.")
	case was.Other == session.ForReduction && !was.Paid && !was.Free:
		a.Notify(ui.NoticeWarn, "Stopped: "+ui.KeyOwnReduced.Help().Key+" on Matrices asks the server again.")
	case was.Paid:
		a.Notify(ui.NoticeWarn, "Stopped; what had arrived is kept. E asks what the rest costs.")
	default:
		a.Notify(ui.NoticeWarn, "Stopped; what had arrived is kept. R computes the rest.")
		a.notice.stopped = true
	}
}

// interrupt stops what runs, or quits when nothing does. Pressed again it answers
// its own question.
func (a *App) interrupt() tea.Cmd {
	if a.exports.Writer.Stop() {
		return nil
	}
	if asked := a.stopping; asked != nil && !asked.Closed() {
		asked.Dismiss()
		a.stop()
		return nil
	}
	if a.Session.Running() {
		a.askStop()
		return nil
	}
	return a.exit()
}

// quit ends the explorer, and asks first while money is being spent.
func (a *App) quit() tea.Cmd {
	if len(a.Session.Requests().Paid()) == 0 {
		return a.exit()
	}
	a.Open(widget.NewQuestion(&a.Context, a.spendingText()+" Quit?", nil, widget.Option{Key: "y", Label: "yes, quit", Run: a.exit}))
	return nil
}

// spendingText says what is being paid for, and what ending it means.
func (a *App) spendingText() string {
	sending := a.Session.Requests().Paid()
	text := format.Count(len(sending), "paid model") + " is being embedded"
	if len(sending) > 1 {
		text = format.Count(len(sending), "paid model") + " are being embedded"
	}
	var arrived session.Batches
	for _, s := range sending {
		arrived = arrived.Plus(s.Batches())
	}
	if arrived.Total > 1 {
		text += ", " + candidate.BatchesText(arrived)
	}
	return text + ". What arrived is kept, the rest may be charged."
}

// exit ends the explorer.
func (a *App) exit() tea.Cmd {
	a.Session.StopAll()
	a.quitting = true
	return tea.Quit
}
