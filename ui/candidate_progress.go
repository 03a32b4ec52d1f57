package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// phaseText says in a few words why a candidate has nothing to show yet.
func phaseText(c candidateState) string {
	switch c.phase {
	case phaseWaiting:
		return "waiting"
	case phaseRunning:
		return workText(c)
	case phaseFailed, phaseUnavailable:
		return problemOf(c).line(far)
	case phaseUnpaid:
		return "not embedded yet: E shows its cost"
	default:
		return ""
	}
}

// workText says how far a running candidate is.
func workText(c candidateState) string {
	switch {
	case c.comparing:
		return fmt.Sprintf("comparing, %d%%", c.compared)
	case c.work.checking:
		return "looking up what is known"
	default:
		return askText(c.work, c.done, c.total)
	}
}

// askText says how far an asking is, what matters most first: it is often cut.
func askText(w sourceWork, done, total int) string {
	texts := fmt.Sprintf("%s of %s", format.Thousands(done), format.Count(total, "text"))
	if w.stopping {
		return "stopping, " + texts
	}
	var parts []string
	if w.batches.total > 1 {
		parts = append(parts, batchesText(w.batches))
	} else {
		parts = append(parts, "embedding "+texts)
	}
	if w.waits != nil {
		return parts[0] + "; " + waitText(*w.waits)
	}
	if w.sends != nil {
		parts = append(parts, tokensText(*w.sends))
	}
	if seconds := int(w.elapsed.Seconds()); seconds >= 1 {
		parts = append(parts, fmt.Sprintf("%s s", format.Thousands(seconds)))
	}
	if w.rate >= 1 {
		parts = append(parts, fmt.Sprintf("%s texts/s", format.Thousands(int(w.rate))))
	}
	return strings.Join(parts, ", ")
}

// batchesText is "3 of 10 batches".
func batchesText(b batches) string {
	if b.total == 1 {
		return fmt.Sprintf("%d of 1 batch", b.done)
	}
	return fmt.Sprintf("%s of %s batches", format.Thousands(b.done), format.Thousands(b.total))
}

// waitText says how long is waited and why.
func waitText(p waiting) string {
	reason := term.Safe(p.reason)
	if p.unknown {
		return "waits: " + reason
	}
	if p.lost {
		reason += ", the answer was lost: the next attempt may be billed again"
	}
	return fmt.Sprintf("waits %d s: %s, attempt %d", int(p.left.Seconds()+0.999), reason, p.attempt)
}

// shortOf is a candidate's id without provider and owner.
func shortOf(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// underWay names everything under way and says how far it is; candidates at the same
// point of the same source stand together.
func underWay(s *store) [][2]string {
	var out [][2]string
	at := map[string]int{} // by source and text
	for _, k := range s.activities() {
		if k.besides() {
			out = append(out, [2]string{term.Safe(shortOf(k.source.Model.Ref())), askText(k.work, k.done, k.total)})
			continue
		}
		text := workText(k.candidateState)
		if first, ok := at[k.source.Key()+text]; ok {
			out[first][0] += fmt.Sprintf(" @%d", k.Dimensions)
			continue
		}
		at[k.source.Key()+text] = len(out)
		out = append(out, [2]string{term.Safe(k.Short()), text})
	}
	return out
}
