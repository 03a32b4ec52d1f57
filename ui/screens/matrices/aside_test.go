package matrices

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestBesideWideMatricesAPanelTellsOfThePairUnderTheCursor(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	uitest.WantShown(t, a, "Text 1 · trap-01-anchor · refund", "The shop refunded the customer for the broken kettle.",
		"Text 3 · trap-01-trap", "The customer refunded the shop for the broken kettle.", "labelled different",
		"similarity        rank  strictness", "0.985    4 of 630", "Pairs: ✓ belong together, ✗ do not · │ this pair", "use-lite@512 │ 0.985",
		"Strongest disagreements n next", "use-lite 568  glove 521  ngrams 13")
	uitest.Press(t, a, "j")
	uitest.WantShown(t, a, "Text 2 · trap-01-paraphrase", "A buyer got her money back because her new appliance was")
	for _, s := range []ui.Size{{W: 199, H: 57}, {W: 200, H: 20}} {
		if drawn := strings.Join(a.Screen(ID).View(s), "\n"); strings.Contains(drawn, "Strongest") {
			t.Errorf("at %d×%d there is a panel:\n%s", s.W, s.H, drawn)
		}
	}
}

// Where not all models have room, it is said how many there are.
func TestWhatHasNoRoomBesideOrBelowMatricesIsCounted(t *testing.T) {
	set, _ := corpus.FindSet(corpus.ParaphraseTraps)
	six := []string{uitest.Use, "local/use-lite@64", uitest.Glove, "local/glove@50", "local/ngrams@512", "local/ngrams@64"}
	for n, want := range map[int]string{3: "Pairs: ✓ belong together, ✗ do not · │ this pair", 6: "Pairs: 3 of 6 models, tab for others"} {
		a := settled(t, 200, 60, uitest.OptionsWith(t, set.Texts, six[:n]...))
		uitest.Press(t, a, "3")
		uitest.WantShown(t, a, want)
	}
	for n, want := range map[int]string{1: " use-lite@512 0.", 2: " use-lite@64 0.", 3: " +2", 6: " +5"} {
		a := settled(t, 40, 10, uitest.OptionsWith(t, set.Texts, six[:n]...))
		uitest.Press(t, a, "3")
		line := uitest.LineWith(t, a, "use-lite@512 0.")
		if !strings.Contains(line, want) || strings.Contains(line, "+") != (n > 2) {
			t.Errorf("of %d models stands %q", n, line)
		}
	}
}

func TestTheListOfDisagreementsFollowsTheCursorAndTheMouse(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	for i := range 3 {
		uitest.Press(t, a, keyDisagreement.Keys()[0])
		if p := m.notable.pairs[i]; p != [2]int{a.Session.CursorA(), a.Session.CursorB()} {
			t.Errorf("press %d leads to %d, %d; the list has %v", i+1, a.Session.CursorA(), a.Session.CursorB(), p)
		}
	}
	if line := uitest.LineWith(t, a, focusMark+"  3 "); !strings.Contains(line, "28 Restart") {
		t.Errorf("the third of the list is not marked: %q", line)
	}
	g := m.grid(a.Body)
	head := len(m.asideHead(g.aside.Size()))
	uitest.Send(t, a, uitest.Click(g.aside.X+5, 1+g.aside.Y+head+1))
	if p := m.notable.pairs[0]; p != [2]int{a.Session.CursorA(), a.Session.CursorB()} {
		t.Errorf("a click on the first of the list leads to %d, %d", a.Session.CursorA(), a.Session.CursorB())
	}
	uitest.Press(t, a, keyDisagreement.Keys()[0])
	if p := m.notable.pairs[1]; p != [2]int{a.Session.CursorA(), a.Session.CursorB()} {
		t.Error("n does not go on from what was clicked")
	}
}

func TestOfOneModelTheMostSimilarPairsAreGoneThrough(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Texts("a cat", "shares fell", "two cats", "bonds rose"), uitest.Use))
	uitest.Press(t, a, "3", keyDisagreement.Keys()[0])
	uitest.WantShown(t, a, "Most similar pairs", "similarities of all pairs")
	first := a.Session.States()[0].Result.Scan.Pairs()[0]
	if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != [2]int{int(first.A), int(first.B)} {
		t.Errorf("n leads to %v, the most similar pair is %v", got, first)
	}
}

func TestNoMoreThanAThirdOfALargeWindowIsEmpty(t *testing.T) {
	for name, models := range map[string][]string{"3 models": six[:3], "6 models": six} {
		for _, set := range []string{"near-duplicates", corpus.ParaphraseTraps} {
			found, _ := corpus.FindSet(set)
			o := uitest.OptionsWith(t, nil, models...)
			o.Texts, o.Source, o.Set = found.Texts[:36], found.Title, found.Name
			a := settled(t, 200, 60, o)
			uitest.Press(t, a, "3")
			for _, key := range []string{"", "f", "esc", "z", "esc", "v", "v", "v"} {
				if key != "" {
					uitest.Press(t, a, key)
				}
				if empty := emptyShare(a.Draw()); empty > 1.0/3 {
					t.Errorf("%s, %s, after %q %.0f %% are empty:\n%s", name, set, key, 100*empty, uitest.Plain(a))
				}
			}
		}
	}
}

// emptyShare is how much of a drawing is empty: of tiles of 8 columns and 2 lines those in
// which there is neither a sign nor a background.
func emptyShare(drawing string) float64 {
	type tile struct{ x, y int }
	all, filled := map[tile]bool{}, map[tile]bool{}
	for y, line := range strings.Split(drawing, "\n") {
		x, painted := 0, false
		for len(line) > 0 {
			sequence, width, n, _ := ansi.DecodeSequence(line, ansi.NormalState, nil)
			line = line[n:]
			if width == 0 {
				painted = sequence != "\x1b[m" && (painted || strings.Contains(sequence, "48;") || strings.Contains(sequence, "[7m"))
				continue
			}
			at := tile{x / 8, y / 2}
			all[at] = true
			if sequence != " " || painted {
				filled[at] = true
			}
			x += width
		}
	}
	return 1 - float64(len(filled))/float64(len(all))
}
