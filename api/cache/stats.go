package cache

import (
	"context"
	"database/sql"
	"os"
	"time"
)

// Stats tells what the cache holds.
type Stats struct {
	// Path is the file, and FileBytes what it takes on the disk.
	Path      string
	FileBytes int64
	// Entries is the number of vectors in it, and Bytes what they alone take.
	Entries int
	Bytes   int64
	// Waiting is the number of vectors that could not be written yet.
	Waiting int
	// Models says the same by server and model, in alphabetical order.
	Models []ModelStats
}

// ModelStats tells what the cache holds of one model.
type ModelStats struct {
	// BaseURL is where the server is, and Model the model's id there.
	BaseURL, Model string
	// Entries is the number of vectors, and Bytes what they take.
	Entries int
	Bytes   int64
	// Oldest and Newest are when the first and the last of them were kept.
	Oldest, Newest time.Time
	// LastUsed is when one of them was last asked for, give or take a day.
	LastUsed time.Time
}

// Stats counts what the file holds. The error is an *Error, or ctx's; it tells
// why there is no file when everything is kept in memory.
func (c *Cache) Stats(ctx context.Context) (Stats, error) {
	if c == nil {
		return Stats{}, nil
	}
	stats := Stats{Path: c.path, Waiting: c.pending.count()}
	err := c.use(ctx, func(db *sql.DB) (err error) {
		stats.FileBytes = fileBytes(c.path)
		stats.Models, err = modelStats(ctx, db)
		return err
	})
	for _, m := range stats.Models {
		stats.Entries += m.Entries
		stats.Bytes += m.Bytes
	}
	return stats, c.refused(ctx, "counting vectors", err)
}

// refused is failed for what is about the file itself.
func (c *Cache) refused(ctx context.Context, doing string, err error) error {
	if err == errMemoryOnly {
		c.mu.RLock()
		defer c.mu.RUnlock()
		return c.why
	}
	return c.failed(ctx, doing, err)
}

func modelStats(ctx context.Context, db *sql.DB) (models []ModelStats, err error) {
	rows, err := db.QueryContext(ctx, `SELECT substr(base_url, 1, instr(base_url || ?, ?) - 1) AS server,
		model, count(*), sum(4 * length), min(created), max(created), max(used)
		FROM times JOIN scope ON scope.id = times.scope
		GROUP BY server, model ORDER BY server, model`, asideMark, asideMark)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func() error {
		var m ModelStats
		var oldest, newest, used int64
		if err := rows.Scan(&m.BaseURL, &m.Model, &m.Entries, &m.Bytes, &oldest, &newest, &used); err != nil {
			return err
		}
		m.Oldest, m.Newest, m.LastUsed = time.Unix(oldest, 0), time.Unix(newest, 0), time.Unix(used, 0)
		models = append(models, m)
		return nil
	})
	return models, err
}

// fileBytes is the size of the file and of what was written to it last.
func fileBytes(path string) (size int64) {
	for _, name := range []string{path, path + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			size += info.Size()
		}
	}
	return size
}
