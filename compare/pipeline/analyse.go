package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

const (
	// keepAll is the corpus size up to which every pair is kept, so that the
	// threshold can go anywhere.
	keepAll = 500
	// floor is the similarity under which pairs of a larger corpus are only
	// counted.
	floor = 0.3
)

// Result is everything the screens and reports show of one candidate.
type Result struct {
	Candidate api.Candidate
	Model     api.Model
	// Derived tells that the vectors were cut from longer ones here.
	Derived bool
	// From is how long the vectors were that came, before any were cut.
	From int
	// Vectors are N×D, in the order of the texts.
	Vectors compare.Vectors
	// Matrix holds the similarity of every two texts.
	Matrix *compare.Matrix
	// Scan holds the background and the pairs, best first.
	Scan *compare.Scan
	// Failed says why a text has no vector, by its index.
	Failed  map[int]error
	refused func() []int // see [Result.Refused]
	// Clipped are the places of the texts that the model read only in part, in
	// increasing order.
	Clipped []int
	// Unknown are the places of the texts of which the model does not know a good
	// part, in increasing order.
	Unknown []int
	// Norms is how long the vectors were as they came, before they were scaled to unit
	// length and cut.
	Norms api.Norms
	// Usage is what its source has taken; UsageOfOthers tells that this counts texts
	// too that are not among these any more.
	Usage         api.Usage
	UsageOfOthers bool
}

// ReadInPart tells that the model read only the beginning of text i.
func (r *Result) ReadInPart(i int) bool {
	_, clipped := slices.BinarySearch(r.Clipped, i)
	return clipped
}

// KnownInPart tells that the model does not know a good part of text i.
func (r *Result) KnownInPart(i int) bool {
	_, unknown := slices.BinarySearch(r.Unknown, i)
	return unknown
}

// InPart is how many texts were read or are known only in part.
func (r *Result) InPart() int {
	n := len(r.Clipped)
	for _, i := range r.Unknown {
		if !r.ReadInPart(i) {
			n++
		}
	}
	return n
}

// ShortVectorsError reports vectors with fewer dimensions than a candidate has.
type ShortVectorsError struct {
	Model       string
	Has, Wanted int
}

func (e *ShortVectorsError) Error() string {
	return fmt.Sprintf("the vectors of %s have %d dimensions, fewer than %d", e.Model, e.Has, e.Wanted)
}

// Missing is how many texts are still to be embedded: they have neither a vector
// nor a reason to have none.
func (r *Result) Missing() int {
	return max(r.Vectors.Len()-r.Vectors.Present()-len(r.Failed), 0)
}

// Analyse computes a candidate's result from its source's embedding. progress,
// if set, is told the pairs compared of all. The error is ctx's or one of Cut's.
func Analyse(ctx context.Context, m api.Model, c api.Candidate, emb *Embedding, progress func(done, total int)) (*Result, error) {
	return analyseAfter(ctx, m, c, &Result{}, emb, scanOptions(emb.Vectors), progress)
}

// AnalyseOver is [Analyse] for who asks for pairs from a threshold on and no others: those
// that the scan keeps are all there are, up to a number. Of few texts it keeps every pair.
func AnalyseOver(ctx context.Context, m api.Model, c api.Candidate, emb *Embedding, threshold float64, maxPairs int, progress func(done, total int)) (*Result, error) {
	options := compare.ScanOptions{Floor: threshold, MaxPairs: maxPairs}
	if emb.Vectors.Len() <= keepAll {
		options.Floor = -1
	}
	return analyseAfter(ctx, m, c, &Result{}, emb, options, progress)
}

// analyseAfter is Analyse where there is a result of before: of texts that are still there
// no pair is compared again, if there are many of them and few others.
func analyseAfter(ctx context.Context, m api.Model, c api.Candidate, before *Result, emb *Embedding, options compare.ScanOptions, progress func(done, total int)) (*Result, error) {
	r, err := Cut(m, c, emb)
	if err != nil {
		return nil, err
	}
	if r.Matrix, err = compare.Similarities(ctx, r.Vectors, progress); err != nil {
		return nil, fmt.Errorf("comparing the texts under %s: %w", r.Candidate.ID(), err)
	}
	if err := r.scan(ctx, before, options, progress); err != nil {
		return nil, err
	}
	return r, nil
}

// scan looks for pairs, unless that was done; before is the result of other texts.
func (r *Result) scan(ctx context.Context, before *Result, options compare.ScanOptions, progress func(done, total int)) (err error) {
	if r.Scan != nil {
		return nil
	}
	if r.Scan, err = r.Matrix.Rescan(ctx, before.Matrix, before.Scan, options, progress); err != nil {
		return fmt.Errorf("looking for pairs under %s: %w", r.Candidate.ID(), err)
	}
	return nil
}

// Bytes is about how much memory the result takes beyond the vectors that it was made from.
func (r *Result) Bytes() int {
	n := r.Matrix.Bytes()
	if r.Derived {
		n += 4 * r.Vectors.Present() * r.Vectors.Dim()
	}
	if r.Scan != nil {
		n += r.Scan.Bytes()
	}
	return n
}

// scanOptions say which pairs are kept of so many texts.
func scanOptions(v compare.Vectors) compare.ScanOptions {
	if v.Len() <= keepAll {
		return compare.ScanOptions{Floor: -1}
	}
	return compare.ScanOptions{Floor: floor}
}

// Cut is a candidate's result without Matrix and Scan: its vectors, cut from its
// source's embedding where they are shorter. A candidate whose dimensions were not
// known has those of the vectors. A text of whose vector nothing is left has none, and
// Failed names it. The error is a *ShortVectorsError.
func Cut(m api.Model, c api.Candidate, emb *Embedding) (*Result, error) {
	r, err := uncut(m, c, emb)
	if err != nil || !r.Derived {
		return r, err
	}
	if r.Vectors, r.Failed, err = truncated(emb, r.Candidate.Dimensions); err != nil {
		return nil, fmt.Errorf("cutting %s to %d dimensions: %w", m.Ref(), r.Candidate.Dimensions, err)
	}
	return r, nil
}

// truncated gives an embedding's vectors cut to so many dimensions, and why a text has
// none: also because nothing is left of it.
func truncated(emb *Embedding, dimensions int) (compare.Vectors, map[int]error, error) {
	v, zero, err := emb.Vectors.Truncate(dimensions)
	if err != nil || len(zero) == 0 {
		return v, emb.Failed, err
	}
	failed := maps.Clone(emb.Failed)
	if failed == nil {
		failed = map[int]error{}
	}
	for _, i := range zero {
		failed[i] = &api.TextError{Index: i, Err: fmt.Errorf("the first %d values of its vector are all 0; take more dimensions, or leave it out", dimensions)}
	}
	return v, failed, nil
}

// uncut is Cut with the vectors as they came, where they are still to be cut.
func uncut(m api.Model, c api.Candidate, emb *Embedding) (*Result, error) {
	if has := emb.Vectors.Dim(); emb.Vectors.Present() > 0 && has < c.Dimensions {
		return nil, &ShortVectorsError{Model: m.Ref(), Has: has, Wanted: c.Dimensions}
	}
	if c.Dimensions == 0 {
		c.Dimensions = emb.Vectors.Dim()
	}
	return &Result{
		Derived:   emb.Vectors.Present() > 0 && c.Dimensions < emb.Vectors.Dim(),
		Candidate: c, Model: m, From: emb.Vectors.Dim(), Vectors: emb.Vectors, Failed: emb.Failed, Clipped: emb.Clipped, Unknown: emb.Unknown,
		Norms: emb.Norms, Usage: emb.Usage, UsageOfOthers: emb.UsageOfOthers,
		refused: sync.OnceValue(func() []int { return Refused(emb.Failed) }),
	}, nil
}
