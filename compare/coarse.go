package compare

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/vecscope/vecscope/compare/kernel"
)

const (
	// coarseFrom is how many values vectors have at least that are searched in int8 first:
	// fewer are read in a millisecond or two.
	coarseFrom = 1 << 22
	// coarseShare is which part of the bytes of vectors their copy in int8 may take.
	coarseShare = 5
	// coarsePerHit is how many texts there are at least for each hit that is asked for: of
	// fewer, too many would have to be looked at again.
	coarsePerHit = 40
	// coarseRounds is in how many searches a copy is made, a part in each, so that none
	// takes much longer than without.
	coarseRounds = 4
	// coarseCrowded is how many of [cancelEvery] texts may have to be looked at again
	// before all of them are in float32, which takes as long.
	coarseCrowded = 48
	// coarseKept is how long a copy is kept after the last search, even of vectors that
	// nobody holds any more.
	coarseKept = time.Minute
)

// coarse holds a copy in int8 of most rows of vectors, while they are searched again and
// again: a quarter of the bytes are read to tell which rows can be among the nearest,
// by a bound that holds for every row. It may be used by several goroutines at once.
type coarse struct {
	mu      sync.Mutex
	copied  *copied // nil when there is none
	useless bool    // tells that the last search had to look at most rows again
	forget  *time.Timer
}

// copied is a copy under way, in blocks of [cancelEvery] rows. Where it has no place for
// all of them, those with one are spread evenly.
type copied struct {
	rows           *kernel.Quantized
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
	if c.copied == nil && !c.useless {
		c.copied = newCopied(n, v.dim)
		c.useless = c.copied == nil
	}
	return c.copied
}

// drop lets go of the copy.
func (c *coarse) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied, c.useless = nil, false
}

// giveUp lets go of the copy until nobody has searched for a while.
func (c *coarse) giveUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied, c.useless = nil, true
}

// newCopied makes room for a copy of as many of n rows as may be; nil when it can be of
// none.
func newCopied(n, dim int) *copied {
	blocks := (n + cancelEvery - 1) / cancelEvery
	return newCopiedOf(n, dim, min(blocks, n*dim*4/coarseShare/(cancelEvery*kernel.QuantizedBytes(dim))))
}

// newCopiedOf makes room for a copy of so many blocks of n rows.
func newCopiedOf(n, dim, places int) *copied {
	rows, err := kernel.NewQuantized(places*cancelEvery, dim)
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
	toMake          atomic.Int32 // how many blocks it may still make
	looked, crowded atomic.Int32 // blocks looked at in int8, and of these again in float32
}

func (c *copied) search() *coarseSearch {
	s := &coarseSearch{copied: c}
	s.toMake.Store(int32(1 + c.places/coarseRounds))
	return s
}

// limits puts into out what the similarities of a block of rows of v are not over. ok is
// false where there is no copy of them yet, or no place.
func (s *coarseSearch) limits(p *kernel.Probe, rows kernel.Span, out []float32) (ok bool) {
	at, ok := s.place(rows.From / cancelEvery)
	if !ok || s.state[at].Load() != made {
		return false
	}
	from := at * cancelEvery
	return p.Limits(s.rows, kernel.Span{From: from, To: from + rows.To - rows.From}, out)
}

// make makes the copy of a block of rows of v, if it has a place and its turn has come.
func (s *coarseSearch) make(v *Vectors, rows kernel.Span) {
	at, ok := s.place(rows.From / cancelEvery)
	if !ok || s.state[at].Load() != notMade || s.toMake.Add(-1) < 0 || !s.state[at].CompareAndSwap(notMade, beingMade) {
		return
	}
	if s.rows.TakeAt(at*cancelEvery, v.rows, rows) {
		s.state[at].Store(made)
	}
}

// useless tells whether most rows had to be looked at again.
func (s *coarseSearch) useless() bool { return 2*s.crowded.Load() > s.looked.Load()+2 }
