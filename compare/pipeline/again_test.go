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
	p.again = req.Again(len(req.Texts))
	return p.letters.Embed(ctx, req)
}

func TestAProviderAsksWhetherItMayBePaidAgain(t *testing.T) {
	p := &twice{}
	e, m := engine(p)
	tokens := 0
	_, err := e.Ask(t.Context(), Source{Model: m}, []string{"a", "b"}, Asking{Again: func(n int) bool { tokens = n; return true }})
	if err != nil || !p.again || tokens != 2 {
		t.Errorf("asked for %d tokens and was told %v, %v", tokens, p.again, err)
	}
}
