package term

import (
	"slices"
	"strings"
	"testing"
)

func TestHitsMoveWithTheMiddleCut(t *testing.T) {
	cut, kept := MiddleCut("jina-embeddings-v2-base-de", 16, []int{0, 1, 10, 24, 25})
	if cut != "jina-emb…base-de" {
		t.Fatalf("cut to %q", cut)
	}
	if _, at := MiddleCut("jina-embeddings-v2-base-de", 16, []int{7, 8, 18, 19}); !slices.Equal(at, []int{7, 11}) {
		t.Errorf("the last before the cut and the first behind it are at %v", at)
	}
	if whole, at := MiddleCut("bge-m3", 6, []int{0, 5}); whole != "bge-m3" || !slices.Equal(at, []int{0, 5}) {
		t.Errorf("what fits exactly is %q with %v", whole, at)
	}
	var hit string
	for _, at := range kept {
		hit += cut[at : at+1]
	}
	if hit != "jide" {
		t.Errorf("the hits mark %q, want ji and de", hit)
	}
}

func TestAnExcerptReadsOnlyWhatItShows(t *testing.T) {
	if got := Excerpt(strings.Repeat("日本語 ", 100_000), 8); got != "日本語 …" {
		t.Errorf("got %q", got)
	}
	if got := Excerpt(strings.Repeat("\x1b[31m", 1000)+"end", 12); got != "…" {
		t.Errorf("got %q", got)
	}
	if got := Excerpt(strings.Repeat("北京", 1000), 8); got != "北京北…" {
		t.Errorf("got %q", got)
	}
	if got := Excerpt(strings.Repeat("\x1b[31m", 17)+"abcdef", 3); got != "ab…" {
		t.Errorf("what fills the columns before the end of the text is %q", got)
	}
	if got := Excerpt(strings.Repeat("\x1b[31m", 19)+"éx", 4); got != "…" {
		t.Errorf("a character is cut in two: %q", got)
	}
	if got := Excerpt("short\n", 8); got != "short⏎" {
		t.Errorf("got %q", got)
	}
}

func TestLinesThatAreLeftOutLeaveAMark(t *testing.T) {
	if got := CutLines([]string{"full", "more"}, 4, 1); !slices.Equal(got, []string{"ful…"}) {
		t.Errorf("a full line before others is cut to %q", got)
	}
	lines := []string{"one", "two", "three"}
	for h, want := range map[int][]string{3: lines, 2: {"one", "two…"}, 1: {"one…"}, 0: nil, -1: nil} {
		if got := CutLines(lines, 4, h); !slices.Equal(got, want) {
			t.Errorf("%d lines: %q, want %q", h, got, want)
		}
		if !slices.Equal(lines, []string{"one", "two", "three"}) {
			t.Fatalf("what was cut to %d lines is now %q", h, lines)
		}
	}
}

func TestScrollingMovesAsLittleAsItTakes(t *testing.T) {
	for _, c := range []struct{ at, first, shown, n, want int }{
		{5, 0, 3, 10, 3}, {1, 3, 3, 10, 1}, {4, 3, 3, 10, 3}, {-1, 9, 3, 10, 7}, {-1, -2, 3, 10, 0}, {0, 0, 5, 2, 0}, {0, 5, 3, 10, 0}, {9, 0, 3, 10, 7}, {2, 0, 0, 10, 0},
	} {
		if got := Scrolled(c.at, c.first, c.shown, c.n); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestTheFullestWordingThatHasRoomIsTaken(t *testing.T) {
	ways := []string{"twelve texts", "12 texts", "パス"}
	for w, want := range map[int]string{20: "twelve texts", 12: "twelve texts", 11: "12 texts", 8: "12 texts", 7: "パス", 4: "パス", 3: "パス", 0: "パス"} {
		if got := Wording(w, ways...); got != want {
			t.Errorf("in %d columns it is %q, want %q", w, got, want)
		}
	}
}
