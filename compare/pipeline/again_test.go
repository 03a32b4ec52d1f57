package pipeline

import (
	"context"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// twice is letters on a server that loses every first answer.
type twice struct {
	letters
	again bool // what it was told
}

func (p *twice) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	p.again = req.Approval.Allow(len(req.Texts))
	return p.letters.Embed(ctx, req)
}

func TestAProviderAsksWhetherItMayBePaidAgain(t *testing.T) {
	p := &twice{}
	e, m := engine(p)
	tokens := 0
	_, err := e.Embed(t.Context(), Source{Model: m}, []string{"a", "b"}, EmbedOptions{Approval: word{allow: func(n int) bool { tokens = n; return true }}})
	if err != nil || !p.again || tokens != 2 {
		t.Errorf("asked for %d tokens and was told %v, %v", tokens, p.again, err)
	}
}

// word is an approval that consists of what it does; either may be nil.
type word struct {
	allow  func(tokens int) bool
	record func(api.Usage)
}

func (w word) Allow(tokens int) bool { return w.allow == nil || w.allow(tokens) }

func (w word) Record(u api.Usage) {
	if w.record != nil {
		w.record(u)
	}
}
