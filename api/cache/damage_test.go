package cache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// damagedTexts are kept in every file that is then damaged: more than one query looks
// for.
var damagedTexts = numbered("text", lookupRows+88)

const damagedLength = 512

// filledFile is the content of a closed file with vectors of two scopes and something
// spent. It is made once: every test that damages it begins with a copy.
var filledFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "vecscope")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path, ctx := filepath.Join(dir, "vectors.db"), context.Background()
	c, err := openChild(path)
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		c.Put(ctx, scopeA, damagedTexts, vectorsFor(damagedTexts, damagedLength)),
		c.Put(ctx, scopeB, []string{"other"}, vectorsFor([]string{"other"}, 3)),
		c.AddUsage(ctx, api.Tally{Provider: "p", Model: "m", Tokens: 11}),
		c.Close())
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// filled makes a file of filledFile.
func filled(t *testing.T) (path string) {
	t.Helper()
	data, err := filledFile()
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "vectors.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// change rewrites a file in place.
func change(t *testing.T, path string, with func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, with(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// zeroPages makes pages of the file empty; pages count from 0.
func zeroPages(pages ...int) func([]byte) []byte {
	return func(data []byte) []byte {
		for _, p := range pages {
			clear(data[p*pageSize : (p+1)*pageSize])
		}
		return data
	}
}

// asides are the damaged files that are kept.
func asides(t *testing.T, path string) []string {
	t.Helper()
	names, err := filepath.Glob(path + ".corrupt-*")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm")
	})
}

func TestDamagedFilesAreReplacedAndWhatCanBeReadIsSaved(t *testing.T) {
	last := func(data []byte) int { return len(data)/pageSize - 1 }
	all := len(damagedTexts)
	for _, c := range []struct {
		name     string
		damage   func([]byte) []byte
		atLeast  int // vectors saved
		usage    bool
		atOpen   bool // found when the file is opened, and not when it is read
		othersOK bool // the other scope's vector is saved
	}{
		{"text in its place", func([]byte) []byte { return []byte("not a database\n" + strings.Repeat("x", 50_000)) }, 0, false, true, false},
		{"the first page is lost", zeroPages(0), all, true, true, true},
		{"the first pages are lost", zeroPages(0, 1, 2), 0, true, true, false},
		{"cut in half", func(d []byte) []byte { return d[:last(d)/2*pageSize] }, all * 45 / 100, true, true, false},
		{"cut within a page", func(d []byte) []byte { return d[:len(d)*3/4+100] }, all * 70 / 100, true, true, false},
		{"one page in the middle is lost", func(d []byte) []byte { return zeroPages(last(d) / 2)(d) }, all - 10, true, false, true},
		{"many pages in the middle are lost", func(d []byte) []byte { return zeroPages(60, 61, 62, 63, 64, 65, 66, 67, 90, 92)(d) }, all - 100, true, false, true},
		{"a page of noise", func(d []byte) []byte {
			copy(d[100*pageSize:], bytes.Repeat([]byte{0xA5, 0x5A, 0x00}, pageSize/3))
			return d
		}, all - 10, true, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filled(t)
			change(t, path, c.damage)
			damaged, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			cache, notice := openNoticed(t, path)
			saved := have(t, cache, scopeA, damagedTexts, damagedLength)
			notices := cache.Notices()
			if notice != "" {
				notices = append(notices, notice)
			}
			if len(notices) != 1 || !strings.Contains(notices[0], "was damaged") || (notice != "") != c.atOpen {
				t.Errorf("opening says %q, then %q", notice, notices)
			}
			if saved < c.atLeast {
				t.Errorf("%d vectors are saved, want %d or more", saved, c.atLeast)
			}
			if others := have(t, cache, scopeB, []string{"other"}, 3); c.othersOK && others != 1 {
				t.Error("the other model's vector is lost")
			}
			totals, err := cache.UsageTotals(t.Context())
			if err != nil || (len(totals) == 1 && totals[0].Tokens == 11) != c.usage {
				t.Errorf("what was spent: %+v, %v", totals, err)
			}
			kept := asides(t, path)
			if len(kept) != 1 || !strings.Contains(notices[0], filepath.Base(kept[0])) {
				t.Fatalf("the damaged file is kept as %q, which %q does not say", kept, notices)
			}
			if data, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(data, damaged) {
				t.Errorf("the damaged file was changed, %v", err)
			}
			// From here on all is well.
			keep(t, cache, scopeA, damagedTexts, damagedLength)
			mustBeSound(t, cache)
			cache.Close()
			mustHave(t, openAt(t, path), scopeA, damagedTexts, damagedLength)
		})
	}
}

func TestVectorsBehindALargeDamageAreSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	texts := numbered("text", 6000)
	c := openAt(t, path)
	keep(t, c, scopeA, texts, 4)
	c.Close()
	var pages []int
	for p := range 30 {
		pages = append(pages, 40+p)
	}
	change(t, path, zeroPages(pages...))
	c = openAt(t, path)
	saved := have(t, c, scopeA, texts, 4)
	if lost := len(texts) - saved; lost <= skipOneByOne || lost > 3000 {
		t.Errorf("%d of %d vectors are lost with 30 pages", lost, len(texts))
	}
}

func TestEveryDamagedFileIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	for n := range 3 {
		if err := os.WriteFile(path, fmt.Appendf(nil, "damage %d", n), 0o600); err != nil {
			t.Fatal(err)
		}
		c, notice := openNoticed(t, path)
		if !strings.Contains(notice, fmt.Sprintf("vectors.db.corrupt-%d", n+1)) {
			t.Error(notice)
		}
		c.Close()
	}
	if kept := asides(t, path); len(kept) != 3 {
		t.Errorf("kept are %q", kept)
	}
}

func TestLostTablesAreMadeAgain(t *testing.T) {
	path := filled(t)
	c := openAt(t, path)
	if _, err := c.db.Exec(`DROP TABLE times`); err != nil {
		t.Fatal(err)
	}
	c.Close()
	c, notice := openNoticed(t, path)
	all := len(damagedTexts) + 1
	if !strings.Contains(notice, fmt.Sprintf("Vectors saved from it: %d.", all)) {
		t.Error(notice)
	}
	mustHave(t, c, scopeA, damagedTexts, damagedLength)
	if s, err := c.Stats(t.Context()); err != nil || s.Entries != all {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestChangedVectorIsPaidForAgainAndReplaced(t *testing.T) {
	path := filled(t)
	stored := row{value: nil}
	rows, _, err := rowsOf(damagedTexts[500:501], vectorsFor(damagedTexts[500:501], damagedLength))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		stored = *r
	}
	change(t, path, func(data []byte) []byte {
		// The disk changes one bit in the middle of a vector, also where the file still has
		// one that was moved.
		changed := 0
		for at := bytes.Index(data, stored.value[:200]); at >= 0; at = bytes.Index(data, stored.value[:200]) {
			data[at+100] ^= 1
			changed++
		}
		if changed == 0 {
			t.Fatal("the vector is not in the file")
		}
		return data
	})
	c := openAt(t, path)
	if n := have(t, c, scopeA, damagedTexts, damagedLength); n != len(damagedTexts)-1 {
		t.Errorf("%d vectors are good, want all but one", n)
	}
	keep(t, c, scopeA, damagedTexts[500:501], damagedLength)
	mustHave(t, c, scopeA, damagedTexts, damagedLength)
}

func TestTwoThatFindTheDamageRepairItOnce(t *testing.T) {
	path := filled(t)
	change(t, path, zeroPages(60, 61, 62))
	one, two := openAt(t, path), openAt(t, path)
	first := have(t, one, scopeA, damagedTexts, damagedLength)
	keep(t, one, scopeA, []string{"after the repair"}, damagedLength)
	if second := have(t, two, scopeA, damagedTexts, damagedLength); first < len(damagedTexts)-10 || second != first {
		t.Errorf("one has %d vectors, the other %d", first, second)
	}
	mustHave(t, two, scopeA, []string{"after the repair"}, damagedLength)
	if kept := asides(t, path); len(kept) != 1 {
		t.Errorf("kept are %q", kept)
	}
	if told := append(one.Notices(), two.Notices()...); len(told) != 1 {
		t.Errorf("they say %q", told)
	}
}

func TestRepairThatIsStoppedChangesNothing(t *testing.T) {
	path := filled(t)
	change(t, path, zeroPages(60))
	c := openAt(t, path)
	ctx, cancel := context.WithCancel(t.Context())
	file := c.file
	cancel()
	if err := c.renew(ctx, file, errTablesMissing); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped repair: %v", err)
	}
	if kept := asides(t, path); len(kept) != 0 {
		t.Errorf("set aside: %q", kept)
	}
	// The next one to come there repairs.
	if n := have(t, c, scopeA, damagedTexts, damagedLength); n < len(damagedTexts)-10 {
		t.Errorf("%d vectors are saved", n)
	}
	if kept := asides(t, path); len(kept) != 1 {
		t.Errorf("set aside: %q", kept)
	}
}

func TestRemovedFileIsMadeAgain(t *testing.T) {
	path := filled(t)
	c := openAt(t, path)
	mustHave(t, c, scopeA, damagedTexts[:1], damagedLength)
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	keep(t, c, scopeA, []string{"later"}, damagedLength)
	c.Close()
	c = openAt(t, path)
	mustHave(t, c, scopeA, []string{"later"}, damagedLength)
	if n, err := countKnown(t.Context(), c, scopeA, damagedTexts); n != 0 || err != nil {
		t.Errorf("%d vectors of the removed file are known, %v", n, err)
	}
}

func TestADamagedRowIsNotKnownForItIsPaidForAgain(t *testing.T) {
	for name, damage := range map[string]string{
		"another checksum": `UPDATE vector SET crc = crc + 1 WHERE id = (SELECT min(id) FROM vector)`,
		"another length":   `UPDATE vector SET value = substr(value, 1, 8) WHERE id = (SELECT min(id) FROM vector)`,
	} {
		c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
		texts := []string{"a", "b", "c"}
		keep(t, c, scopeA, texts, 4)
		if _, err := c.db.Exec(damage); err != nil {
			t.Fatal(err)
		}
		known, err := c.Known(t.Context(), scopeA, texts)
		if err != nil {
			t.Fatal(err)
		}
		lost := 0
		for i, vector := range get(t, c, scopeA, texts) {
			if known[i] != (vector != nil) {
				t.Errorf("%s: text %d is known %v, its vector is %v", name, i+1, known[i], vector)
			}
			if vector == nil {
				lost++
			}
		}
		if lost != 1 {
			t.Errorf("%s: %d vectors are lost", name, lost)
		}
	}
}

// A repaired file knows as before which model its vectors are of: else those of another
// that has come meanwhile were put beside them.
func TestARepairedFileKnowsWhoseItsVectorsAre(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	c.note(scopeA, note{identity: "digest:ab", sample: []float32{1, 0}})
	keep(t, c, scopeA, numbered("text", 50), 8)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	change(t, path, zeroPages(0))
	c, notice := openNoticed(t, path)
	if !strings.Contains(notice, "was damaged") {
		t.Fatalf("opening says %q", notice)
	}
	n, kept, err := c.noted(t.Context(), scopeA)
	if err != nil || !kept || n.identity != "digest:ab" || !slices.Equal(n.sample, []float32{1, 0}) {
		t.Errorf("of the model is known %+v, %t, %v", n, kept, err)
	}
}
