package session

import (
	"cmp"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
)

const (
	// keptBytes is up to how much memory results take that nobody looks at, but may again.
	keptBytes = 64 << 20
	// furtherBytes is up to how much of it those take that nobody has asked for yet.
	furtherBytes = keptBytes / 2
	// furtherWork is up to how many multiplications a pass over all similarities may take
	// because of dimensions over those that are asked for: some tens of milliseconds on
	// two cores. Fewer dimensions cost it next to nothing.
	furtherWork = 1 << 31
)

// keptResults are results of the present texts that candidates had which are taken out or
// have other dimensions now, and what a pass over all similarities has made for dimensions
// that may come next. The latest is last.
type keptResults []keptResult

type keptResult struct {
	*pipeline.Result
	of *pipeline.Embedding
}

// add keeps a result, and lets go of the first of the others where there is no room.
func (k *keptResults) add(of *pipeline.Embedding, r *pipeline.Result) {
	room := keptBytes - r.Bytes()
	if room < 0 {
		return
	}
	list := slices.DeleteFunc(*k, func(o keptResult) bool { return o.of == of && o.Candidate == r.Candidate })
	for i := len(list) - 1; i >= 0; i-- {
		if room -= list[i].Bytes(); room < 0 {
			list = slices.Delete(list, 0, i+1)
			break
		}
	}
	*k = append(list, keptResult{r, of})
}

// made are those that were made from an embedding.
func (k keptResults) made(of *pipeline.Embedding) (results []*pipeline.Result) {
	for _, r := range k {
		if r.of == of {
			results = append(results, r.Result)
		}
	}
	return results
}

// find gives what there is of a candidate; nil for nothing.
func (k keptResults) find(of *pipeline.Embedding, c api.Candidate) *pipeline.Result {
	for _, r := range k {
		if r.of == of && r.Candidate == c {
			return r.Result
		}
	}
	return nil
}

// keepResult keeps an outcome that goes, if a candidate may come back to it.
func (s *Session) keepResult(o outcome) {
	if o.complete() && o.result != nil && o.of != nil && s.currentlyMade(o.of) {
		s.kept.add(o.of, o.result)
	}
}

// currentlyMade tells that an embedding is in use, and of the texts of the job.
func (s *Session) currentlyMade(of *pipeline.Embedding) bool {
	return s.embeddings[of.Source.Key()] == of && slices.Equal(of.Texts, s.job.texts)
}

// recall gives those of the candidates their outcome that have been compared before, and
// gives the others.
func (s *Session) recall(m api.Model, candidates []api.Candidate, emb *pipeline.Embedding) (rest []api.Candidate) {
	for _, c := range candidates {
		had := s.kept.find(emb, c)
		if had == nil || had.Scan == nil {
			rest = append(rest, c)
			continue
		}
		r, err := pipeline.Again(m, c, had, emb)
		s.record(c.ID(), outcome{result: r, err: err, of: emb})
	}
	return rest
}

// further are the dimensions that candidates of an embedding may be given next, the nearest
// first, as far as it is worth making their similarities in the pass that makes those of
// candidates. While texts change there are none: what was made would be gone at once.
func (s *Session) further(m api.Model, candidates []api.Candidate, emb *pipeline.Embedding) (dims []int) {
	n := emb.Vectors.Present()
	if s.pending != nil || emb.Partial || n > compare.DenseLimit {
		return nil
	}
	most := 0
	for _, c := range candidates {
		most = max(most, c.Dimensions)
	}
	pairs, room := n*(n-1)/2, furtherBytes
	for _, d := range nearest(catalog.Presets(m), most) {
		c := api.Candidate{Model: m.Ref(), Dimensions: d}
		source, _ := pipeline.SourceOf(m, c)
		costly := d > most && pairs*d > furtherWork
		if d > emb.Vectors.Dim() || source.Key() != emb.Source.Key() || costly || slices.Contains(s.candidates, c) || s.kept.find(emb, c) != nil {
			continue
		}
		if room -= 4 * (pairs + n*d); room < 0 {
			break
		}
		dims = append(dims, d)
	}
	return dims
}

// nearest puts ascending dimensions in the order of how many steps they are from one.
func nearest(dims []int, from int) []int {
	at, _ := slices.BinarySearch(dims, from)
	steps := func(d int) int {
		i, _ := slices.BinarySearch(dims, d)
		return max(i-at, at-i)
	}
	return slices.SortedStableFunc(slices.Values(dims), func(a, b int) int { return cmp.Compare(steps(a), steps(b)) })
}
