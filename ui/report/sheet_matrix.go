package report

import (
	"context"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

// Cells are the values of a matrix of texts by texts; ok is false where there is
// none.
type Cells interface {
	Len() int
	At(i, j int) (value float64, ok bool)
}

// similarity is what is written of two texts under a candidate: with six decimals at
// most, and never more than it is, so that it finds its own pair as a threshold. ok is
// false when either text has no vector.
func similarity(r *pipeline.Result, i, j int) (value float64, ok bool) {
	if !r.Vectors.Has(i) || !r.Vectors.Has(j) {
		return 0, false
	}
	return format.Down(r.Vectors.Similarity(i, j), 6), true
}

// Matrix writes the similarities of texts under a candidate: under a header the rows of
// the texts in that order, each with its id (its number without one), its wording, and its
// similarities with the texts in the same order; cells without one are empty. The error is
// that of writing, or of ctx when that ends first.
func (s *Sheet) Matrix(ctx context.Context, texts []corpus.Text, order []int, r *pipeline.Result) error {
	ids := textIDs(texts)
	s.matrixHeader(ids, order)
	s.similarityRows(ctx, "", texts, ids, order, r)
	return s.close()
}

// Differences writes other values of texts by texts, as Matrix does.
func (s *Sheet) Differences(ctx context.Context, texts []corpus.Text, order []int, m Cells) error {
	ids := textIDs(texts)
	s.matrixHeader(ids, order)
	s.matrixRows(ctx, "", texts, ids, order, m.At)
	return s.close()
}

// Matrices writes the matrices of all results below each other, as Matrix does,
// with the candidate's id in front of every row.
func (s *Sheet) Matrices(ctx context.Context, c Comparison, order []int) error {
	ids := textIDs(c.Texts)
	s.text("candidate")
	s.matrixHeader(ids, order)
	for _, r := range c.Results {
		s.similarityRows(ctx, r.Candidate.ID(), c.Texts, ids, order, r)
	}
	return s.close()
}

func (s *Sheet) matrixHeader(ids []string, order []int) {
	s.texts("id", "text")
	for _, i := range order {
		s.text(ids[i])
	}
	s.end()
}

func (s *Sheet) similarityRows(ctx context.Context, candidate string, texts []corpus.Text, ids []string, order []int, r *pipeline.Result) {
	s.matrixRows(ctx, candidate, texts, ids, order, func(i, j int) (float64, bool) { return similarity(r, i, j) })
}

func (s *Sheet) matrixRows(ctx context.Context, candidate string, texts []corpus.Text, ids []string, order []int, at func(i, j int) (float64, bool)) {
	for _, i := range order {
		if s.err == nil {
			s.err = ctx.Err()
		}
		if s.err != nil {
			return
		}
		if candidate != "" {
			s.text(candidate)
		}
		s.texts(ids[i], texts[i].Text)
		for _, k := range order {
			s.value(at(i, k))
		}
		s.end()
	}
}

// Pairs writes every pair of different texts: their ids, its similarity under
// each candidate, and the texts.
func (s *Sheet) Pairs(ctx context.Context, c Comparison) error {
	ids := textIDs(c.Texts)
	s.row(append(append([]string{"a", "b"}, c.candidates()...), "text_a", "text_b")...)
	for a := range c.Texts {
		if s.err == nil {
			s.err = ctx.Err()
		}
		for b := a + 1; b < len(c.Texts) && s.err == nil; b++ {
			s.texts(ids[a], ids[b])
			for _, r := range c.Results {
				s.value(similarity(r, a, b))
			}
			s.texts(c.Texts[a].Text, c.Texts[b].Text)
			s.end()
		}
	}
	return s.close()
}

// Pair writes two texts with their numbers, a line each, and below them every
// candidate's similarity.
func (s *Sheet) Pair(c Comparison, a, b int) error {
	for _, i := range []int{a, b} {
		s.whole(i + 1)
		s.row(c.Texts[i].Text)
	}
	for _, r := range c.Results {
		s.text(r.Candidate.ID())
		s.value(similarity(r, a, b))
		s.end()
	}
	return s.close()
}
