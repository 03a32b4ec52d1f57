// Package pipeline is the way from a candidate and texts to what a screen or a
// report shows: it asks the provider for vectors once per source, cuts smaller
// dimensions from them, and lets compare do the mathematics. The explorer and
// the command line share it. It may import api and its catalog, compare and
// ui/corpus; it knows no terminal.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
)

// Provider is what the pipeline needs of an api.Provider.
type Provider interface {
	Embed(ctx context.Context, req api.Request) (api.Result, error)
}

// Engine knows the catalog and the providers that can be asked.
type Engine struct {
	// Catalog lists every model, whether it can be asked or not.
	Catalog *catalog.Catalog
	// Providers are the ones that can be asked, by name.
	Providers map[string]Provider
	// HasKey tells whether the key that a model's KeyEnv names is set.
	HasKey func(env string) bool
}

// Available tells whether a model can be asked now: nil, an *api.KeyError when
// its key is missing, or another error that says why not.
func (e *Engine) Available(m api.Model) error {
	if reason := m.Unselectable(); reason != "" {
		return errors.New(reason)
	}
	if m.KeyEnv != "" && !e.HasKey(m.KeyEnv) {
		return &api.KeyError{Provider: m.Provider, Env: m.KeyEnv}
	}
	if _, ok := e.Providers[m.Provider]; !ok {
		return &NotReachableError{Provider: m.Provider}
	}
	return nil
}

// NotReachableError reports a provider that the catalog lists but that this
// version of the program cannot ask.
type NotReachableError struct{ Provider string }

func (e *NotReachableError) Error() string {
	return fmt.Sprintf("this version cannot ask %s yet: its models are listed with their prices, the local ones can be embedded", e.Provider)
}

// Source is one thing to ask of a provider: a model at its full length, or at
// fewer dimensions where those are not derived.
type Source struct {
	Model api.Model
	// Dimensions is what to ask for; 0 is the full length.
	Dimensions int
}

// Key identifies the source among others.
func (s Source) Key() string { return fmt.Sprintf("%s@%d", s.Model.Ref(), s.Dimensions) }

// SourceOf tells what to ask of the provider for a candidate. Smaller
// dimensions are derived from the full length, which is asked for once, unless
// the model is free and computes every length for itself.
func SourceOf(m api.Model, c api.Candidate) (s Source, derived bool) {
	switch {
	case c.Dimensions == m.Dimensions:
		return Source{Model: m}, false
	case m.Free() && m.SupportsDimensions:
		return Source{Model: m, Dimensions: c.Dimensions}, false
	case c.Dimensions > m.Dimensions:
		// Longer than what comes unasked: only the server can make it.
		return Source{Model: m, Dimensions: c.Dimensions}, false
	default:
		return Source{Model: m}, true
	}
}

// Embedding holds the vectors of one source over the texts.
type Embedding struct {
	Source Source
	// Texts are what was embedded, in order.
	Texts []string
	// Vectors are N×D; a text that Failed names is absent.
	Vectors compare.Vectors
	// Failed says why a text has no vector, by its index.
	Failed map[int]error
	// Usage adds up what was asked of the provider for exactly these texts.
	Usage api.Usage
}

// Embed asks the provider for the vectors of texts. Texts that before already
// holds are taken from there. progress, if set, is told the number of texts
// done of all.
func (e *Engine) Embed(ctx context.Context, s Source, texts []string, before *Embedding, progress func(done int)) (*Embedding, error) {
	if err := e.Available(s.Model); err != nil {
		return nil, err
	}
	rows, missing, ask := reuse(texts, before)
	out := &Embedding{Source: s, Texts: texts, Failed: map[int]error{}}
	if before != nil {
		out.Usage = before.Usage
	}
	if len(ask) > 0 {
		result, err := e.ask(ctx, s, ask, len(texts)-len(missing), progress)
		if err != nil {
			return nil, err
		}
		for k, at := range missing {
			rows[at] = result.Vectors[k]
			if why := result.Failed[k]; why != nil {
				out.Failed[at] = api.AtIndex(why, at)
			}
		}
		out.Usage = out.Usage.Plus(result.Usage)
	}
	vectors, err := compare.NewVectors(rows)
	if err != nil {
		return nil, fmt.Errorf("the vectors of %s cannot be used: %w", s.Model.Ref(), err)
	}
	out.Vectors = vectors
	return out, nil
}

func (e *Engine) ask(ctx context.Context, s Source, texts []string, known int, progress func(int)) (api.Result, error) {
	req := api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Texts: texts}
	if progress != nil {
		req.Progress = func(done int) { progress(known + done) }
	}
	started := time.Now()
	result, err := e.Providers[s.Model.Provider].Embed(ctx, req)
	if err != nil {
		return api.Result{}, fmt.Errorf("embedding with %s: %w", s.Model.Ref(), err)
	}
	if len(result.Vectors) != len(texts) {
		return api.Result{}, fmt.Errorf("embedding with %s: %d vectors came back for %d texts", s.Model.Ref(), len(result.Vectors), len(texts))
	}
	if result.Usage.Elapsed == 0 {
		result.Usage.Elapsed = time.Since(started)
	}
	return result, nil
}

// reuse fills in the rows that before already has; missing are the indices
// without one and ask their texts.
func reuse(texts []string, before *Embedding) (rows [][]float32, missing []int, ask []string) {
	rows = make([][]float32, len(texts))
	known := map[string]int{}
	if before != nil {
		for i, t := range before.Texts {
			if before.Vectors.Has(i) {
				known[t] = i
			}
		}
	}
	for i, t := range texts {
		if at, ok := known[t]; ok {
			rows[i] = before.Vectors.Row(at)
			continue
		}
		missing = append(missing, i)
		ask = append(ask, t)
	}
	return rows, missing, ask
}
