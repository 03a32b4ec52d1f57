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

// computedTogether is how many texts' vectors are read from the file or written to it at
// once. Those of all texts of a large corpus would be in memory twice.
const computedTogether = 1024

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
	if len(req.Texts) <= fewTexts { // which need no version: finding it reads all weights
		return p.asked.Embed(ctx, req)
	}
	version := p.asked.Version(req.Model)
	if version == "" {
		return p.asked.Embed(ctx, req)
	}
	started := time.Now()
	c, err := p.open(ctx)
	if err != nil {
		return api.Result{}, err
	}
	// The version is part of the address, so that what another one computed is no answer.
	scope := Scope{BaseURL: "local://vecscope/" + version, Model: req.Model, Dimensions: req.Dimensions, Prefix: req.Prefix}
	all := api.Result{Failed: map[int]error{}}
	var keeping sync.WaitGroup // what has come is written while more is computed
	defer keeping.Wait()
	computed := 0
	for from := 0; from < len(req.Texts) && err == nil; from += computedTogether {
		part := partOf(req, from)
		var result api.Result
		var came map[int][]float32
		result, came, err = p.embedPart(ctx, c, scope, part)
		keeping.Wait()
		if computed += len(came); computed > fewTexts {
			keeping.Go(func() { keepWhole(ctx, c, scope, part.Texts, came, inPart(result)) })
		}
		addPart(&all, result, from)
		err = inPlace(err, placesFrom(from, len(part.Texts)))
	}
	all.Usage.Elapsed = time.Since(started)
	if err != nil {
		return api.Result{Clipped: all.Clipped, Unknown: all.Unknown, Usage: all.Usage}, err
	}
	return all, nil
}

// partOf is the part of a request from a text on; what comes is told in the places of
// the whole.
func partOf(req api.Request, from int) api.Request {
	part := req
	part.Texts = req.Texts[from:min(len(req.Texts), from+computedTogether)]
	if req.Arrived != nil {
		part.Arrived = func(at []int, vectors [][]float32) { req.Arrived(shifted(at, from), vectors) }
	}
	if req.Progress != nil {
		part.Progress = func(done int) { req.Progress(from + done) }
	}
	return part
}

// addPart adds the result of a part, from a text on, to that of the parts before.
func addPart(all *api.Result, part api.Result, from int) {
	all.Vectors = append(all.Vectors, part.Vectors...)
	all.Dimensions = max(all.Dimensions, part.Dimensions)
	all.Clipped = append(all.Clipped, shifted(part.Clipped, from)...)
	all.Unknown = append(all.Unknown, shifted(part.Unknown, from)...)
	all.Usage = all.Usage.Plus(part.Usage)
	for n, why := range part.Failed {
		all.Failed[from+n] = api.AtIndex(why, from+n)
	}
}

// placesFrom are n places from one on, as inPlace takes them.
func placesFrom(from, n int) [][]int {
	places := make([][]int, n)
	for i := range places {
		places[i] = []int{from + i}
	}
	return places
}

func shifted(places []int, by int) []int {
	at := make([]int, len(places))
	for n, i := range places {
		at[n] = i + by
	}
	return at
}

// embedPart takes what the file has and computes the rest, which came; also with an error.
func (p *Computed) embedPart(ctx context.Context, c *Cache, scope Scope, req api.Request) (result api.Result, came map[int][]float32, err error) {
	vectors := make([][]float32, len(req.Texts))
	if !req.Fresh {
		if vectors, err = c.Get(ctx, scope, req.Texts); ctx.Err() != nil {
			return api.Result{}, nil, ctx.Err()
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
	if len(known) > 0 && req.Arrived != nil {
		req.Arrived(known, pick(vectors, known))
	}
	if len(known) > 0 && req.Progress != nil {
		req.Progress(len(known))
	}
	if result, came, err = p.compute(ctx, req, missing, len(known)); err != nil {
		return result, came, err
	}
	result.Usage.Cached = len(known)
	for i, vector := range came {
		vectors[i] = vector
	}
	for _, vector := range vectors {
		result.Dimensions = max(result.Dimensions, len(vector))
	}
	if result.Vectors = vectors; req.Streamed && req.Arrived != nil {
		result.Vectors = nil
	}
	return result, came, nil
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

// keepWhole keeps what came of the texts other than those in part, where there is a file to
// keep it in. What fails is computed again next time, and a notice tells.
func keepWhole(ctx context.Context, c *Cache, scope Scope, texts []string, came map[int][]float32, inPart map[int]bool) {
	if c.Unkept() != nil {
		return
	}
	var whole []int
	for i := range came {
		if !inPart[i] {
			whole = append(whole, i)
		}
	}
	slices.Sort(whole)
	if len(whole) == 0 {
		return
	}
	vectors := make([][]float32, len(whole))
	for n, i := range whole {
		vectors[n] = came[i]
	}
	_ = c.Put(context.WithoutCancel(ctx), scope, pick(texts, whole), vectors)
}
