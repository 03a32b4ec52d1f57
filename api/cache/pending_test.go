package cache

import "testing"

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
