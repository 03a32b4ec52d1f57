package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
)

// cutRounds is how often a text is cut to what a server says that it reads: counts of
// tokens differ.
const cutRounds = 3

// almost leaves a little room where a text has been counted by its server: its beginning
// may have more tokens than its share.
const almost = 0.97

// fitLimits learns what a server says of the longest text that it reads. The texts that
// were too long for it, and not known to be, are dealt with as those that are: cut and
// asked for again, or left out.
func (e *Engine) fitLimits(ctx context.Context, r *embedJob, req api.Request, result *api.Result) error {
	for range cutRounds {
		over := overLimit(result.Failed)
		if len(over) == 0 {
			return nil
		}
		var again []int
		for _, k := range slices.Sorted(maps.Keys(over)) {
			limit := over[k]
			e.Catalog.LearnLimit(r.out.Source.Model.Ref(), limit.Limit)
			switch cut := r.cutTo(req.Texts[k], limit); {
			case r.options.Long == LongLeftOut:
				result.Failed[k] = &api.TextError{Index: k, Err: &LongTextError{MaxTokens: limit.Limit}}
			case r.options.Long == LongCut && cut != "":
				r.sent[k], r.clipped[k] = cut, true
				again = append(again, k)
			}
		}
		if len(again) == 0 {
			return nil
		}
		if err := e.askAgain(ctx, r, req, again, result); err != nil {
			return err
		}
	}
	return nil
}

// overLimit finds the texts that were too long for a server that told its limit.
func overLimit(failed map[int]error) map[int]*api.LimitError {
	over := map[int]*api.LimitError{}
	for k, why := range failed {
		var limit *api.LimitError
		if errors.As(why, &limit) {
			over[k] = limit
		}
	}
	return over
}

// cutTo gives the beginning of a text that a server reads after the prefix; empty when
// there is none that is shorter. Where the server has counted the text, its tokens are
// a known number of ours; otherwise what was too much is made less.
func (r *embedJob) cutTo(text string, limit *api.LimitError) string {
	if r.options.Count == nil {
		return ""
	}
	s := r.out.Source
	s.Model = s.Model.WithMaxTokens(limit.Limit)
	most, _ := CutTo(s.Model)
	ours := r.options.Count(s.Prefix + text)
	switch {
	case limit.Tokens > 0:
		most = int(float64(ours) * float64(limit.Limit) / float64(limit.Tokens) * almost)
	case ours <= most: // which was too much
		most = ours - ours/4
	}
	cut := s.beginning(text, most, r.options.Count)
	if len(cut) >= len(text) {
		return ""
	}
	return cut
}

// askAgain asks for texts that have been cut, and puts what comes into the result.
func (e *Engine) askAgain(ctx context.Context, r *embedJob, req api.Request, again []int, result *api.Result) error {
	more := req
	more.Texts = make([]string, len(again))
	for i, k := range again {
		more.Texts[i] = r.sent[k]
	}
	more.Arrived = func(at []int, vectors [][]float32) {
		places := make([]int, len(at))
		for n, i := range at {
			places[n] = again[i]
		}
		req.Arrived(places, vectors)
	}
	more.Length, more.Progress, more.Batch = result.Dimensions, nil, nil
	more.Streamed = result.Vectors == nil
	got, err := e.Providers[r.out.Source.Model.Provider].Embed(ctx, more)
	result.Usage = result.Usage.Plus(got.Usage)
	if err != nil {
		return err
	}
	for i, k := range again {
		delete(result.Failed, k)
		if result.Vectors != nil {
			result.Vectors[k] = got.Vectors[i]
		}
		if why := got.Failed[i]; why != nil {
			result.Failed[k] = why
		}
	}
	result.Dimensions = max(result.Dimensions, got.Dimensions)
	return nil
}
