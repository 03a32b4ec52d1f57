package pair_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestPairFitsEveryWindow(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, uitest.Use, "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(s))
		for i := range uitest.Hostile {
			t.Run(fmt.Sprintf("%dx%d/%d", s.W, s.H, i+1), func(t *testing.T) {
				uitest.OpenPair(t, a, i, (i+1)%len(uitest.Hostile))
				uitest.CheckFrame(t, a.Draw(), s)
				uitest.Press(t, a, "G", "pgup", "j", "k", "home", "end")
				uitest.CheckFrame(t, a.Draw(), s)
				uitest.Press(t, a, "esc")
				if a.Top() != nil {
					t.Error("esc does not close the pair")
				}
			})
		}
	}
}

func TestPairShowsTextsVerdictsAndBackground(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{uitest.Use: {0, 10, 60, 61}, uitest.Glove: {0, 40, 50, 90}})
	got := strings.Join(strings.Fields(uitest.PairScreen(a, uitest.OpenPair(t, a, 0, 1), ui.Size{W: 110, H: 30})), " ")
	for _, want := range []string{
		"Text 1 text number 1 Text 2 text number 2",
		"glove@100 · 0.766 0.950 0.634, 0.930 2 of 6",
		"use-lite@512 ● 0.984 0.950 0.707, 0.996 2 of 6",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the pair lacks %q: %s", want, got)
		}
	}
}

func TestPairIsDecidedByTheExactSimilarity(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{uitest.Use: {0, 10}})
	exact := a.Session.States()[0].Result.Matrix.Vectors().Similarity(0, 1)
	p := uitest.OpenPair(t, a, 0, 1)
	for threshold, want := range map[float64]string{exact: "●", math.Nextafter(exact, 2): "·"} {
		a.Session.Restore().Choices(session.Choices{Threshold: threshold})
		if got := uitest.PairScreen(a, p, ui.Size{W: 110, H: 30}); !strings.Contains(got, want+" 0.98") {
			t.Errorf("at a threshold of %v the pair is shown as\n%s", threshold, got)
		}
	}
}

func TestPairSaysWhatIsMissing(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{uitest.Use: {0, math.NaN(), 3}})
	if got := uitest.PairScreen(a, uitest.OpenPair(t, a, 0, 1), ui.Size{W: 110, H: 30}); !strings.Contains(got, "no vector") {
		t.Errorf("a text without a vector is shown as\n%s", got)
	}
	if got := uitest.PairScreen(a, uitest.OpenPair(t, a, 2, 2), ui.Size{W: 110, H: 30}); !strings.Contains(got, "One text beside itself is always 1") {
		t.Errorf("a text beside itself is shown as\n%s", got)
	}
}

func TestPairWhoseTextsChangeShowsNoOthers(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Use))
	uitest.OpenPair(t, a, 0, 1)
	uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", corpus.Text{Text: "one"}, corpus.Text{Text: "two"}))
	if got := ansi.Strip(a.Draw()); !strings.Contains(got, "These texts were changed meanwhile") {
		t.Errorf("a pair of texts that were replaced is shown as\n%s", got)
	}
	if uitest.Press(t, a, "y"); strings.Contains(a.Notice().Text, "clipboard") {
		t.Error("other texts than those opened were copied")
	}
}

func TestPairIsNotOpenedBeforeTheResultsFollow(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile[:2], uitest.Use))
	if _, err := a.Session.Edits().Insert(2, corpus.Text{Text: "three"}, corpus.Text{Text: "four"}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"enter", "y"} {
		if uitest.Press(t, a, key); a.Top() != nil || !strings.Contains(a.Notice().Text, "not been compared yet") {
			t.Errorf("%s says %q", key, a.Notice().Text)
		}
	}
}

func TestEqualTextsAreNamed(t *testing.T) {
	texts := []corpus.Text{{Text: "one thing"}, {Text: "one thing"}, {Text: "another"}}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, uitest.Use))
	if got := uitest.PairScreen(a, uitest.OpenPair(t, a, 0, 1), ui.Size{W: 94, H: 26}); !strings.Contains(got, "the same, character by character") {
		t.Errorf("equal texts are shown as\n%s", got)
	}
}

func TestLongPairBeginsWithItsValues(t *testing.T) {
	texts := []corpus.Text{{Text: strings.Repeat("word ", 19_000)}, {Text: strings.Repeat("word ", 19_000) + "end"}}
	a := settled(t, 80, 24, uitest.OptionsWith(t, texts, uitest.Use))
	p := uitest.OpenPair(t, a, 0, 1)
	if got := uitest.PairScreen(a, p, ui.Size{W: 74, H: 20}); !strings.Contains(got, "1–19 of ") || !strings.Contains(got, "similarity") {
		t.Errorf("a long pair begins with\n%s", got)
	}
	lines := &p.DrawnLines()[0]
	uitest.Press(t, a, "G")
	if got := uitest.PairScreen(a, p, ui.Size{W: 74, H: 20}); !strings.Contains(got, "end") {
		t.Errorf("a long pair ends with\n%s", got)
	}
	if lines != &p.DrawnLines()[0] {
		t.Error("scrolling marks the differences anew")
	}
}
