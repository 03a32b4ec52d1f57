package cache

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestEveryConnectionWaitsForTheDisk(t *testing.T) {
	path := filled(t)
	change(t, path, zeroPages(0)) // and so does the file that replaces a damaged one
	c, _ := openNoticed(t, path)
	for range connections {
		conn, err := c.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		var synchronous int
		var journal string
		err = errors.Join(conn.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&synchronous), conn.QueryRowContext(t.Context(), `PRAGMA journal_mode`).Scan(&journal))
		if synchronous != 2 || journal != "wal" || err != nil { // FULL: every transaction is on the disk before it ends
			t.Errorf("synchronous is %d, the journal %s, %v", synchronous, journal, err)
		}
	}
}

// late answers after its asking was stopped.
type late struct {
	*server
	stop func()
}

func (l late) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	l.stop()
	req.Arrived([]int{1}, vectorsFor(req.Texts[1:2], 8))
	return api.Result{Norms: l.norms}, ctx.Err()
}

func TestWhatArrivesAfterAStopIsInTheFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	ctx, stop := context.WithCancel(t.Context())
	norms := api.Norms{Low: .9, High: 1.1}
	p := NewProvider(late{&server{norms: norms}, stop}, openAt(t, path), "https://api.example.com/v1", false)
	req := api.Request{Model: "m", Texts: []string{"a", "b"}}
	if _, err := p.Embed(ctx, req); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	other := openAt(t, path)
	if n, err := countKnown(t.Context(), other, p.scope(req), req.Texts); n != 1 || err != nil {
		t.Errorf("another program finds %d vectors, %v", n, err)
	}
	if got := other.Norms(t.Context(), p.scope(req)); got != norms {
		t.Errorf("another program knows of their lengths %+v", got)
	}
}

func TestTheAgeLimitIsExact(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	now := startOfTime
	c.now = func() time.Time { return now }
	keep(t, c, scopeA, []string{"old"}, 8)
	now = now.Add(time.Hour)
	keep(t, c, scopeA, []string{"new"}, 8)
	const limit = 90 * 24 * time.Hour
	for _, step := range []struct {
		age  time.Duration // of the older one
		gone int
	}{{limit - time.Second, 0}, {limit, 0}, {limit + time.Second, 1}, {limit + time.Hour, 0}, {limit + time.Hour + time.Second, 1}} {
		now = startOfTime.Add(step.age)
		if removed, err := c.Prune(t.Context(), Limits{Unused: limit}); err != nil || removed.Entries != step.gone {
			t.Errorf("after %s %d vectors are removed, want %d; %v", step.age, removed.Entries, step.gone, err)
		}
	}
}

func TestAUseIsNotedOnceADay(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	now := startOfTime
	c.now = func() time.Time { return now }
	keep(t, c, scopeA, []string{"a"}, 8)
	for _, step := range []struct{ after, noted time.Duration }{
		{touchAfter, 0}, {touchAfter + time.Second, touchAfter + time.Second}, {2 * touchAfter, touchAfter + time.Second},
	} {
		now = startOfTime.Add(step.after)
		get(t, c, scopeA, []string{"a"})
		stats, err := c.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := stats.Models[0].LastUsed.Sub(startOfTime); got != step.noted {
			t.Errorf("used after %s, noted is %s, want %s", step.after, got, step.noted)
		}
	}
}
