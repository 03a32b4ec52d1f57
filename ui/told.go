package ui

import (
	"fmt"
	"maps"
	"strings"

	"github.com/vecscope/vecscope/ui/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// tellSpent says at the end of a run what asking servers took. What went wrong on
// the way, said in the same moment, is more important.
func (a *app) tellSpent(noticeBefore int) {
	session := a.store.money.session
	if a.store.running() || maps.EqualFunc(session, a.told, func(x, y pipeline.Spent) bool { return x.Texts == y.Texts && x.Requests == y.Requests }) {
		return
	}
	var run usageRow
	for ref, now := range session {
		s := since(a.told[ref], now)
		run.spent, run.about = run.spent.Plus(s), run.about || s.CostEstimated()
	}
	a.told = maps.Clone(session)
	said := a.notice.id != noticeBefore && a.notice.level >= noticeWarn
	if text := runText(run); text != "" && !said {
		a.notify(noticeGood, text)
	}
}

// since is what was spent on a model after a moment when it was before; without
// requests nothing was asked, as of the models inside the binary.
func since(before, now pipeline.Spent) pipeline.Spent {
	if now.Requests == before.Requests {
		return pipeline.Spent{}
	}
	return now.Minus(before)
}

// runText says what a run took; empty when it brought nothing.
func runText(run usageRow) string {
	s := run.spent
	if s.Texts == s.Cached {
		return ""
	}
	parts := []string{spentTokens(s) + " tokens", run.cost(), count(s.Requests, "request")}
	if s.Tokens == 1 {
		parts[0] = spentTokens(s) + " token"
	}
	if s.Failed > 0 {
		parts[2] += fmt.Sprintf(" (%s failed)", thousands(s.Failed))
	}
	if p50 := latencyOf(s, 0.5); p50 != unknown {
		parts = append(parts, "p50 "+p50)
	}
	text := fmt.Sprintf("Embedded %s: %s", count(s.Texts-s.Cached, "text"), strings.Join(parts, ", "))
	if s.Cached > 0 {
		text += "; " + thousands(s.Cached) + " cached"
	}
	if s.MayCostMore() {
		text += "; " + report.LostAnswers(s) + " may be charged besides"
	}
	return text + "."
}
