package pipeline

import (
	"context"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// Knower is a provider that can tell which texts it answers without asking
// anybody, as a cache does.
type Knower interface {
	// Known tells for each text of a request whether Embed would answer it for
	// nothing.
	Known(ctx context.Context, req api.Request) ([]bool, error)
}

// Holder is a provider that can give the vectors it has without asking anybody.
type Holder interface {
	// Held gives the vectors of a request's texts, nil for those it has not.
	Held(ctx context.Context, req api.Request) ([][]float32, error)
}

// FromCache gives what is known of a source's vectors, in options.Before or at the
// provider, and what the rest would take. Nobody is asked for anything.
// The embedding is partial when texts are missing. The error is ctx's, or says
// that the model cannot be asked or that what is known cannot be used.
func (e *Engine) FromCache(ctx context.Context, s Source, texts []string, options EmbedOptions) (*Embedding, Estimate, error) {
	options.KnownOnly = true
	long := options.Long
	if !cutsHere(s.Model) {
		options.Long = LongSent
	}
	emb, err := e.Embed(ctx, s, texts, options)
	if err != nil {
		return nil, Estimate{}, err
	}
	// What was not taken is lacking, whatever else the provider believes.
	est, err := e.estimate(ctx, s, texts, emb, long, options.Count, false)
	return emb, est, err
}

// take puts the vectors that the provider has in their places.
func (e *Engine) take(ctx context.Context, r *embedJob) error {
	s := r.out.Source
	for k, text := range r.sent {
		if strings.TrimSpace(text) != "" {
			continue
		}
		for _, at := range r.places[k] {
			r.out.Failed[at] = &api.EmptyTextError{Index: at}
		}
	}
	holder, ok := e.Providers[s.Model.Provider].(Holder)
	if !ok {
		return nil
	}
	// A cache that cannot be read holds nothing; it says so itself.
	held, _ := holder.Held(ctx, api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Prefix: s.Prefix, Texts: r.sent})
	if err := ctx.Err(); err != nil {
		return err
	}
	for k, vector := range held[:min(len(held), len(r.sent))] {
		if vector != nil {
			r.arrived([]int{k}, [][]float32{vector})
		}
	}
	r.spend(api.Usage{Cached: r.answered})
	return nil
}
