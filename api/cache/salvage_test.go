package cache

import (
	"path/filepath"
	"testing"
)

// After a number that cannot be read, the next vector that there is comes, and none is
// passed over.
func TestTheFirstVectorFromANumberOn(t *testing.T) {
	db, err := openDatabase(t.Context(), filepath.Join(t.TempDir(), "vectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, id := range []int64{1, 2, 7} {
		if _, err := db.Exec(`INSERT INTO vector (id, scope, hash, crc, value) VALUES (?, 1, ?, 0, x'00')`, id, []byte{byte(id)}); err != nil {
			t.Fatal(err)
		}
	}
	s := salvage{source: db}
	for from, want := range map[int64]int64{0: 1, 1: 1, 2: 2, 3: 7, 7: 7, 8: beyondVectors} {
		if at, ok := s.firstFrom(t.Context(), from); at != want || !ok || !s.readable(t.Context(), from) {
			t.Errorf("from %d on it is %d, %v; want %d", from, at, ok, want)
		}
	}
	for bad, want := range map[int64]int64{1: 2, 3: 8, 7: 8} { // found, but not whole
		if got := s.skip(t.Context(), bad); got != want {
			t.Errorf("after %d that is not whole: %d, want %d", bad, got, want)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if at, ok := s.firstFrom(t.Context(), 1); ok || s.readable(t.Context(), 1) {
		t.Errorf("of a file that cannot be read: %d", at)
	}
}
