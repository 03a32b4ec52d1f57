package session

import (
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Refused are the texts that servers have answered without a vector.
type Refused struct {
	Texts int
	Why   error // of the first
}

// add counts those of an asking that before, which may be nil, does not name.
func (r *Refused) add(emb, before *pipeline.Embedding) {
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
		if r.Texts++; r.Why == nil {
			r.Why = emb.Failed[at]
		}
	}
}
