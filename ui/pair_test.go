package ui

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
)

// openPair opens a pair of texts in full.
func openPair(t testing.TB, a *app, i, j int) *pairView {
	t.Helper()
	p := newPairView(&a.shared, i, j)
	a.open(p)
	return p
}

func pairScreen(a *app, p *pairView, s size) string {
	p.fit(s, a.theme)
	return ansi.Strip(strings.Join(p.view(s, a.theme), "\n"))
}

func TestPairFitsEveryWindow(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, hostile, use, "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
	for _, s := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(s))
		for i := range hostile {
			t.Run(fmt.Sprintf("%dx%d/%d", s.w, s.h, i+1), func(t *testing.T) {
				openPair(t, a, i, (i+1)%len(hostile))
				checkFrame(t, a.draw(), s)
				press(t, a, "G", "pgup", "j", "k", "home", "end")
				checkFrame(t, a.draw(), s)
				press(t, a, "esc")
				if a.top() != nil {
					t.Error("esc does not close the pair")
				}
			})
		}
	}
}

func TestPairShowsTextsVerdictsAndBackground(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{use: {0, 10, 60, 61}, glove: {0, 40, 50, 90}})
	got := strings.Join(strings.Fields(pairScreen(a, openPair(t, a, 0, 1), size{110, 30})), " ")
	for _, want := range []string{
		"Text 1 text number 1 Text 2 text number 2",
		"glove@100 · 0.7660 0.950 0.634, 0.930 2 of 6",
		"use-lite@512 ● 0.9848 0.950 0.707, 0.996 2 of 6",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the pair lacks %q: %s", want, got)
		}
	}
}

func TestPairIsDecidedByTheExactSimilarity(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{use: {0, 10}})
	exact := a.store.states()[0].result.Matrix.Vectors().Similarity(0, 1)
	p := openPair(t, a, 0, 1)
	for threshold, want := range map[float64]string{exact: "●", math.Nextafter(exact, 2): "·"} {
		a.store.restoreChoices(choices{threshold: threshold})
		if got := pairScreen(a, p, size{110, 30}); !strings.Contains(got, want+" 0.98") {
			t.Errorf("at a threshold of %v the pair is shown as\n%s", threshold, got)
		}
	}
}

func TestPairSaysWhatIsMissing(t *testing.T) {
	a := plane(t, 110, 30, map[string][]float64{use: {0, math.NaN(), 3}})
	if got := pairScreen(a, openPair(t, a, 0, 1), size{110, 30}); !strings.Contains(got, "no vector") {
		t.Errorf("a text without a vector is shown as\n%s", got)
	}
	if got := pairScreen(a, openPair(t, a, 2, 2), size{110, 30}); !strings.Contains(got, "One text beside itself is always 1") {
		t.Errorf("a text beside itself is shown as\n%s", got)
	}
}

func TestPairWhoseTextsChangeShowsNoOthers(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, use))
	openPair(t, a, 0, 1)
	send(t, a, openTexts(a, "other.txt", corpus.Text{Text: "one"}, corpus.Text{Text: "two"}))
	if got := ansi.Strip(a.draw()); !strings.Contains(got, "These texts were changed meanwhile") {
		t.Errorf("a pair of texts that were replaced is shown as\n%s", got)
	}
	if press(t, a, "y"); strings.Contains(a.notice.text, "clipboard") {
		t.Error("other texts than those opened were copied")
	}
}

func TestPairIsNotOpenedBeforeTheResultsFollow(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile[:2], use))
	if _, err := a.store.insertTexts(2, corpus.Text{Text: "three"}, corpus.Text{Text: "four"}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"enter", "y"} {
		if press(t, a, key); a.top() != nil || !strings.Contains(a.notice.text, "not been compared yet") {
			t.Errorf("%s says %q", key, a.notice.text)
		}
	}
}

func TestEqualTextsAreNamed(t *testing.T) {
	texts := []corpus.Text{{Text: "one thing"}, {Text: "one thing"}, {Text: "another"}}
	a := settled(t, 100, 30, optionsWith(t, texts, use))
	if got := pairScreen(a, openPair(t, a, 0, 1), size{94, 26}); !strings.Contains(got, "the same, character by character") {
		t.Errorf("equal texts are shown as\n%s", got)
	}
}

func TestLongPairBeginsWithItsValues(t *testing.T) {
	texts := []corpus.Text{{Text: strings.Repeat("word ", 19_000)}, {Text: strings.Repeat("word ", 19_000) + "end"}}
	a := settled(t, 80, 24, optionsWith(t, texts, use))
	p := openPair(t, a, 0, 1)
	if got := pairScreen(a, p, size{74, 20}); !strings.Contains(got, "1–19 of ") || !strings.Contains(got, "similarity") {
		t.Errorf("a long pair begins with\n%s", got)
	}
	lines := &p.page.lines[0]
	press(t, a, "G")
	if got := pairScreen(a, p, size{74, 20}); !strings.Contains(got, "end") {
		t.Errorf("a long pair ends with\n%s", got)
	}
	if lines != &p.page.lines[0] {
		t.Error("scrolling marks the differences anew")
	}
}
