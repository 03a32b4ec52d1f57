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
