package pair_test

import (
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Every model has its own similarity, threshold, background, rank and strictness, each under
// its title and in its colour.
func TestEveryValueOfAPairIsThatOfItsModel(t *testing.T) {
	a := plane(t, 160, 30, map[string][]float64{uitest.Glove: {0, 20, 30, 100}, "local/ngrams@64": {0, 80, 5, 84}, uitest.Use: {0, 10, 40, math.NaN()}})
	a.Session.Thresholds().SetEach(true)
	for i, c := range a.Session.Candidates() {
		a.Session.Thresholds().Set(c.ID(), 0.5+float64(i)/5)
	}
	for _, p := range [][2]int{{0, 1}, {1, 2}, {0, 3}, {3, 1}} {
		lines := pair.Values(a.Session, p[0], p[1], 150, a.Theme)
		if got := uitest.Flat(lines[0]); got != "model similarity threshold background mean, p95 rank strictness" {
			t.Errorf("the titles are %q", got)
		}
		for i, c := range a.Session.Ready() {
			v := c.Result.Vectors
			want := c.ID() + " no vector"
			pen := a.Theme.Codes.Dim
			if v.Has(p[0]) && v.Has(p[1]) {
				s, threshold := v.Similarity(p[0], p[1]), 0.5+float64(i)/5
				mark, verdict := "·", "different"
				if s >= threshold {
					mark, verdict, pen = "●", "duplicate", a.Theme.Codes.Good+a.Theme.Codes.Strong
				}
				rank := 1
				for _, other := range c.Result.Scan.Pairs() {
					if other.Similarity > s {
						rank++
					}
				}
				want = strings.Join([]string{c.ID(), mark, format.Near(s, threshold, 3, 6), pair.ThresholdNumber(threshold), pair.BackgroundNumbers(c),
					format.Thousands(rank), "of", format.Thousands(c.Result.Scan.Background.Pairs), pair.Strictness(c.Result.Scan.Background.Strictness(s)), verdict}, " ")
			}
			if got := uitest.Flat(lines[1+i]); got != want {
				t.Errorf("of texts %d and %d it is said %q, want %q", p[0]+1, p[1]+1, got, want)
			}
			if !strings.Contains(lines[1+i], pen) || !strings.HasPrefix(lines[1+i], a.Theme.Candidate(i)) {
				t.Errorf("model %d is drawn as %q", i+1, lines[1+i])
			}
		}
	}
	// A text beside itself is neither a duplicate nor has it a place.
	if got := uitest.Flat(pair.Values(a.Session, 1, 1, 150, a.Theme)[1]); got != "local/glove@100 1.000 0.500 "+pair.BackgroundNumbers(a.Session.Ready()[0]) {
		t.Errorf("of a text beside itself it is said %q", got)
	}
}

// Which of two texts was read in part is said by its number.
func TestWhichOfTheTwoTextsWasReadInPart(t *testing.T) {
	long := strings.Repeat("a cat sat on the mat and looked at the rain. ", 300)
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("a cat sat", long, long+"again", "rain"), uitest.Use, uitest.Glove))
	for pairOf, want := range map[[2]int]string{{0, 3}: "", {0, 1}: "2", {1, 0}: "2", {1, 2}: "2 and 3", {2, 1}: "3 and 2", {2, 2}: "3"} {
		got := strings.Join(pair.ReadInPart(a.Session, pairOf[0], pairOf[1]), " · ")
		if want != "" {
			want = "~ use-lite@512 read only the beginning of " + want + " (its limit is 128 tokens)"
		}
		if pairOf[0] == 0 || pairOf[1] == 0 {
			want = strings.TrimPrefix(want+" · ~ glove@100 knows only a part of 1; the rest looks all alike to it", " · ")
		}
		if got != want {
			t.Errorf("of texts %v it is said %q, want %q", pairOf, got, want)
		}
	}
}

// What is copied is the pair that is shown.
func TestThePairThatIsShownIsCopied(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a cat sat", "rain fell", "snow fell"), uitest.Use))
	p := uitest.OpenPair(t, a, 2, 1)
	p.Fit(ui.Size{W: 90, H: 20}, a.Theme)
	if got := uitest.CopiedBy(t, a, "y"); !strings.Contains(got, "snow fell") || !strings.Contains(got, "rain fell") || strings.Contains(got, "cat") || strings.Index(got, "snow") > strings.Index(got, "rain") {
		t.Errorf("copied is %q", got)
	}
}
