package ui

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// work is something under way, under the name of what it is for.
type work struct{ name, text string }

// works are what is under way: for each candidate without the result that is
// wanted, those at the same point of the same source together, then the askings
// that are for none of them.
func (s *store) works() []work {
	var out []work
	at := map[string]int{} // by source and text
	seen := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		seen[source.Key()] = true
		st := candidateState{Candidate: c, model: m}
		if !s.atWorkOn(st) {
			continue
		}
		st = s.withProgress(st)
		text := workText(st)
		if first, ok := at[source.Key()+text]; ok {
			out[first].name += fmt.Sprintf(" @%d", c.Dimensions)
			continue
		}
		at[source.Key()+text] = len(out)
		out = append(out, work{Safe(st.Short()), text})
	}
	for _, a := range s.asksThat(func(a *asking) bool { return a.sends || a.aside != "" }) {
		if !seen[a.key] {
			done, total := a.progress()
			out = append(out, work{Safe(shortOf(a.source.Model.Ref())), askText(s.workOf(a), done, total)})
		}
	}
	return out
}

// errStopped is why a candidate lacks what the person has stopped.
var errStopped = errors.New("stopped before all had arrived")

// stopping gathers what the askings have to tell that the person has stopped.
type stopping struct {
	left      int     // askings whose end is awaited
	kept      batches // where they were sent in several
	texts, of int
	free      bool // what costs nothing was stopped too
}

// text says what is kept, what it took, and how the rest is got.
func (st stopping) text(run usageRow) string {
	kept := fmt.Sprintf("%s of %s %s kept", thousands(st.texts), count(st.of, "text"), areOrIs(st.texts))
	if st.kept.total > 1 {
		kept = st.kept.text() + " " + areOrIs(st.kept.done) + " kept"
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

// text is "3 of 10 batches".
func (b batches) text() string {
	if b.total == 1 {
		return fmt.Sprintf("%d of 1 batch", b.done)
	}
	return fmt.Sprintf("%s of %s batches", thousands(b.done), thousands(b.total))
}

// gatherStopped takes in what is kept of an asking that the person has stopped.
func (s *store) gatherStopped(a *asking, emb *pipeline.Embedding) {
	if !a.stopped || a.aside != "" {
		return
	}
	st := &s.stopping
	st.left--
	b := a.batches()
	st.kept.done += b.done
	st.kept.total += b.total
	if emb != nil {
		st.texts += emb.Vectors.Present()
	}
	st.of += len(a.texts)
	if st.left <= 0 {
		s.ended, s.stopping = &stopping{kept: st.kept, texts: st.texts, of: st.of, free: st.free}, stopping{}
	}
}

// tellOnward says which paid askings go on although something has changed that
// they were begun for.
func (s *store) tellOnward() {
	var said []string
	for _, a := range s.sending() {
		// Each key takes a line away: it is said again after further changes.
		now := told{s.onwardText(a), s.corpus.Revision()}
		if now != a.told && now.text != "" {
			said = append(said, now.text)
		}
		a.told = now
	}
	if len(said) > 0 {
		s.notify(noticeInfo, strings.Join(said, " "))
	}
}

// onwardText says that an asking goes on with what was agreed to; empty when
// that is what is wanted now.
func (s *store) onwardText(a *asking) string {
	ref := a.source.Model.Ref()
	_, agreed := a.progress()
	switch {
	case a.aside != "":
		return ""
	case !s.wanted(a.key):
		return fmt.Sprintf("%s goes on with the %s that %s agreed to, and what it brings is kept; esc stops it.", ref, count(agreed, "text"), wereOrWas(agreed))
	}
	asked := make(map[string]bool, len(a.texts))
	for _, t := range a.texts {
		asked[t] = true
	}
	others := 0
	for i := range s.corpus.Len() {
		if t := s.corpus.At(i).Text; !asked[t] {
			asked[t] = true
			others++
		}
	}
	rest := ""
	switch {
	case others == 0 && s.corpus.Len() == len(a.texts):
		return ""
	case others == 1:
		rest = "; the changed text waits for E"
	case others > 1:
		rest = fmt.Sprintf("; the %s changed texts wait for E", thousands(others))
	}
	return fmt.Sprintf("%s goes on with the %s that %s agreed to%s.", ref, count(agreed, "text"), wereOrWas(agreed), rest)
}
