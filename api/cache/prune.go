package cache

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Limits says what may stay in the cache.
type Limits struct {
	// Unused removes vectors that were not asked for in so long, give or take a
	// day; 0 removes none for that.
	Unused time.Duration
	// MaxBytes removes vectors, those not asked for the longest first, until the
	// file takes no more; 0 removes none for that. An empty file takes some 100 kB.
	MaxBytes int64
}

// Removed is what pruning did.
type Removed struct {
	// Entries is the number of vectors removed.
	Entries int
	// Bytes is by how much the file shrank.
	Bytes int64
}

// Prune removes the vectors beyond the limits and gives their room back to the
// disk. The error is an *Error, or ctx's, and comes with what was removed before.
func (c *Cache) Prune(ctx context.Context, limits Limits) (Removed, error) {
	return c.remove(ctx, func(ctx context.Context, db *sql.DB) (entries int, err error) {
		if limits.Unused > 0 {
			entries, err = removeUnused(ctx, db, c.now().Add(-limits.Unused))
		}
		if limits.MaxBytes > 0 && err == nil {
			var more int
			more, err = removeBeyond(ctx, db, limits.MaxBytes)
			entries += more
		}
		return entries, err
	})
}

// Clear removes all vectors, also those that could not be written. What was spent
// stays noted. The error is that of Prune.
func (c *Cache) Clear(ctx context.Context) (Removed, error) {
	if c == nil {
		return Removed{}, nil
	}
	c.pending.clear()
	return c.remove(ctx, func(ctx context.Context, db *sql.DB) (entries int, err error) {
		err = inTransaction(ctx, db, func(tx *sql.Tx) error {
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM times`).Scan(&entries); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `DELETE FROM vector; DELETE FROM times; DELETE FROM scope`)
			return err
		})
		return entries, err
	})
}

// Forget removes all vectors of one model of the server at baseURL, whatever their
// lengths and prefixes, also those that could not be written. The error is that of
// Prune.
func (c *Cache) Forget(ctx context.Context, baseURL, model string) (Removed, error) {
	if c == nil {
		return Removed{}, nil
	}
	baseURL = plainURL(baseURL)
	c.pending.forget(baseURL, model)
	return c.remove(ctx, func(ctx context.Context, db *sql.DB) (removed int, err error) {
		ids, err := vectorsWhere(ctx, db, `SELECT vector FROM times WHERE scope IN
			(SELECT id FROM scope WHERE (base_url = ? OR instr(base_url, ?) = 1) AND model = ?)`, baseURL, baseURL+asideMark, model)
		if err != nil {
			return 0, err
		}
		return removeInBatches(ctx, db, ids)
	})
}

// remove runs what removes vectors and shrinks the file.
func (c *Cache) remove(ctx context.Context, do func(context.Context, *sql.DB) (int, error)) (removed Removed, err error) {
	if c == nil {
		return Removed{}, nil
	}
	if err := c.beginWriting(ctx); err != nil {
		return Removed{}, err
	}
	defer c.endWriting()
	err = c.change(ctx, func(db *sql.DB) (err error) {
		before := fileBytes(c.path)
		if removed.Entries, err = do(ctx, db); err != nil {
			return err
		}
		if err := shrink(ctx, db); err != nil {
			return err
		}
		removed.Bytes = max(0, before-fileBytes(c.path))
		return nil
	})
	return removed, c.refused(ctx, "removing vectors", err)
}

func removeUnused(ctx context.Context, db *sql.DB, before time.Time) (removed int, err error) {
	ids, err := vectorsWhere(ctx, db, `SELECT vector FROM times WHERE used < ?`, before.Unix())
	if err != nil {
		return 0, err
	}
	return removeInBatches(ctx, db, ids)
}

// removeInBatches removes vectors in transactions of a bearable size.
func removeInBatches(ctx context.Context, db *sql.DB, ids []int64) (removed int, err error) {
	for len(ids) > 0 && err == nil {
		n := min(batchRows, len(ids))
		if err = removeVectors(ctx, db, ids[:n]); err == nil {
			removed += n
		}
		ids = ids[n:]
	}
	return removed, err
}

func removeBeyond(ctx context.Context, db *sql.DB, maxBytes int64) (removed int, err error) {
	ids, err := vectorsWhere(ctx, db, `SELECT vector FROM times ORDER BY used, created, vector`)
	for len(ids) > 0 && err == nil {
		var size int64
		if size, err = contentBytes(ctx, db); err != nil || size <= maxBytes {
			break
		}
		// Their average size tells how many are too many; what is left to remove
		// after those is found in the next round.
		n := int((size - maxBytes) * int64(len(ids)) / size)
		n = min(max(n, 1), batchRows, len(ids))
		if err = removeVectors(ctx, db, ids[:n]); err == nil {
			removed += n
		}
		ids = ids[n:]
	}
	return removed, err
}

func vectorsWhere(ctx context.Context, db *sql.DB, query string, args ...any) (ids []int64, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func() error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// removeVectors removes vectors, and scopes that become empty.
func removeVectors(ctx context.Context, db *sql.DB, ids []int64) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		err := inIDs(ids, func(list string, ids []any) error {
			if _, err := tx.ExecContext(ctx, `DELETE FROM vector WHERE id IN (`+list+`)`, ids...); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `DELETE FROM times WHERE vector IN (`+list+`)`, ids...)
			return err
		})
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM scope WHERE NOT EXISTS (SELECT 1 FROM vector WHERE vector.scope = scope.id)`)
		return err
	})
}

// contentBytes is what the file takes without its empty pages.
func contentBytes(ctx context.Context, db *sql.DB) (size int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT (page_count - freelist_count) * page_size
		FROM pragma_page_count, pragma_freelist_count, pragma_page_size`).Scan(&size)
	return size, err
}

// shrinkPages is how many pages are given back in one transaction.
const shrinkPages = 4096

// shrink gives empty pages back to the disk.
func shrink(ctx context.Context, db *sql.DB) error {
	for {
		var empty int
		if err := db.QueryRowContext(ctx, `PRAGMA freelist_count`).Scan(&empty); err != nil {
			return err
		}
		if empty == 0 {
			break
		}
		if _, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA incremental_vacuum(%d)`, shrinkPages)); err != nil {
			return err
		}
	}
	// Another program that is reading keeps this from happening now, which is no error; it
	// will.
	_, err := db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
