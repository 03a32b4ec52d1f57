package session

import (
	"sync/atomic"
	"time"

	"github.com/vecscope/vecscope/api"
)

// comparing is how far the comparing of a candidate's texts is; commands write it.
type comparing struct {
	percent atomic.Int64
	// began is when; nil while the vectors are still computed.
	began atomic.Pointer[time.Time]
}

// at notes that so many pairs of all are compared.
func (c *comparing) at(done, total int) {
	if c.began.Load() == nil {
		now := time.Now()
		c.began.Store(&now)
	}
	c.percent.Store(int64(100 * done / max(total, 1)))
}

// trackPairs gives the function through which a command tells its progress with a
// candidate's pairs.
func (j *job) trackPairs(candidate string) func(done, total int) {
	c := &comparing{}
	j.compared[candidate] = c
	return c.at
}

// trackAll is trackPairs of candidates that are compared in one pass.
func (j *job) trackAll(candidates []api.Candidate) func(done, total int) {
	all := make([]func(done, total int), len(candidates))
	for i, c := range candidates {
		all[i] = j.trackPairs(c.ID())
	}
	return func(done, total int) {
		for _, track := range all {
			track(done, total)
		}
	}
}
