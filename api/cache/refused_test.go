package cache

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/oserr"
)

// mustWorkInMemory checks that a cache without a file serves as one that has it,
// and says why there is none.
func mustWorkInMemory(t *testing.T, c *Cache, notice string, says ...string) {
	t.Helper()
	if !strings.HasPrefix(notice, "Vectors are kept in memory only and will be paid for again next time, and what is spent is missing from the usage: ") {
		t.Errorf("the notice is %s", notice)
	}
	for _, part := range says {
		if !strings.Contains(notice, part) {
			t.Errorf("the notice lacks %q: %s", part, notice)
		}
	}
	if strings.ContainsAny(notice, "\n\x1b") {
		t.Errorf("the notice is not one plain line: %q", notice)
	}
	texts := numbered("text", 20)
	keep(t, c, scopeA, texts, 8)
	mustHave(t, c, scopeA, texts, 8)
	if err := c.AddUsage(t.Context(), api.Tally{Provider: "p", Model: "m", Tokens: 9}); err != nil {
		t.Error(err)
	}
	var unread *Error // what the file may hold of other sessions is not known
	if totals, err := c.UsageTotals(t.Context()); !errors.As(err, &unread) || len(totals) != 1 || totals[0].Tokens != 9 {
		t.Errorf("what was spent: %+v, %v", totals, err)
	}
	var failure *Error
	if s, err := c.Stats(t.Context()); !errors.As(err, &failure) || s.Waiting != 20 || s.Entries != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := c.Clear(t.Context()); !errors.As(err, &failure) {
		t.Errorf("clearing what cannot be changed: %v", err)
	}
	if n, err := countKnown(t.Context(), c, scopeA, texts); n != 0 || err != nil {
		t.Errorf("%d vectors are known after clearing, %v", n, err)
	}
	if told := c.Notices(); told != nil {
		t.Errorf("it says again: %q", told)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestFileOfANewerVersionIsLeftUntouched(t *testing.T) {
	path := filled(t)
	c := openAt(t, path)
	if _, err := c.db.Exec(fmt.Sprintf(`PRAGMA user_version = %d; CREATE TABLE novelty (x); DROP TABLE times`, schemaVersion+1)); err != nil {
		t.Fatal(err)
	}
	c.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, notice := openNoticed(t, path)
	mustWorkInMemory(t, c, notice, "newer version", path, "update vecscope")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
	if kept := asides(t, path); len(kept) != 0 {
		t.Errorf("set aside: %q", kept)
	}
}

func TestDatabaseOfAnotherProgramIsLeftUntouched(t *testing.T) {
	for name, c := range map[string]struct{ made, says string }{
		"with tables":          {`CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)`, "another program"},
		"with a mark alone":    {`PRAGMA application_id = 77`, "another program"},
		"with a version of it": {`PRAGMA application_id = 77; PRAGMA user_version = -1`, "another program"},
		"newer":                {fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, schemaVersion+1), "a newer version of vecscope wrote it"},
		"much newer":           {fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = -1`, applicationID), "a newer version of vecscope wrote it"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "vectors.db")
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(c.made); err != nil {
				t.Fatal(err)
			}
			db.Close()
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			opened, notice := openNoticed(t, path)
			mustWorkInMemory(t, opened, notice, c.says, path)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
}

func TestPlaceThatCannotBeWrittenTo(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, says string }{
		{filepath.Join(file, "vectors.db"), "not a directory"},
		{filepath.Join(file, "deeper", "vectors.db"), "not a directory"},
		{dir, "no regular file"},
		{"", "no place for it is known"},
	} {
		cache, notice := openNoticed(t, c.path)
		mustWorkInMemory(t, cache, notice, c.says)
	}
}

func TestFileNamesAreSafeToPrint(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c, notice := openNoticed(t, filepath.Join(file, "a\x1b[31m\n", "vectors.db"))
	mustWorkInMemory(t, c, notice, `\x1b[31m\n`)
}

func TestEmptyFileIsFilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := openAt(t, path)
	keep(t, c, scopeA, []string{"text"}, 4)
	c.Close()
	mustHave(t, openAt(t, path), scopeA, []string{"text"}, 4)
}

func TestWriteThatFailsIsToldOnceAndDoneLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	// One connection, because a limit on pages is that of a connection.
	c.db.SetMaxOpenConns(1)
	if _, err := c.db.Exec(`PRAGMA max_page_count = 20`); err != nil {
		t.Fatal(err)
	}
	texts := numbered("text", 300)
	for n := 0; n < len(texts); n += 100 {
		err := c.Put(t.Context(), scopeA, texts[n:n+100], vectorsFor(texts[n:n+100], 512))
		var failure *Error
		if !errors.As(err, &failure) || !strings.Contains(err.Error(), "the disk is full; make room on it") {
			t.Errorf("a full disk: %v", err)
		}
	}
	if told := c.Notices(); len(told) != 1 || !strings.Contains(told[0], "the disk is full") {
		t.Errorf("it says %q", told)
	}
	mustHave(t, c, scopeA, texts, 512)
	if s, err := c.Stats(t.Context()); err != nil || s.Waiting != 300 || s.Entries != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := c.db.Exec(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	keep(t, c, scopeA, []string{"one more"}, 512)
	if s, err := c.Stats(t.Context()); err != nil || s.Waiting != 0 || s.Entries != 301 {
		t.Errorf("with room again: %+v, %v", s, err)
	}
}

func TestClosingTellsWhatIsLost(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	c.db.SetMaxOpenConns(1)
	if _, err := c.db.Exec(`PRAGMA max_page_count = 20`); err != nil {
		t.Fatal(err)
	}
	texts := numbered("text", 300)
	if err := c.Put(t.Context(), scopeA, texts, vectorsFor(texts, 512)); err == nil {
		t.Fatal("the disk was not full")
	}
	var failure *Error
	if err := c.Close(); !errors.As(err, &failure) {
		t.Errorf("closing says %v", err)
	}
}

// What cannot be written is read nevertheless, but for a file whose content is to blame, or
// that is not ours.
func TestWhichFilesAreReadThatCannotBeWritten(t *testing.T) {
	path := filled(t)
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path string
		why  error
		want bool
	}{
		"not writable":       {path, fs.ErrPermission, true},
		"damaged":            {path, fmt.Errorf("repairing: %w", errUnsound), false},
		"lost tables":        {path, errTablesMissing, false},
		"of another program": {path, fmt.Errorf("opening: %w", &foreignFileError{"it is another program's"}), false},
		"no regular file":    {path, fmt.Errorf("opening: %w", oserr.ErrIrregular), false},
		"nowhere":            {"", fs.ErrPermission, false},
		"not there":          {path + "-none", fs.ErrPermission, false},
		"without tables":     {empty, fs.ErrPermission, false},
		"a directory":        {filepath.Dir(path), fs.ErrPermission, false},
	} {
		db := openReadOnly(t.Context(), c.path, c.why)
		if (db != nil) != c.want {
			t.Errorf("%s: it is read %t", name, db != nil)
		}
		if db == nil {
			continue
		}
		var n int
		if err := db.QueryRow(`SELECT count(*) FROM vector`).Scan(&n); err != nil || n != len(damagedTexts)+1 {
			t.Errorf("%s: %d vectors, %v", name, n, err)
		}
		if _, err := db.Exec(`DELETE FROM vector`); err == nil {
			t.Errorf("%s: it is written to", name)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Who ends the program is told that what was paid for is gone with it.
func TestClosingWithoutAFileTellsWhatIsLost(t *testing.T) {
	for name, keeps := range map[string]int{"nothing": 0, "a vector": 1} {
		c, _ := openNoticed(t, "")
		keep(t, c, scopeA, numbered("text", keeps), 8)
		err := c.Close()
		var failure *Error
		if errors.As(err, &failure) != (keeps > 0) || keeps > 0 && !errors.Is(err, errNoPlace) {
			t.Errorf("%s is kept in memory alone; closing says %v", name, err)
		}
	}
}
