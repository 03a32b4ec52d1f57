package cache

import (
	"context"
	"slices"
	"sync"
)

// writer keeps what arrives, even when the run was stopped meanwhile: it was paid
// for.
type writer struct {
	*run
	ctx    context.Context
	places [][]int // of the texts that were asked for; none are those of sampleText

	mu    sync.Mutex
	kept  []bool
	other int // length of vectors that came and do not fit; 0 for none
	// anewTexts have come anew so far, with anewVectors.
	anewTexts   []string
	anewVectors [][]float32
}

// fits tells whether vectors of that length can stand beside those that are kept.
func (w *writer) fits(length int) bool {
	if w.free {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.bound == 0 {
		w.bound = length
	}
	if length != w.bound {
		w.other = length
	}
	return length == w.bound
}

// batch keeps a batch, and tells where its texts stand.
func (w *writer) batch(at []int, vectors [][]float32) {
	if len(vectors) == 0 || !w.fits(len(vectors[0])) {
		return
	}
	w.mu.Lock()
	for _, i := range at {
		w.kept[i] = true
	}
	w.mu.Unlock()
	if at, vectors = w.withoutSample(at, vectors); len(at) == 0 {
		return
	}
	texts := make([]string, len(at))
	var everywhere []int
	var all [][]float32
	for n, i := range at {
		texts[n] = w.req.Texts[w.places[i][0]]
		for _, place := range w.places[i] {
			everywhere = append(everywhere, place)
			all = append(all, vectors[n])
		}
	}
	if w.req.Fresh {
		texts, vectors = w.instead(at, texts, vectors)
	}
	// What cannot be written waits in memory, and a notice tells.
	_ = w.cache.Put(w.ctx, w.scope(w.req), texts, vectors)
	if w.req.Arrived != nil {
		w.req.Arrived(everywhere, all)
	}
}

// withoutSample is a batch without the vector of sampleText, which is kept apart.
func (w *writer) withoutSample(at []int, vectors [][]float32) ([]int, [][]float32) {
	n := slices.IndexFunc(at, func(i int) bool { return len(w.places[i]) == 0 })
	if n < 0 {
		return at, vectors
	}
	w.mu.Lock() // another batch may show that the model is replaced
	w.sampled(vectors[n])
	w.mu.Unlock()
	return slices.Concat(at[:n], at[n+1:]), slices.Concat(vectors[:n], vectors[n+1:])
}

// instead tells what to keep of a batch that was asked for anew: the batch, or, when it
// shows that another model gives the vectors now, all that came before it, too, since
// what is kept is set aside then.
func (w *writer) instead(at []int, texts []string, vectors [][]float32) ([]string, [][]float32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.anewTexts, w.anewVectors = append(w.anewTexts, texts...), append(w.anewVectors, vectors...)
	other := w.formerLength != 0 && w.formerLength != len(vectors[0])
	for n, i := range at {
		if former := w.former; former != nil && former[w.places[i][0]] != nil {
			other = other || !alike(former[w.places[i][0]], vectors[n])
		}
	}
	if !other {
		return texts, vectors
	}
	w.former, w.formerLength = nil, 0
	_ = w.replaced(w.ctx, note{identity: w.tells, inFile: w.was.inFile}, "is another model than before, for it gives other vectors for the same texts")
	return w.anewTexts, w.anewVectors
}

// missing tells how many of the texts neither arrived nor failed.
func (w *writer) missing(failed map[int]error) int {
	n := 0
	for i, kept := range w.kept {
		if !kept && failed[i] == nil {
			n++
		}
	}
	return n
}

// rest keeps what did not arrive in batches: not every provider tells of them.
func (w *writer) rest(vectors [][]float32) {
	var at []int
	for i, vector := range vectors {
		if vector != nil && !w.kept[i] {
			at = append(at, i)
		}
	}
	if len(at) > 0 {
		w.batch(at, pick(vectors, at))
	}
}
