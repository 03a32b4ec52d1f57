package cache

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
)

// Versioned is a Backend that computes its vectors itself.
type Versioned interface {
	api.Backend
	// Version names exactly what the model of that id computes; it changes when the
	// vectors do. Empty is a model that is quicker than keeping what it gives.
	Version(id string) string
}

// fewTexts is up to how many texts are computed without a look at the file: opening
// it, and waiting for the disk when vectors are kept, takes as long as some tens of
// texts do under the slowest model inside the binary.
const fewTexts = 64

// Computed keeps what a slow model computes, so that a run over many texts is not
// computed twice. Texts that the model reads or knows only in part are computed each
// time, for a vector that is kept does not remember that.
type Computed struct {
	api.Uncached
	asked Versioned
	open  func(context.Context) (*Cache, error)
}

// NewComputed puts a cache, opened when many texts are first asked for, before a
// backend.
func NewComputed(asked Versioned, open func(context.Context) (*Cache, error)) *Computed {
	return &Computed{Uncached: api.Uncached{Embedder: asked}, asked: asked, open: open}
}

// Embed implements api.Embedder.
func (p *Computed) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	version := p.asked.Version(req.Model)
	if len(req.Texts) <= fewTexts || version == "" {
		return p.asked.Embed(ctx, req)
	}
	started := time.Now()
	c, err := p.open(ctx)
	if err != nil {
		return api.Result{}, err
	}
	// The version is part of the address, so that what another one computed is no answer.
	scope := Scope{BaseURL: "local://vecscope/" + version, Model: req.Model, Dimensions: req.Dimensions, Prefix: req.Prefix}
	vectors := make([][]float32, len(req.Texts))
	if !req.Fresh {
		if vectors, err = c.Get(ctx, scope, req.Texts); ctx.Err() != nil {
			return api.Result{}, ctx.Err()
		}
		c.warn(err, "What it may hold is computed again.")
	}
	var known, missing []int
	for i, vector := range vectors {
		if vector != nil {
			known = append(known, i)
		} else {
			missing = append(missing, i)
		}
	}
	if req.Arrived != nil && len(known) > 0 {
		req.Arrived(known, pick(vectors, known))
	}
	result, came, err := p.compute(ctx, req, missing, len(known))
	p.keep(ctx, c, scope, req.Texts, came, inPart(result))
	result.Usage.Elapsed = time.Since(started)
	if err != nil {
		return api.Result{Clipped: result.Clipped, Unknown: result.Unknown, Usage: result.Usage}, err
	}
	for i, vector := range came {
		vectors[i] = vector
	}
	result.Vectors, result.Usage.Cached = vectors, len(known)
	for _, vector := range vectors {
		result.Dimensions = max(result.Dimensions, len(vector))
	}
	return result, nil
}

// compute asks for the texts at some places, and gives what came by its place, also
// with an error. done is how many others are known.
func (p *Computed) compute(ctx context.Context, req api.Request, at []int, done int) (result api.Result, came map[int][]float32, err error) {
	came = map[int][]float32{}
	if len(at) == 0 {
		return api.Result{}, came, nil
	}
	asked := req
	asked.Texts = pick(req.Texts, at)
	var arriving sync.Mutex
	asked.Arrived = func(of []int, vectors [][]float32) {
		places := pick(at, of)
		arriving.Lock()
		for n, i := range places {
			came[i] = vectors[n]
		}
		arriving.Unlock()
		if req.Arrived != nil {
			req.Arrived(places, vectors)
		}
	}
	if req.Progress != nil {
		asked.Progress = func(n int) { req.Progress(done + n) }
	}
	result, err = p.asked.Embed(ctx, asked)
	for n, vector := range result.Vectors {
		if vector != nil {
			came[at[n]] = vector
		}
	}
	failed := map[int]error{}
	for n, why := range result.Failed {
		failed[at[n]] = api.AtIndex(why, at[n])
	}
	result.Failed, result.Clipped, result.Unknown = failed, pick(at, result.Clipped), pick(at, result.Unknown)
	return result, came, inPlace(err, placesAt(at))
}

// inPart are the places of the texts that a model read or knows only in part.
func inPart(r api.Result) map[int]bool {
	places := make(map[int]bool, len(r.Clipped)+len(r.Unknown))
	for _, i := range slices.Concat(r.Clipped, r.Unknown) {
		places[i] = true
	}
	return places
}

// placesAt are places as inPlace takes them.
func placesAt(at []int) [][]int {
	places := make([][]int, len(at))
	for n, i := range at {
		places[n] = []int{i}
	}
	return places
}

// keep keeps what came of the texts other than those in part, where there is a file to
// keep it in. What fails is computed again next time, and a notice tells.
func (p *Computed) keep(ctx context.Context, c *Cache, scope Scope, texts []string, came map[int][]float32, inPart map[int]bool) {
	if c.Unkept() != nil {
		return
	}
	var whole []int
	for i := range came {
		if !inPart[i] {
			whole = append(whole, i)
		}
	}
	if len(whole) <= fewTexts {
		return
	}
	vectors := make([][]float32, len(whole))
	for n, i := range whole {
		vectors[n] = came[i]
	}
	_ = c.Put(context.WithoutCancel(ctx), scope, pick(texts, whole), vectors)
}
