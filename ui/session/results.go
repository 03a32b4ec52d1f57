package session

import (
	"context"
	"errors"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
)

// comparison is what was computed for one revision of the corpus.
type comparison struct {
	revision uint64
	texts    []corpus.Text
	origin   corpus.Origin      // of the texts
	outcomes map[string]outcome // by candidate id
	orders   map[string][]int   // texts by similarity, by candidate id; nil while computed
	// previousOrder is the order by similarity to show while another is computed; nil
	// when there has been none for as many texts.
	previousOrder []int
	// named are the texts as labels name them, made when first asked for, on whichever
	// goroutine that is.
	named func() *labels.Texts
	// given and byGroup are made when first asked for, as is whether any text has a group.
	given, byGroup []int
	grouped        func() bool
}

// outcome is a candidate's result, or the reason why there is none. A result may
// lack texts; then err says why no more came, and unpaid what the rest takes.
type outcome struct {
	result *pipeline.Result
	err    error
	unpaid *pipeline.Estimate
	of     *pipeline.Embedding // that the result was made from
}

// complete tells that there is nothing more to get.
func (o outcome) complete() bool { return o.err == nil && o.unpaid == nil }

// refused tells that a server gave no vector for some of the texts.
func (o outcome) refused() bool {
	return o.result != nil && o.result.Model.Source != api.SourceBinary && len(o.result.Refused()) > 0
}

// leavesOut tells that texts were left out because they are too long, as the person
// has wanted; the person can want them after all.
func (o outcome) leavesOut() bool {
	if o.result == nil {
		return false
	}
	var long *pipeline.LongTextError
	for _, why := range o.result.Failed {
		if errors.As(why, &long) {
			return true
		}
	}
	return false
}

// NoRevision is what no corpus has: nothing has been computed yet.
const NoRevision = ^uint64(0)

func newComparison(revision uint64, texts []corpus.Text, from corpus.Origin) *comparison {
	named := sync.OnceValue(func() *labels.Texts { return labels.NewTexts(texts) })
	grouped := sync.OnceValue(func() bool {
		return slices.ContainsFunc(texts, func(t corpus.Text) bool { return t.Group != "" })
	})
	return &comparison{revision: revision, texts: texts, origin: from, named: named, grouped: grouped, outcomes: map[string]outcome{}, orders: map[string][]int{}}
}

// looked takes in what is known of a source, by its key, and what the rest would take.
func (s *Session) looked(key string, k known, err error) tea.Cmd {
	p := s.job.part(key)
	p.looking = false
	if err != nil {
		p.asked, p.err = true, err
		return s.step()
	}
	if k.embedding.Vectors.Present() > 0 || !k.embedding.Partial {
		s.embeddings[key] = k.embedding
		s.learnDimensions(k.embedding)
	}
	if k.embedding.Partial {
		p.estimate, p.known = &k.estimate, k.embedding
	}
	return s.step()
}

// showKnown compares what is known of a candidate's texts, for an outcome that
// says why that is not all; without anything known it stands by itself.
func (s *Session) showKnown(m api.Model, c api.Candidate, known *pipeline.Embedding, o outcome) tea.Cmd {
	if known != nil && known.Vectors.Present() > 0 {
		return s.analyse(m, []api.Candidate{c}, known, o)
	}
	if o.unpaid != nil && errors.Is(o.err, ErrStopped) {
		o.err = nil // nothing was lost by stopping
	}
	s.record(c.ID(), o)
	return nil
}

// analyse computes everything shown of candidates of one source; rest is the outcome
// but for the result.
func (s *Session) analyse(m api.Model, candidates []api.Candidate, emb *pipeline.Embedding, rest outcome) tea.Cmd {
	j := s.job
	if rest.complete() {
		candidates = s.recall(m, candidates, emb)
	}
	if len(candidates) == 0 {
		return nil
	}
	progress := j.trackAll(candidates)
	progress(0, 1)
	s.Touch()
	before := s.resultsBefore(candidates)
	ladder := pipeline.Ladder{Had: s.kept.made(emb), Further: s.further(m, candidates, emb)}
	var further []*pipeline.Result
	var errs []error
	work := func(ctx context.Context) (results []*pipeline.Result, _ error) {
		results, further, errs = ladder.Analyse(ctx, m, candidates, before, emb, progress)
		return results, nil
	}
	return loop.Async(j.ctx, work, func(results []*pipeline.Result, _ error) tea.Cmd {
		if s.job != j {
			return nil
		}
		for i, c := range candidates {
			o := rest
			if o.result, o.of = results[i], emb; errs[i] != nil {
				o = outcome{err: errs[i]}
			}
			s.record(c.ID(), o)
		}
		for _, r := range slices.Backward(further) { // the nearest is let go of last
			s.kept.add(emb, r)
		}
		return s.step()
	})
}

// resultsBefore gives the results that candidates have now, of texts of before.
func (s *Session) resultsBefore(candidates []api.Candidate) func(api.Candidate) *pipeline.Result {
	had := map[string]*pipeline.Result{}
	for _, c := range candidates {
		had[c.ID()] = s.current.outcomes[c.ID()].result
	}
	return func(c api.Candidate) *pipeline.Result { return had[c.ID()] }
}

// awaiting are the candidates made from a source that the job has still to compare,
// and the source's model.
func (s *Session) awaiting(source pipeline.Source) (m api.Model, candidates []api.Candidate) {
	for _, c := range s.candidates {
		row, err := s.Find(c.Model)
		_, comparing := s.job.compared[c.ID()]
		if err != nil || !s.job.pending[c.ID()] || comparing {
			continue
		}
		if from, _ := pipeline.SourceOf(row, c); from.Key() == source.Key() {
			m, candidates = row, append(candidates, c)
		}
	}
	return m, candidates
}

// embedHere embeds the job's texts with a model inside the program and computes what is
// shown of its candidates in the same command: one message brings both, and what was
// typed is seen after fewer of them.
func (s *Session) embedHere(source pipeline.Source) tea.Cmd {
	a := s.newRequest(ForCandidates, source, s.job.texts, Grant{})
	row, all := s.awaiting(source)
	progress, before := s.job.trackAll(all), s.resultsBefore(all)
	a.compared = map[string]*comparing{}
	for _, c := range all {
		a.compared[c.ID()] = s.job.compared[c.ID()]
	}
	results := make([]*pipeline.Result, len(all))
	analyse := func(emb *pipeline.Embedding) {
		progress(0, 1)
		// A result that fails is computed again on its own, and then says why.
		results, _ = pipeline.AnalyseAll(a.ctx, row, all, before, emb, progress)
	}
	return s.sendAndUse(a, s.embeddings[source.Key()], analyse, func(emb *pipeline.Embedding, err error) tea.Cmd {
		// It may have outlived the round that began it.
		wanted := s.requests[a.key] == a && s.job.worksOn(a.texts)
		for i, c := range all {
			id := c.ID()
			if s.job != nil && s.job.compared[id] == a.compared[id] {
				delete(s.job.compared, id)
			}
			if wanted && results[i] != nil && s.job.pending[id] {
				s.record(id, outcome{result: results[i], of: emb})
			}
		}
		return s.received(a, emb, err)
	})
}

// record notes a candidate's outcome in the running job. The screens follow
// changed texts with the first result, and not for what has none, so that they do
// not flicker.
func (s *Session) record(id string, o outcome) {
	s.Touch()
	if o.result != nil || o.unpaid == nil {
		s.publish()
	}
	into := s.current
	if s.pending != nil {
		into = s.pending
	}
	into.outcomes[id] = o
	delete(into.orders, id)
	delete(s.job.pending, id)
}

// publish lets the screens follow the texts that the job works on.
func (s *Session) publish() {
	s.Touch()
	if s.pending == nil {
		return
	}
	if len(s.pending.texts) == len(s.current.texts) {
		s.pending.previousOrder = s.current.previousOrder
	}
	for _, c := range s.candidates {
		if s.stoppedCandidates[c.ID()] {
			s.pending.outcomes[c.ID()] = outcome{err: ErrStopped}
		}
	}
	s.current, s.pending = s.pending, nil
}
