package compare

import (
	"context"
	"math"

	"github.com/vecscope/vecscope/compare/kernel"
)

// nearestSearch is the search for the texts nearest to one query.
type nearestSearch struct {
	v, query *Vectors
	options  ScanOptions
	parts    []*best // of every worker
	// coarse is the search in a copy in six bits, and probes the query for it, of every
	// worker; nil without one.
	coarse *coarseSearch
	probes []*kernel.Probe
}

func newNearestSearch(v, query *Vectors, k int) *nearestSearch {
	s := &nearestSearch{v: v, query: query, options: ScanOptions{Floor: -1, MaxPairs: k}}
	s.parts = make([]*best, kernel.Cores())
	for w := range s.parts {
		s.parts[w] = newBest(v, s.options)
		s.parts[w].exact = s.exact
	}
	return s
}

// in has the search look in a copy first, if there is one.
func (s *nearestSearch) in(c *copied) error {
	if c == nil {
		return nil
	}
	s.coarse = c.search(s.v.Present())
	s.probes = make([]*kernel.Probe, len(s.parts))
	for w := range s.probes {
		var err error
		if s.probes[w], err = kernel.NewProbe(s.query.row(0)); err != nil {
			return err
		}
	}
	return nil
}

// hits searches. The error is ctx's.
func (s *nearestSearch) hits(ctx context.Context) ([]Hit, error) {
	ctx = kernel.Urgent(ctx)
	if err := inParts(ctx, s.v.Present(), s.add); err != nil {
		return nil, err
	}
	if s.coarse != nil {
		s.raise()
		if err := inParts(ctx, s.v.Present(), s.addNear); err != nil {
			return nil, err
		}
	}
	pairs, _, err := mergeBest(ctx, s.parts, s.options)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(pairs))
	for i, p := range pairs {
		hits[i] = Hit{Text: int(p.B), Similarity: p.Similarity}
	}
	return hits, nil
}

// exact decides how similar the query is to a text.
func (s *nearestSearch) exact(c candidate) Pair {
	return Pair{B: s.v.texts[c.b], Similarity: s.v.similarityTo(*s.query, int(c.b))}
}

// add looks at a block of rows: in the copy, where there is a place for it.
func (s *nearestSearch) add(worker int, rows kernel.Span) error {
	if s.coarse != nil && s.coarse.look(s.probes[worker], s.v, rows) {
		return nil
	}
	return s.addAll(worker, rows)
}

// addAll computes the similarities of a block of rows in float32.
func (s *nearestSearch) addAll(worker int, rows kernel.Span) error {
	var room [cancelEvery]float32
	part := room[:rows.To-rows.From]
	if err := s.v.in().rows.Against(s.query.in().rows, rows, part); err != nil {
		return err
	}
	s.parts[worker].addRow(0, rows.From, part)
	return nil
}

// raise gives all workers the highest floor that any has found, or that the rows have
// which the copy takes for the nearest.
func (s *nearestSearch) raise() {
	floor := s.parts[0].floor
	for _, part := range s.parts[1:] {
		floor = max(floor, part.floor)
	}
	if likeliest := s.coarse.likeliest(s.options.MaxPairs); len(likeliest) == s.options.MaxPairs {
		last := math.Inf(1)
		for _, c := range likeliest {
			last = min(last, s.exact(c).Similarity)
		}
		floor = max(floor, last)
	}
	for _, part := range s.parts {
		part.setFloor(floor)
	}
}

// addNear computes the similarities of a block of rows that can have a place by their
// limits; those of all, where these are too many.
func (s *nearestSearch) addNear(worker int, rows kernel.Span) error {
	of := s.parts[worker]
	var near [coarseCrowded]int32
	n := 0
	for k, limit := range s.coarse.limits[rows.From:rows.To] {
		if limit < of.least {
			continue
		}
		if n == len(near) {
			s.coarse.crowded.Add(1)
			return s.addAll(worker, rows)
		}
		near[n] = int32(rows.From + k)
		n++
	}
	for _, slot := range near[:n] {
		of.add(0, slot, float32(s.v.similarityTo(*s.query, int(slot))))
	}
	return nil
}
