package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
)

// progressInterval is how often a running job's numbers are drawn anew.
const progressInterval = 100 * time.Millisecond

// later brings the message after the delay, unless ctx ends first.
func later(ctx context.Context, delay time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		if delay <= 0 {
			return msg
		}
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-ctx.Done():
			return nil
		}
	}
}

// noticeTime is how long a notice can be read.
const noticeTime = 8 * time.Second

// readTotals asks for what was spent over all sessions.
func readTotals(ctx context.Context, log pipeline.UsageLog) tea.Cmd {
	return func() tea.Msg {
		totals, err := log.Totals(ctx)
		return totalsMsg{totals: totals, err: err}
	}
}

// askBalance asks a provider what is left to spend.
func askBalance(ctx context.Context, provider string, b pipeline.Balancer) tea.Cmd {
	return func() tea.Msg {
		balance, err := b.Balance(ctx)
		return balanceMsg{provider: provider, at: time.Now(), balance: balance, err: err}
	}
}

// analyse computes everything shown of one candidate; rest is the outcome but for
// the result.
func analyse(j *job, m api.Model, c api.Candidate, emb *pipeline.Embedding, rest outcome) tea.Cmd {
	progress := j.trackPairs(c.ID())
	return func() tea.Msg {
		result, err := pipeline.Analyse(j.ctx, m, c, emb, progress)
		if rest.result = result; err != nil {
			rest = outcome{err: err}
		}
		return resultMsg{job: j.id, candidate: c.ID(), outcome: rest}
	}
}

// orderBySimilarity computes the order in which similar texts stand together.
func orderBySimilarity(ctx context.Context, revision uint64, candidate string, m *compare.Matrix) tea.Cmd {
	return func() tea.Msg {
		order, err := compare.OrderBySimilarity(ctx, m)
		return orderMsg{revision: revision, candidate: candidate, order: order, err: err}
	}
}

// searchPairs joins the pairs that the candidates find.
func searchPairs(ctx context.Context, q pairQuery) tea.Cmd {
	return func() tea.Msg {
		list, err := findPairs(ctx, q, maxListed)
		return pairsMsg{list: list, err: err}
	}
}

// countTokens counts the tokens of texts that have not been counted yet.
func countTokens(ctx context.Context, counter *corpus.Counter, revision uint64, texts []string) tea.Cmd {
	return func() tea.Msg {
		counts := make(map[string]int, len(texts))
		for _, t := range texts {
			if ctx.Err() != nil {
				break
			}
			counts[t] = counter.Count(t)
		}
		return tokensMsg{revision: revision, counts: counts}
	}
}

// readTexts reads the texts of a file; ~ stands for the home directory.
func readTexts(path string) tea.Cmd {
	return func() tea.Msg {
		texts, err := corpus.ReadFile(expandHome(path))
		return textsMsg{path: path, source: filepath.Base(path), texts: texts, err: err}
	}
}

// writeExport writes a file.
func writeExport(ctx context.Context, x *exporter, o exportOrder) tea.Cmd {
	return func() tea.Msg { return x.write(ctx, o) }
}

// render writes down what is to be copied.
func render(ctx context.Context, e export, f exportFormat) tea.Cmd {
	return func() tea.Msg {
		c := &clip{}
		remark, err := f.write(ctx, c)
		return copyMsg{export: e, text: c.b.String(), remark: remark, err: err}
	}
}

// findNearest looks through all texts of a large corpus.
func findNearest(ctx context.Context, q nearestQuery) tea.Cmd {
	return func() tea.Msg {
		found, err := q.search(ctx)
		if err != nil {
			return nil
		}
		return nearestMsg{found}
	}
}

// refreshList reads a server's list.
func refreshList(ctx context.Context, read func(context.Context, string) (string, error), provider string) tea.Cmd {
	return func() tea.Msg {
		changes, err := read(ctx, provider)
		return listMsg{provider: provider, changes: changes, err: err}
	}
}

// allowInsecure lets a provider's key cross a network in the clear.
func allowInsecure(allow func(provider string) error, e *api.InsecureKeyError, then func() tea.Cmd) tea.Cmd {
	return func() tea.Msg { return allowedMsg{leave: e, err: allow(e.Provider), then: then} }
}

// askNews finds out what came up meanwhile.
func askNews(o Options) tea.Cmd {
	if o.News == nil {
		return nil
	}
	return func() tea.Msg {
		msg := newsMsg{lines: o.News()}
		if o.Unkept != nil {
			msg.unkept = o.Unkept()
		}
		return msg
	}
}

// saver writes states so that an older one never replaces a newer one: commands
// may end in another order than they began, even after the program.
type saver struct {
	write   func(config.State) error
	given   int // numbers given so far; the loop's own
	mu      sync.Mutex
	written int // greatest number written
}

// number gives a state its place; the function that it returns writes the state,
// unless a later one has been written.
func (s *saver) number(st config.State) func() error {
	s.given++
	n := s.given
	return func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if n < s.written {
			return nil
		}
		s.written = n
		return s.write(st)
	}
}

// save remembers the state.
func save(write func() error) tea.Cmd {
	return func() tea.Msg {
		if err := write(); err != nil {
			return savedMsg{err: fmt.Errorf("the session is not remembered: %w", err)}
		}
		return savedMsg{}
	}
}
