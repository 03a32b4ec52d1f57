package cache

import (
	"sync"

	"github.com/vecscope/vecscope/api"
)

// waiting is what was paid for but is not in the file yet: it is being written,
// or could not be.
type waiting struct {
	mu     sync.Mutex
	scopes map[Scope]*waitingRows
	usage  map[usageKey]api.Tally
}

// waitingRows are those of one scope.
type waitingRows struct {
	length int
	rows   map[textHash]*row
}

// batch is what one transaction writes: rows of one length and scope.
type batch struct {
	scope  Scope
	length int
	rows   []*row
}

// batchRows bounds a transaction.
const batchRows = 2048

// add takes rows of one length; those of another length that wait are stale.
func (w *waiting) add(scope Scope, length int, rows map[textHash]*row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.scopes == nil {
		w.scopes = map[Scope]*waitingRows{}
	}
	old := w.scopes[scope]
	if old == nil || old.length != length {
		w.scopes[scope] = &waitingRows{length: length, rows: rows}
		return
	}
	for hash, r := range rows {
		old.rows[hash] = r
	}
}

// next is something to write; ok is false when no vectors wait.
func (w *waiting) next() (b batch, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for scope, of := range w.scopes {
		b = batch{scope: scope, length: of.length}
		for _, r := range of.rows {
			if b.rows = append(b.rows, r); len(b.rows) == batchRows {
				break
			}
		}
		return b, true
	}
	return batch{}, false
}

// written forgets what is in the file now, except what was replaced meanwhile.
func (w *waiting) written(b batch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	of := w.scopes[b.scope]
	if of == nil {
		return
	}
	for _, r := range b.rows {
		if of.rows[r.hash] == r {
			delete(of.rows, r.hash)
		}
	}
	if len(of.rows) == 0 {
		delete(w.scopes, b.scope)
	}
}

// find gives what waits of the scope to each wanted text.
func (w *waiting) find(scope Scope, wanted func(hash textHash) bool, found func(*row)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	of := w.scopes[scope]
	if of == nil {
		return
	}
	for hash, r := range of.rows {
		if wanted(hash) {
			found(r)
		}
	}
}

// length is that of the scope's vectors that wait; 0 when none do.
func (w *waiting) length(scope Scope) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if of := w.scopes[scope]; of != nil && len(of.rows) > 0 {
		return of.length
	}
	return 0
}

// forget forgets the vectors of one model of one server.
func (w *waiting) forget(baseURL, model string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for scope := range w.scopes {
		if scope.BaseURL == baseURL && scope.Model == model {
			delete(w.scopes, scope)
		}
	}
}

// clear forgets the vectors.
func (w *waiting) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.scopes = nil
}

// addUsage adds to what waits.
func (w *waiting) addUsage(u api.Tally) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.usage == nil {
		w.usage = map[usageKey]api.Tally{}
	}
	w.usage[usageKeyOf(u)] = w.usage[usageKeyOf(u)].Plus(u)
}

// takeUsage hands over what waits; what is not written must be added again.
func (w *waiting) takeUsage() []api.Tally {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []api.Tally
	for _, u := range w.usage {
		out = append(out, u)
	}
	w.usage = nil
	return out
}

// count is the number of vectors that wait.
func (w *waiting) count() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, of := range w.scopes {
		n += len(of.rows)
	}
	return n
}
