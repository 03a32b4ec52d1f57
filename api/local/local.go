// Package local is the provider of the models inside the binary: use-lite, a
// sentence encoder; glove, averaged word vectors; ngrams, hashed spelling. They
// are pure functions of the text, without network, disk or cost. It may import
// api and its own internal packages.
package local

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/kernel"
)

//go:generate go run ./gen

// Name is the first segment of the references of the models inside the binary.
const Name = "local"

// Provider answers with the models inside the binary. Make one with New; it may
// be used by several goroutines at once.
type Provider struct {
	models  []model
	version func() string // of use-lite
}

// model is a row of the catalog and the way to its encoder.
type model struct {
	row api.Model
	// load makes the encoder at the first call and remembers it, or why it failed.
	load func() (encoder, error)
}

// loadAside is load on a thread that gives way to the explorer's loop where that asks
// for many texts: the first frame must not wait for weights.
func (m model) loadAside(ctx context.Context) (encode encoder, err error) {
	var loading sync.WaitGroup
	loading.Go(func() {
		kernel.GiveWay(ctx)
		encode, err = m.load()
	})
	loading.Wait()
	return encode, err
}

// encoder turns texts, none of them empty, into vectors of unit length with that
// many dimensions, within the catalog's limits. It may be called by several
// goroutines at once.
type encoder func(texts []string, dimensions int) []answer

// answer is what came of one text.
type answer struct {
	vector  []float32 // nil with an error
	tokens  int       // how many were read
	clipped bool      // there were more
	inPart  bool      // of what was read a good part is unknown to the model
	err     error
}

// New makes the provider. Weights are read when a model is first used.
func New() *Provider { return newProvider(useLiteWeights, gloveWeights) }

func newProvider(useLite, glove string) *Provider {
	version := sync.OnceValue(func() string { return versionOf(useLite, useLiteComputes) })
	return &Provider{version: version, models: []model{
		{useLiteRow(), sync.OnceValues(func() (encoder, error) { return loadUseLite(useLite) })},
		{gloveRow(), sync.OnceValues(func() (encoder, error) { return loadGlove(glove) })},
		{ngramsRow(), loadNgrams},
	}}
}

// Name implements api.Backend.
func (p *Provider) Name() string { return Name }

// Models implements api.Backend; it reads no weights and never fails.
func (p *Provider) Models(context.Context) ([]api.Model, error) {
	rows := make([]api.Model, len(p.models))
	for i, m := range p.models {
		rows[i] = m.row
		rows[i].Notes = slices.Clone(m.row.Notes)
	}
	return rows, nil
}

// Embed implements api.Embedder on all cores. Shorter vectors of use-lite and
// glove are cut and renormalised, those of ngrams computed at that length. An
// error is an *api.UnknownModelError, an *api.DimensionsError, ctx's, or weights
// that cannot be read. A text that is empty or only white space fails with an
// *api.EmptyTextError; others fail when the model knows next to nothing in them.
func (p *Provider) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	start := time.Now()
	if len(req.Texts) <= maxTogether {
		ctx = kernel.Urgent(ctx) // such as a query
	}
	m, err := p.find(req.Model)
	if err != nil {
		return api.Result{}, err
	}
	dimensions := req.Dimensions
	if dimensions == 0 {
		dimensions = m.row.Dimensions
	}
	if err := m.row.CheckDimensions(dimensions); err != nil {
		return api.Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return api.Result{}, err
	}
	encode, err := m.loadAside(ctx)
	if err != nil {
		return api.Result{}, fmt.Errorf("read the built-in weights of %s (build vecscope again): %w", m.row.Ref(), err)
	}
	b := newBatch(req, dimensions, encode)
	err = b.run(ctx)
	slices.Sort(b.result.Clipped)
	slices.Sort(b.result.Unknown)
	if err != nil {
		return api.Result{Clipped: b.result.Clipped}, err
	}
	b.result.Usage.Elapsed = time.Since(start)
	return b.result, nil
}

// find gives the model of that id. What it offers instead begins with the ids
// that begin most like it.
func (p *Provider) find(id string) (model, error) {
	refs := make([]string, len(p.models))
	for i, m := range p.models {
		if m.row.ID == id {
			return m, nil
		}
		refs[i] = m.row.Ref()
	}
	asked := Name + "/" + id
	slices.SortStableFunc(refs, func(a, b string) int {
		return commonPrefix(b, asked) - commonPrefix(a, asked)
	})
	return model{}, &api.UnknownModelError{Ref: asked, Known: refs}
}

func commonPrefix(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
