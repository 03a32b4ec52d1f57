//go:build linux || darwin

package cache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vecscope/vecscope/api"
)

const diskLength = 512

// fillDisk writes vectors to a file that the system lets grow no more, says what
// comes of it, and writes the last ones when it may grow again.
func fillDisk(path string) error {
	ctx := context.Background()
	c, err := openChild(path)
	if err != nil {
		return err
	}
	texts := numbered("text", 500)
	if err := c.Put(ctx, scopeA, texts[:100], vectorsFor(texts[:100], diskLength)); err != nil {
		return fmt.Errorf("before the disk is full: %w", err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	before, err := limitFiles(512 << 10)
	if err != nil {
		return err
	}
	for n := 100; n < 400; n += 100 {
		err := c.Put(ctx, scopeA, texts[n:n+100], vectorsFor(texts[n:n+100], diskLength))
		var failure *Error
		if err != nil && !errors.As(err, &failure) {
			return fmt.Errorf("a full disk: %w", err)
		}
	}
	if err := c.AddUsage(ctx, api.Tally{Provider: "p", Model: "m", Tokens: 5}); err == nil {
		return errors.New("what was spent is written to a full disk")
	}
	for _, notice := range c.Notices() {
		fmt.Println(notice)
	}
	if n, err := countKnown(ctx, c, scopeA, texts); n != 400 || err != nil {
		return fmt.Errorf("on a full disk %d vectors are known: %w", n, err)
	}
	vectors, err := c.Get(ctx, scopeA, texts[:400])
	for i := range vectors {
		if vectors[i] == nil {
			return fmt.Errorf("%s is lost: %w", texts[i], err)
		}
	}
	if _, err := limitFiles(before); err != nil {
		return err
	}
	if err := c.Put(ctx, scopeA, texts[400:], vectorsFor(texts[400:], diskLength)); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	fmt.Println("done")
	// Not closed: what was written is there without that.
	return nil
}

func TestFullDiskLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	p := start(t, "fill the disk", path)
	notice := p.line(t)
	if done := p.line(t); done != "done" {
		t.Errorf("more than one notice: %s", done)
	}
	p.end(t)
	const lost = ". What was paid for is in memory alone, and lost if the program ends before it can be written."
	if !strings.HasPrefix(notice, "Keeping vectors in "+path+" failed: the disk ") || !strings.HasSuffix(notice, lost) {
		t.Errorf("the notice is %q", notice)
	}
	c := openAt(t, path)
	mustHave(t, c, scopeA, numbered("text", 500), diskLength)
	if totals, err := c.UsageTotals(t.Context()); err != nil || len(totals) != 1 || totals[0].Tokens != 5 {
		t.Errorf("what was spent: %+v, %v", totals, err)
	}
	mustBeSound(t, c)
}

func TestFilesAreForTheUserAlone(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	dir := filepath.Join(t.TempDir(), "a", "b")
	c := openAt(t, filepath.Join(dir, "vectors.db"))
	keep(t, c, scopeA, []string{"text"}, 4)
	modes := map[string]os.FileMode{"..": 0o700 | os.ModeDir, ".": 0o700 | os.ModeDir, "vectors.db": 0o600, "vectors.db-wal": 0o600, "vectors.db-shm": 0o600}
	for name, want := range modes {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode() != want {
			t.Errorf("%s has mode %v, want %v; %v", name, info.Mode(), want, err)
		}
	}
}

// openFull opens a cache on a disk without any room.
func openFull(path string) error {
	ctx := context.Background()
	signal.Ignore(syscall.SIGXFSZ)
	if _, err := limitFiles(0); err != nil {
		return err
	}
	c, notice, err := Open(ctx, path)
	if err != nil {
		return err
	}
	fmt.Println(notice)
	texts := append(numbered("text", 100), "new")
	if err := c.Put(ctx, scopeA, texts[100:], vectorsFor(texts[100:], diskLength)); err != nil {
		return err
	}
	if err := c.AddUsage(ctx, api.Tally{Provider: "p", Model: "m", Tokens: 5}); err != nil {
		return err
	}
	n, err := countKnown(ctx, c, scopeA, texts)
	s, statsErr := c.Stats(ctx)
	_, clearErr := c.Clear(ctx)
	fmt.Printf("%d known, %d in the file, %d notices, counted %v, cleared %v\n", n, s.Entries, len(c.Notices()), statsErr == nil, clearErr == nil)
	return errors.Join(err, c.Close())
}

// limitFiles keeps files from growing beyond size, and tells the limit before.
func limitFiles(size uint64) (before uint64, err error) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return 0, err
	}
	before, limit.Cur = limit.Cur, size
	return before, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

func TestOpeningOnAFullDiskReadsWhatIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, numbered("text", 100), diskLength)
	c.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, "open on a full disk", path)
	if notice := p.line(t); !strings.HasPrefix(notice, "New vectors are kept in memory only") {
		t.Errorf("the notice is %q", notice)
	}
	if line := p.line(t); line != "101 known, 100 in the file, 0 notices, counted true, cleared false" {
		t.Error(line)
	}
	p.end(t)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
	mustHave(t, openAt(t, path), scopeA, numbered("text", 100), diskLength)
}

func TestFirstOpeningOnAFullDiskWorksInMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	p := start(t, "open on a full disk", path)
	if notice := p.line(t); !strings.HasPrefix(notice, "Vectors are kept in memory only") {
		t.Errorf("the notice is %q", notice)
	}
	if line := p.line(t); line != "1 known, 0 in the file, 0 notices, counted false, cleared false" {
		t.Error(line)
	}
	p.end(t)
	keep(t, openAt(t, path), scopeA, []string{"text"}, 4)
}

func init() {
	children["fill the disk"] = fillDisk
	children["open on a full disk"] = openFull
}
