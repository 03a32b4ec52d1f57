package duplicates

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// trapsIn is the explorer on Duplicates with 36 texts, in a large window.
func trapsIn(t *testing.T, w, h int, models ...string) *Screen {
	set, _ := corpus.FindSet(corpus.ParaphraseTraps)
	a, d := duplicatesOf(t, w, h, uitest.OptionsWith(t, set.Texts, models...))
	a.Session.Thresholds().Set("", 0.8)
	uitest.Press(t, a, "j")
	uitest.CheckFrame(t, uitest.Plain(a), ui.Size{W: w, H: h})
	return d
}

func TestBelowAShortListStandsWhatALowerThresholdWouldBring(t *testing.T) {
	d := trapsIn(t, 200, 60, uitest.Use, uitest.Glove)
	wantScreen(t, d, "Under the threshold, the strictest first: [ lowers it")
	shown := slices.Concat(d.rows, d.under.pairs)
	if l := d.layout(d.Body); len(d.under.pairs) < 10 || l.under.Y+l.under.H > d.Body.H || l.list.Y+l.list.H >= l.under.Y {
		t.Fatalf("%d pairs stand in %+v", len(d.under.pairs), l)
	}
	for _, p := range d.under.pairs {
		for _, s := range d.wanted.used() {
			if v := s.matrix.Vectors().Similarity(int(p[0]), int(p[1])); v >= s.threshold {
				t.Errorf("%v has %f under %s", p, v, s.id)
			}
		}
	}
	// What the next lower thresholds find is among them.
	d.Session.Thresholds().Set("", 0.75)
	d.Refresh()
	if len(d.rows) < 2 || !slices.ContainsFunc(d.rows, func(p [2]int32) bool { return slices.Contains(shown, p) }) {
		t.Fatalf("%d pairs are found", len(d.rows))
	}
	for _, p := range d.rows {
		if !slices.Contains(shown, p) {
			t.Errorf("%v, which a lower threshold finds, was not shown", p)
		}
	}
	if low := trapsIn(t, 80, 24, uitest.Use, uitest.Glove); low.layout(low.Body).under.H > 0 {
		t.Error("they stand in a low window")
	}
}

// Few clusters leave most of a large window: below them stand the same pairs, under titles of
// their own.
func TestBelowFewClustersStandsWhatALowerThresholdWouldBring(t *testing.T) {
	set, _ := corpus.FindSet(corpus.ParaphraseTraps)
	a, d := duplicatesOf(t, 200, 60, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove))
	a.Session.Thresholds().Set("", 0.8)
	uitest.Press(t, a, "j", "v")
	l := d.layout(d.Body)
	lines := d.View(d.Body)
	below := uitest.Flat(strings.Join(lines[l.under.Y:l.under.Y+l.under.H], "\n"))
	if n := len(d.clusters.rows); n == 0 || l.under.Y != l.list.Y+n+2 || l.under.H < 10 {
		t.Fatalf("%d clusters in %+v", n, l)
	}
	if !strings.HasPrefix(below, "Under all thresholds, the strictest first ") || !strings.Contains(below, " pair text A text B A B best▼ spread ") {
		t.Errorf("below the clusters stands %q", below)
	}
	if last := d.under.pairs[l.under.H-3]; !strings.Contains(below, fmt.Sprintf(" %d · %d ", last[0]+1, last[1]+1)) {
		t.Errorf("the last pair that has room, %v, is missing", last)
	}
}

func TestALargeWindowShowsWhatComesNearestWhereNoPairReachesTheThreshold(t *testing.T) {
	set, _ := corpus.FindSet(corpus.ParaphraseTraps)
	a, d := duplicatesOf(t, 200, 60, uitest.OptionsWith(t, set.Texts, uitest.Use, "local/use-lite@64"))
	a.Session.Thresholds().Set("", 0.9999)
	uitest.Press(t, a, "j")
	uitest.CheckFrame(t, uitest.Plain(a), ui.Size{W: 200, H: 60})
	wantScreen(t, d, "No pair reaches the threshold.", "Under the threshold, the strictest first: [ lowers it", "text A", "Around the thresholds")
	if len(d.rows) != 0 || len(d.under.pairs) < 20 {
		t.Errorf("%d pairs reach the threshold and %d lie under it", len(d.rows), len(d.under.pairs))
	}
	uitest.Press(t, a, "v")
	wantScreen(t, d, "No two texts reach the threshold 0.9999", "Under all thresholds, the strictest first", "text A", "Around the thresholds")
	_, low := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, set.Texts, uitest.Use))
	low.Session.Thresholds().Set("", 0.9999)
	low.Refresh()
	if text := screenText(low); strings.Contains(text, "Under the threshold") {
		t.Errorf("they stand in a low window:\n%s", text)
	}
}

func TestALargeWindowDrawsHowSimilaritiesLieBelowThePair(t *testing.T) {
	d := trapsIn(t, 200, 60, uitest.Use, uitest.Glove, "local/ngrams@512")
	wantScreen(t, d, "Around the thresholds", "A use-lite@512 ✓ belong together", "B glove@100 ✓ belong together", "C ngrams@512 ✓ belong together")
	d = trapsIn(t, 200, 60, uitest.Use, "local/use-lite@256", "local/use-lite@64", uitest.Glove, "local/glove@50", "local/ngrams@512")
	wantScreen(t, d, "of 6 models, tab for others", "A use-lite@512 ✓")
	d.Session.CycleFocus(-1)
	if text := screenText(d); !strings.Contains(text, "F ngrams@512 ✓") || strings.Contains(text, "A use-lite@512 ✓") {
		t.Errorf("the model in focus is not drawn:\n%s", text)
	}
}

func TestTheSummaryCountsWhatLabelsSayOfThePairsOverTheThreshold(t *testing.T) {
	d := trapsIn(t, 200, 60, uitest.Use, "local/ngrams@512")
	wantScreen(t, d, "✓ over", "✗ over")
	for _, c := range d.Session.Ready() {
		same, other := 0, 0
		for _, p := range d.rows {
			if c.Result.Vectors.Similarity(int(p[0]), int(p[1])) < 0.8 {
				continue
			}
			if is, _ := d.Session.Labels().Tied().Same(int(p[0]), int(p[1])); is {
				same++
			} else {
				other++
			}
		}
		if n := d.over[c.ID()]; n.same != same || n.other != other || other == 0 {
			t.Errorf("%s: %d and %d are counted, want %d and %d", c.ID(), n.same, n.other, same, other)
		}
	}
}

func TestThreeModelsLeaveRoomForBothTexts(t *testing.T) {
	d := trapsIn(t, 80, 24, uitest.Use, uitest.Glove, "local/ngrams@512")
	wantScreen(t, d, "text B", "The cat chased the …", "The mouse chased …")
}

func TestWhatIsSaidOfNoPairsEndsWithAMarkWhereItHasNoRoom(t *testing.T) {
	_, d := duplicatesOf(t, 40, 10, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs", "rain"), uitest.Use, uitest.Glove, "local/ngrams@64"))
	d.Session.Thresholds().Set("", 1)
	d.Refresh()
	lines := d.nothingFound(40, 6)
	if len(lines) != 6 || !strings.HasSuffix(strings.TrimRight(lines[5], " "), "…") {
		t.Errorf("in 6 lines it is said %q", lines)
	}
	if whole := d.nothingFound(40, 20); strings.Contains(strings.Join(whole, ""), "…") {
		t.Errorf("in 20 lines it is said %q", whole)
	}
}

// Of few selected texts nobody waits while all pairs of the others are gone through.
func TestPairsUnderTheThresholdAreNotLookedForAmongVeryMany(t *testing.T) {
	var texts []corpus.Text
	for i := range 250 {
		texts = append(texts, corpus.Text{Text: fmt.Sprint("order ", i*i%9, " of ", i)})
	}
	a, d := duplicatesOf(t, 200, 60, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	pairs := a.Session.Ready()[0].Result.Scan.Over(-1)
	for place, found := range map[int]bool{100: true, searchAside + 1000: false} {
		p := pairs[place]
		a.Session.SelectNone()
		a.Session.Select(true, int(pairs[0].A), int(pairs[0].B), int(p.A), int(p.B))
		a.Session.ShowSelection(true)
		a.Session.Thresholds().Set("", p.Similarity+1e-4)
		uitest.Settle(t, a, a.Refresh())
		for _, under := range d.under.pairs {
			if !a.Session.Selected(int(under[0])) || !a.Session.Selected(int(under[1])) {
				t.Errorf("%v stands among pairs of selected texts", under)
			}
		}
		if len(d.rows) == 0 || slices.Contains(d.under.pairs, [2]int32{p.A, p.B}) != found {
			t.Errorf("with %d pairs over the threshold, of which %d are shown, %d stand under them", d.wanted.size(), len(d.rows), len(d.under.pairs))
		}
	}
}
