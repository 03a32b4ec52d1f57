package cache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

const (
	// shareBatches and shareRows are what each of two programs writes.
	shareBatches, shareRows, shareLength = 12, 25, 64
)

// shareOf gives the texts of a batch; half of them are those of the other program
// too.
func shareOf(batch int, who string) []string {
	return append(numbered(fmt.Sprint(who, batch), shareRows), numbered(fmt.Sprint("both", batch), shareRows)...)
}

// writeShare writes batches, each as soon as it is told to open and then without a
// pause, and reads them back.
func writeShare(path string) error {
	c, err := openChild(path)
	if err != nil {
		return err
	}
	fmt.Println("open")
	awaitEnd()
	ctx, who := context.Background(), strconv.Itoa(os.Getpid())
	for batch := range shareBatches {
		texts := shareOf(batch, who)
		if err := c.Put(ctx, scopeA, texts, vectorsFor(texts, shareLength)); err != nil {
			return err
		}
		if err := c.AddUsage(ctx, api.Tally{Provider: "p", Model: "m", Tokens: 3, Texts: 5, Requests: 1, Histogram: api.Histogram{batch: 1}}); err != nil {
			return err
		}
		if n, err := countKnown(ctx, c, scopeA, texts); err != nil || n != len(texts) {
			return fmt.Errorf("%d of %d vectors just written are there: %w", n, len(texts), err)
		}
	}
	return c.Close()
}

func TestTwoProgramsShareTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	// Both make the file at once.
	programs := []*child{start(t, "write share", path), start(t, "write share", path), start(t, "write share", path)}
	for _, p := range programs {
		if line := p.line(t); line != "open" {
			t.Fatal(line)
		}
	}
	for _, p := range programs {
		p.in.Close()
	}
	for _, p := range programs {
		p.end(t)
	}
	c := openAt(t, path)
	for _, p := range programs {
		for batch := range shareBatches {
			mustHave(t, c, scopeA, shareOf(batch, strconv.Itoa(p.Process.Pid)), shareLength)
		}
	}
	stats, err := c.Stats(t.Context())
	if want := (len(programs) + 1) * shareBatches * shareRows; err != nil || stats.Entries != want {
		t.Errorf("%d vectors are kept, want %d; %v", stats.Entries, want, err)
	}
	totals, err := c.UsageTotals(t.Context())
	notes := len(programs) * shareBatches
	if err != nil || len(totals) != 1 || totals[0].Tokens != 3*notes || totals[0].Texts != 5*notes || totals[0].Histogram.Total() != int64(notes) {
		t.Errorf("what was spent: %+v, %v; want %d notes", totals, err, notes)
	}
	mustBeSound(t, c)
}

// batchOf gives the texts of a batch that writeForever writes.
func batchOf(batch int) []string { return numbered(fmt.Sprint("batch ", batch), 2*insertRows) }

const foreverLength = 64

// writeForever writes batches and says the number of each once it is kept.
func writeForever(path string) error {
	c, err := openChild(path)
	if err != nil {
		return err
	}
	for batch := 0; ; batch++ {
		texts := batchOf(batch)
		if err := c.Put(context.Background(), scopeA, texts, vectorsFor(texts, foreverLength)); err != nil {
			return err
		}
		fmt.Println(batch)
	}
}

func TestKilledProgramLosesNothingThatWasKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	// Every kill meets the program somewhere between two batches; the file goes on
	// being used after each.
	for _, kept := range []int{0, 2, 5, 9} {
		p := start(t, "write", path)
		for p.line(t) != strconv.Itoa(kept) {
		}
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := p.Wait(); err == nil {
			t.Fatal("the program ended by itself")
		}
		c := openAt(t, path)
		for batch := range kept + 1 {
			mustHave(t, c, scopeA, batchOf(batch), foreverLength)
		}
		// A batch is kept whole or not at all.
		for batch := kept + 1; batch < kept+10; batch++ {
			texts := batchOf(batch)
			if n := have(t, c, scopeA, texts, foreverLength); n != 0 && n != len(texts) {
				t.Errorf("%d of %d vectors of a batch are kept", n, len(texts))
			}
		}
		mustBeSound(t, c)
		c.Close()
	}
}

// holdLock keeps others from writing until it is told to end.
func holdLock(path string) error {
	c, err := openChild(path)
	if err != nil {
		return err
	}
	tx, err := c.db.Begin()
	if err != nil {
		return err
	}
	fmt.Println("locked")
	awaitEnd()
	return errors.Join(tx.Rollback(), c.Close())
}

func TestWaitingForAnotherProgramCanBeStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, []string{"before"}, 4)
	other := start(t, "hold lock", path)
	other.line(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := c.Put(ctx, scopeA, []string{"paid"}, vectorsFor([]string{"paid"}, 4))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a write under another's lock: %v", err)
	}
	c.keepNorms(t.Context(), scopeA, api.Norms{Low: 1, High: 1}) // for which nobody waits
	if waited := time.Since(began); waited >= busyTimeout {
		t.Errorf("it waited %v", waited)
	}
	mustHave(t, c, scopeA, []string{"before", "paid"}, 4)
	other.end(t)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	mustHave(t, openAt(t, path), scopeA, []string{"before", "paid"}, 4)
}

func TestWritingWaitsForAnotherProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	other := start(t, "hold lock", path)
	other.line(t)
	put := make(chan error)
	go func() { put <- c.Put(context.Background(), scopeA, []string{"paid"}, vectorsFor([]string{"paid"}, 4)) }()
	other.end(t)
	if err := <-put; err != nil {
		t.Error(err)
	}
	mustHave(t, c, scopeA, []string{"paid"}, 4)
}

// readDamaged opens the cache when it is told to, and says how many vectors of a
// file that may be damaged are there.
func readDamaged(path string) error {
	awaitEnd()
	ctx := context.Background()
	c, _, err := Open(ctx, path)
	if err != nil {
		return err
	}
	vectors, err := c.Get(ctx, scopeA, damagedTexts)
	known := 0
	for _, v := range vectors {
		if v != nil {
			known++
		}
	}
	fmt.Println(known)
	return errors.Join(err, c.Close())
}

func TestProgramsThatFindTheDamageAtOnceRepairItOnce(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"found at opening": func(d []byte) []byte { return d[:len(d)*3/4] },
		"found at reading": zeroPages(60, 61, 62),
	} {
		t.Run(name, func(t *testing.T) {
			path := filled(t)
			change(t, path, damage)
			programs := []*child{start(t, "read", path), start(t, "read", path), start(t, "read", path), start(t, "read", path)}
			for _, p := range programs {
				p.in.Close()
			}
			numbers := map[string]bool{}
			for _, p := range programs {
				numbers[p.line(t)] = true
				p.end(t)
			}
			if len(numbers) != 1 || numbers["0"] {
				t.Errorf("they find %v vectors", numbers)
			}
			if kept := asides(t, path); len(kept) != 1 {
				t.Errorf("kept are %q", kept)
			}
			c := openAt(t, path)
			mustBeSound(t, c)
			if n := have(t, c, scopeA, damagedTexts, damagedLength); !numbers[strconv.Itoa(n)] {
				t.Errorf("%d vectors are there in the end, they found %v", n, numbers)
			}
		})
	}
}

// mustBeSound has SQLite check the whole file.
func mustBeSound(t *testing.T, c *Cache) {
	t.Helper()
	var verdict string
	if err := c.db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("the file is %s, %v", verdict, err)
	}
}
