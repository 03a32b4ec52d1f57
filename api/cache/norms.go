package cache

import (
	"context"
	"database/sql"
	"time"

	"github.com/vecscope/vecscope/api"
)

// normColumns came later still, when something is first known of a scope's norms: the
// range of the lengths that its vectors had as they came. 0 is unknown, as it is of the
// vectors that were kept before.
var normColumns = []string{
	"norm_low REAL NOT NULL DEFAULT 0",
	"norm_high REAL NOT NULL DEFAULT 0",
}

// normsTime bounds how long keeping norms may take: nobody waits for another program for
// them, least of all at the end, whose time is for the vectors.
const normsTime = time.Second

// Norms gives how long the vectors of a scope were as they came, as far as that is known.
// What cannot be read is not.
func (c *Cache) Norms(ctx context.Context, scope Scope) (n api.Norms) {
	if c == nil {
		return n
	}
	s := scopeOf(scope)
	err := c.use(ctx, func(db *sql.DB) error {
		if complete, err := isComplete(ctx, db, "scope", normColumns); err != nil || !complete {
			return err
		}
		return db.QueryRowContext(ctx, `SELECT norm_low, norm_high FROM scope WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
			s.BaseURL, s.Model, s.Dimensions, s.Prefix).Scan(&n.Low, &n.High)
	})
	if err != nil {
		return api.Norms{}
	}
	return n
}

// keepNorms adds to what is known of a scope that is in the file. What cannot be written
// is unknown the next time, and nothing else.
func (c *Cache) keepNorms(ctx context.Context, scope Scope, n api.Norms) {
	ctx, cancel := context.WithTimeout(ctx, normsTime)
	defer cancel()
	if c == nil || !n.Known() || c.beginWriting(ctx) != nil {
		return
	}
	defer c.endWriting()
	s := scopeOf(scope)
	_ = c.change(ctx, func(db *sql.DB) error {
		return inTransaction(ctx, db, func(tx *sql.Tx) error {
			if err := completeTable(ctx, tx, "scope", normColumns); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `UPDATE scope SET
				norm_low = CASE norm_low WHEN 0 THEN ? ELSE min(norm_low, ?) END, norm_high = max(norm_high, ?)
				WHERE base_url = ? AND model = ? AND dimensions = ? AND prefix = ?`,
				n.Low, n.Low, n.High, s.BaseURL, s.Model, s.Dimensions, s.Prefix)
			return err
		})
	})
}

// forgetNorms forgets those of a scope whose vectors are gone.
func forgetNorms(ctx context.Context, tx *sql.Tx, scope int64) error {
	if complete, err := isComplete(ctx, tx, "scope", normColumns); err != nil || !complete {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE scope SET norm_low = 0, norm_high = 0 WHERE id = ?`, scope)
	return err
}

// Norms implements api.Measured.
func (p *Provider) Norms(ctx context.Context, req api.Request) api.Norms {
	return p.cache.Norms(ctx, p.scope(req))
}
