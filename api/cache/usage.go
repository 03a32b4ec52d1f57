package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/vecscope/vecscope/api"
)

type usageKey struct{ provider, model string }

func usageKeyOf(t api.Tally) usageKey { return usageKey{t.Provider, t.Model} }

// AddUsage notes what was spent now, whatever u says of Since and Last. The errors
// are those of Put: the note is kept in memory then, and written later.
func (c *Cache) AddUsage(ctx context.Context, u api.Tally) error {
	if c == nil {
		return nil
	}
	u.Since = c.now().Truncate(time.Second)
	u.Last = u.Since
	u.Histogram, u.Latencies = u.Spread(), nil
	c.pending.addUsage(u)
	return c.flush(ctx)
}

// UsageTotals gives everything ever spent, by provider and model in alphabetical
// order. It outlives Clear and Prune. The error is an *Error, also when
// there is no file to read, or ctx's, and comes with what is known nevertheless.
func (c *Cache) UsageTotals(ctx context.Context) ([]api.Tally, error) {
	if c == nil {
		return nil, nil
	}
	// What is being written is neither waiting nor in the file.
	if err := c.beginWriting(ctx); err != nil {
		return nil, err
	}
	defer c.endWriting()
	sums := map[usageKey]api.Tally{}
	var kept []api.Tally
	err := c.use(ctx, func(db *sql.DB) (err error) {
		kept, err = readUsage(ctx, db)
		return err
	})
	c.pending.mu.Lock()
	for _, u := range c.pending.usage {
		kept = append(kept, u)
	}
	c.pending.mu.Unlock()
	for _, u := range kept {
		sums[usageKeyOf(u)] = sums[usageKeyOf(u)].Plus(u)
	}
	totals := make([]api.Tally, 0, len(sums))
	for _, u := range sums {
		totals = append(totals, u)
	}
	slices.SortFunc(totals, func(a, b api.Tally) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model))
	})
	return totals, c.refused(ctx, "reading what was spent", err)
}

// flushUsage writes the usage that waits.
func (c *Cache) flushUsage(ctx context.Context) error {
	usage := c.pending.takeUsage()
	if len(usage) == 0 {
		return nil
	}
	err := c.change(ctx, func(db *sql.DB) error { return writeUsage(ctx, db, usage) })
	if err != nil {
		for _, u := range usage {
			c.pending.addUsage(u)
		}
	}
	return err
}

// writeUsage adds to the sums, all or none. It is the one place that needs the
// columns that a file of an older program lacks, and adds them.
func writeUsage(ctx context.Context, db *sql.DB, usage []api.Tally) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		if err := completeTable(ctx, tx, "usage", usageColumns); err != nil {
			return err
		}
		for _, u := range usage {
			if err := addToSums(ctx, tx, u); err != nil {
				return err
			}
		}
		return nil
	})
}

// addToSums runs in a transaction that writes, so that nobody adds between its
// reading and writing.
func addToSums(ctx context.Context, tx *sql.Tx, u api.Tally) error {
	latencies := ""
	err := tx.QueryRowContext(ctx, `SELECT latencies FROM usage WHERE provider = ? AND model = ?`, u.Provider, u.Model).Scan(&latencies)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO usage (provider, model, tokens, estimated, usd, unpriced, requests, first, last,
			texts, cached, counted, failed, lost, lost_tokens, lost_usd, latencies)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens, estimated = estimated + excluded.estimated,
			usd = usd + excluded.usd, unpriced = unpriced + excluded.unpriced, requests = requests + excluded.requests,
			first = min(first, excluded.first), last = max(last, excluded.last),
			texts = texts + excluded.texts, cached = cached + excluded.cached, counted = counted + excluded.counted,
			failed = failed + excluded.failed, lost = lost + excluded.lost, lost_tokens = lost_tokens + excluded.lost_tokens,
			lost_usd = lost_usd + excluded.lost_usd, latencies = excluded.latencies`,
		u.Provider, u.Model, u.Tokens, u.Estimated, u.USD, u.Unpriced, u.Requests, u.Since.Unix(), u.Last.Unix(),
		u.Texts, u.Cached, u.Requests-u.Uncounted, u.Failed, u.Lost, u.LostTokens, u.LostUSD,
		api.ParseHistogram(latencies).Plus(u.Histogram).String())
	return err
}

// readUsage reads all sums, also those of a file that lacks the later columns; an
// error comes with those read before it.
func readUsage(ctx context.Context, q querier) (usage []api.Tally, err error) {
	later := `0, 0, 0, 0, 0, 0, 0.0, ''`
	if complete, err := isComplete(ctx, q, "usage", usageColumns); err != nil {
		return nil, err
	} else if complete {
		later = `texts, cached, counted, failed, lost, lost_tokens, lost_usd, latencies`
	}
	rows, err := q.QueryContext(ctx, `SELECT provider, model, tokens, estimated, usd, unpriced, requests, first, last, `+later+` FROM usage`)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func() error {
		var u api.Tally
		var first, last int64
		var counted int
		var latencies string
		err := rows.Scan(&u.Provider, &u.Model, &u.Tokens, &u.Estimated, &u.USD, &u.Unpriced, &u.Requests, &first, &last,
			&u.Texts, &u.Cached, &counted, &u.Failed, &u.Lost, &u.LostTokens, &u.LostUSD, &latencies)
		u.Since, u.Last = time.Unix(first, 0), time.Unix(last, 0)
		u.Uncounted, u.Histogram = max(u.Requests-counted, 0), api.ParseHistogram(latencies)
		if err == nil {
			usage = append(usage, u)
		}
		return err
	})
	return usage, err
}
