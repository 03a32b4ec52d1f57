package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// QuerySource tells what to ask of the provider for the vector of a query under a
// candidate: what is asked for the texts, in the role of a query.
func QuerySource(m api.Model, c api.Candidate) Source {
	s, _ := SourceIn(m, c, api.RoleQuery)
	return s
}

// DocumentSource tells what to ask of the provider for the vectors of texts that are
// searched. It is that of SourceOf where a model makes no difference.
func DocumentSource(m api.Model, c api.Candidate) Source {
	s, _ := SourceIn(m, c, api.RoleDocument)
	return s
}

// Rank gives the texts of a candidate's result by their similarity to a query, the
// nearest first, equally near ones in their order. emb holds the vector of the
// query alone, from the candidate's QuerySource; where the candidate's vectors are
// cut the query's is, too. The error says why the query has no vector or none that
// can be compared, or is ctx's.
func Rank(ctx context.Context, emb *Embedding, r *Result) ([]compare.Hit, error) {
	query, err := QueryVector(emb, r)
	if err != nil {
		return nil, err
	}
	hits, err := compare.Search(ctx, r.Vectors, query)
	if err != nil {
		return nil, fmt.Errorf("comparing the query under %s: %w", r.Candidate.ID(), err)
	}
	return hits, nil
}

// QueryVector is Queries for the one query that emb holds. The error also says why it has
// no vector.
func QueryVector(emb *Embedding, r *Result) ([]float32, error) {
	cut, err := Queries(emb, r)
	if err != nil {
		return nil, err
	}
	if err := WhyNoVector(cut, 0); err != nil {
		return nil, err
	}
	return cut.Vectors.Row(0), nil
}

// WhyNoVector is why one of the queries that emb holds, by its index, has no vector; nil
// when it has one.
func WhyNoVector(emb *Embedding, query int) error {
	if why := emb.Failed[query]; why != nil {
		var text *api.TextError
		if errors.As(why, &text) { // who asks knows which query it is
			why = text.Err
		}
		return fmt.Errorf("no vector for the query: %w", why)
	}
	if !emb.Vectors.Has(query) {
		return errors.New("no vector came for the query")
	}
	return nil
}

// Queries gives queries with their vectors as they compare with those of a candidate's
// result: cut where these are. A query of whose vector nothing is left has none, and Failed
// names it. emb is from the candidate's QuerySource. The error says that its vectors have
// another length.
func Queries(emb *Embedding, r *Result) (*Embedding, error) {
	switch {
	case emb.Vectors.Present() == 0 || r.Vectors.Present() == 0:
		return emb, nil
	case emb.Vectors.Dim() != r.From:
		return nil, fmt.Errorf("the query's vector has %d dimensions, those of the texts have %d; to embed the texts again, quit and run: vecscope cache prune --model %s",
			emb.Vectors.Dim(), r.From, api.ShellWord(r.Model.Ref()))
	case r.Derived:
		cut := *emb
		var err error
		if cut.Vectors, cut.Failed, err = truncated(emb, r.Vectors.Dim()); err != nil {
			return nil, fmt.Errorf("cutting the query's vector to %d dimensions: %w", r.Vectors.Dim(), err)
		}
		return &cut, nil
	}
	return emb, nil
}
