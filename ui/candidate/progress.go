package candidate

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// WorkText says how far a running candidate is.
func WorkText(c session.State) string {
	switch {
	case c.Comparing:
		return fmt.Sprintf("comparing, %d%%", c.Compared) + format.TimeLeft(c.ComparedFor, c.Compared, 100)
	case c.Work.Checking:
		return "looking up what is known"
	default:
		return AskText(c.Work, c.Done, c.Total)
	}
}

// AskText says how far a request is that has brought done of total texts, what matters most first: it is often cut.
func AskText(w session.SourceWork, done, total int) string {
	texts := fmt.Sprintf("%s of %s", format.Thousands(done), format.Count(total, "text"))
	if w.Stopping {
		return "stopping, " + texts
	}
	var parts []string
	if w.Batches.Total > 1 {
		parts = append(parts, BatchesText(w.Batches))
	} else {
		parts = append(parts, "embedding "+texts+format.TimeLeft(w.Elapsed, done, total))
	}
	if w.Waits != nil {
		return parts[0] + "; " + WaitText(*w.Waits)
	}
	if w.Sends != nil {
		parts = append(parts, TokensText(*w.Sends))
	}
	if seconds := int(w.Elapsed.Seconds()); seconds >= 1 {
		parts = append(parts, fmt.Sprintf("%s s", format.Thousands(seconds)))
	}
	if w.Rate >= 1 {
		parts = append(parts, fmt.Sprintf("%s texts/s", format.Thousands(int(w.Rate))))
	}
	return strings.Join(parts, ", ")
}

// BatchesText is "3 of 10 batches".
func BatchesText(b session.Batches) string {
	if b.Total == 1 {
		return fmt.Sprintf("%d of 1 batch", b.Done)
	}
	return fmt.Sprintf("%s of %s batches", format.Thousands(b.Done), format.Thousands(b.Total))
}

// WaitText says how long is waited and why.
func WaitText(p session.Waiting) string {
	reason := term.Safe(p.Reason)
	if p.Unknown {
		return "waits: " + reason
	}
	if p.Lost {
		reason += ", the answer was lost: the next attempt may be billed again"
	}
	return fmt.Sprintf("waits %d s: %s, attempt %d", max(int(p.Left.Seconds()+0.999), 1), reason, p.Attempt)
}

// UnderWay names everything under way and says how far it is; candidates at the same
// point of the same source stand together.
func UnderWay(s *session.Session) [][2]string {
	var out [][2]string
	at := map[string]int{} // by source and text
	for _, k := range s.Requests().Activities() {
		if k.ForNone() {
			out = append(out, [2]string{term.Safe(s.ShortOf(k.Source.Model.Ref())), AskText(k.Work, k.Done, k.Total)})
			continue
		}
		text := WorkText(k.State)
		if first, ok := at[k.Source.Key()+text]; ok {
			out[first][0] += fmt.Sprintf(" @%d", k.Dimensions)
			continue
		}
		at[k.Source.Key()+text] = len(out)
		out = append(out, [2]string{term.Safe(k.Short()), text})
	}
	return out
}

// TokensNumber writes how many tokens would be sent, "≈" before an estimate.
func TokensNumber(e pipeline.Estimate) string {
	if e.Estimated && e.Tokens > 0 {
		return "≈" + format.Thousands(e.Tokens)
	}
	return format.Thousands(e.Tokens)
}

// TokensText is TokensNumber with its noun: "≈1,234 tokens".
func TokensText(e pipeline.Estimate) string {
	if e.Tokens == 1 {
		return TokensNumber(e) + " token"
	}
	return TokensNumber(e) + " tokens"
}
