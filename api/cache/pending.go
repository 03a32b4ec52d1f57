package cache

import (
	"maps"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
)

// pendingWrites are what was paid for but is not in the file yet: it is being written,
// or could not be.
type pendingWrites struct {
	mu     sync.Mutex
	scopes map[Scope]*pendingRows
	usage  map[usageKey]api.Tally
	// notes are written with the next vectors of their scopes; renewals before those.
	notes    map[Scope]note
	renewals map[Scope]renewal
}

// pendingRows are those of one scope.
type pendingRows struct {
	length int
	rows   map[textHash]*row
}

// batch is what one transaction writes: rows of one length and scope.
type batch struct {
	scope  Scope
	length int
	rows   []*row
	note   *note // of the model that made them; nil leaves what the file says
}

// batchRows bounds a transaction.
const batchRows = 2048

// add takes rows of one length; those of another length that wait are stale.
func (w *pendingWrites) add(scope Scope, length int, rows map[textHash]*row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.scopes == nil {
		w.scopes = map[Scope]*pendingRows{}
	}
	old := w.scopes[scope]
	if old == nil || old.length != length {
		w.scopes[scope] = &pendingRows{length: length, rows: rows}
		return
	}
	for hash, r := range rows {
		old.rows[hash] = r
	}
}

// next is something to write; ok is false when no vectors wait.
func (w *pendingWrites) next() (b batch, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for scope, of := range w.scopes {
		if _, ok := w.renewals[scope]; ok {
			continue // what the file holds of it has to make way first
		}
		b = batch{scope: scope, length: of.length}
		if n, ok := w.notes[scope]; ok {
			b.note = &n
		}
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
func (w *pendingWrites) written(b batch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n, ok := w.notes[b.scope]; ok && b.note != nil && n.same(*b.note) {
		delete(w.notes, b.scope)
	} else if b.note != nil {
		w.readAs(b.scope, b.note.identity)
	}
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
func (w *pendingWrites) find(scope Scope, wanted func(hash textHash) bool, found func(*row)) {
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
func (w *pendingWrites) length(scope Scope) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if of := w.scopes[scope]; of != nil && len(of.rows) > 0 {
		return of.length
	}
	return 0
}

// forget forgets the vectors of one model of one server.
func (w *pendingWrites) forget(baseURL, model string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	gone := func(scope Scope) bool {
		base, _, _ := strings.Cut(scope.BaseURL, asideMark)
		return base == baseURL && scope.Model == model
	}
	maps.DeleteFunc(w.scopes, func(scope Scope, _ *pendingRows) bool { return gone(scope) })
	maps.DeleteFunc(w.notes, func(scope Scope, _ note) bool { return gone(scope) })
	maps.DeleteFunc(w.renewals, func(scope Scope, _ renewal) bool { return gone(scope) })
}

// clear forgets the vectors.
func (w *pendingWrites) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.scopes, w.notes, w.renewals = nil, nil, nil
}

// addUsage adds to what waits.
func (w *pendingWrites) addUsage(u api.Tally) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.usage == nil {
		w.usage = map[usageKey]api.Tally{}
	}
	w.usage[usageKeyOf(u)] = w.usage[usageKeyOf(u)].Plus(u)
}

// takeUsage hands over what waits; what is not written must be added again.
func (w *pendingWrites) takeUsage() []api.Tally {
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
func (w *pendingWrites) count() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, of := range w.scopes {
		n += len(of.rows)
	}
	return n
}
