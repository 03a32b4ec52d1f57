package pipeline

import (
	"cmp"
	"context"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// AnalyseAll is [Analyse] of candidates of one model that are made from the same
// embedding, in one pass over its vectors: similarities at fewer dimensions come up on
// the way to those at more. For each candidate there is either a result or an error.
// before, which may be nil, gives the result that a candidate had, or nil: where there are
// many texts of which few have changed, only the pairs of those are compared.
func AnalyseAll(ctx context.Context, m api.Model, candidates []api.Candidate, before func(api.Candidate) *Result, emb *Embedding, progress func(done, total int)) ([]*Result, []error) {
	results, _, errs := Ladder{}.Analyse(ctx, m, candidates, before, emb, progress)
	return results, errs
}

// Ladder is what is known, or may be wanted next, of an embedding at other dimensions than
// those that are asked for.
type Ladder struct {
	// Had are results that were made from the embedding. One without Scan has its vectors
	// and their matrix.
	Had []*Result
	// Further are dimensions at which a candidate may be asked for next.
	Further []int
}

// Analyse is [AnalyseAll] that takes from the ladder what is there. Where the rest takes a
// pass over all similarities, further are the steps of the ladder that it makes besides,
// for Had of next time; they are without Scan.
func (l Ladder) Analyse(ctx context.Context, m api.Model, candidates []api.Candidate, before func(api.Candidate) *Result, emb *Embedding, progress func(done, total int)) (results, further []*Result, errs []error) {
	results, errs = make([]*Result, len(candidates)), make([]error, len(candidates))
	var rest []int
	for i, c := range candidates {
		had := l.find(c)
		if had == nil {
			rest = append(rest, i)
			continue
		}
		r, err := Again(m, c, had, emb)
		if err == nil {
			err = r.scan(ctx, &Result{}, scanOptions(emb.Vectors), progress)
		}
		if errs[i] = err; err == nil {
			results[i] = r
		}
	}
	pass := onePass{model: m, emb: emb, progress: progress}
	for _, i := range rest {
		pass.asked = append(pass.asked, candidates[i])
	}
	for _, dimensions := range [][]int{l.Further, nil} { // of some a text may have nothing left
		if found, others, ok := pass.analyse(ctx, dimensions); ok {
			for k, i := range rest {
				results[i] = found[k]
			}
			return results, others, errs
		}
	}
	for _, i := range rest {
		had := &Result{}
		if before != nil {
			had = cmp.Or(before(candidates[i]), had)
		}
		results[i], errs[i] = analyseAfter(ctx, m, candidates[i], had, emb, scanOptions(emb.Vectors), progress)
	}
	return results, nil, errs
}

func (l Ladder) find(c api.Candidate) *Result {
	for _, r := range l.Had {
		if r.Candidate == c {
			return r
		}
	}
	return nil
}

// Again is a result that a candidate had, made from the same embedding, with what is known
// of its model now. The error is a *ShortVectorsError.
func Again(m api.Model, c api.Candidate, had *Result, emb *Embedding) (*Result, error) {
	r, err := uncut(m, c, emb)
	if err == nil {
		r.Vectors, r.Failed, r.Matrix, r.Scan = had.Vectors, had.Failed, had.Matrix, had.Scan
	}
	return r, err
}

// onePass makes results of an embedding at several dimensions in one pass over its vectors.
type onePass struct {
	model    api.Model
	asked    []api.Candidate
	emb      *Embedding
	progress func(done, total int)
}

// analyse gives the results that are asked for, and those at further dimensions without
// Scan. ok is false where they have to be computed one by one: there is only one, or one of
// them cannot be and then says why.
func (p onePass) analyse(ctx context.Context, further []int) (results, others []*Result, ok bool) {
	// Of more texts no similarities are held, and counting those of several lengths as
	// they come has them compete for the processor's cache.
	n := p.emb.Vectors.Present()
	if len(p.asked) == 0 || len(p.asked)+len(further) < 2 || n == 0 || n > compare.DenseLimit {
		return nil, nil, false
	}
	all := slices.Clone(p.asked)
	for _, d := range further {
		all = append(all, api.Candidate{Model: p.model.Ref(), Dimensions: d})
	}
	dims := make([]int, len(all))
	for i, c := range all {
		r, err := uncut(p.model, c, p.emb) // the pass cuts them all
		if err != nil {
			return nil, nil, false
		}
		results, dims[i] = append(results, r), r.Candidate.Dimensions
	}
	matrices, err := compare.TruncatedSimilarities(ctx, p.emb.Vectors, dims)
	if err != nil {
		return nil, nil, false
	}
	for i, r := range results {
		r.Matrix, r.Vectors = matrices[i], matrices[i].Vectors()
		if i < len(p.asked) && r.scan(ctx, &Result{}, scanOptions(r.Vectors), p.progress) != nil {
			return nil, nil, false
		}
	}
	return results[:len(p.asked)], results[len(p.asked):], true
}
