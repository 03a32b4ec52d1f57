package cache

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
)

// note is what is known of the model that made the vectors of a scope.
type note struct {
	// identity is what its server tells of it, or a name that it was given here.
	identity api.Identity
	// sample is its vector of sampleText, of unit length; nil for none.
	sample []float32
	// inFile is the identity that the file has of the scope: it differs while what is
	// known now waits to be written.
	inFile api.Identity
}

func (n note) same(other note) bool {
	return n.identity == other.identity && slices.Equal(n.sample, other.sample)
}

// asideMark parts an address from what else tells scopes apart: the sum of headers, and
// the identity of a model that is no longer the one behind the name, whose vectors were
// set aside. No address itself has one.
const asideMark = "#"

// renewal tells that the model behind a scope's name has changed: what is kept of the
// scope was made by the model was, and is set aside under its identity; what was set
// aside of the model that is there now takes its place, where that is certain.
type renewal struct {
	was, is api.Identity
	// inFile is the identity that the file has of the scope, and sample what the model
	// that is there now gives for sampleText; nil is not known.
	inFile api.Identity
	sample []float32
}

// bringsBack tells whether vectors that were set aside are of the model that is there
// now: two models can share an identity that is not exact.
func (r renewal) bringsBack(aside note) bool {
	return r.is.Exact() || len(r.sample) > 0 && alike(r.sample, aside.sample)
}

// asideOf names the scope's vectors of a model while another stands behind its name.
func asideOf(s Scope, identity api.Identity) Scope {
	if identity == "" {
		identity = "unknown"
	}
	s.BaseURL += asideMark + string(identity)
	return s
}

// noted gives what is known of the model behind a scope, and whether any of its vectors
// are kept. The errors are those of Get.
func (c *Cache) noted(ctx context.Context, scope Scope) (n note, kept bool, err error) {
	if c == nil {
		return note{}, false, nil
	}
	scope = scopeOf(scope)
	n, kept, whole := c.pending.noted(scope)
	if whole {
		return n, kept, nil
	}
	err = c.use(ctx, func(db *sql.DB) error {
		inFile, any, err := readNote(ctx, db, scope)
		if n.identity == "" && n.sample == nil {
			n = inFile
		}
		kept = kept || any
		return err
	})
	return n, kept, c.failed(ctx, "reading vectors", err)
}

// others gives what the file knows of the scopes of the same model of the same server that
// hold vectors, without those that were set aside. The errors are those of Get.
func (c *Cache) others(ctx context.Context, scope Scope) (map[Scope]note, error) {
	if c == nil {
		return nil, nil
	}
	scope = scopeOf(scope)
	found := map[Scope]note{}
	err := c.use(ctx, func(db *sql.DB) error {
		if complete, err := isComplete(ctx, db, "scope", scopeColumns); err != nil || !complete {
			return err
		}
		rows, err := db.QueryContext(ctx, `SELECT dimensions, prefix, identity FROM scope
			WHERE base_url = ? AND model = ? AND EXISTS (SELECT 1 FROM vector WHERE vector.scope = scope.id)`, scope.BaseURL, scope.Model)
		if err != nil {
			return err
		}
		return eachRow(rows, func() error {
			other, n := scope, note{}
			if err := rows.Scan(&other.Dimensions, &other.Prefix, &n.identity); err != nil {
				return err
			}
			if n.inFile = n.identity; other != scope && !c.pending.renews(other) {
				found[other] = n
			}
			return nil
		})
	})
	return found, c.failed(ctx, "reading vectors", err)
}

// note keeps what is known of the model behind a scope, together with the vectors that
// come of it next.
func (c *Cache) note(scope Scope, n note) {
	if c != nil {
		c.pending.note(scopeOf(scope), n)
	}
}

// putAside sets aside all vectors of a scope, which another model has made than the one
// that is there now. The errors are those of Put: until it is written, Get finds none
// of them.
func (c *Cache) putAside(ctx context.Context, scope Scope, r renewal) error {
	if c == nil {
		return nil
	}
	c.pending.renew(scopeOf(scope), r)
	return c.flush(ctx)
}

func (c *Cache) flushRenewals(ctx context.Context) error {
	for scope, r := range c.pending.openRenewals() {
		var now note
		err := c.change(ctx, func(db *sql.DB) error {
			return inTransaction(ctx, db, func(tx *sql.Tx) (err error) {
				now, err = renewScope(ctx, tx, scope, r)
				return err
			})
		})
		if err != nil {
			return err
		}
		c.pending.renewed(scope, now.identity)
	}
	return nil
}

// renewScope writes a renewal, and gives what the file knows of the scope now.
func renewScope(ctx context.Context, tx *sql.Tx, scope Scope, r renewal) (now note, err error) {
	// Somebody else may have come first.
	if n, _, err := readNote(ctx, tx, scope); err != nil || n.identity != r.inFile {
		return n, err
	}
	// What was set aside of the old model before is the older.
	if err := moveScope(ctx, tx, scope, asideOf(scope, r.was)); err != nil {
		return note{}, err
	}
	aside, kept, err := readNote(ctx, tx, asideOf(scope, r.is))
	if err != nil || !kept || !r.bringsBack(aside) {
		return note{}, err
	}
	return aside, moveScope(ctx, tx, asideOf(scope, r.is), scope)
}

// moveScope gives a scope another name, which what had it loses together with its
// vectors. Without that scope nothing happens.
func moveScope(ctx context.Context, tx *sql.Tx, from, to Scope) error {
	id, err := scopeID(ctx, tx, from)
	if err != nil || id == 0 {
		return err
	}
	former, err := scopeID(ctx, tx, to)
	if err != nil {
		return err
	}
	if former != 0 {
		if err := emptyScope(ctx, tx, former); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM scope WHERE id = ?`, former); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE scope SET base_url = ? WHERE id = ?`, to.BaseURL, id)
	return err
}

// scopeID is the number of a scope in the file; 0 without one.
func scopeID(ctx context.Context, q querier, s Scope) (id int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT id FROM scope WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
		s.BaseURL, s.Model, s.Dimensions, s.Prefix).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// readNote reads what the file knows of a scope's model, and whether it holds any of
// its vectors.
func readNote(ctx context.Context, q querier, s Scope) (n note, kept bool, err error) {
	later := `'', x''`
	if complete, err := isComplete(ctx, q, "scope", scopeColumns); err != nil {
		return note{}, false, err
	} else if complete {
		later = `identity, sample`
	}
	var sample []byte
	err = q.QueryRowContext(ctx, `SELECT `+later+`, EXISTS (SELECT 1 FROM vector WHERE vector.scope = scope.id) FROM scope
		WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
		s.BaseURL, s.Model, s.Dimensions, s.Prefix).Scan(&n.identity, &sample, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return note{}, false, nil
	}
	n.sample, n.inFile = readSample(sample), n.identity
	return n, kept, err
}

// writeNote writes it, and adds the columns where the file lacks them.
func writeNote(ctx context.Context, tx *sql.Tx, scope int64, n note) error {
	if err := completeTable(ctx, tx, "scope", scopeColumns); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE scope SET identity = ?, sample = ? WHERE id = ?`, string(n.identity), n.sampleBytes(), scope)
	return err
}

// crcBytes is the length of the checksum before a sample.
const crcBytes = 4

func (n note) sampleBytes() []byte {
	if len(n.sample) == 0 {
		return []byte{}
	}
	value := appendVector(nil, n.sample)
	return append(binary.LittleEndian.AppendUint32(nil, checksum(hashOf(sampleText), value)), value...)
}

// readSample reads a sample; nil for what is none.
func readSample(data []byte) []float32 {
	if len(data) <= crcBytes || len(data)%4 != 0 {
		return nil
	}
	r := row{hash: hashOf(sampleText), crc: binary.LittleEndian.Uint32(data), value: data[crcBytes:]}
	if !r.intact(len(r.value) / 4) {
		return nil
	}
	return r.vector()
}

// noted is what is known of the scope that is not in the file yet; whole tells that
// what the file says does not count.
func (w *pendingWrites) noted(scope Scope) (n note, kept, whole bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	of := w.scopes[scope]
	_, whole = w.renewals[scope]
	return w.notes[scope], of != nil && len(of.rows) > 0, whole
}

func (w *pendingWrites) note(scope Scope, n note) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.notes == nil {
		w.notes = map[Scope]note{}
	}
	w.notes[scope] = n
}

// renew notes a renewal. What waits of the scope was made by the model that is gone,
// too.
func (w *pendingWrites) renew(scope Scope, r renewal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n, ok := w.notes[scope]; ok && n.identity != r.was {
		return // somebody else came first
	}
	if w.renewals == nil {
		w.renewals = map[Scope]renewal{}
	}
	if of := w.scopes[scope]; of != nil {
		w.scopes[asideOf(scope, r.was)] = of
		delete(w.scopes, scope)
	}
	if former, ok := w.renewals[scope]; ok {
		r.was, r.inFile = former.was, former.inFile // the file holds what was there before both
	}
	w.renewals[scope] = r
	delete(w.notes, scope)
}

// renews tells that what the file holds of a scope does not count.
func (w *pendingWrites) renews(scope Scope) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ok := w.renewals[scope]
	return ok
}

func (w *pendingWrites) openRenewals() map[Scope]renewal {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.renewals)
}

// renewed forgets a renewal, after which the file has that identity of the scope.
func (w *pendingWrites) renewed(scope Scope, inFile api.Identity) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.renewals, scope)
	w.readAs(scope, inFile)
}

// readAs takes note of the identity that the file has of a scope. w.mu is held.
func (w *pendingWrites) readAs(scope Scope, inFile api.Identity) {
	if n, ok := w.notes[scope]; ok {
		n.inFile = inFile
		w.notes[scope] = n
	}
}
