package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Put keeps the vectors of texts, which are in the same order; a nil vector is
// passed over. All have the same length. When the scope held vectors of another
// length, those are stale and dropped.
//
// The error is an *Error, or ctx's: the vectors are then kept in memory, where
// Get finds them, and are written with the next Put or by Close. A notice tells
// of the first of such failures. Vectors that differ in length are refused.
func (c *Cache) Put(ctx context.Context, scope Scope, texts []string, vectors [][]float32) error {
	rows, length, err := rowsOf(texts, vectors)
	if err != nil || c == nil || len(rows) == 0 {
		return err
	}
	c.pending.add(scopeOf(scope), length, rows)
	return c.flush(ctx)
}

// flush writes everything that waits.
func (c *Cache) flush(ctx context.Context) error {
	if err := c.beginWriting(ctx); err != nil {
		return err
	}
	defer c.endWriting()
	err := errors.Join(c.flushUsage(ctx), c.flushVectors(ctx))
	err = c.failed(ctx, "keeping vectors", err)
	c.warn(err, "What was paid for is in memory alone, and lost if the program ends before it can be written.")
	return err
}

// beginWriting waits until nobody else of this program writes: waiting inside
// SQLite is neither fair nor quick.
func (c *Cache) beginWriting(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case c.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Cache) endWriting() { <-c.writing }

func (c *Cache) flushVectors(ctx context.Context) error {
	for {
		if err := c.flushRenewals(ctx); err != nil {
			return err
		}
		b, ok := c.pending.next()
		if !ok {
			return nil
		}
		err := c.change(ctx, func(db *sql.DB) error { return write(ctx, db, b, c.now()) })
		if err != nil {
			return err
		}
		c.pending.written(b)
	}
}

// write puts rows into the file, all or none.
func write(ctx context.Context, db *sql.DB, b batch, now time.Time) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		scope, err := scopeFor(ctx, tx, b.scope, b.length)
		if err != nil {
			return err
		}
		if b.note != nil {
			if err := writeNote(ctx, tx, scope, *b.note); err != nil {
				return err
			}
		}
		if err := writeRows(ctx, tx, scope, b.rows, now.Unix()); err != nil {
			return err
		}
		return readAgain(ctx, tx, b)
	})
}

// readAgain checks that what was just written is found in the way in which Get looks
// for it: the index of a damaged file can lead to another place than the one that was
// written to.
func readAgain(ctx context.Context, tx *sql.Tx, b batch) error {
	written := make(map[textHash][]int, len(b.rows))
	for _, r := range b.rows {
		written[r.hash] = nil
	}
	err := eachKept(ctx, tx, b.scope, written, `SELECT hash, crc, value FROM vector WHERE scope = ? AND hash IN (`,
		func(rows *sql.Rows, length int) error {
			var crc int64
			var hash, value sql.RawBytes
			if err := rows.Scan(&hash, &crc, &value); err != nil {
				return err
			}
			if r, ok := readRow(hash, crc, value, length); ok && length == b.length {
				delete(written, r.hash)
			}
			return nil
		})
	if err == nil && len(written) > 0 {
		return errUnsound
	}
	return err
}

// scopeFor gives the scope's number. Rows of another length are dropped.
func scopeFor(ctx context.Context, tx *sql.Tx, s Scope, length int) (id int64, err error) {
	was := 0
	err = tx.QueryRowContext(ctx, `SELECT id, length FROM scope
		WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
		s.BaseURL, s.Model, s.Dimensions, s.Prefix).Scan(&id, &was)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, `INSERT INTO scope (base_url, model, dimensions, prefix, length)
			VALUES (?, ?, ?, ?, ?) RETURNING id`,
			s.BaseURL, s.Model, s.Dimensions, s.Prefix, length).Scan(&id)
		return id, err
	}
	if err != nil || was == length {
		return id, err
	}
	if err := errors.Join(emptyScope(ctx, tx, id), forgetNorms(ctx, tx, id)); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE scope SET length = ? WHERE id = ?`, length, id)
	return id, err
}

// emptyScope removes the vectors of a scope.
func emptyScope(ctx context.Context, tx *sql.Tx, id int64) error {
	for _, stale := range []string{
		`DELETE FROM times WHERE vector IN (SELECT id FROM vector WHERE scope = ?)`,
		`DELETE FROM vector WHERE scope = ?`,
	} {
		if _, err := tx.ExecContext(ctx, stale, id); err != nil {
			return err
		}
	}
	return nil
}

// insertRows is how many rows one statement inserts.
const insertRows = 64

func writeRows(ctx context.Context, tx *sql.Tx, scope int64, rows []*row, now int64) error {
	for len(rows) > 0 {
		n := min(insertRows, len(rows))
		values := make([]any, 0, 4*n)
		hashes := make([]any, 0, n+3)
		hashes = append(hashes, now, now, scope)
		for _, r := range rows[:n] {
			values = append(values, scope, r.hash[:], int64(r.crc), r.value)
			hashes = append(hashes, r.hash[:])
		}
		rows = rows[n:]
		if _, err := tx.ExecContext(ctx, `INSERT INTO vector (scope, hash, crc, value)
			VALUES `+repeat("(?, ?, ?, ?)", n)+`
			ON CONFLICT DO UPDATE SET crc = excluded.crc, value = excluded.value`, values...); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO times (vector, scope, created, used)
			SELECT id, scope, ?, ? FROM vector WHERE scope = ? AND hash IN (`+repeat("?", n)+`)
			ON CONFLICT DO UPDATE SET created = excluded.created, used = excluded.used`, hashes...); err != nil {
			return err
		}
	}
	return nil
}
