package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"
)

// Usage is what was spent on one model.
type Usage struct {
	// Provider and Model name the model as the catalog does.
	Provider, Model string
	// Tokens is the number of tokens read; Estimated of them were not counted by
	// the server.
	Tokens, Estimated int64
	// USD is the cost in US dollars of all tokens but Unpriced of them, whose
	// price was unknown.
	USD      float64
	Unpriced int64
	// Requests is the number of requests sent.
	Requests int64
	// First and Last are when it was spent, to the second.
	First, Last time.Time
}

type usageKey struct{ provider, model string }

func (u Usage) key() usageKey { return usageKey{u.Provider, u.Model} }

// plus adds what was spent on the same model.
func (u Usage) plus(more Usage) Usage {
	if u.First.IsZero() || more.First.Before(u.First) {
		u.First = more.First
	}
	if more.Last.After(u.Last) {
		u.Last = more.Last
	}
	u.Provider, u.Model = more.Provider, more.Model
	u.Tokens += more.Tokens
	u.Estimated += more.Estimated
	u.USD += more.USD
	u.Unpriced += more.Unpriced
	u.Requests += more.Requests
	return u
}

// AddUsage notes what a request cost: tokens read, whether their number is an
// estimate, the cost in US dollars, nil when the price is unknown, and the
// number of requests sent. The errors are those of Put: the note is kept in
// memory then, and written later.
func (c *Cache) AddUsage(ctx context.Context, provider, model string, tokens int, estimated bool, usd *float64, requests int) error {
	if c == nil {
		return nil
	}
	now := c.now().Truncate(time.Second)
	u := Usage{Provider: provider, Model: model, Tokens: int64(tokens), Requests: int64(requests), First: now, Last: now}
	if estimated {
		u.Estimated = u.Tokens
	}
	if usd != nil {
		u.USD = *usd
	} else {
		u.Unpriced = u.Tokens
	}
	c.waiting.addUsage(u)
	return c.flush(ctx)
}

// UsageTotals gives everything ever spent, by provider and model in alphabetical
// order. It outlives Clear and Prune. The error is an *Error, or ctx's, and comes
// with what is known nevertheless.
func (c *Cache) UsageTotals(ctx context.Context) ([]Usage, error) {
	if c == nil {
		return nil, nil
	}
	// What is being written is neither waiting nor in the file.
	if err := c.beginWriting(ctx); err != nil {
		return nil, err
	}
	defer c.endWriting()
	sums := map[usageKey]Usage{}
	var kept []Usage
	err := c.use(ctx, func(db *sql.DB) (err error) {
		kept, err = readUsage(ctx, db)
		return err
	})
	c.waiting.mu.Lock()
	for _, u := range c.waiting.usage {
		kept = append(kept, u)
	}
	c.waiting.mu.Unlock()
	for _, u := range kept {
		sums[u.key()] = sums[u.key()].plus(u)
	}
	totals := make([]Usage, 0, len(sums))
	for _, u := range sums {
		totals = append(totals, u)
	}
	slices.SortFunc(totals, func(a, b Usage) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model))
	})
	return totals, c.failed(ctx, "reading what was spent", err)
}

// flushUsage writes the usage that waits.
func (c *Cache) flushUsage(ctx context.Context) error {
	usage := c.waiting.takeUsage()
	if len(usage) == 0 {
		return nil
	}
	err := c.change(ctx, func(db *sql.DB) error { return writeUsage(ctx, db, usage) })
	if err != nil {
		for _, u := range usage {
			c.waiting.addUsage(u)
		}
	}
	return err
}

func writeUsage(ctx context.Context, db *sql.DB, usage []Usage) error {
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		for _, u := range usage {
			_, err := tx.ExecContext(ctx, `INSERT INTO usage (provider, model, tokens, estimated, usd, unpriced, requests, first, last)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens, estimated = estimated + excluded.estimated,
					usd = usd + excluded.usd, unpriced = unpriced + excluded.unpriced, requests = requests + excluded.requests,
					first = min(first, excluded.first), last = max(last, excluded.last)`,
				u.Provider, u.Model, u.Tokens, u.Estimated, u.USD, u.Unpriced, u.Requests, u.First.Unix(), u.Last.Unix())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// readUsage reads all sums; an error comes with those read before it.
func readUsage(ctx context.Context, q querier) (usage []Usage, err error) {
	rows, err := q.QueryContext(ctx, `SELECT provider, model, tokens, estimated, usd, unpriced, requests, first, last FROM usage`)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func() error {
		var u Usage
		var first, last int64
		err := rows.Scan(&u.Provider, &u.Model, &u.Tokens, &u.Estimated, &u.USD, &u.Unpriced, &u.Requests, &first, &last)
		u.First, u.Last = time.Unix(first, 0), time.Unix(last, 0)
		if err == nil {
			usage = append(usage, u)
		}
		return err
	})
	return usage, err
}
