package trial

import (
	"context"
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Neighbours is of how many nearest neighbours of a text, at the most, it is said how
// many two candidates have in common. Of few texts it is a quarter of the others, or
// chance alone would find nearly all.
const Neighbours = 10

// Agreement is how alike two candidates see the texts, which needs no labels.
type Agreement struct {
	A, B *pipeline.Result
	*evaluate.Agreement
}

// Agreements compares every two results, which are over the same texts. The error is
// ctx's.
func Agreements(ctx context.Context, results []*pipeline.Result) ([]Agreement, error) {
	made := spaces{}
	var all []Agreement
	for i := range results {
		some, err := made.agree(ctx, results[i], results[i+1:])
		if err != nil {
			return nil, err
		}
		delete(made, results[i]) // it is compared with all
		all = append(all, some...)
	}
	return all, nil
}

// AgreementsWith compares a result with each of others over the same texts. The error is
// ctx's.
func AgreementsWith(ctx context.Context, reference *pipeline.Result, others []*pipeline.Result) ([]Agreement, error) {
	made := spaces{}
	var all []Agreement
	for i, other := range others {
		one, err := made.agree(ctx, reference, others[i:i+1])
		if err != nil {
			return nil, err
		}
		delete(made, other)
		all = append(all, one...)
	}
	return all, nil
}

// spaces are how results see the texts that they were last compared on: these are the
// same for all, unless vectors are missing.
type spaces map[*pipeline.Result]*evaluate.Space

func (made spaces) agree(ctx context.Context, a *pipeline.Result, others []*pipeline.Result) ([]Agreement, error) {
	var all []Agreement
	for _, b := range others {
		g, err := made.agreement(ctx, a, b)
		if err != nil {
			return nil, fmt.Errorf("comparing %s with %s: %w", a.Candidate.ID(), b.Candidate.ID(), err)
		}
		all = append(all, Agreement{a, b, g})
	}
	return all, nil
}

func (made spaces) agreement(ctx context.Context, a, b *pipeline.Result) (*evaluate.Agreement, error) {
	texts, err := evaluate.Common(a.Vectors, b.Vectors)
	if err != nil {
		return nil, err
	}
	x, err := made.of(ctx, a, texts)
	if err != nil {
		return nil, err
	}
	y, err := made.of(ctx, b, texts)
	if err != nil {
		return nil, err
	}
	return x.Agree(y)
}

// of is how a result sees texts.
func (made spaces) of(ctx context.Context, r *pipeline.Result, texts []int) (*evaluate.Space, error) {
	if s := made[r]; s != nil && slices.Equal(s.Texts(), texts) {
		return s, nil
	}
	k := min(Neighbours, max(1, (r.Vectors.Len()-1)/4))
	s, err := evaluate.NewSpace(ctx, r.Vectors, texts, k)
	if err == nil {
		made[r] = s
	}
	return s, err
}

// AtGroups tries results at the groups of the texts alone, without anything cut or
// beside them. It is nil where the groups tell no candidates apart or none has vectors;
// the error is ctx's.
func AtGroups(ctx context.Context, texts []corpus.Text, results []*pipeline.Result) (*Trial, error) {
	groups, err := labels.Labels{}.Tie(texts).ForGroups("")
	if err != nil {
		return nil, ctx.Err()
	}
	t, err := New(ctx, groups, results, Options{Paid: func(api.Model) bool { return true }})
	if err != nil {
		return nil, ctx.Err()
	}
	return t, nil
}
