package cache

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

const byteLength = 8

var (
	byteTexts = numbered("text", 60)
	newTexts  = numbered("new", 20)
)

// smallFile is the content of a file with a few vectors of two scopes.
func smallFile(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, byteTexts, byteLength)
	keep(t, c, scopeB, byteTexts[:3], byteLength)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// mustKeep opens a file, however damaged, and checks that what is put can be got, at
// once and after opening it again, or that putting or closing says that it cannot; and
// that nothing is got that was not put.
func mustKeep(t *testing.T, data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vectors.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	mustBeWhatWasPut(t, c, scopeA, byteTexts)
	err = c.Put(t.Context(), scopeA, newTexts, vectorsFor(newTexts, byteLength))
	if got := mustBeWhatWasPut(t, c, scopeA, newTexts); got != len(newTexts) {
		t.Errorf("of %d vectors that were put %d are there, %v", len(newTexts), got, err)
	}
	_ = c.Put(t.Context(), scopeB, byteTexts[:3], vectorsFor(byteTexts[:3], byteLength))
	_, _ = c.Stats(t.Context())
	_, _ = c.UsageTotals(t.Context())
	said := errors.Join(err, c.Unkept(), c.Close())
	c, notice, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustBeWhatWasPut(t, c, scopeA, newTexts); got != len(newTexts) && said == nil && notice == "" {
		t.Errorf("of %d vectors that were put %d are there after opening again, and nothing was said", len(newTexts), got)
	}
	_ = c.Close()
}

// mustBeWhatWasPut tells how many texts have a vector, which must be the one that was
// put.
func mustBeWhatWasPut(t *testing.T, c *Cache, scope Scope, texts []string) (n int) {
	t.Helper()
	got, _ := c.Get(t.Context(), scope, texts)
	for i, want := range vectorsFor(texts, byteLength) {
		if got[i] != nil {
			n++
			if !slices.Equal(got[i], want) {
				t.Errorf("%q has another vector than was put", texts[i])
			}
		}
	}
	return n
}

func TestNoDamagedByteLosesWhatIsPutWithoutAWord(t *testing.T) {
	whole := smallFile(t)
	rounds := 60
	if n, err := strconv.Atoi(os.Getenv("VECSCOPE_DAMAGED_BYTES")); err == nil {
		rounds = n // for a longer search by hand
	}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		data := append([]byte(nil), whole...)
		at := random.IntN(len(data))
		for data[at] == 0 && random.IntN(8) != 0 { // most of a page is empty
			at = random.IntN(len(data))
		}
		was := data[at]
		for data[at] == was {
			data[at] = byte(random.UintN(256))
		}
		t.Run(fmt.Sprintf("seed %d, byte %d, %d for %d", seed, at, data[at], was), func(t *testing.T) { mustKeep(t, data) })
	}
}

func FuzzDamagedFile(f *testing.F) {
	whole := smallFile(f)
	f.Add(uint32(18), byte(3), uint32(30_000), byte(1))
	f.Add(uint32(7957), byte(125), uint32(49_141), byte(113))
	f.Fuzz(func(t *testing.T, at uint32, value byte, also uint32, other byte) {
		data := append([]byte(nil), whole...)
		data[int(at)%len(data)], data[int(also)%len(data)] = value, other
		mustKeep(t, data)
	})
}

func TestADamagedBeginningIsMendedAndNotTakenForAnotherFile(t *testing.T) {
	whole := smallFile(t)
	for _, at := range []int{0, 9, 16, 17, 18, 19, 21, 24, 28, 31, 40, 44, 47, 52, 56, 59, 60, 63, 68, 71, 92, 96} { // the header by the format's description
		for _, flip := range []byte{0x01, 0x82} {
			data := append([]byte(nil), whole...)
			data[at] ^= flip
			path := filepath.Join(t.TempDir(), "vectors.db")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			c, notice, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			putErr := c.Put(t.Context(), scopeA, newTexts, vectorsFor(newTexts, byteLength))
			saved := mustBeWhatWasPut(t, c, scopeA, byteTexts)
			if saved != len(byteTexts) || putErr != nil || c.Unkept() != nil {
				t.Errorf("byte %d, %#x: %d vectors saved; %v, %v, %q, %q", at, data[at], saved, putErr, c.Unkept(), notice, c.Notices())
			}
			if err := c.Close(); err != nil {
				t.Errorf("byte %d: %v", at, err)
			}
		}
	}
}

func TestADamagedHugeNumberIsNotSteppedTowards(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	keep(t, c, scopeA, byteTexts, 4096) // each on pages of its own
	if _, err := c.db.Exec(`UPDATE vector SET id = ? WHERE id = 40; UPDATE times SET vector = ? WHERE vector = 40`, beyondVectors-5, beyondVectors-5); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for _, ends := range []bool{false, true} {
		// The last pages are the overflow of the last vector: without them it is found,
		// and cannot be read.
		cut := filepath.Join(t.TempDir(), "vectors.db")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for page := len(data)/pageSize - 90; page < len(data)/pageSize; page++ {
			clear(data[page*pageSize : (page+1)*pageSize])
		}
		if err := os.WriteFile(cut, data, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		if ends {
			stop()
		}
		s := salvage{}
		if s.target, err = openDatabase(t.Context(), filepath.Join(t.TempDir(), "new.db")); err != nil {
			t.Fatal(err)
		}
		defer s.target.Close()
		if err := s.run(ctx, cut); ends != errors.Is(err, context.Canceled) || !ends && err != nil {
			t.Errorf("stopped %v: %v", ends, err)
		}
		if !ends && s.saved == 0 {
			t.Error("nothing is saved")
		}
	}
}
