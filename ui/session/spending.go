package session

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Grant is the person's word to embed one source.
type Grant struct {
	Long pipeline.Long
	// sends tells that money is spent; without it everything is known already.
	sends bool
	// texts is how many different ones are sent.
	texts int
	// Estimate is what the person saw; nil where nothing is sent.
	Estimate *pipeline.Estimate
	// Approval is that word for the providers; nil where nothing was approved of.
	Approval *spending.Approval
}

// Grants are the person's word for each of several sources, which are one run. One
// that exceeds a limit the person has let do so.
func (s *Session) Grants(estimates []pipeline.Estimate, long pipeline.Long) []Grant {
	approve := s.ledger.Approve
	if s.exceeds(estimates) {
		approve = s.ledger.ApproveAbove
	}
	out := make([]Grant, len(estimates))
	for i, approval := range approve(pipeline.Costs(estimates)...) {
		e := estimates[i]
		out[i] = Grant{Long: long, sends: e.Sends(), texts: e.Missing(), Estimate: &e, Approval: approval}
	}
	return out
}

// exceeds tells that sending what was estimated could exceed a limit.
func (s *Session) exceeds(estimates []pipeline.Estimate) bool {
	total := pipeline.Total(estimates)
	return total.Missing() > 0 && (!total.Priced || len(s.ledger.Exceeds(pipeline.Costs(estimates))) > 0)
}

// nothingApproved takes note of what asking for a model's vectors takes that nobody
// approved of paying for.
func (s *Session) nothingApproved(m api.Model) *spending.Approval {
	return s.ledger.Approve(spending.Cost{Model: m, Paid: s.engine.Paid(m)})[0]
}

// counts gives a function that counts tokens in a command, quickly for those of
// the texts that were counted before.
func (s *Session) counts(texts []string) func(string) int {
	known := make(map[string]int, len(texts))
	for _, t := range texts {
		if n, ok := s.tokens[t]; ok {
			known[t] = n
		}
	}
	counter := s.counter
	return func(text string) int {
		if n, ok := known[text]; ok {
			return n
		}
		return counter.Count(text)
	}
}

// stoppedKinds is what was stopped.
type stoppedKinds struct {
	Paid, Free bool   // of the candidates
	Besides    string // of what is asked besides, how it is asked for again
}

// StopAll stops what runs. What askings have got that cost money comes with their
// end, which says what may be charged.
func (s *Session) StopAll() stoppedKinds {
	var out stoppedKinds
	for _, a := range s.requests {
		switch {
		case a.stopped:
		case a.Besides != "":
			out.Besides = a.Besides
		case a.Sends:
			out.Paid = true
		default:
			out.Free = true
		}
		s.StopRequest(a)
	}
	if s.job == nil {
		return out
	}
	pending, texts := s.job.pending, s.job.texts
	if s.pending != nil { // what waits for a word does so from now on
		for id, o := range s.pending.Outcomes {
			s.outcomeUnlessShown(id, o)
		}
	}
	s.endJob()
	s.stoppedCandidates = map[string]bool{}
	for _, c := range s.candidates {
		source, ok := s.sourceOf(c)
		if _, ends := s.requests[source.Key()]; !ok || ends || !pending[c.ID()] {
			continue
		}
		if s.engine.Paid(source.Model) && !s.holdsAll(source, texts) {
			out.Paid = true
			s.outcomeUnlessShown(c.ID(), Outcome{unpaid: &pipeline.Estimate{Source: source}})
			continue
		}
		out.Free = true
		s.stoppedCandidates[c.ID()] = true
		s.outcomeUnlessShown(c.ID(), Outcome{err: ErrStopped})
	}
	return out
}

// holdsAll tells whether nothing of the texts is still to be embedded.
func (s *Session) holdsAll(source pipeline.Source, texts []string) bool {
	emb := s.embeddings[source.Key()]
	return emb != nil && !emb.Partial && slices.Equal(emb.Texts, texts)
}

func (s *Session) outcomeUnlessShown(id string, o Outcome) {
	s.Touch()
	if _, ok := s.current.Outcomes[id]; !ok {
		s.current.Outcomes[id] = o
	}
}

// WantedSource is a source whose cost is asked for.
type WantedSource struct {
	Source     pipeline.Source
	Candidates []string
	before     *pipeline.Embedding
}

// PaidSources are the sources of the candidates that cost money, those too that
// cannot be asked yet, but not those that are being asked.
func (s *Session) PaidSources() []WantedSource {
	var out []WantedSource
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil || m.Unselectable() != "" || !s.engine.Paid(m) {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		if a := s.requests[source.Key()]; a != nil && !a.stopped {
			continue
		}
		at := slices.IndexFunc(out, func(w WantedSource) bool { return w.Source.Key() == source.Key() })
		if at < 0 {
			at = len(out)
			out = append(out, WantedSource{Source: source, before: s.embeddings[source.Key()]})
		}
		out[at].Candidates = append(out[at].Candidates, c.ID())
	}
	return out
}

// Unpaid is how many candidates wait for the person's word.
func (s *Session) Unpaid() int {
	n := 0
	for _, c := range s.States() {
		if c.waitsForWord() {
			n++
		}
	}
	return n
}

// UnpaidEstimate is what embedding all candidates that wait for the person's word
// would take, as far as is known without counting again.
func (s *Session) UnpaidEstimate() (total pipeline.Estimate, known bool) {
	if s.priceOnItsWay() {
		return pipeline.Estimate{}, false
	}
	var waiting []pipeline.Estimate
	counted := map[string]bool{}
	for _, c := range s.candidates {
		st := s.State(c)
		est := st.Unpaid
		switch {
		case !st.waitsForWord() || counted[est.Source.Key()]:
			continue
		case est.Texts == 0:
			return pipeline.Estimate{}, false
		}
		counted[est.Source.Key()] = true
		waiting = append(waiting, *est)
	}
	return pipeline.Total(waiting), len(waiting) > 0
}

// priceOnItsWay tells that it is still found out what some paid candidate lacks.
func (s *Session) priceOnItsWay() bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool {
		source, ok := s.sourceOf(c)
		if !ok || !s.engine.Paid(source.Model) {
			return false
		}
		a := s.requests[source.Key()]
		return a != nil && a.stopped || a == nil && s.job != nil && s.job.pending[c.ID()]
	})
}

// EmbedPaid embeds the sources that the person has agreed to pay for.
func (s *Session) EmbedPaid(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	texts := TextsOf(s.corpus.Texts())
	var cmds []tea.Cmd
	grants := s.Grants(estimates, long)
	for i, e := range estimates {
		if a := s.requests[e.Source.Key()]; e.Unavailable == nil && (a == nil || a.stopped) {
			s.long[e.Source.Key()] = long
			cmds = append(cmds, s.embed(e.Source, texts, grants[i]))
		}
	}
	return tea.Batch(append(cmds, s.Invalidate(0))...)
}

// LongOf is what the person wants of the source's texts that are too long.
func (s *Session) LongOf(source pipeline.Source) pipeline.Long {
	if long, ok := s.long[source.Key()]; ok {
		return long
	}
	return pipeline.LongCut
}
