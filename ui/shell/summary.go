package shell

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/widget"
)

// SummariseRun says at the end of a run what asking servers took, for all models
// together, after what else is said in the same moment.
func (a *App) SummariseRun(noticeBefore int) {
	session, happened := a.Session.Payments().Ledger().Session(), a.Session.Run()
	onTheWay := a.Session.Running() || happened.Awaited > 0
	more := slices.ContainsFunc(session, func(now api.Tally) bool {
		before := a.reported[now.Ref()]
		return now.Texts != before.Texts || now.Requests != before.Requests
	})
	if happened.Stopped == nil && (onTheWay || !more && len(happened.Lengths) == 0) {
		return
	}
	var run costs.Bill
	for _, now := range session {
		s := costs.Since(a.reported[now.Ref()], now)
		run.Spent, run.Inexact = run.Spent.Plus(s), run.Inexact || s.CostEstimated()
		a.reported[now.Ref()] = now
	}
	a.Session.RunTold()
	if happened.Stopped != nil {
		a.Notify(ui.NoticeWarn, costs.StoppedText(*happened.Stopped, run))
		return
	}
	if a.notice.stopped && run.Spent.Texts == run.Spent.Cached && len(happened.Lengths) == 0 {
		return
	}
	text, level := costs.RunText(run, happened.Refused)
	if level == ui.NoticeWarn && candidate.NothingInTheWay(a.Session) == "" {
		text += " ! tells more."
	}
	if len(happened.Lengths) > 0 {
		text, level = strings.TrimSpace(text+" "+widget.Sentence(costs.LengthsText(happened.Lengths))), ui.NoticeWarn
	}
	if text == "" {
		return
	}
	news := a.notice.news
	switch {
	case a.notice.ID != noticeBefore && a.notice.Level >= ui.NoticeWarn:
		text, level = a.notice.Text+" "+text, a.notice.Level
	case news != "":
		text, level = news+" "+text, ui.NoticeWarn
	}
	a.Notify(level, text)
	a.notice.news, a.notice.stays = news, level == ui.NoticeWarn
}
