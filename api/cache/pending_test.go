package cache

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

func TestWhatIsReplacedWhileItIsWrittenIsWrittenToo(t *testing.T) {
	var w pendingWrites
	put := func(vectors [][]float32) {
		rows, length, err := rowsOf([]string{"wind", "rain"}[:len(vectors)], vectors)
		if err != nil {
			t.Fatal(err)
		}
		w.add(scopeA, length, rows)
	}
	put([][]float32{{1, 0}, {1, 0}})
	under, ok := w.next()
	if !ok || len(under.rows) != 2 {
		t.Fatalf("%d rows are to be written", len(under.rows))
	}
	put([][]float32{{0, 1}}) // asked anew, before the first was on the disk
	w.written(under)
	later, ok := w.next()
	if !ok || len(later.rows) != 1 || later.rows[0].vector()[1] != 1 {
		t.Fatalf("%d rows are left to be written", len(later.rows))
	}
	w.written(later)
	if _, ok := w.next(); ok || w.count() != 0 {
		t.Errorf("%d rows wait for nothing", w.count())
	}
}

func TestWhatWaitsIsOfOneLength(t *testing.T) {
	var w pendingWrites
	for _, vectors := range [][][]float32{{{1, 0}, {0, 1}}, {{1, 0, 0}}} {
		rows, length, err := rowsOf([]string{"wind", "rain"}[:len(vectors)], vectors)
		if err != nil {
			t.Fatal(err)
		}
		w.add(scopeA, length, rows)
	}
	if b, ok := w.next(); !ok || b.length != 3 || len(b.rows) != 1 || w.length(scopeA) != 3 {
		t.Errorf("to be written are %d rows of length %d", len(b.rows), b.length)
	}
}

func TestOfTwoReplacementsTheFirstSaysWhatTheFileHolds(t *testing.T) {
	var w pendingWrites
	w.note(scopeA, note{identity: "digest:2"})
	w.renew(scopeA, renewal{was: "digest:1", is: "digest:3"})
	if w.renews(scopeA) {
		t.Error("a model is set aside that somebody else has set aside before")
	}
	w.renew(scopeA, renewal{was: "digest:2", is: "digest:3", inFile: "digest:0"})
	w.renew(scopeA, renewal{was: "digest:3", is: "digest:4", inFile: "digest:9"})
	if got := w.openRenewals()[scopeA]; got.was != "digest:2" || got.inFile != "digest:0" || got.is != "digest:4" {
		t.Errorf("%+v", got)
	}
	w.note(scopeA, note{identity: "digest:4"})
	w.forget(scopeA.BaseURL, scopeA.Model)
	if n, kept, whole := w.noted(scopeA); n.identity != "" || kept || whole {
		t.Errorf("of a model that is forgotten is known %+v", n)
	}
}

// What waits may be newer than what the file holds.
func TestWhatWaitsComesBeforeWhatTheFileHolds(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	keep(t, c, scopeA, []string{"a", "b"}, 4)
	c.db.SetMaxOpenConns(1) // of which the next is true
	if _, err := c.db.Exec(`PRAGMA query_only = 1`); err != nil {
		t.Fatal(err)
	}
	fresh := vectorFor("asked anew", 4)
	if err := c.Put(t.Context(), scopeA, []string{"a"}, [][]float32{fresh}); err == nil {
		t.Fatal("it was written")
	}
	if got := get(t, c, scopeA, []string{"b", "a", "a"}); !slices.Equal(got[0], vectorFor("b", 4)) || !slices.Equal(got[1], fresh) || !slices.Equal(got[2], fresh) {
		t.Errorf("%v", got)
	}
	if _, err := c.db.Exec(`PRAGMA query_only = 0`); err != nil {
		t.Fatal(err)
	}
}

func TestForgettingAModelLeavesWhatWaitsOfOthers(t *testing.T) {
	elsewhere := Scope{BaseURL: "https://elsewhere.example.com/v1", Model: scopeA.Model}
	query, aside := scopeA, asideOf(scopeA, "digest:1")
	query.Prefix = "query: "
	for name, clear := range map[string]bool{"one model": false, "all": true} {
		var w pendingWrites
		for _, scope := range []Scope{scopeA, query, aside, scopeB, elsewhere} {
			rows, length, err := rowsOf([]string{"wind"}, [][]float32{{1, 0}})
			if err != nil {
				t.Fatal(err)
			}
			w.add(scope, length, rows)
			w.note(scope, note{identity: "digest:2"})
		}
		if clear {
			w.clear()
		} else {
			w.forget(scopeA.BaseURL, scopeA.Model)
		}
		for _, scope := range []Scope{scopeA, query, aside, scopeB, elsewhere} {
			stays := !clear && (scope == scopeB || scope == elsewhere)
			if n, kept, _ := w.noted(scope); kept != stays || (n.identity != "") != stays {
				t.Errorf("%s: of %+v waits %t, known is %+v", name, scope, kept, n)
			}
		}
	}
}

func TestAScopeThatTakesTheNameOfAnotherTakesItsPlace(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	other := Scope{BaseURL: "https://elsewhere.example.com/v1", Model: scopeA.Model}
	keep(t, c, scopeA, numbered("now", 3), 4)
	keep(t, c, other, numbered("before", 5), 4)
	err := inTransaction(t.Context(), c.db, func(tx *sql.Tx) error { return moveScope(t.Context(), tx, scopeA, other) })
	if err != nil {
		t.Fatal(err)
	}
	mustHave(t, c, other, numbered("now", 3), 4)
	if n := have(t, c, other, numbered("before", 5), 4) + have(t, c, scopeA, numbered("now", 3), 4); n != 0 {
		t.Errorf("%d vectors are found that made way", n)
	}
	var rows int
	if err := c.db.QueryRow(`SELECT count(*) FROM vector`).Scan(&rows); err != nil || rows != 3 {
		t.Errorf("the file holds %d vectors, %v", rows, err)
	}
}

// Another program may have seen the new model, or one that is newer still, before.
func TestWhatOthersHaveSetAsideBeforeStays(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	c.note(scopeA, note{identity: "digest:3"})
	keep(t, c, scopeA, numbered("text", 3), 4)
	if err := c.putAside(t.Context(), scopeA, renewal{was: "digest:1", inFile: "digest:1", is: "digest:2"}); err != nil {
		t.Fatal(err)
	}
	mustHave(t, c, scopeA, numbered("text", 3), 4)
}

// Until it is written that a model is set aside, nothing is found of it; nor is it known
// how long the vectors are where the last of them is gone.
func TestWhatIsToBeSetAsideHasNoLength(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	length := func() int {
		t.Helper()
		n, err := c.Length(t.Context(), scopeA)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	keep(t, c, scopeA, []string{"a"}, 4)
	if n := length(); n != 4 {
		t.Errorf("of a vector of length 4 it is %d", n)
	}
	c.pending.renew(scopeA, renewal{was: "digest:1", is: "digest:2"})
	if n, known := length(), have(t, c, scopeA, []string{"a"}, 4); n != 0 || known != 0 {
		t.Errorf("of what is to be set aside %d vectors of length %d are found", known, n)
	}
	c.pending.clear()
	if n := length(); n != 4 {
		t.Errorf("of what stays after all it is %d", n)
	}
	if _, err := c.db.Exec(`DELETE FROM vector`); err != nil {
		t.Fatal(err)
	}
	if n := length(); n != 0 {
		t.Errorf("of no vector it is %d", n)
	}
}
