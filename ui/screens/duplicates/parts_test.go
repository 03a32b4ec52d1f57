package duplicates

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What is chosen for the list is remembered, so that the state has to be saved.
func TestEveryChoiceOfTheListIsRemembered(t *testing.T) {
	a := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 20, 21}, uitest.Glove: {0, 50, 60, 61}})
	d := screenOf(a)
	for _, key := range []string{"s", "S", "f", "b", "v", "s", "S"} { // the last two sort clusters
		before := string(d.Save())
		a.Session.MarkSaved()
		if _, _ = a.Update(uitest.KeyPress(key)); !a.Session.Unsaved() || string(d.Save()) == before {
			t.Errorf("%s: to be saved is %v, and of %s became %s", key, a.Session.Unsaved(), before, d.Save())
		}
	}
	kept := d.Save()
	b := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 20, 21}, uitest.Glove: {0, 50, 60, 61}})
	if screenOf(b).Restore(kept); string(screenOf(b).Save()) != string(kept) {
		t.Errorf("of %s is restored %s", kept, screenOf(b).Save())
	}
}

func TestAShareOfAllPairsHasTheDecimalsThatItIsWorth(t *testing.T) {
	for n, want := range map[int]string{0: "0%", 1: "<0.01%", 9: "<0.01%", 10: "0.01%", 999: "1.00%", 900: "0.90%", 1000: "1.0%", 9900: "9.9%", 10_000: "10%", 12_600: "13%", 100_000: "100%"} {
		if got := percent(n, 100_000); got != want {
			t.Errorf("%d of 100,000 are %s, want %s", n, got, want)
		}
	}
}

// Lines of a pair are remembered for the widths that they were made for.
func TestWhatIsRememberedOfAPairIsOfItsWidthsAndTexts(t *testing.T) {
	texts := uitest.Texts("a cat sat on the mat", "a dog sat on the mat")
	m := &markedPairs{}
	for _, c := range []struct {
		wa, wb int
		look   string
		want   string
	}{{20, 20, "<", "a <cat sat on the m…|a <dog sat on the m…"}, {8, 20, "<", "a <cat …|a <dog sat on the m…"}, {8, 5, "<", "a <cat …|a <d…"}, {8, 5, ">", "a >cat …|a >d…"}} {
		x, y := m.pair(texts, [2]int32{0, 1}, c.wa, c.wb, c.look)
		if got := ansi.Strip(x + "|" + y); got != c.want {
			t.Errorf("in %d and %d columns the pair is %q, want %q", c.wa, c.wb, got, c.want)
		}
	}
	others := uitest.Texts("one", "two")
	if x, _ := m.pair(others, [2]int32{0, 1}, 8, 5, ">"); !strings.Contains(x, "one") {
		t.Errorf("of other texts it is %q", x)
	}
}

func TestBothTextsOfAFilteredPairAreAsWideAsTheirColumns(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 1, 90}})
	d := screenOf(a)
	d.Filter("number")
	uitest.Happen(t, a, uitest.Nothing)
	cells := d.cells(d.columns(120), [2]int32{0, 1}, 12, 7)
	if cells[1].Text != "text number…" && cells[1].Text != "text number" || len([]rune(cells[2].Text)) > 7 {
		t.Errorf("they are %q and %q", cells[1].Text, cells[2].Text)
	}
	for words, want := range map[string]string{"2": "1 of 1", "zebra": "0 of 1", "text": "1 of 1"} {
		d.Filter(words)
		uitest.Happen(t, a, uitest.Nothing)
		if line := uitest.Flat(d.filterLine(60)); !strings.HasSuffix(line, want) {
			t.Errorf("%q: the line of the filter is %q, want %s", words, line, want)
		}
	}
}

// Clusters by number begin with the one that has the first text, whichever stands for it.
func TestClustersByNumberGoByTheirFirstTexts(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {0, 200, 203, 10, 20}})
	d := screenOf(a)
	uitest.Press(t, a, "v", "s", "s")
	var got []string
	for _, c := range d.clusters.clusters {
		got = append(got, fmt.Sprint(c.Texts, c.Representative))
	}
	if want := "[0 3 4] 3|[1 2] 1"; strings.Join(got, "|") != want {
		t.Errorf("they are %s, want %s", strings.Join(got, "|"), want)
	}
	// What lies exactly at the threshold is not under it.
	threshold := d.clusters.found.source.threshold
	for value, want := range map[float64]string{threshold: d.Theme.Codes.Dim, math.Nextafter(threshold, 0): d.Theme.Codes.Warn, 1: d.Theme.Codes.Dim} {
		if got := d.clusters.underPen(value); got != want {
			t.Errorf("%v at the threshold %v looks like %q", value, threshold, got)
		}
	}
}

// A text belongs to itself, which says nothing of its cluster.
func TestATextThatStandsForAClusterDoesNotCount(t *testing.T) {
	texts := uitest.Texts("a cat sat here", "a cat sat there", "a cat sat nowhere", "rain falls", "it rains")
	texts[0].Group, texts[1].Group, texts[2].Group = "x", "x", "y"
	a, d := duplicatesOf(t, 110, 30, uitest.OptionsWith(t, texts, uitest.Use))
	a.Session.Thresholds().Set("", 0.4)
	uitest.Press(t, a, "v")
	for i, c := range d.clusters.clusters {
		same, other := 0, 0
		for _, text := range c.Texts {
			switch rep := c.Representative; {
			case text == rep || texts[text].Group == "" || texts[rep].Group == "":
			case texts[text].Group == texts[rep].Group:
				same++
			default:
				other++
			}
		}
		if got := d.clusters.belong[i]; got != (belonging{same, other}) {
			t.Errorf("of the cluster %v %+v are counted, want %d and %d", c.Texts, got, same, other)
		}
	}
}

func TestTheScreenIsDividedByItsHeight(t *testing.T) {
	a := plane(t, 100, 40, map[string][]float64{uitest.Use: {0, 1, 2, 3, 90}, uitest.Glove: {0, 1, 2, 3, 80}})
	d := screenOf(a)
	for _, c := range []struct {
		w, h                               int
		summary, note, curve, foot, detail int
	}{
		{100, 40, 3, 1, 10, 3, 0}, {100, 32, 3, 1, 10, 3, 0}, {100, 31, 3, 1, 0, 3, 0}, {100, 18, 3, 1, 0, 3, 0}, {100, 17, 3, 0, 0, 3, 0}, {100, 16, 3, 0, 0, 3, 0}, {100, 15, 3, 0, 0, 2, 0},
		{100, 10, 3, 0, 0, 2, 0}, {100, 9, 3, 0, 0, 0, 0}, {100, 8, 2, 0, 0, 0, 0}, {100, 7, 1, 0, 0, 0, 0},
		{150, 24, 3, 1, 10, 0, 9}, {150, 23, 3, 1, 0, 3, 0}, {149, 24, 3, 1, 0, 3, 0},
	} {
		l := d.layout(ui.Size{W: c.w, H: c.h})
		if l.summary.H != c.summary || l.note.H != c.note || l.curve.H != c.curve || l.foot.H != c.foot || l.detail.H != c.detail {
			t.Errorf("%d×%d has %d, %d, %d, %d and %d lines of summary, note, curve, foot and detail", c.w, c.h, l.summary.H, l.note.H, l.curve.H, l.foot.H, l.detail.H)
		}
	}
	uitest.Press(t, a, "b") // the histogram has room in lower windows
	for h, want := range map[int]int{32: 10, 31: 6, 16: 6, 15: 0} {
		if l := d.layout(ui.Size{W: 100, H: h}); l.curve.H != want {
			t.Errorf("in %d lines the histogram has %d, want %d", h, l.curve.H, want)
		}
		d.Body.H = h
		if why := d.needsSpreadRoom(); (why == "") != (want > 0) {
			t.Errorf("in %d lines it is said %q", h, why)
		}
	}
}

// What is said where no pair is found loses its blank line first.
func TestWhatIsSaidOfNoPairGivesItsMarginUpFirst(t *testing.T) {
	a := plane(t, 80, 24, map[string][]float64{uitest.Use: {0, 40, 90}})
	d := screenOf(a)
	all := d.nothingFound(76, 20)
	for h, want := range map[int]string{len(all): "", len(all) - 1: "  No pair reaches the threshold. The most similar pair of each model:"} {
		if got := d.nothingFound(76, h); len(got) != h || got[0] != want {
			t.Errorf("in %d lines it begins with %q, want %q", h, got[0], want)
		}
	}
	if strings.TrimSpace(all[2]) != "use-lite@512 0.766, texts 1 and 2" {
		t.Errorf("the nearest pair is %q", all[2])
	}
}

// A candidate without a result has no column, and leaves its letter to nobody.
func TestColumnsKeepTheLettersOfTheirCandidates(t *testing.T) {
	texts := uitest.Texts("a cat", "two cats", "a dog")
	a, d := duplicatesOf(t, 120, 30, uitest.OptionsWith(t, texts, "nanogpt/BAAI/bge-m3@1024", uitest.Use, uitest.Glove))
	a.Session.Thresholds().Set("", -1)
	a.Session.SetFocus(1)
	uitest.Happen(t, a, uitest.Nothing)
	var got []string
	for _, c := range d.columns(120) {
		if c.source != noSource {
			got = append(got, fmt.Sprintf("%s%d %v", c.Title, c.Priority, c.Pen == d.Theme.Candidate(c.source+1)))
		}
	}
	if want := "B0 true|C2 true"; strings.Join(got, "|") != want {
		t.Errorf("the columns are %s, want %s", strings.Join(got, "|"), want)
	}
}

// A text without a vector makes nobody disagree.
func TestWhoHasNoVectorDoesNotDisagree(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 1, 50, 51}, uitest.Glove: {0, 1, 2, math.NaN()}})
	d := screenOf(a)
	sources := d.wanted.used()
	for pair, want := range map[[2]int]bool{{0, 1}: false, {0, 2}: true, {2, 3}: false, {0, 3}: false} {
		if got := disagreement(sources, pair[0], pair[1]); got != want {
			t.Errorf("of the pair %v they disagree: %v", pair, got)
		}
	}
	for most, want := range map[int]string{0: "4 4 4", 2: "2 4 4", 4: "4 4 4", 5: "4 4 4"} {
		q := d.wanted
		q.words = "text"
		list, err := findPairs(t.Context(), q, func() *corpus.Folded { return corpus.Fold(a.Session.Texts()) }, most)
		if got := fmt.Sprint(len(list.pairs), list.total, list.all); err != nil || got != want {
			t.Errorf("of at most %d pairs are found %s, want %s; %v", most, got, want, err)
		}
	}
}

func TestTheCommandOfClustersSaysNothingOfDisagreement(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 1, 50, 51}, uitest.Glove: {0, 1, 2, 80}})
	d := screenOf(a)
	uitest.Press(t, a, "f")
	for _, want := range []bool{true, false} {
		c, _ := d.Command()
		if got := strings.Contains(strings.Join(c.Lacks, "|"), "on which the models disagree"); got != want {
			t.Errorf("clusters are shown: %v, and it lacks %q", d.clusters.on, c.Lacks)
		}
		uitest.Press(t, a, "v")
	}
}

func TestBothTextsHaveColumnsFromTheWidthOnInWhichTheyCanBeRead(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 1, 50, 51}, uitest.Glove: {0, 1, 2, 80}})
	d := screenOf(a)
	for w, want := range map[int][2]int{60: {20, 0}, 61: {15, 15}, 62: {15, 15}, 63: {16, 16}, 200: {20, 20}} {
		if c := d.columns(w); [2]int{c[1].Min, c[2].Min} != want {
			t.Errorf("in %d columns the texts have at least %d and %d, want %v", w, c[1].Min, c[2].Min, want)
		}
	}
	for w, want := range map[int]int{59: 14, 60: 20} {
		if got := aloneWidth(w); got != want {
			t.Errorf("in %d columns the title of the only model has %d, want %d", w, got, want)
		}
	}
	for w, want := range map[int]string{99: "weakest", 100: "weakest link"} {
		if got := d.clusters.columns(w)[2].Title; got != want {
			t.Errorf("in %d columns a title is %q, want %q", w, got, want)
		}
	}
	d.found.total = 7
	if got := d.counted(); got != "7 pairs" {
		t.Errorf("taken out are %s", got)
	}
}

// A cluster that is unfolded stays under the cursor wherever sorting puts it.
func TestTheClusterUnderTheCursorStaysThere(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {0, 200, 203, 10, 20}})
	d := screenOf(a)
	uitest.Press(t, a, "v", "g", "right")
	r, _, _, _ := d.clusters.row()
	for _, key := range []string{"S", "s", "s", "S"} {
		uitest.Press(t, a, key)
		if got, _, _, _ := d.clusters.row(); got.text != r.text {
			t.Errorf("after %s the cursor is on text %d, it was on %d", key, got.text+1, r.text+1)
		}
	}
	uitest.Press(t, a, "down", "left")
	if got, _, head, _ := d.clusters.row(); !head || got.text != r.text || d.clusters.selected != r.text {
		t.Errorf("folded from within the cursor is on text %d", got.text+1)
	}
}

// Of three models two have room: those of the page with the one in focus.
func TestSimilaritiesThatHaveRoomAreAmongThemTheOnesInFocus(t *testing.T) {
	a := plane(t, 160, 40, threeViews)
	d := screenOf(a)
	for focus, want := range []string{"A glove@100 B ngrams@64", "A glove@100 B ngrams@64", "B ngrams@64 C use-lite@512"} {
		a.Session.SetFocus(focus)
		var got []string
		for _, l := range d.spreadsBelow(ui.Size{W: 60, H: 11}) {
			for _, name := range []string{"A glove@100", "B ngrams@64", "C use-lite@512"} {
				if strings.HasPrefix(ansi.Strip(l), name) {
					got = append(got, name)
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("with model %d in focus are drawn %q, want %s", focus+1, got, want)
		}
	}
	list := ui.Rect{Y: 4, W: 100, H: 30}
	d.under.pairs = [][2]int32{{0, 1}, {0, 2}}
	if got, want := d.underRect(ui.Size{W: 100, H: 40}, list), (ui.Rect{Y: 4 + len(d.rows) + 2, W: 100, H: 3}); got != want {
		t.Errorf("under %d pairs there is room at %+v, want %+v", len(d.rows), got, want)
	}
	for h, want := range map[int]int{29: 0, 30: 3} {
		if got := d.underRect(ui.Size{W: 100, H: h}, list).H; got != want {
			t.Errorf("in %d lines they take %d, want %d", h, got, want)
		}
	}
	d.wanted.disagree = true
	if got := d.underRect(ui.Size{W: 100, H: 40}, list); got.H != 0 {
		t.Errorf("where models are to disagree there is room at %+v", got)
	}
}
