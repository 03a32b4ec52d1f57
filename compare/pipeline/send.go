package pipeline

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
)

// sendAll asks the provider, and once more for what was known already when another
// model than the one that gave it answers. Where that costs money the error is an
// *api.ModelChangedError instead, and what was known is left out.
func (e *Engine) sendAll(ctx context.Context, r *embedJob) (*embedJob, error) {
	err := e.send(ctx, r)
	s, options := r.out.Source, r.options
	options.Before = nil
	var changed *api.ModelChangedError
	if mixed := r.mixes(); !mixed && errors.As(err, &changed) {
		err = priced(changed, newEmbedJob(s, r.out.Texts, options))
	} else if !mixed {
		return r, err
	} else if again := newEmbedJob(s, r.out.Texts, options); err != nil || e.Paid(s.Model) {
		again.takeAnswered(r)
		if err == nil {
			err = priced(&api.ModelChangedError{Provider: s.Model.Provider, Model: s.Model.ID}, again)
		}
		return again, err
	} else {
		return again, e.sendAgain(ctx, again, r)
	}
	return r, err
}

// mixes tells that what was known is of another model than what has come.
func (r *embedJob) mixes() bool {
	before, now := r.options.Before, r.out.Version
	if before == nil || now == "" || before.Version == now {
		return false
	}
	return before.Version != "" || strings.HasPrefix(now, api.FoundChanged)
}

// sendAgain asks for all texts after another job has asked for some.
func (e *Engine) sendAgain(ctx context.Context, r, after *embedJob) error {
	r.out.Usage, r.out.UsageOfOthers = after.out.Usage, after.out.UsageOfOthers
	fresh := r.out.Source.Fresh
	r.out.Source.Fresh = false // what has come is kept
	err := e.send(ctx, r)
	r.out.Source.Fresh = fresh
	r.out.Spent = after.out.Spent.Plus(r.out.Spent)
	return err
}

// takeAnswered takes over what another job has asked for.
func (r *embedJob) takeAnswered(from *embedJob) {
	for _, places := range from.places {
		for _, at := range places {
			r.gathered.put(at, from.gathered.row(at))
		}
	}
	r.out.Usage, r.out.Spent, r.out.UsageOfOthers, r.out.Version = from.out.Usage, from.out.Spent, from.out.UsageOfOthers, from.out.Version
	r.norms = from.norms
}

// priced says what asking for all texts of a job costs, whose model is another by now.
func priced(changed *api.ModelChangedError, r *embedJob) error {
	told, tokens := *changed, 0
	told.Texts = len(r.sent)
	if r.options.Count == nil {
		return &told
	}
	for _, text := range r.sent {
		tokens += r.options.Count(r.out.Source.Prefix + text)
	}
	told.USD, told.Priced = r.out.Source.Model.Cost(tokens)
	return &told
}

// send asks the provider and puts the answer in its places.
func (e *Engine) send(ctx context.Context, r *embedJob) error {
	s := r.out.Source
	req := api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Texts: r.sent, Prefix: s.Prefix, Field: s.Field, Fresh: s.Fresh, Arrived: r.arrived, Streamed: true, Batch: r.options.Batch, Notice: r.options.Notice}
	if r.options.Progress != nil {
		req.Progress = r.progress
	}
	if r.options.Approval != nil {
		req.Approval = recorder{r}
	}
	started := time.Now()
	result, err := e.Providers[s.Model.Provider].Embed(ctx, req)
	if err == nil {
		err = e.fitLimits(ctx, r, req, &result)
	}
	if err == nil {
		err = r.complete(result)
	}
	if err == nil {
		r.answered = len(r.sent)
	}
	r.out.Version = cmp.Or(result.Version, r.out.Version)
	if result.Usage.Elapsed == 0 {
		result.Usage.Elapsed = time.Since(started)
	}
	r.spend(result.Usage)
	r.norms = result.Norms
	mark(r.clipped, result.Clipped)
	mark(r.unknown, result.Unknown)
	if err != nil {
		return err // who shows it says under which candidate
	}
	// What came first may have been from a cache that the answer has overtaken.
	r.gathered.length = 0
	if result.Vectors == nil {
		r.gathered.length = result.Dimensions
	}
	for k := range r.places {
		var vector []float32
		if result.Vectors != nil {
			vector = result.Vectors[k]
		}
		r.bring(k, vector, result.Failed[k])
	}
	return nil
}
