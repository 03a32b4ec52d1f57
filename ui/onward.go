package ui

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// work is something under way, under the name of what it is for.
type work struct{ name, text string }

// works are what is under way: for each candidate without the result that is
// wanted, those at the same point of the same model together, then the askings
// that are for none of them.
func (s *store) works() []work {
	var out []work
	var last candidateState
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
		if n := len(out); n > 0 && last.Model == c.Model && out[n-1].text == text {
			out[n-1].name += fmt.Sprintf(" @%d", c.Dimensions)
			continue
		}
		last = st
		out = append(out, work{Safe(st.Short()), text})
	}
	for _, a := range s.asksThat(func(a *asking) bool { return a.sends || a.aside != "" }) {
		if !seen[a.key] {
			out = append(out, work{Safe(shortOf(a.source.Model.Ref())), askText(s.workOf(a), int(a.done.Load()), len(a.texts))})
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
	lost      lostMoney
}

// text says what is kept and what may be charged besides.
func (st stopping) text() string {
	kept := fmt.Sprintf("Stopped: %s of %s are kept", thousands(st.texts), count(st.of, "text"))
	if st.kept.total > 1 {
		kept = fmt.Sprintf("Stopped: %s are kept", st.kept.text())
	}
	if st.lost.requests > 0 {
		kept += "; " + st.lost.text("under way")
	}
	return kept + ". E asks what the rest costs."
}

// text is "3 of 10 batches".
func (b batches) text() string {
	if b.total == 1 {
		return fmt.Sprintf("%d of 1 batch", b.done)
	}
	return fmt.Sprintf("%s of %s batches", thousands(b.done), thousands(b.total))
}

// lostMoney is what requests without an answer may cost nevertheless.
type lostMoney struct {
	requests, tokens int
	usd              float64
	unpriced         bool
}

func (l *lostMoney) add(m api.Model, s pipeline.Spent) {
	l.requests += s.Lost
	l.tokens += s.LostTokens
	l.usd += s.LostUSD
	l.unpriced = l.unpriced || s.Lost > 0 && m.Price == nil
}

// text is "2 requests under way (≈1,200 tokens, $0.0002) may be charged
// nevertheless"; which tells what has become of them.
func (l lostMoney) text(which string) string {
	cost := dollars(l.usd)
	if l.unpriced {
		cost = "price unknown"
	}
	return fmt.Sprintf("%s %s (≈%s, %s) may be charged nevertheless", count(l.requests, "request"), which, count(l.tokens, "token"), cost)
}

// tellLost says what may be charged although its answer never came, and at the
// end of a stop what is kept.
func (s *store) tellLost(a *asking, emb *pipeline.Embedding) {
	if emb == nil {
		emb = &pipeline.Embedding{Source: a.source}
	}
	spent := s.engine.SpentOn(emb)
	if !a.stopped || a.aside != "" {
		var lost lostMoney
		if lost.add(a.source.Model, spent); lost.requests > 0 && a.sends {
			s.notify(noticeWarn, fmt.Sprintf("%s: %s.", a.source.Model.Ref(), lost.text("without an answer")))
		}
		return
	}
	st := &s.stopping
	st.left--
	st.lost.add(a.source.Model, spent)
	b := a.batches()
	st.kept.done += b.done
	st.kept.total += b.total
	st.texts += emb.Vectors.Present()
	st.of += len(a.texts)
	if st.left <= 0 {
		s.notify(noticeWarn, st.text())
		s.stopping = stopping{}
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
	switch {
	case a.aside != "":
		return ""
	case !s.wanted(a.key):
		return fmt.Sprintf("%s goes on with the %s that %s agreed to, and what it brings is kept; esc stops it.", ref, count(len(a.texts), "text"), wereOrWas(len(a.texts)))
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
	return fmt.Sprintf("%s goes on with the %s that %s agreed to%s.", ref, count(len(a.texts), "text"), wereOrWas(len(a.texts)), rest)
}

func wereOrWas(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
