package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// lookupRows is how many texts one query looks for.
const lookupRows = 512

// Get gives the vectors of texts, in their order; nil where none is kept. Equal
// texts get the same vector. An error is an *Error, or ctx's, and comes with the
// vectors that were found nevertheless.
func (c *Cache) Get(ctx context.Context, scope Scope, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	if c == nil || len(texts) == 0 {
		return vectors, nil
	}
	scope = scopeOf(scope)
	places := placesOf(texts)
	found := func(r *row) {
		vector := r.vector()
		for _, i := range places[r.hash] {
			vectors[i] = vector
		}
		delete(places, r.hash)
	}
	c.pending.find(scope, func(hash textHash) bool { return places[hash] != nil }, found)
	if c.pending.renews(scope) {
		return vectors, nil
	}
	var old []int64
	err := c.use(ctx, func(db *sql.DB) (err error) {
		old, err = c.load(ctx, db, scope, places, found)
		return err
	})
	if err == nil {
		c.touch(ctx, old)
	}
	return vectors, c.failed(ctx, "reading vectors", err)
}

// Known tells for each of texts whether Get would give a vector. It reads what it
// tells of, for a damaged row is one that is paid for again. The errors are those
// of Get.
func (c *Cache) Known(ctx context.Context, scope Scope, texts []string) ([]bool, error) {
	known := make([]bool, len(texts))
	if c == nil || len(texts) == 0 {
		return known, nil
	}
	scope = scopeOf(scope)
	places := placesOf(texts)
	found := func(r *row) {
		for _, i := range places[r.hash] {
			known[i] = true
		}
		delete(places, r.hash)
	}
	c.pending.find(scope, func(hash textHash) bool { return places[hash] != nil }, found)
	if c.pending.renews(scope) {
		return known, nil
	}
	err := c.use(ctx, func(db *sql.DB) error {
		_, err := c.load(ctx, db, scope, places, found)
		return err
	})
	return known, c.failed(ctx, "reading vectors", err)
}

// Length is how long the vectors of a scope are, whatever their texts; 0 when none
// is kept. The errors are those of Get.
func (c *Cache) Length(ctx context.Context, scope Scope) (length int, err error) {
	if c == nil {
		return 0, nil
	}
	scope = scopeOf(scope)
	if length := c.pending.length(scope); length != 0 || c.pending.renews(scope) {
		return length, nil
	}
	err = c.use(ctx, func(db *sql.DB) error {
		err := db.QueryRowContext(ctx, `SELECT length FROM scope
			WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?
			AND EXISTS (SELECT 1 FROM vector WHERE vector.scope = scope.id)`,
			scope.BaseURL, scope.Model, scope.Dimensions, scope.Prefix).Scan(&length)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return length, c.failed(ctx, "reading vectors", err)
}

// placesOf tells where each distinct text stands.
func placesOf(texts []string) map[textHash][]int {
	places := make(map[textHash][]int, len(texts))
	for i, text := range texts {
		hash := hashOf(text)
		places[hash] = append(places[hash], i)
	}
	return places
}

// load reads what is left of places and tells which vectors were last used a day
// ago or longer. A row that is not what was written counts as missing: the
// vector that is paid for in its place replaces it.
func (c *Cache) load(ctx context.Context, db *sql.DB, scope Scope, places map[textHash][]int, found func(*row)) (old []int64, err error) {
	recently := c.now().Add(-touchAfter).Unix()
	err = inChunks(ctx, db, scope, places,
		`SELECT id, hash, crc, value, coalesce(used, 0) FROM vector LEFT JOIN times ON times.vector = vector.id
			WHERE vector.scope = ? AND hash IN (`,
		func(rows *sql.Rows, length int) error {
			var id, crc, used int64
			var hash, value sql.RawBytes
			if err := rows.Scan(&id, &hash, &crc, &value, &used); err != nil {
				return err
			}
			r, ok := readRow(hash, crc, value, length)
			if !ok {
				return nil
			}
			found(r)
			if used < recently {
				old = append(old, id)
			}
			return nil
		})
	return old, err
}

// inChunks runs a query, which takes a scope and ends in a list of hashes, for all
// hashes of places, as the file is at one moment. each is called with every row
// and the length of the scope's vectors.
func inChunks(ctx context.Context, db *sql.DB, scope Scope, places map[textHash][]int, query string, each func(rows *sql.Rows, length int) error) error {
	return atOneMoment(ctx, db, func(tx *sql.Tx) error {
		return eachKept(ctx, tx, scope, places, query, each)
	})
}

// eachKept is inChunks in a transaction.
func eachKept(ctx context.Context, tx *sql.Tx, scope Scope, places map[textHash][]int, query string, each func(rows *sql.Rows, length int) error) error {
	var id int64
	var length int
	err := tx.QueryRowContext(ctx, `SELECT id, length FROM scope
		WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
		scope.BaseURL, scope.Model, scope.Dimensions, scope.Prefix).Scan(&id, &length)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	hashes := make([]textHash, 0, len(places))
	for hash := range places {
		hashes = append(hashes, hash)
	}
	for len(hashes) > 0 {
		n := min(lookupRows, len(hashes))
		args := make([]any, 0, n+1)
		args = append(args, id)
		for i := range hashes[:n] {
			args = append(args, hashes[i][:])
		}
		hashes = hashes[n:]
		rows, err := tx.QueryContext(ctx, query+repeat("?", n)+")", args...)
		if err != nil {
			return err
		}
		if err := eachRow(rows, func() error { return each(rows, length) }); err != nil {
			return err
		}
	}
	return nil
}

const (
	// touchAfter is how much older the note of a vector's last use may be than the
	// use.
	touchAfter = 24 * time.Hour
	// touchTime is how long noting it may wait for another program.
	touchTime = 200 * time.Millisecond
)

// touch notes that vectors were used. It matters for pruning only, so that it is
// left for the next time when anything is in the way.
func (c *Cache) touch(ctx context.Context, vectors []int64) {
	if len(vectors) == 0 {
		return
	}
	select {
	case c.writing <- struct{}{}:
		defer func() { <-c.writing }()
	default:
		return
	}
	ctx, cancel := context.WithTimeout(ctx, touchTime)
	defer cancel()
	_, _ = c.try(func(db *sql.DB) error {
		return inTransaction(ctx, db, func(tx *sql.Tx) error {
			return inIDs(vectors, func(list string, ids []any) error {
				_, err := tx.ExecContext(ctx, `UPDATE times SET used = ? WHERE vector IN (`+list+`)`,
					append([]any{c.now().Unix()}, ids...)...)
				return err
			})
		})
	})
}
