package ui

import "github.com/vecscope/vecscope/compare/pipeline"

// refused are the texts that servers have answered without a vector.
type refused struct {
	texts int
	why   error // of the first
}

// add counts those of an asking that before, which may be nil, does not name.
func (r *refused) add(emb, before *pipeline.Embedding) {
	if emb == nil || emb.Spent.Requests == 0 {
		return
	}
	seen := map[string]bool{}
	if before != nil {
		for _, at := range pipeline.Refused(before.Failed) {
			seen[before.Texts[at]] = true
		}
	}
	for _, at := range pipeline.Refused(emb.Failed) {
		if seen[emb.Texts[at]] {
			continue
		}
		seen[emb.Texts[at]] = true
		if r.texts++; r.why == nil {
			r.why = emb.Failed[at]
		}
	}
}
