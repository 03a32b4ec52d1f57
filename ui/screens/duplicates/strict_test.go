package duplicates

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestThresholdsFitTheLabels(t *testing.T) {
	a, _ := duplicatesOf(t, 120, 40, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	uitest.Press(t, a, "T")
	for _, id := range []string{uitest.Use, uitest.Glove} {
		split := a.Session.Verdict().Score(id).Split
		if got := a.Session.Thresholds().Of(id); scanOf(a, id).CountAt(got) != scanOf(a, id).CountAt(split.Threshold) {
			t.Errorf("the threshold of %s is %v, want %v of its best F1", id, got, split.Threshold)
		}
	}
	best := findings.Threshold(a.Session.Verdict().Score(uitest.Use).Split.Threshold)
	if notice := a.Notice().Text; !strings.Contains(notice, "Best F1 at use-lite@512 "+best+" ") || !strings.Contains(notice, "left out ") {
		t.Errorf("it says %q", notice)
	}
}

// A threshold is shown with as few decimals as find the same pairs, and no fewer.
func TestAThresholdIsShortenedOnlyWhereItFindsTheSame(t *testing.T) {
	at := func(cosine float64) []float32 {
		return []float32{float32(cosine), float32(math.Sqrt(1 - cosine*cosine))}
	}
	v, err := compare.NewVectors([][]float32{{1, 0}, at(.9004), at(.9001), at(.5), at(.400128), at(.400123)})
	if err != nil {
		t.Fatal(err)
	}
	scan, err := compare.ScanPairs(t.Context(), v, compare.ScanOptions{Floor: -1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for threshold, want := range map[float64]float64{.90025: .9002, .90039: .9003, .70005: .7, .90005: .9, .4001257: .400125, .6512: .651} {
		got := short(scan, threshold)
		if got != want || scan.CountAt(got) != scan.CountAt(threshold) {
			t.Errorf("%g is shortened to %g, want %g: %d pairs for %d", threshold, got, want, scan.CountAt(got), scan.CountAt(threshold))
		}
	}
}

func TestOneModelIsNotWarnedOfAnother(t *testing.T) {
	a, d := duplicatesOf(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("a cat", "a bond"), uitest.Use))
	wantScreen(t, d, "No pair reaches")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "two models") {
		t.Errorf("there is one model:\n%s", drawn)
	}
}

func TestThresholdsAreEquallyStrictWithoutLabels(t *testing.T) {
	a := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 5, 20, 90, 91}, uitest.Glove: {0, 30, 65, 110, 170}})
	if a.Session.Candidates()[0].ID() != uitest.Use {
		a.Session.SetFocus(1)
	}
	uitest.Press(t, a, "T")
	use, glove := scanOf(a, uitest.Use), scanOf(a, uitest.Glove)
	x, y := a.Session.Thresholds().Of(uitest.Use), a.Session.Thresholds().Of(uitest.Glove)
	if x != 0.95 || use.CountAt(x) == 0 || glove.CountAt(y) != use.CountAt(x) {
		t.Errorf("%v finds %d, %v finds %d", x, use.CountAt(x), y, glove.CountAt(y))
	}
	want := "0.95 in use-lite@512 finds as many as " + format.Threshold(y) + " in glove@100: "
	if notice := a.Notice().Text; !strings.HasPrefix(notice, want) {
		t.Errorf("it says %q, want %q", notice, want)
	}
	// What is compared with is the threshold that is seen, and not one of its own of before.
	a.Session.Thresholds().Set(uitest.Use, 0.5)
	a.Session.Thresholds().SetEach(false)
	uitest.Press(t, a, "T")
	if x := a.Session.Thresholds().Of(uitest.Use); x != 0.95 {
		t.Errorf("the threshold that the others follow is %v now", x)
	}
	a.Session.Thresholds().Set(uitest.Use, 1)
	uitest.Press(t, a, "T")
	if notice := a.Notice().Text; use.CountAt(1) == 0 && !strings.Contains(notice, "no pair reaches the threshold") {
		t.Errorf("without a pair to match it says %q", notice)
	}
}

// A model with hardly any vectors has no pair to be as strict with: it keeps its threshold.
func TestAModelWithoutPairsIsNotFitted(t *testing.T) {
	nan := math.NaN()
	a := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 5, 20, 90, 91}, uitest.Glove: {0, nan, nan, nan, nan}})
	a.Session.SetFocus(slices.IndexFunc(a.Session.Candidates(), func(c api.Candidate) bool { return c.Model == "local/use-lite" }))
	uitest.Press(t, a, "T")
	if got := a.Session.Thresholds().Of(uitest.Glove); got != 0.95 || strings.Contains(a.Notice().Text, "glove") {
		t.Errorf("its threshold is %v, and it says %q", got, a.Notice().Text)
	}
}

// scanOf is what a candidate's scan found.
func scanOf(a *shell.App, id string) *compare.Scan {
	for _, c := range a.Session.Ready() {
		if c.ID() == id {
			return c.Result.Scan
		}
	}
	return nil
}

func TestSimilaritiesAreDrawnAroundTheThreshold(t *testing.T) {
	for _, s := range []ui.Size{{W: 80, H: 24}, {W: 40, H: 20}, {W: 100, H: 44}, {W: 200, H: 60}} {
		a, d := duplicatesOf(t, s.W, s.H, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
		uitest.Press(t, a, "b")
		uitest.CheckFrame(t, uitest.Plain(a), s)
		wantScreen(t, d, "✓ belong together")
		a, d = duplicatesOf(t, s.W, s.H, uitest.OptionsWith(t, uitest.Texts("one cat", "two cats", "a dog"), uitest.Use))
		uitest.Press(t, a, "b")
		wantScreen(t, d, "similarities of all pairs")
		if strings.Contains(strings.ToLower(uitest.Plain(a)), "probab") {
			t.Error("a similarity is no probability")
		}
	}
	a, _ := duplicatesOf(t, 40, 10, uitest.OptionsWith(t, grouped, uitest.Use))
	before := uitest.Plain(a)
	uitest.Press(t, a, "b", "g")
	if uitest.Plain(a) != before {
		t.Errorf("there is no room, and yet it changes:\n%s", uitest.Plain(a))
	}
}

func TestSimilaritiesAreCountedAsideAndForgottenWithTheirCandidate(t *testing.T) {
	a, d := duplicatesOf(t, 100, 44, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	_, cmd := a.Update(uitest.KeyPress("b"))
	if d.spreads.Len() != 0 {
		t.Error("pairs are counted on the loop")
	}
	uitest.Settle(t, a, cmd)
	before := d.spreads.Of(uitest.Use)
	if d.spreads.Len() != 2 || before == nil {
		t.Fatalf("%d candidates are counted", d.spreads.Len())
	}
	_, cmd = a.Update(uitest.KeyPress("="))
	if d.spreads.Of(uitest.Use) != before {
		t.Error("a mark takes the drawing away while pairs are counted anew")
	}
	uitest.Settle(t, a, cmd)
	if d.spreads.Of(uitest.Use) == before {
		t.Error("a mark is not counted")
	}
	c := uitest.CandidateIn(t, a, uitest.Glove)
	uitest.Settle(t, a, a.Session.Toggle(c.Candidate))
	if d.spreads.Len() != 1 {
		t.Errorf("%d candidates are kept of one", d.spreads.Len())
	}
}

// In a low window the first model with a result is drawn where that in focus has none.
func TestALowWindowDrawsAModelWhereThatInFocusHasNone(t *testing.T) {
	a, d := duplicatesOf(t, 60, 24, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove, "shop/none@4"))
	uitest.Press(t, a, "b")
	for focus, want := range map[int]string{0: "use-lite@512", 1: "glove@100", 2: "use-lite@512"} {
		a.Session.SetFocus(focus)
		uitest.Settle(t, a, a.Refresh())
		lines := d.drawSpreads(ui.Size{W: 60, H: 8})
		if len(lines) == 0 || !strings.Contains(ansi.Strip(lines[0]), want) {
			t.Errorf("with model %d in focus it draws %q, want %s", focus+1, lines, want)
		}
	}
}

func TestACountThatIsNotWantedAnyMoreChangesNothing(t *testing.T) {
	a, _ := duplicatesOf(t, 100, 44, uitest.OptionsWith(t, grouped, uitest.Use))
	var spreads labelling.Spreads
	count := spreads.Count(a.Session)
	a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Use).Candidate)
	if spreads.Count(a.Session) != nil {
		t.Fatal("something is counted without a model")
	}
	count().(loop.Done)()
	if spreads.Len() != 0 {
		t.Error("the count of a model that was removed is taken in")
	}
}

func TestTheHistogramIsRemembered(t *testing.T) {
	a, d := duplicatesOf(t, 100, 44, uitest.OptionsWith(t, grouped, uitest.Use))
	uitest.Press(t, a, "b")
	kept := d.Save()
	other := &Screen{}
	if other.Restore(kept); !other.spread || !json.Valid(kept) {
		t.Errorf("%s is not taken up", kept)
	}
}
