package ui

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// money is what the store knows of spending.
type money struct {
	limits config.Spending
	// granted are the sources that the next job may spend money on, by key.
	granted map[string]grant
	// session is what this session used, by model reference.
	session map[string]pipeline.Spent
	log     pipeline.UsageLog // may be nil
	logged  int               // how often the log has taken something
}

// grant is the person's word to embed one source.
type grant struct {
	long pipeline.Long
	// tokens is about how many will be sent, as the person saw it.
	tokens string
}

// spentInAll is what this session has cost in US dollars.
func (m *money) spentInAll() float64 {
	sum := 0.0
	for _, s := range m.session {
		sum += s.USD
	}
	return sum
}

// overLimit says which limit spending that much would exceed; empty for none.
func (m *money) overLimit(total pipeline.Estimate) string {
	switch {
	case total.Missing() == 0:
		return ""
	case !total.Priced:
		return "a price is unknown, and so is what this costs"
	case total.USD > m.limits.PerRun:
		return "more than your limit of " + dollars(m.limits.PerRun) + " a run"
	case m.spentInAll()+total.USD > m.limits.PerSession:
		return "with what was spent more than your limit of " + dollars(m.limits.PerSession) + " a session"
	}
	return ""
}

// needsGrant tells whether asking for the source may cost money that nobody has
// agreed to.
func (s *store) needsGrant(source pipeline.Source) bool {
	_, granted := s.job.granted[source.Key()]
	return s.engine.Paid(source.Model) && !granted
}

// asking is how to ask for a source.
func (s *store) asking(source pipeline.Source, texts []string) pipeline.Asking {
	how := pipeline.Asking{Before: s.embeddings[source.Key()]}
	if s.engine.Paid(source.Model) {
		how.Long, how.Count = pipeline.LongCut, s.counts(texts)
		if g, ok := s.job.granted[source.Key()]; ok {
			how.Long = g.long
		}
	}
	return how
}

// counts gives a function that counts tokens in a command, quickly for those of
// the texts that were counted before.
func (s *store) counts(texts []string) func(string) int {
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

// priced goes on with a source that costs nothing because all of it is known, and
// lets the candidates of others wait for the person's word.
func (s *store) priced(msg pricedMsg) tea.Cmd {
	if s.job == nil || s.job.id != msg.job || msg.err != nil {
		return nil
	}
	source, texts := msg.estimate.Source, textsOf(s.corpus.Texts())
	if !msg.estimate.Sends() {
		return embed(s.job, s.engine, source, texts, s.asking(source, texts))
	}
	for _, c := range s.candidates {
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil || s.job == nil || !s.job.pending[c.ID()] {
			continue
		}
		if of, _ := pipeline.SourceOf(m, c); of.Key() == source.Key() {
			s.awaitWord(c.ID(), msg.estimate)
			s.settled(c.ID())
		}
	}
	return nil
}

// awaitWord notes that a candidate waits for the person's word. The screens
// follow changed texts only with the first result, so that they do not flicker.
func (s *store) awaitWord(id string, est pipeline.Estimate) {
	into := s.shown
	if s.next != nil {
		into = s.next
	}
	into.outcomes[id] = outcome{unpaid: &est}
}

// halt stops what runs, and tells whether some of it cost money.
func (s *store) halt() (paid bool) {
	if s.job == nil {
		return false
	}
	pending := s.job.pending
	s.stop()
	for _, c := range s.candidates {
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil || !pending[c.ID()] || !s.engine.Paid(m) {
			continue
		}
		paid = true
		if _, ok := s.shown.outcomes[c.ID()]; !ok && !s.stale() {
			source, _ := pipeline.SourceOf(m, c)
			s.awaitWord(c.ID(), pipeline.Estimate{Source: source})
		}
	}
	return paid
}

// keep takes in what a job that was stopped had got.
func (s *store) keep(msg vectorsMsg) {
	emb := msg.embedding
	if emb == nil || emb.Vectors.Present() == 0 {
		return
	}
	if had := s.embeddings[msg.source.Key()]; had == nil || had.Partial {
		s.embeddings[msg.source.Key()] = emb
	}
}

// spent adds an answer to what this session used, and notes it for later ones.
func (s *store) spent(emb *pipeline.Embedding) tea.Cmd {
	if emb == nil || emb.Answered == 0 && emb.Spent.Requests == 0 {
		return nil
	}
	used := s.engine.SpentOn(emb)
	ref := emb.Source.Model.Ref()
	s.money.session[ref] = s.money.session[ref].Plus(used)
	if noted, ok := s.engine.Noted(emb); ok && s.money.log != nil {
		return logUsage(s.life, s.money.log, noted)
	}
	return nil
}

// wantedSource is a source whose cost is asked for.
type wantedSource struct {
	source     pipeline.Source
	candidates []string
	before     *pipeline.Embedding
}

// paidSources are the sources of the candidates that cost money, those too that
// cannot be asked yet.
func (s *store) paidSources() []wantedSource {
	var out []wantedSource
	for _, c := range s.candidates {
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil || m.Unselectable() != "" || !s.engine.Paid(m) {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		at := slices.IndexFunc(out, func(w wantedSource) bool { return w.source.Key() == source.Key() })
		if at < 0 {
			at = len(out)
			out = append(out, wantedSource{source: source, before: s.embeddings[source.Key()]})
		}
		out[at].candidates = append(out[at].candidates, c.ID())
	}
	return out
}

// unpaid is how many candidates wait for the person's word.
func (s *store) unpaid() int {
	n := 0
	for _, c := range s.states() {
		if c.phase == phaseUnpaid {
			n++
		}
	}
	return n
}

// unpaidCost is what embedding all candidates that wait for the person's word
// would cost, as far as is known without counting again.
func (s *store) unpaidCost() (cost string, known bool) {
	var waiting []pipeline.Estimate
	counted := map[string]bool{}
	for _, c := range s.candidates {
		est := s.shown.outcomes[c.ID()].unpaid
		switch {
		case est == nil || counted[est.Source.Key()]:
			continue
		case est.Texts == 0:
			return "", false
		}
		counted[est.Source.Key()] = true
		waiting = append(waiting, *est)
	}
	return costText(pipeline.Total(waiting)), len(waiting) > 0
}

// nothingToBuy gives the reason why asking for the costs makes no sense.
func (s *store) nothingToBuy() string {
	if why := s.nothingToCompute(); why != "" {
		return why
	}
	if len(s.paidSources()) > 0 || len(s.insecureCandidates()) > 0 {
		return ""
	}
	return "no candidate costs anything; the models inside the binary just run"
}

// buy embeds the sources that the person has agreed to pay for.
func (s *store) buy(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	granted := map[string]grant{}
	for _, e := range estimates {
		granted[e.Source.Key()] = grant{long: long, tokens: tokensText(e)}
		for _, id := range e.Candidates {
			if o := s.shown.outcomes[id]; o.result == nil {
				delete(s.shown.outcomes, id)
			}
		}
	}
	s.money.granted = granted
	return s.changed(0)
}

// pause is something waited for.
type pause struct {
	until   time.Time
	reason  string
	attempt int
}

// trackWaits gives the function through which a command tells its waits.
func (j *job) trackWaits(source string) func(api.Notice) {
	now := &atomic.Pointer[pause]{}
	j.waits[source] = now
	return func(n api.Notice) {
		now.Store(&pause{until: time.Now().Add(n.Wait), reason: n.Reason, attempt: n.Attempt})
	}
}

// sourceWork is how far the asking for a source is.
type sourceWork struct {
	checking bool   // it is not known yet what it would cost
	waits    string // what it waits for
	tokens   string // about how many are sent
	rate     float64
}

func (j *job) workOf(source string) sourceWork {
	w := sourceWork{tokens: j.granted[source].tokens}
	now, asked := j.waits[source]
	if w.checking = !asked; w.checking {
		return w
	}
	if p := now.Load(); p != nil {
		if left := p.until.Sub(j.started.Add(j.elapsed)); left > 0 {
			w.waits = fmt.Sprintf("waits %d s: %s, attempt %d", int(left.Seconds()+0.999), Safe(p.reason), p.attempt)
		}
	}
	if seconds := j.elapsed.Seconds(); seconds >= 1 {
		done, _ := j.progressOf(source)
		w.rate = float64(done) / seconds
	}
	return w
}
