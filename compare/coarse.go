package compare

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vecscope/vecscope/compare/kernel"
)

const (
	// coarseFrom is how many values vectors have at least that are searched in six bits first:
	// fewer are read in a millisecond or two.
	coarseFrom = 1 << 22
	// coarseShare is which part of the bytes of vectors their copy may take.
	coarseShare = 5
	// coarseMost is how many bytes it may take at the most: beside the vectors of several
	// models of very many texts all copies together must stay small.
	coarseMost = 80 << 20
	// coarsePerHit is how many texts there are at least for each hit that is asked for: of
	// fewer, too many would have to be looked at again.
	coarsePerHit = 40
	// coarseCrowded is how many of [cancelEvery] texts may have to be looked at again
	// before all of them are in float32, which takes as long.
	coarseCrowded = 96
	// coarseKept is how long a copy is kept after the last search, even of vectors that
	// nobody holds any more.
	coarseKept = time.Minute
)

// coarse holds a copy of the rows of vectors in six bits a value, while they are searched
// again and again: a fifth of the bytes are read to tell which rows can be among the
// nearest, by a bound that holds for every row. It may be used by several goroutines at
// once.
type coarse struct {
	mu      sync.Mutex
	copied  *copied // nil when there is none
	useless int     // the fewest hits for which most rows had to be looked at again, or 0
	forget  *time.Timer
}

// copied is a copy under way, in blocks of [cancelEvery] rows. Where it has no place for
// all of them, those with one are spread evenly.
type copied struct {
	rows           *kernel.Compact
	blocks, places int
	state          []atomic.Int32 // of every place: notMade, beingMade or made
}

const (
	notMade = iota
	beingMade
	made
)

// copy returns the copy to search v in for k hits; nil where that is not worth while.
func (c *coarse) copy(v *Vectors, k int) *copied {
	n := v.Present()
	if c == nil || !kernel.PrefersInt8() || n*v.dim < coarseFrom || k > n/coarsePerHit {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forget == nil {
		c.forget = time.AfterFunc(coarseKept, c.drop)
	} else {
		c.forget.Reset(coarseKept)
	}
	if c.useless > 0 && k >= c.useless {
		return nil
	}
	if c.copied == nil {
		c.copied = newCopied(n, v.dim)
	}
	return c.copied
}

// drop lets go of the copy.
func (c *coarse) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied, c.useless = nil, 0
}

// giveUp lets go of the copy, and makes none for so many hits until nobody has searched
// for a while.
func (c *coarse) giveUp(k int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied, c.useless = nil, k
}

// newCopied makes room for a copy of as many of n rows as may be; nil when it can be of
// none.
func newCopied(n, dim int) *copied {
	blocks, bytes := (n+cancelEvery-1)/cancelEvery, cancelEvery*kernel.CompactBytes(dim)
	return newCopiedOf(n, dim, min(blocks, min(n*dim*4/coarseShare, coarseMost)/bytes))
}

// newCopiedOf makes room for a copy of so many blocks of n rows.
func newCopiedOf(n, dim, places int) *copied {
	rows, err := kernel.NewCompact(places*cancelEvery, dim)
	if err != nil {
		return nil // no place, or the rows are too long
	}
	return &copied{rows: rows, blocks: (n + cancelEvery - 1) / cancelEvery, places: places, state: make([]atomic.Int32, places)}
}

// place is where a block of rows has its copy; ok is false for one without a place.
func (c *copied) place(block int) (at int, ok bool) {
	at = block * c.places / c.blocks
	return at, at < (block+1)*c.places/c.blocks
}

// coarseSearch is one search in a copy.
type coarseSearch struct {
	*copied
	// limits are what the similarities of all rows are not over; of rows that have no
	// copy yet, and were looked at, none is under them.
	limits          []float32
	looked, crowded atomic.Int32 // blocks looked at in six bits, and of these again in float32
}

func (c *copied) search(n int) *coarseSearch {
	return &coarseSearch{copied: c, limits: make([]float32, n)}
}

// look finds the limits of a block of rows of v. ok is false where there is no place for
// a copy of them, or another search makes it just now.
func (s *coarseSearch) look(p *kernel.Probe, v *Vectors, rows kernel.Span) (ok bool) {
	limits := s.limits[rows.From:rows.To]
	if at, ok := s.place(rows.From / cancelEvery); ok && s.made(at, v, rows) {
		from := at * cancelEvery
		if p.Limits(s.rows, kernel.Span{From: from, To: from + len(limits)}, limits) {
			s.looked.Add(1)
			return true
		}
	}
	for k := range limits {
		limits[k] = decided
	}
	return false
}

// decided is the limit of a row that is looked at in float32: under all others.
const decided = -3

// likeliest gives the k rows that have the highest limits, or all that have one where
// these are fewer.
func (s *coarseSearch) likeliest(k int) []candidate {
	room := 2*k + cancelEvery
	all := make([]candidate, 0, room)
	least := float32(decided)
	for slot, limit := range s.limits {
		if limit <= least {
			continue
		}
		if all = append(all, candidate{b: int32(slot), similarity: limit}); len(all) == room {
			selectBest(all, k, compareCandidates)
			all = all[:k]
			least = slices.MinFunc(all, func(p, q candidate) int { return cmp.Compare(p.similarity, q.similarity) }).similarity
		}
	}
	if len(all) > k {
		selectBest(all, k, compareCandidates)
		all = all[:k]
	}
	return all
}

// made tells whether there is a copy of a block of rows of v in a place. It is made if
// nobody else is about to, which takes hardly longer than to read the rows.
func (s *coarseSearch) made(at int, v *Vectors, rows kernel.Span) bool {
	if s.state[at].CompareAndSwap(notMade, beingMade) && s.rows.Take(at*cancelEvery, v.in().rows, rows) {
		s.state[at].Store(made)
	}
	return s.state[at].Load() == made
}

// useless tells whether most rows had to be looked at again.
func (s *coarseSearch) useless() bool { return 2*s.crowded.Load() > s.looked.Load()+2 }
