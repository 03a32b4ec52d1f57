package cache

import (
	"context"
	"slices"
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
