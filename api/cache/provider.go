package cache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/vecscope/vecscope/api"
)

// Provider answers from the cache what it can and asks another provider for the
// rest, each distinct text once. Whatever arrives is kept at once, so that a run
// that is stopped pays only for the rest next time. What another program with the
// same file is paying for at the moment is waited for.
type Provider struct {
	asked   api.Backend
	cache   *Cache
	baseURL string
	headers string
	free    bool
}

// NewProvider puts a cache, which may be nil, before a provider whose server is at
// baseURL. free tells that nothing it is asked for costs anything.
func NewProvider(asked api.Backend, cache *Cache, baseURL string, free bool) *Provider {
	return &Provider{asked: asked, cache: cache, baseURL: baseURL, free: free}
}

// WithHeaders is the provider where headers are sent with every request that are no
// secrets: what came with others is not taken for what comes with these.
func (p *Provider) WithHeaders(headers string) *Provider {
	with := *p
	with.headers = headers
	return &with
}

// Name implements api.Backend.
func (p *Provider) Name() string { return p.asked.Name() }

// Models implements api.Backend.
func (p *Provider) Models(ctx context.Context) ([]api.Model, error) { return p.asked.Models(ctx) }

// Known tells for each text of a request whether Embed would answer it without
// asking. The errors are those of Cache.Get.
func (p *Provider) Known(ctx context.Context, req api.Request) ([]bool, error) {
	return p.cache.Known(ctx, p.scope(req), req.Texts)
}

// Held gives the vectors that are kept for the texts of a request, nil for the
// others, and asks nobody. The errors are those of Cache.Get.
func (p *Provider) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	return p.cache.Get(ctx, p.scope(req), req.Texts)
}

func (p *Provider) scope(req api.Request) Scope {
	return Scope{BaseURL: p.baseURL, Headers: p.headers, Model: req.Model, Dimensions: req.Dimensions, Prefix: req.Manner().Key()}
}

// Embed implements api.Embedder. Texts from the cache arrive first, as one batch,
// and those that another program got as another when that was waited for.
// A cache that cannot be read or written costs what it does not know, and
// nothing else: its Notices tell.
//
// When another model stands behind the name than the one whose vectors are kept, as
// its server tells or as the vector of a text that is asked for again shows, what is
// kept is set aside and everything asked for. From a provider that costs something the
// error is an *api.ModelChangedError instead, and nothing is sent, unless req.Fresh.
//
// When the provider's vectors are not as long as those that are kept of the same
// model, it is another model by now. From a provider that costs nothing everything
// is then asked for, and the texts from the cache arrive a second time, with their
// new vectors. From any other nothing more is asked, what is kept stays, and the
// error is an *api.LengthError: whether to pay for all again is for the person to
// say.
//
// With an error, the result's Usage tells what was spent nevertheless, and Clipped
// which of the texts that arrived were read only in part. What is kept does not
// remember that: a text from the cache counts as read whole.
func (p *Provider) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	started := time.Now()
	vectors, unread := p.cache.Get(ctx, p.scope(req), req.Texts)
	if ctx.Err() != nil {
		return api.Result{}, ctx.Err()
	}
	p.cache.warn(unread, "What it may hold is paid for again.")
	r := &run{Provider: p, req: req, vectors: vectors, failed: map[int]error{}}
	cached, missing, err := r.begin(ctx)
	if err != nil {
		return api.Result{Version: string(r.version), Usage: r.usage}, err
	}
	r.known = len(cached)
	r.arrived(cached)
	if len(missing) > 0 {
		var mine *claim
		mine, err = p.cache.claim(ctx, p.scope(req), pick(req.Texts, missing), r.tellWait)
		defer mine.release()
		if err == nil {
			cached, missing = r.lookAgain(ctx, missing)
		}
		if req.Approval != nil && len(cached) > 0 && len(missing) > 0 {
			req.Approval.Record(api.Usage{Cached: len(cached)})
		}
	}
	if err == nil {
		err = r.ask(ctx, missing)
	}
	if err == nil && p.free && r.outdated(cached) {
		r.known -= len(cached)
		err = r.ask(ctx, cached)
		cached = nil
	}
	r.usage.Cached = len(cached)
	r.usage.Elapsed = time.Since(started)
	slices.Sort(r.clipped)
	p.cache.keepNorms(context.WithoutCancel(ctx), p.scope(req), r.norms)
	norms := r.norms
	if len(cached) > 0 {
		norms = norms.With(p.Norms(ctx, req))
	}
	if err != nil {
		return api.Result{Clipped: r.clipped, Norms: norms, Version: string(r.version), Usage: r.usage}, err
	}
	if r.streamed() {
		r.vectors = nil
	}
	return api.Result{
		Dimensions: r.length, Vectors: r.vectors, Failed: r.failed, Clipped: r.clipped, Norms: norms, Version: string(r.version), Usage: r.usage,
	}, nil
}

// begin finds out which texts have a vector of the model that is there now, and which
// do not.
func (r *run) begin(ctx context.Context) (cached, missing []int, err error) {
	_, missing = r.divide()
	anew := r.req.Fresh
	changed, err := r.sameModel(ctx, anew || len(missing) > 0)
	if err != nil {
		return nil, nil, err
	}
	if changed && !anew {
		// What was kept of this very model before may have come back.
		r.vectors, _ = r.cache.Get(ctx, r.scope(r.req), r.req.Texts)
	}
	if anew {
		if !changed {
			r.former = r.vectors
			r.formerLength, _ = r.cache.Length(ctx, r.scope(r.req))
		}
		r.vectors = make([][]float32, len(r.req.Texts))
	}
	cached, missing = r.divide()
	return cached, missing, ctx.Err()
}

// run is one call of Embed.
type run struct {
	*Provider
	req     api.Request
	vectors [][]float32   // of all texts of req, where they are known; handedOver where they are not held
	failed  map[int]error // why a text has none
	clipped []int         // texts read only in part
	norms   api.Norms     // of what came
	batches int           // that were answered before the provider is asked again
	usage   api.Usage
	bounded bool // some of the model's vectors are in the cache
	bound   int  // the length that vectors must have, where others must not replace them
	length  int  // of the vectors that came last
	kept    int  // length of those in the cache
	known   int  // texts that need not be asked for, or were
	version api.Identity
	was     note         // what is known of the model whose vectors are kept
	tells   api.Identity // what the server tells of the model that is there now
	// sampling tells that sampleText is to be asked for with the first texts.
	sampling bool
	// former are the vectors that are kept of texts that are asked for anew, and
	// formerLength is how long those are that are kept of any.
	former       [][]float32
	formerLength int
}

// divide tells which texts have a vector and which do not.
func (r *run) divide() (cached, missing []int) {
	for i, vector := range r.vectors {
		if vector == nil {
			missing = append(missing, i)
			continue
		}
		cached = append(cached, i)
		if n := len(vector); n > 0 {
			r.kept = n
		}
		r.length = r.kept
	}
	return cached, missing
}

// handedOver stands for a vector that has arrived and is not held here.
var handedOver = []float32{}

// streamed tells that vectors are handed over and not held.
func (r *run) streamed() bool { return r.req.Streamed && r.req.Arrived != nil }

// tellWait tells that others are asking for some of the texts.
func (r *run) tellWait() {
	if r.req.Notice != nil {
		r.req.Notice(api.Notice{Provider: r.Name(), Reason: "another vecscope is asking for the same texts"})
	}
}

// lookAgain looks for what others have got since the texts were found missing, and
// divides all of them anew.
func (r *run) lookAgain(ctx context.Context, missing []int) (cached, left []int) {
	if r.req.Fresh {
		return r.divide()
	}
	// What cannot be read was warned of already.
	vectors, _ := r.cache.Get(ctx, r.scope(r.req), pick(r.req.Texts, missing))
	var found []int
	for k, i := range missing {
		if vectors[k] != nil {
			r.vectors[i] = vectors[k]
			found = append(found, i)
		}
	}
	r.known += len(found)
	r.arrived(found)
	if !r.free {
		r.bound, _ = r.cache.Length(ctx, r.scope(r.req))
		r.bounded = r.bound != 0
	}
	return r.divide()
}

// arrived tells of texts whose vectors are known.
func (r *run) arrived(at []int) {
	if r.req.Arrived == nil || len(at) == 0 {
		return
	}
	r.req.Arrived(at, pick(r.vectors, at))
	r.kept = len(r.vectors[at[0]])
	if r.streamed() {
		for _, i := range at {
			r.vectors[i] = handedOver
		}
	}
}

// outdated tells whether the vectors of these texts are not as long as those that
// came last.
func (r *run) outdated(cached []int) bool {
	return len(cached) > 0 && r.kept != r.length
}

// ask asks the provider for the texts at these places, each distinct text once.
func (r *run) ask(ctx context.Context, at []int) error {
	if len(at) == 0 {
		return nil
	}
	places := together(r.req.Texts, at)
	if r.sampling { // it goes first, so that it is known before most others are kept
		places, r.sampling = slices.Insert(places, 0, nil), false
	}
	req := r.req
	req.Length = r.bound
	req.Texts = make([]string, len(places))
	for k, of := range places {
		req.Texts[k] = r.textAt(of)
	}
	keep := &writer{run: r, ctx: context.WithoutCancel(ctx), places: places, kept: make([]bool, len(places))}
	req.Arrived = keep.batch
	if r.req.Progress != nil {
		req.Progress = func(done int) { r.req.Progress(r.known + min(spread(done, len(places), len(at)), len(at))) }
	}
	var last atomic.Int64
	if r.req.Batch != nil {
		req.Batch = func(done, total int) {
			last.Store(int64(total))
			r.req.Batch(r.batches+done, r.batches+total)
		}
	}
	result, err := r.asked.Embed(ctx, req)
	r.norms = r.norms.With(result.Norms)
	r.batches += int(last.Load())
	r.usage = r.usage.Plus(result.Usage)
	for _, k := range result.Clipped {
		r.clipped = append(r.clipped, places[k]...)
	}
	if err != nil {
		return r.explained(inPlace(err, places))
	}
	if result.Vectors == nil && r.streamed() {
		if missing := keep.missing(result.Failed); missing > 0 {
			return fmt.Errorf("%s gave %d vectors for %d texts", r.Name(), len(places)-missing, len(places))
		}
	} else if len(result.Vectors) != len(places) {
		return fmt.Errorf("%s gave %d vectors for %d texts", r.Name(), len(result.Vectors), len(places))
	}
	keep.rest(result.Vectors)
	if keep.other != 0 {
		return r.explained(&api.LengthError{Provider: r.Name(), Model: r.req.Model, Had: r.bound, Came: keep.other, Advice: "try again, or choose another model"})
	}
	r.take(result, places)
	r.known += len(at)
	return nil
}

// textAt is the text that stands at those places: sampleText where they are none.
func (r *run) textAt(places []int) string {
	if len(places) == 0 {
		return sampleText
	}
	return r.req.Texts[places[0]]
}

// explained says of vectors of another length than those in the cache what to do.
func (r *run) explained(err error) error {
	var length *api.LengthError
	if !r.bounded || !errors.As(err, &length) {
		return err
	}
	told := *length
	told.Cached = true
	told.Advice = "what came was paid for but cannot be used; to pay for all its texts again, first run: vecscope cache prune --model " + api.ShellWord(r.Name()+"/"+r.req.Model)
	return &told
}

// take puts an answer where its texts stand.
func (r *run) take(result api.Result, places [][]int) {
	for k, of := range places {
		for _, i := range of {
			if !r.streamed() {
				r.vectors[i] = result.Vectors[k]
			}
			if why := result.Failed[k]; why != nil {
				r.failed[i] = api.AtIndex(why, i)
			}
		}
	}
	if result.Dimensions > 0 {
		r.length = result.Dimensions
	}
}

// together gives the places of each distinct text among those at these places.
func together(texts []string, at []int) (places [][]int) {
	index := make(map[string]int, len(at))
	for _, i := range at {
		k, ok := index[texts[i]]
		if !ok {
			k = len(places)
			index[texts[i]] = k
			places = append(places, nil)
		}
		places[k] = append(places[k], i)
	}
	return places
}

// spread tells how many of all texts are done when so many distinct ones are.
func spread(done, distinct, all int) int {
	if done == distinct {
		return all
	}
	return done
}

// inPlace makes an error about one text name where the text stands. One about sampleText
// names none: that is no text of the person.
func inPlace(err error, places [][]int) error {
	index := -1
	var empty *api.EmptyTextError
	var nothing *api.TextError
	switch {
	case errors.As(err, &empty):
		index = empty.Index
	case errors.As(err, &nothing):
		index = nothing.Index
	}
	if index < 0 || index >= len(places) {
		return err
	}
	if len(places[index]) == 0 {
		if nothing != nil {
			err = nothing.Err
		}
		return fmt.Errorf("asking for a text to know the model by: %w", err)
	}
	return api.AtIndex(err, places[index][0])
}

// pick gives what stands at these places.
func pick[T any](all []T, at []int) []T {
	picked := make([]T, len(at))
	for k, i := range at {
		picked[k] = all[i]
	}
	return picked
}
