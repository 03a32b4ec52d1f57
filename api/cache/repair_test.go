package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// writeFiles makes files of their contents.
func writeFiles(t *testing.T, contents map[string]string) {
	t.Helper()
	for path, content := range contents {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// mustRead checks the contents of files; an empty one is not to be there.
func mustRead(t *testing.T, contents map[string]string) {
	t.Helper()
	for path, want := range contents {
		data, err := os.ReadFile(path)
		if gone := errors.Is(err, fs.ErrNotExist); string(data) != want || gone != (want == "") {
			t.Errorf("%s holds %q, %v; want %q", filepath.Base(path), data, err, want)
		}
	}
}

func TestAFileIsExchangedWithWhatBelongsToIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.db")
	writeFiles(t, map[string]string{path: "old", path + "-wal": "old wal", path + "-shm": "old shm", path + ".new": "fresh", path + ".corrupt-1": "older"})
	aside, err := exchange(path, path+".new")
	if err != nil || aside != path+".corrupt-2" {
		t.Fatalf("%s, %v", aside, err)
	}
	mustRead(t, map[string]string{
		path: "fresh", path + "-wal": "", path + "-shm": "", path + ".new": "",
		path + ".corrupt-1": "older", aside: "old", aside + "-wal": "old wal", aside + "-shm": "old shm",
	})
}

func TestAFileGetsItsNameBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.db")
	for _, linked := range []bool{true, false} {
		writeFiles(t, map[string]string{path + ".aside": "old", path + ".aside-shm": "old shm"})
		if linked {
			if err := os.Link(path+".aside", path); err != nil {
				t.Fatal(err)
			}
		}
		if err := giveBack(path+".aside", path); err != nil {
			t.Errorf("linked %t: %v", linked, err)
		}
		mustRead(t, map[string]string{path: "old", path + "-shm": "old shm", path + ".aside": "", path + ".aside-shm": ""})
		if err := removeDatabase(path); err != nil {
			t.Fatal(err)
		}
	}
	writeFiles(t, map[string]string{path: "other"})
	if err := giveBack(path+".aside", path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	mustRead(t, map[string]string{path: "other"})
}

func TestAnExchangeThatFailsChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.db")
	writeFiles(t, map[string]string{path: "old", path + "-wal": "old wal"})
	if aside, err := exchange(path, path+".new"); !errors.Is(err, fs.ErrNotExist) || aside != "" {
		t.Errorf("%q, %v", aside, err)
	}
	mustRead(t, map[string]string{path: "old", path + "-wal": "old wal", path + "-shm": "", path + ".corrupt-1": "", path + ".corrupt-1-wal": ""})
	if aside, err := exchange(path+"-none", path); !errors.Is(err, fs.ErrNotExist) || aside != "" {
		t.Errorf("without a file: %q, %v", aside, err)
	}
}

// No system makes hard links of directories, as some make none of files.
func TestWhatCannotBeLinkedIsRenamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.db")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	name, err := secondName(path)
	if err != nil || name != path+".corrupt-1" {
		t.Fatalf("%s, %v", name, err)
	}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it has its former name, too: %v", err)
	}
}

func TestRemovingADatabaseTellsWhatStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.db")
	writeFiles(t, map[string]string{path: "x", path + "-shm": "x"})
	if err := os.MkdirAll(filepath.Join(path+"-wal", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := removeDatabase(path); err == nil {
		t.Error("what stays is not told")
	}
	mustRead(t, map[string]string{path: "", path + "-shm": ""})
	if err := removeDatabase(path + "-none"); err != nil {
		t.Errorf("what is not there: %v", err)
	}
}
