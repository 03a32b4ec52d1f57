package term

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// plainRunes are all characters whose width is taken as known.
func plainRunes() []rune {
	var all []rune
	for r := rune(0x20); r < 0x3000; r++ {
		if plainRune(r) {
			all = append(all, r)
		}
	}
	return all
}

func TestPlainCharactersTakeOneColumnEach(t *testing.T) {
	for _, r := range plainRunes() {
		s := string(r)
		if ansi.StringWidth(s) != 1 || ansi.StringWidthWc(s) != 1 || ansi.StringWidth("a"+s+"│") != 3 {
			t.Errorf("%q (%U) is %d columns wide, not 1", s, r, ansi.StringWidth(s))
		}
	}
}

// TestPlainTextIsMeasuredAndCutAsAnyOther compares the short way with the long one.
func TestPlainTextIsMeasuredAndCutAsAnyOther(t *testing.T) {
	plain := plainRunes()
	special := []string{"\x1b[m", "\x1b[1;38;2;1;2;3m", "\x1b[0m", "\x1b[", "\x1b[2K", "\x1b", "e\u0301", "漢", "👩\u200d", "\ufe0f", "\n", "\t", "\u00ad"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(30) {
			switch random.IntN(12) {
			case 0:
				b.WriteString(special[random.IntN(3)])
			case 1:
				if random.IntN(4) == 0 {
					b.WriteString(special[random.IntN(len(special))])
				}
			default:
				b.WriteRune(plain[random.IntN(len(plain))])
			}
		}
		s, w := b.String(), 1+random.IntN(32)
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q is measured as %d columns, not %d", s, got, want)
		}
		if got, want := Truncate(s, w), ansi.Truncate(s, w, Ellipsis); got != want {
			t.Fatalf("%q cut to %d columns is %q, not %q", s, w, got, want)
		}
		cut := ansi.Truncate(s, w, Ellipsis)
		if got, want := Fit(s, w), cut+strings.Repeat(" ", max(w-ansi.StringWidth(cut), 0)); got != want {
			t.Fatalf("%q fitted to %d columns is %q, not %q", s, w, got, want)
		}
	}
}
