package costs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// LengthsText says whose vectors have another length than its list says, or than was asked for.
func LengthsText(changes []session.LengthChange) string {
	words := make([]string, len(changes))
	for i, c := range changes {
		expected := fmt.Sprintf("%d of its list", c.Model.Dimensions)
		if c.Asked > 0 {
			expected = fmt.Sprintf("%d that were asked for", c.Asked)
		}
		words[i] = fmt.Sprintf("the vectors of %s have %s, not the %s", term.Safe(c.Model.ID), format.Count(c.Came, "dimension"), expected)
	}
	return strings.Join(words, "; ")
}

// Since is what was spent on a model after a moment when it was before; without
// requests nothing was asked, as of the models inside the binary.
func Since(before, now api.Tally) api.Tally {
	if now.Requests == before.Requests {
		return api.Tally{}
	}
	return now.Minus(before)
}

// RunText says what a run took, and how bad that is; empty when nothing was asked.
func RunText(run Bill, refused session.Refused) (text string, level ui.NoticeLevel) {
	s := run.Spent
	if s.Requests == 0 {
		return "", ui.NoticeGood
	}
	got := max(s.Texts-s.Cached-refused.Texts, 0)
	parts := []string{run.tokensAndCost(), format.Count(s.Requests, "request")}
	if s.Failed > 0 {
		parts[1] += fmt.Sprintf(" (%s failed)", format.Thousands(s.Failed))
	}
	if p50 := LatencyOf(s, 0.5); p50 != format.Unknown {
		parts = append(parts, "p50 "+p50)
	}
	text, level = "Embedded "+format.Count(got, "text"), ui.NoticeGood
	if got == 0 {
		text, level = "No vectors came", ui.NoticeWarn
	}
	text += ": " + strings.Join(parts, ", ")
	if s.Cached > 0 {
		text += "; " + format.Thousands(s.Cached) + " cached"
	}
	if s.MayCostMore() {
		text, level = text+"; "+report.LostAnswers(s)+" may still be billed", ui.NoticeWarn
	}
	if refused.Texts > 0 {
		text, level = text+"; "+withoutVectorText(refused), ui.NoticeWarn
	}
	return text + ".", level
}

// withoutVectorText is "1 text has no vector: the server gave a vector of zeros".
func withoutVectorText(r session.Refused) string {
	why := term.Safe(r.Why.Error())
	var of *api.TextError
	if errors.As(r.Why, &of) {
		why = term.Safe(of.Err.Error())
	}
	what, _, _ := strings.Cut(why, "; ")
	return format.Count(r.Texts, "text") + " " + format.Agree(r.Texts, "has", "have") + " no vector: " + what
}

// StoppedText says what is kept, what it took, and how the rest is got.
func StoppedText(st session.Stopping, run Bill) string {
	kept := fmt.Sprintf("%s of %s %s kept", format.Thousands(st.Texts), format.Count(st.Of, "text"), format.Agree(st.Texts, "is", "are"))
	if st.Kept.Total > 1 {
		kept = candidate.BatchesText(st.Kept) + " " + format.Agree(st.Kept.Done, "is", "are") + " kept"
	}
	if run.Spent.Tokens > 0 {
		kept += ", for " + strings.TrimSuffix(run.tokensAndCost(), "+")
	}
	if run.Spent.MayCostMore() {
		kept += "; " + report.LostAnswers(run.Spent) + " may still be billed"
	}
	rest := "E asks what the rest costs."
	if st.Free {
		rest = "E asks what the rest costs, R computes what costs nothing."
	}
	return "Stopped: " + kept + ". " + rest
}
