package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
)

// summariseRun says at the end of a run what asking servers took, for all models
// together, after what else is said in the same moment.
func (a *app) summariseRun(noticeBefore int) {
	session, ended := a.store.ledger.Session(), a.store.ended
	onTheWay := a.store.running() || a.store.stopping.left > 0
	more := slices.ContainsFunc(session, func(now api.Tally) bool {
		before := a.reported[now.Ref()]
		return now.Texts != before.Texts || now.Requests != before.Requests
	})
	lengths := a.store.lengthChanges
	if ended == nil && (onTheWay || !more && len(lengths) == 0) {
		return
	}
	var run bill
	for _, now := range session {
		s := since(a.reported[now.Ref()], now)
		run.spent, run.about = run.spent.Plus(s), run.about || s.CostEstimated()
		a.reported[now.Ref()] = now
	}
	without := a.store.refused
	a.store.runTold()
	if ended != nil {
		a.notify(noticeWarn, stoppedText(*ended, run))
		return
	}
	text, level := runText(run, without)
	if level == noticeWarn && nothingInTheWay(a.store) == "" {
		text += " ! tells more."
	}
	if len(lengths) > 0 {
		text, level = strings.TrimSpace(text+" "+sentence(lengthsText(lengths))), noticeWarn
	}
	if text == "" {
		return
	}
	if a.notice.id != noticeBefore && a.notice.level >= noticeWarn {
		text, level = a.notice.text+" "+text, a.notice.level
	}
	a.notify(level, text)
	a.notice.stays = level == noticeWarn
}

// lengthsText says whose vectors have another length than its list says.
func lengthsText(changes []lengthChange) string {
	words := make([]string, len(changes))
	for i, c := range changes {
		words[i] = fmt.Sprintf("the vectors of %s have %s, not the %d of its list", term.Safe(c.model.ID), format.Count(c.came, "dimension"), c.model.Dimensions)
	}
	return strings.Join(words, "; ")
}

// since is what was spent on a model after a moment when it was before; without
// requests nothing was asked, as of the models inside the binary.
func since(before, now api.Tally) api.Tally {
	if now.Requests == before.Requests {
		return api.Tally{}
	}
	return now.Minus(before)
}

// runText says what a run took, and how bad that is; empty when nothing was asked.
func runText(run bill, without refused) (text string, level noticeLevel) {
	s := run.spent
	if s.Requests == 0 {
		return "", noticeGood
	}
	got := max(s.Texts-s.Cached-without.texts, 0)
	parts := []string{run.tokensAndCost(), format.Count(s.Requests, "request")}
	if s.Failed > 0 {
		parts[1] += fmt.Sprintf(" (%s failed)", format.Thousands(s.Failed))
	}
	if p50 := latencyOf(s, 0.5); p50 != format.Unknown {
		parts = append(parts, "p50 "+p50)
	}
	text, level = "Embedded "+format.Count(got, "text"), noticeGood
	if got == 0 {
		text, level = "No vectors came", noticeWarn
	}
	text += ": " + strings.Join(parts, ", ")
	if s.Cached > 0 {
		text += "; " + format.Thousands(s.Cached) + " cached"
	}
	if s.MayCostMore() {
		text, level = text+"; "+report.LostAnswers(s)+" may be charged besides", noticeWarn
	}
	if without.texts > 0 {
		text, level = text+"; "+withoutVectorText(without), noticeWarn
	}
	return text + ".", level
}

// withoutVectorText is "1 text has no vector: the server gave a vector of zeros".
func withoutVectorText(r refused) string {
	why := term.Safe(r.why.Error())
	var of *api.TextError
	if errors.As(r.why, &of) {
		why = term.Safe(of.Err.Error())
	}
	what, _, _ := strings.Cut(why, "; ")
	return format.Count(r.texts, "text") + " " + format.Agree(r.texts, "has", "have") + " no vector: " + what
}

// stoppedText says what is kept, what it took, and how the rest is got.
func stoppedText(st stopping, run bill) string {
	kept := fmt.Sprintf("%s of %s %s kept", format.Thousands(st.texts), format.Count(st.of, "text"), format.Agree(st.texts, "is", "are"))
	if st.kept.total > 1 {
		kept = batchesText(st.kept) + " " + format.Agree(st.kept.done, "is", "are") + " kept"
	}
	if run.spent.Tokens > 0 {
		kept += ", for " + strings.TrimSuffix(run.tokensAndCost(), "+")
	}
	if run.spent.MayCostMore() {
		kept += "; " + report.LostAnswers(run.spent) + " may be charged besides"
	}
	rest := "E asks what the rest costs."
	if st.free {
		rest = "E asks what the rest costs, R computes what costs nothing."
	}
	return "Stopped: " + kept + ". " + rest
}
