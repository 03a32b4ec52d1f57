package cache

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
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

// startless is a file whose first page is lost, with so many vectors of length 8.
func startless(t *testing.T, texts []string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, texts, 8)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, zeroPages(0))
	return path
}

// beside are the names of what stands beside a file, without those that SQLite keeps there
// while it is open.
func beside(t *testing.T, path string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if rest := strings.TrimPrefix(f.Name(), filepath.Base(path)); rest != "" && rest != "-wal" && rest != "-shm" {
			names = append(names, rest)
		}
	}
	return names
}

func TestARepairLeavesNothingBehindAndWhatOneHasLeftIsNoHindrance(t *testing.T) {
	texts := numbered("text", 50)
	path := startless(t, texts)
	for _, left := range []string{".new", ".new-wal", ".new-shm", ".new-start", ".new-start-wal"} { // by a program that was killed
		writeFiles(t, map[string]string{path + left: "half of it"})
	}
	c, notice := openNoticed(t, path)
	if !strings.Contains(notice, "Vectors saved from it: 50.") {
		t.Errorf("it says %q", notice)
	}
	mustHave(t, c, scopeA, texts, 8)
	if got := strings.Join(beside(t, path), " "); got != ".corrupt-1 .lock" {
		t.Errorf("beside the file stand %s", got)
	}
}

// ending is a context that ends when somebody waits for its end for the nth time.
type ending struct {
	context.Context
	end  context.CancelFunc
	left *atomic.Int64
}

func (e ending) Done() <-chan struct{} {
	if e.left.Add(-1) == 0 {
		e.end()
	}
	return e.Context.Done()
}

// openFiles are the files that this program has open at path and beside it, where
// the system lists them. Elsewhere they keep the test's directory from going away.
func openFiles(path string) (open []string) {
	const list = "/proc/self/fd"
	files, _ := os.ReadDir(list)
	for _, f := range files {
		if name, err := os.Readlink(filepath.Join(list, f.Name())); err == nil && strings.HasPrefix(name, path) {
			open = append(open, filepath.Base(name))
		}
	}
	return open
}

func TestARepairThatIsStoppedAnywhereChangesNothing(t *testing.T) {
	texts := numbered("text", 50)
	path := startless(t, texts)
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	stopped := 0
	for n := int64(1); ; n += 1 + n/4 {
		ctx, end := context.WithCancel(t.Context())
		e := ending{ctx, end, new(atomic.Int64)}
		e.left.Store(n)
		_, err := repair(e, path, info)
		done := ctx.Err() == nil
		end()
		if done {
			if err != nil {
				t.Errorf("not stopped: %v", err)
			}
			break
		}
		if err == nil {
			continue // all was saved when the end came
		}
		stopped++
		if got := strings.Join(beside(t, path), " "); got != "" && got != ".lock" {
			t.Fatalf("stopped at %d, it leaves %s", n, got)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, damaged) {
			t.Fatalf("stopped at %d, the file is another, %v", n, err)
		}
		if open := openFiles(path); len(open) > 0 {
			t.Fatalf("stopped at %d, it still has %s open", n, open)
		}
	}
	if stopped < 3 {
		t.Errorf("it was stopped %d times", stopped)
	}
	mustHave(t, openAt(t, path), scopeA, texts, 8)
}
