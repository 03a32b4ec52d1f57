package cache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/vecscope/vecscope/api"
)

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

// begin finds out which texts have a vector of the model that is there now, and which
// do not.
func (r *run) begin(ctx context.Context) (cached, missing []int, err error) {
	_, missing = r.divide()
	anew := r.req.Fresh
	changed, err := r.sameModel(ctx, anew || len(missing) > 0)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case anew:
		if !changed {
			r.former = r.vectors
			r.formerLength, _ = r.cache.Length(ctx, r.scope(r.req))
		}
		r.vectors = make([][]float32, len(r.req.Texts))
	case changed:
		// What was kept of this very model before may have come back.
		r.vectors, _ = r.cache.Get(ctx, r.scope(r.req), r.req.Texts)
	}
	cached, missing = r.divide()
	return cached, missing, ctx.Err()
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
