package cache

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

// startOfTime is when the caches of these tests are made.
var startOfTime = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

// at sets the cache's clock to so many days after the start.
func (c *Cache) at(days int) { c.now = func() time.Time { return startOfTime.AddDate(0, 0, days) } }

func TestStatsCountByServerAndModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	c.at(0)
	keep(t, c, scopeA, numbered("text", 10), 8)
	c.at(3)
	keep(t, c, scopeB, numbered("text", 5), 4)
	withPrefix := scopeA
	withPrefix.Prefix = "query: "
	keep(t, c, withPrefix, numbered("text", 2), 6)
	c.at(9)
	get(t, c, scopeA, numbered("text", 1))
	got, err := c.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	day := func(n int) time.Time { return startOfTime.AddDate(0, 0, n).Local() }
	want := []ModelStats{
		{scopeA.BaseURL, scopeA.Model, 12, 4 * (10*8 + 2*6), day(0), day(3), day(9)},
		{scopeB.BaseURL, scopeB.Model, 5, 4 * 5 * 4, day(3), day(3), day(3)},
	}
	if !reflect.DeepEqual(got.Models, want) {
		t.Errorf("%+v\nwant\n%+v", got.Models, want)
	}
	if got.Entries != 17 || got.Bytes != 4*(92+20) || got.Path != path || got.FileBytes < 10*pageSize || got.Waiting != 0 {
		t.Errorf("%+v", got)
	}
}

func TestPruningRemovesWhatIsNotUsed(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	texts := numbered("text", batchRows+62)
	c.at(0)
	keep(t, c, scopeA, texts, 64)
	keep(t, c, scopeB, texts[:10], 64)
	c.at(60)
	mustHave(t, c, scopeA, texts[:100], 64)
	c.at(100)
	removed, err := c.Prune(t.Context(), Limits{Unused: 90 * 24 * time.Hour})
	if err != nil || removed.Entries != len(texts)-90 || removed.Bytes < 2000*64*4 {
		t.Errorf("%+v, %v", removed, err)
	}
	if n, err := countKnown(t.Context(), c, scopeA, texts); n != 100 || err != nil {
		t.Errorf("%d vectors are left, %v", n, err)
	}
	mustHave(t, c, scopeA, texts[:100], 64)
	if s, err := c.Stats(t.Context()); err != nil || len(s.Models) != 1 || s.Entries != 100 {
		t.Errorf("%+v, %v", s, err)
	}
	mustBeSound(t, c)
}

// What was asked for anew, as with --fresh, is as young as its vector.
func TestWhatCameAnewIsNotPrunedForItsFormerAge(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	texts := numbered("text", 10)
	c.at(0)
	keep(t, c, scopeA, texts, 8)
	c.at(80)
	keep(t, c, scopeA, texts[:4], 8)
	c.at(100)
	if removed, err := c.Prune(t.Context(), Limits{Unused: 50 * 24 * time.Hour}); err != nil || removed.Entries != 6 {
		t.Errorf("%+v, %v", removed, err)
	}
	s, err := c.Stats(t.Context())
	if day := startOfTime.AddDate(0, 0, 80).Local(); err != nil || len(s.Models) != 1 || s.Models[0].Oldest != day || s.Models[0].LastUsed != day {
		t.Errorf("%+v, %v", s, err)
	}
	mustHave(t, c, scopeA, texts[:4], 8)
}

func TestPruningToASizeKeepsWhatWasUsedLast(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	texts := numbered("text", 2000)
	c.at(0)
	keep(t, c, scopeA, texts[:1000], 256)
	c.at(3)
	keep(t, c, scopeA, texts[1000:], 256)
	c.at(5)
	mustHave(t, c, scopeA, texts[500:600], 256)
	const limit = 1 << 20
	removed, err := c.Prune(t.Context(), Limits{MaxBytes: limit})
	if err != nil || removed.Entries == 0 || removed.Entries > 1900 {
		t.Errorf("%+v, %v", removed, err)
	}
	mustHave(t, c, scopeA, texts[500:600], 256)
	s, err := c.Stats(t.Context())
	if err != nil || s.FileBytes > limit || s.FileBytes < limit*8/10 || s.Entries != 2000-removed.Entries {
		t.Errorf("%+v, %v; want a little less than %d bytes", s, err, limit)
	}
	if removed, err = c.Prune(t.Context(), Limits{MaxBytes: limit}); err != nil || removed.Entries != 0 {
		t.Errorf("once more: %+v, %v", removed, err)
	}
	mustBeSound(t, c)
}

func TestWhatIsPrunedByBothLimitsIsCountedTogether(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	c.at(0)
	keep(t, c, scopeA, numbered("old", 30), 64)
	c.at(80)
	keep(t, c, scopeA, numbered("new", 50), 64)
	c.at(100)
	if removed, err := c.Prune(t.Context(), Limits{Unused: 50 * 24 * time.Hour, MaxBytes: 1}); err != nil || removed.Entries != 80 {
		t.Errorf("%+v, %v", removed, err)
	}
}

func TestPruningWithoutLimitsRemovesNothing(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, scopeA, []string{"text"}, 4)
	if removed, err := c.Prune(t.Context(), Limits{}); err != nil || removed.Entries != 0 {
		t.Errorf("%+v, %v", removed, err)
	}
	mustHave(t, c, scopeA, []string{"text"}, 4)
}

func TestPruningFurtherThanPossibleEmptiesTheCache(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, scopeA, numbered("text", 50), 64)
	if removed, err := c.Prune(t.Context(), Limits{MaxBytes: 1}); err != nil || removed.Entries != 50 {
		t.Errorf("%+v, %v", removed, err)
	}
	keep(t, c, scopeA, numbered("text", 50), 64)
	mustHave(t, c, scopeA, numbered("text", 50), 64)
}

func TestClearingKeepsWhatWasSpent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	texts := numbered("text", batchRows+62)
	keep(t, c, scopeA, texts, 32)
	keep(t, c, scopeB, texts[:5], 4)
	if err := c.AddUsage(t.Context(), api.Tally{Provider: "p", Model: "m", Tokens: 5}); err != nil {
		t.Fatal(err)
	}
	removed, err := c.Clear(t.Context())
	if err != nil || removed.Entries != len(texts)+5 || removed.Bytes < batchRows*32*4 {
		t.Errorf("%+v, %v", removed, err)
	}
	s, err := c.Stats(t.Context())
	if err != nil || s.Entries != 0 || len(s.Models) != 0 || s.FileBytes > 20*pageSize {
		t.Errorf("%+v, %v", s, err)
	}
	if n := have(t, c, scopeA, texts, 32); n != 0 {
		t.Errorf("%d vectors are left", n)
	}
	if totals, err := c.UsageTotals(t.Context()); err != nil || len(totals) != 1 || totals[0].Tokens != 5 {
		t.Errorf("what was spent: %+v, %v", totals, err)
	}
	keep(t, c, scopeA, texts, 32)
	mustHave(t, c, scopeA, texts, 32)
	mustBeSound(t, c)
}

// refuse lets no vector with that number be removed.
func refuse(t *testing.T, c *Cache, id int) {
	t.Helper()
	if _, err := c.db.Exec(fmt.Sprintf(`CREATE TRIGGER refused BEFORE DELETE ON vector WHEN old.id = %d
		BEGIN SELECT RAISE(ABORT, 'not this one'); END`, id)); err != nil {
		t.Fatal(err)
	}
}

func TestPruningEndsWithTheFirstErrorAndTellsWhatItRemoved(t *testing.T) {
	const entries = 2*batchRows + 10
	for name, prune := range map[string]func(*Cache) (Removed, error){
		"by age":  func(c *Cache) (Removed, error) { return c.Prune(t.Context(), Limits{Unused: time.Hour}) },
		"by size": func(c *Cache) (Removed, error) { return c.Prune(t.Context(), Limits{MaxBytes: 1}) },
		"by both": func(c *Cache) (Removed, error) {
			return c.Prune(t.Context(), Limits{Unused: time.Hour, MaxBytes: 1 << 30})
		},
		"a model": func(c *Cache) (Removed, error) { return c.Forget(t.Context(), scopeA.BaseURL, scopeA.Model) },
	} {
		c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
		c.at(0)
		keep(t, c, scopeA, numbered("text", entries), 1)
		c.at(9)
		refuse(t, c, batchRows+2)
		removed, err := prune(c)
		var failure *Error
		if !errors.As(err, &failure) || !strings.Contains(err.Error(), "removing vectors") || !strings.Contains(err.Error(), "not this one") {
			t.Errorf("%s: %v", name, err)
		}
		stats, err := c.Stats(t.Context())
		if err != nil || removed.Entries != batchRows || stats.Entries != entries-batchRows {
			t.Errorf("%s: removed are %d of %d, %d are left, %v", name, removed.Entries, entries, stats.Entries, err)
		}
		if _, err := c.Clear(t.Context()); err == nil {
			t.Errorf("%s: clearing tells nothing of what it could not remove", name)
		}
	}
}

// What is removed of a file in which others read is gone for them, too, when they look again.
func TestPruningWhileAnotherReads(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, scopeA, numbered("text", 100), 64)
	other := openAt(t, c.path)
	reading, err := other.db.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var before int
	if err := reading.QueryRow(`SELECT count(*) FROM vector`).Scan(&before); err != nil || before != 100 {
		t.Fatalf("%d vectors, %v", before, err)
	}
	c.db.SetMaxOpenConns(1)
	if _, err := c.db.Exec(`PRAGMA busy_timeout = 1`); err != nil { // of that connection
		t.Fatal(err)
	}
	if removed, err := c.Clear(t.Context()); err != nil || removed.Entries != 100 {
		t.Errorf("%+v, %v", removed, err)
	}
	if err := reading.QueryRow(`SELECT count(*) FROM vector`).Scan(&before); err != nil || before != 100 {
		t.Errorf("who reads meanwhile finds %d vectors, %v", before, err)
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if n := have(t, other, scopeA, numbered("text", 100), 64); n != 0 {
		t.Errorf("afterwards the other finds %d vectors", n)
	}
}
