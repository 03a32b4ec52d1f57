package cache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	codes "modernc.org/sqlite/lib"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		path string
		err  error
		want string
	}{
		{"", errNoPlace, "opening the cache failed: no place for it is known"},
		{"v.db", fmt.Errorf("waiting: %w", context.Canceled), "opening the cache in v.db failed: it was stopped; try again"},
		{"v.db", context.DeadlineExceeded, "opening the cache in v.db failed: it was stopped; try again"},
		{"v.db", &foreignFileError{"it is another program's"}, "opening the cache in v.db failed: it is another program's; move that file away, or update vecscope"},
		{"v.db", errTablesMissing, "opening the cache in v.db failed: it is damaged; move that file away"},
		{"v.db", errUnsound, "opening the cache in v.db failed: it is damaged; move that file away"},
		{"v.db", fmt.Errorf("%w (why)", errHeader), "opening the cache in v.db failed: it is damaged; move that file away"},
		{"v\x1b.db", fs.ErrPermission, `opening the cache in "v\x1b.db" failed: permission denied; check its directory and permissions`},
	} {
		err := &Error{Path: c.path, Doing: "opening the cache", Err: c.err}
		if got := err.Error(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if !errors.Is(err, c.err) {
			t.Errorf("%v hides its cause", err)
		}
	}
}

func TestWhatADatabaseRefusesIsSaidInWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	sound := openAt(t, path)
	keep(t, sound, scopeA, []string{"a"}, 4)
	if err := sound.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path    string
		options url.Values
		do      string
		code    int
		why     string
	}{
		"only to be read": {path, readOnly, `DELETE FROM vector`, codes.SQLITE_READONLY, "it cannot be written to; check its directory and permissions"},
		"a folder":        {filepath.Dir(path), nil, `DELETE FROM vector`, codes.SQLITE_CANTOPEN, "it cannot be written to; check its directory and permissions"},
		"a full disk":     {path, nil, `PRAGMA max_page_count = 1; CREATE TABLE more (x); INSERT INTO more VALUES (zeroblob(100000))`, codes.SQLITE_FULL, "the disk is full; make room on it"},
	} {
		db, err := connect(c.path, c.options)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(c.do)
		if why, advice := explain(err); sqliteCode(err) != c.code || why+"; "+advice != c.why {
			t.Errorf("%s: %v is said as %s; %s", name, err, why, advice)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What only cannot be written is not repaired, which would set it aside.
func TestAFileThatCannotBeWrittenAnyMoreIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, []string{"a"}, 4)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	c.db.SetMaxOpenConns(1) // of which the next is true
	if _, err := c.db.Exec(`PRAGMA query_only = 1`); err != nil {
		t.Fatal(err)
	}
	err = c.Put(t.Context(), scopeA, []string{"b"}, vectorsFor([]string{"b"}, 4))
	if want := "keeping vectors in " + path + " failed: it cannot be written to; check its directory and permissions"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(before, now) {
		t.Errorf("the file was replaced, %v", err)
	}
	mustHave(t, c, scopeA, []string{"a", "b"}, 4)
	if _, err := c.db.Exec(`PRAGMA query_only = 0`); err != nil {
		t.Fatal(err)
	}
}

// A file that is only not ours to write is no damaged one.
func TestOnlyAHeaderFromTheFutureForbidsWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	if err := openAt(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	if forbidsWriting(path) || forbidsWriting(path+"-none") {
		t.Error("a sound file is taken for a damaged one")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[18] = 3
	if err := os.WriteFile(path, data, 0o600); err != nil || !forbidsWriting(path) {
		t.Errorf("a damaged header is not seen: %v", err)
	}
}

// Another connection in the way is no damage, and passes.
func TestALockedTableIsBusy(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, scopeA, []string{"a", "b"}, 4)
	conn, err := c.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	rows, err := conn.QueryContext(t.Context(), `SELECT id FROM vector`)
	if err != nil || !rows.Next() {
		t.Fatal(err)
	}
	defer rows.Close()
	_, err = conn.ExecContext(t.Context(), `DROP TABLE vector`)
	if sqliteCode(err) != codes.SQLITE_LOCKED {
		t.Fatalf("dropping what is read: %v", err)
	}
	if !busy(err) || damaged(err) || unreadable(err) {
		t.Errorf("%v: busy %t, damaged %t", err, busy(err), damaged(err))
	}
	if why, advice := explain(err); why != "another program is writing to it" || advice != "try again" {
		t.Errorf("%s; %s", why, advice)
	}
}
