package shell

import "testing"

func TestAStatusLosesWholePartsAndSaysSo(t *testing.T) {
	const status = "36 pairs · seed 1 · pairs share texts"
	for w, want := range map[int]string{
		37: status,
		36: "36 pairs · seed 1 · …",
		21: "36 pairs · seed 1 · …",
		20: "36 pairs · …",
		3:  "36 pairs · …",
	} {
		if got := wholeParts(status, w); got != want {
			t.Errorf("in %d columns %q, want %q", w, got, want)
		}
	}
	if got := wholeParts("a single part that is long", 5); got != "a single part that is long" {
		t.Errorf("a single part became %q", got)
	}
}
