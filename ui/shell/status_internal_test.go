package shell

import (
	"testing"

	"github.com/vecscope/vecscope/ui/session"
)

func TestASinglePartLosesWholeWordsAndSaysSo(t *testing.T) {
	for w, want := range map[int]string{
		26: "a single part that is long",
		25: "a single part that is …",
		22: "a single part that …",
		3:  "a …",
		2:  "a…",
	} {
		if got := wholeWords("a single part that is long", w); got != want {
			t.Errorf("in %d columns %q, want %q", w, got, want)
		}
	}
}

func TestAStatusLosesWholePartsAndSaysSo(t *testing.T) {
	const status = "36 pairs · seed 1 · pairs share texts"
	for w, want := range map[int]string{
		37: status,
		36: "36 pairs · seed 1 · …",
		21: "36 pairs · seed 1 · …",
		20: "36 pairs · …",
		11: "36 pairs…",
		9:  "36 pairs…",
		8:  "36 …",
		3:  "36…",
	} {
		if got := wholeParts(status, w); got != want {
			t.Errorf("in %d columns %q, want %q", w, got, want)
		}
	}
}

func TestWhatGoesOnSaysHowManyTextsHaveChanged(t *testing.T) {
	for changed, want := range map[int]string{
		0: "shop/good goes on with the 3 texts that were agreed to.",
		1: "shop/good goes on with the 3 texts that were agreed to; the changed text waits for E.",
		2: "shop/good goes on with the 3 texts that were agreed to; the 2 changed texts wait for E.",
	} {
		if got := detachedText(session.Detached{Model: "shop/good", Agreed: 3, Changed: changed}); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
