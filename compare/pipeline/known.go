package pipeline

import (
	"context"
	"strings"

	"github.com/vecscope/vecscope/api"
)

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

// heldTogether is how many texts' vectors are taken from a provider at once: they are
// in memory twice until they are in their places.
const heldTogether = 2048

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
	if s.Fresh {
		return nil
	}
	for from := 0; from < len(r.sent); from += heldTogether {
		texts := r.sent[from:min(len(r.sent), from+heldTogether)]
		// A cache that cannot be read holds nothing; it says so itself.
		held, _ := e.Providers[s.Model.Provider].Held(ctx, api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Prefix: s.Prefix, Field: s.Field, Texts: texts})
		if err := ctx.Err(); err != nil {
			return err
		}
		if p, ok := e.Providers[s.Model.Provider].(api.Measured); ok && from == 0 {
			r.norms = p.Norms(ctx, api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Prefix: s.Prefix, Field: s.Field})
		}
		for k, vector := range held[:min(len(held), len(texts))] {
			if vector != nil {
				r.arrived([]int{from + k}, [][]float32{vector})
			}
		}
	}
	r.spend(api.Usage{Cached: r.answered})
	return nil
}
