package cache

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
)

const (
	// sampleText is what a model is asked for again to find out whether it is still the
	// same, where its server does not tell and asking costs nothing.
	sampleText = "vecscope"
	// sameCosine is the least similarity of two vectors that one model gave for one text:
	// servers compute a little differently by what else is in a request.
	sameCosine = 0.999
)

// told is what a server told of a model with that identity.
func told(identity api.Identity) api.Identity {
	if rest, ok := strings.CutPrefix(string(identity), api.FoundChanged); ok {
		_, rest, _ = strings.Cut(rest, " ")
		return api.Identity(rest)
	}
	return identity
}

// sameModel finds out whether the model that is asked now is the one whose vectors are
// kept. What its server tells of it counts; where that is nothing that names the very
// weights, and asking is free, a text is asked for again when others are missing. Where
// nothing is kept that it could be compared with, it goes with those.
//
// When it is another, what is kept is set aside, and the run begins with nothing; where
// asking costs money it ends with an *api.ModelChangedError instead, unless all was to
// be asked for anew.
func (r *run) sameModel(ctx context.Context, missing bool) (changed bool, err error) {
	scope := r.scope(r.req)
	was, kept, _ := r.cache.noted(ctx, scope) // what cannot be read was warned of
	r.was, r.version = was, was.identity
	if !missing && !r.free {
		return false, nil
	}
	is := note{identity: r.identify(ctx), inFile: was.inFile}
	r.tells = is.identity
	if err := ctx.Err(); err != nil {
		return false, err
	}
	changed, why := kept && is.identity.Contradicts(told(was.identity)), "is another model than before, as its server tells"
	named := strings.HasPrefix(string(was.identity), api.FoundChanged)
	if changed && r.free && !is.identity.Exact() { // all is asked for anew now, whether it was missing or not
		is.sample, _, err = r.sample(ctx, note{}, false)
	}
	r.sampling = !changed && !kept && missing && r.free && !is.identity.Exact()
	if !changed && !r.sampling && missing && r.free && (!is.identity.Exact() || is.identity != was.identity && kept) {
		is.sample, why, err = r.sample(ctx, was, kept)
		changed = why != ""
	}
	switch {
	case err != nil:
		return false, err
	case changed && !r.free && !r.req.Fresh:
		return false, &api.ModelChangedError{Provider: r.Name(), Model: r.req.Model}
	case changed:
		return true, r.replaced(ctx, is, why)
	}
	if !r.free {
		if err := r.otherManners(ctx, is.identity); err != nil {
			return false, err
		}
	}
	compared := is.sample != nil
	if is.identity == "" || named && kept && !is.identity.Exact() {
		is.identity = was.identity
	}
	if is.sample == nil && !r.sampling {
		is.sample = was.sample
	}
	r.version = is.identity
	// Whether what is asked for anew is of another model is told by what comes.
	if missing && !is.same(was) && (compared || !kept || !r.req.Fresh) {
		r.cache.note(scope, is)
		r.was = is
	}
	return false, nil
}

// otherManners finds vectors of the model that were asked for in another manner or
// length, and that another model of its name has made, as its server tells: beside what is
// asked for now they would be compared with it. The error is that of sameModel; where all
// is asked for anew they are set aside.
func (r *run) otherManners(ctx context.Context, is api.Identity) error {
	if is == "" {
		return nil
	}
	others, _ := r.cache.others(ctx, r.scope(r.req)) // what cannot be read was warned of
	found := false
	for scope, was := range others {
		if !is.Contradicts(told(was.identity)) {
			continue
		}
		if !r.req.Fresh {
			return &api.ModelChangedError{Provider: r.Name(), Model: r.req.Model}
		}
		r.cache.pending.renew(scope, renewal{was: was.identity, is: is, inFile: was.inFile})
		found = true
	}
	if !found {
		return nil
	}
	r.cache.news.add(fmt.Sprintf("%s/%s is another model than before, as its server tells: vectors of texts that were sent to it in other ways are set aside, too.", r.Name(), r.req.Model))
	_ = r.cache.flush(context.WithoutCancel(ctx)) // what cannot be written counts nevertheless
	return ctx.Err()
}

// identify asks what tells the model from others of its name, where that may be asked.
func (r *run) identify(ctx context.Context) api.Identity {
	if asked, ok := r.asked.(api.Identifier); ok {
		return asked.Identify(ctx, r.req.Model)
	}
	return ""
}

// replaced sets aside what is kept of the model that is gone, and says so.
func (r *run) replaced(ctx context.Context, is note, why string) error {
	if is.identity == "" || is.identity == told(r.was.identity) {
		named := api.FoundChanged + strconv.FormatInt(time.Now().UnixNano(), 36) + " " + string(is.identity)
		is.identity = api.Identity(strings.TrimSpace(named))
	}
	change := renewal{was: r.was.identity, is: is.identity, inFile: r.was.inFile, sample: is.sample}
	// What cannot be written counts nevertheless, and a notice tells.
	_ = r.cache.putAside(context.WithoutCancel(ctx), r.scope(r.req), change)
	r.cache.note(r.scope(r.req), is)
	r.version = is.identity
	if r.cache != nil {
		r.cache.news.add(fmt.Sprintf("%s/%s %s: its vectors from before are set aside, and the texts are asked for anew.", r.Name(), r.req.Model, why))
	}
	return ctx.Err()
}

// sample asks for texts whose vectors are kept: for sampleText, and where that was
// never asked for, for a text of the request. other says why what is kept cannot stand
// beside what comes; empty when it can. That the text has no vector now tells nothing
// of the model, and is an error, unless all is asked for anew.
func (r *run) sample(ctx context.Context, was note, kept bool) (sample []float32, other string, err error) {
	texts, want := []string{sampleText}, was.sample
	if known := r.firstKnown(); kept && want == nil && known >= 0 {
		texts, want = append(texts, r.req.Texts[known]), r.vectors[known]
	}
	result, err := r.asked.Embed(ctx, api.Request{
		Model: r.req.Model, Dimensions: r.req.Dimensions, Prefix: r.req.Prefix, Field: r.req.Field, Notice: r.req.Notice, Texts: texts,
	})
	r.usage = r.usage.Plus(result.Usage)
	if err != nil {
		return nil, "", err
	}
	if len(result.Vectors) != len(texts) {
		return nil, "", fmt.Errorf("%s gave %d vectors for %d texts", r.Name(), len(result.Vectors), len(texts))
	}
	last := len(texts) - 1
	switch came := result.Vectors[last]; {
	case !kept:
	case want == nil:
		other = "may be another model than before, for nothing shows that it is the same"
	case came == nil && !r.req.Fresh:
		err = r.notCompared(result.Failed[last])
	case came != nil && !alike(want, came):
		other = "is another model than before, for it gives another vector for the same text"
	}
	return result.Vectors[0], other, err
}

// sampled keeps the vector of sampleText that has come with those of the texts: a later
// run compares it.
func (r *run) sampled(vector []float32) {
	is := r.was
	is.identity, is.sample = r.version, vector
	r.cache.note(r.scope(r.req), is)
}

// notCompared tells that a text by which the model would be known has no vector now.
func (r *run) notCompared(why error) error {
	err := fmt.Errorf("whether %s/%s is still the model whose vectors are in the cache is not known, for a text that it had a vector for has none now", r.Name(), r.req.Model)
	var of *api.TextError
	if errors.As(why, &of) {
		why = of.Err // whose number is of no text of the person
	}
	if why != nil {
		err = fmt.Errorf("%w (%w)", err, why)
	}
	return fmt.Errorf("%w; try again, or ask for all anew with --fresh", err)
}

// firstKnown is the place of the first text with a vector; -1 without one.
func (r *run) firstKnown() int {
	for i, vector := range r.vectors {
		if vector != nil {
			return i
		}
	}
	return -1
}

// alike tells whether one model can have given two vectors for one text.
func alike(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	var dot, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		dot, aa, bb = dot+x*y, aa+x*x, bb+y*y
	}
	return dot >= sameCosine*math.Sqrt(aa*bb)
}
