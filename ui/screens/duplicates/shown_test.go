package duplicates

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A model without a result keeps its letter, and the others keep theirs.
func TestColumnsHaveTheLettersOfTheLegend(t *testing.T) {
	texts := uitest.Texts("a cat sat here", "a cat sat there", "rain")
	a, d := duplicatesOf(t, 120, 30, uitest.OptionsWith(t, texts, "nanogpt/BAAI/bge-m3@1024", uitest.Use, uitest.Glove))
	a.Session.Thresholds().Set("", 0.2)
	uitest.Settle(t, a, d.Refresh())
	header := listHeader(d)
	if _, titles, _ := strings.Cut(header, "text B"); !strings.HasPrefix(uitest.Flat(titles), "B C best") {
		t.Errorf("models B and C have a result, and the titles are %q", header)
	}
}

// The model in focus is the last to lose its column.
func TestTheColumnOfTheModelInFocusGoesLast(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a, d := duplicatesOf(t, 40, 24, uitest.OptionsWith(t, set.Texts, sixCandidates...))
	for i := range sixCandidates {
		a.Session.SetFocus(i)
		uitest.Happen(t, a, uitest.Nothing)
		if header := listHeader(d); !strings.Contains(header, letter(i)) {
			t.Errorf("model %s is in focus, and the titles are %q", letter(i), header)
		}
	}
}

func TestSimilaritiesNearTheThresholdAreWrittenSoThatTheyTellTheSide(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 10, 40}})
	d := screenOf(a)
	exact := d.wanted.sources[0].matrix.Vectors().Similarity(0, 1)
	a.Session.Thresholds().Set("", exact-2e-6)
	uitest.Settle(t, a, d.Refresh())
	want := format.Near(exact, exact-2e-6, 3, 6)
	if len(want) <= len("0.985") {
		t.Fatalf("%s is not near enough for this test", want)
	}
	wantScreen(t, d, "●"+want)
}

// Where only one model has a value there is no spread, and no number is made up.
func TestAValueOfOneModelHasNoSpread(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Glove: {0, 10, math.NaN(), 100}, uitest.Use: {0, 5, 3, 90}})
	d := screenOf(a)
	for _, p := range d.rows {
		best, spread := bestAndSpread(d.wanted.used(), int(p[0]), int(p[1]))
		alone := p[0] == 2 || p[1] == 2
		if math.IsNaN(spread) != alone || math.IsNaN(best) || spread < 0 {
			t.Errorf("pair %v: best %v, spread %v", p, best, spread)
		}
	}
	if line := uitest.LineWith(t, a, "2 · 3 "); strings.Count(line, "–") != 2 {
		t.Errorf("the pair is shown as %q", line)
	}
	// Neither counts as a model that disagrees.
	if used := d.wanted.used(); disagreement(used, 0, 2) || disagreement(used, 2, 1) {
		t.Error("a model without a vector disagrees")
	}
}

func TestTheDisagreementOfOneModelIsNone(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	uitest.Press(t, a, "f")
	if !d.disagree || len(d.rows) == 0 {
		t.Fatalf("%d pairs are listed", len(d.rows))
	}
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Glove).Candidate))
	if d.wanted.disagree || strings.Contains(d.Status(), "disagree") {
		t.Errorf("with one model left the status line says %q", d.Status())
	}
	uitest.Press(t, a, "f")
	if d.disagree {
		t.Errorf("what only two models can do cannot be left with one: %q", a.Notice().Text)
	}
}

func TestASelectionIsSaidToBeOne(t *testing.T) {
	a, d := duplicatesOf(t, 120, 40, uitest.NearDuplicates(t))
	all := len(d.rows)
	p := d.rows[0]
	a.Session.Select(true, int(p[0]), int(p[1]))
	a.Session.ShowSelection(true)
	uitest.Settle(t, a, d.Refresh())
	if len(d.rows) == 0 || len(d.rows) >= all || !strings.Contains(d.Status(), "1 pair") {
		t.Errorf("of %d pairs %d are listed, and the status line says %q", all, len(d.rows), d.Status())
	}
	uitest.Press(t, a, "v")
	if !strings.Contains(d.Status(), ", selected or not") {
		t.Errorf("of the clusters the status line says %q", d.Status())
	}
	a.Session.SelectNone()
	uitest.Press(t, a, "v")
	if len(d.rows) != all {
		t.Errorf("of all texts %d pairs are listed, want %d", len(d.rows), all)
	}
}

func TestBothTextsOfAFilteredPairAreShown(t *testing.T) {
	o := uitest.OptionsWith(t, nil, uitest.Use)
	o.State.Texts = []config.Text{{Text: "a grey cat sat on the mat"}, {Text: "the grey cat sat on a mat"}, {Text: "rain falls"}}
	a, d := duplicatesOf(t, 120, 30, o)
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "mat grey")
	uitest.Press(t, a, "enter")
	line := uitest.LineWith(t, a, "1 · 2", "a grey cat", "the grey cat")
	for raw := range strings.SplitSeq(a.Draw(), "\n") {
		if strings.Contains(uitest.Flat(raw), uitest.Flat(line)) && !strings.Contains(raw, d.Theme.Codes.Match+"grey") {
			t.Errorf("the words are not marked: %q", raw)
		}
	}
	uitest.Press(t, a, "v", "right")
	for raw := range strings.SplitSeq(a.Draw(), "\n") {
		if strings.Contains(raw, "2 ") && strings.Contains(uitest.Flat(raw), "the grey cat") && strings.Contains(raw, d.Theme.Codes.Match) && !strings.Contains(raw, d.Theme.Codes.Match+"grey") {
			t.Errorf("in a cluster other letters than the words are marked: %q", raw)
		}
	}
}

// What a filter hides, and what is not kept, is said where clusters are taken out.
func TestTakingClustersOutSaysWhatIsLeftOut(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Use: {0, 1, 90, 91, 180}})
	d := screenOf(a)
	uitest.Press(t, a, "v", "/")
	uitest.Letters(t, a, "number 3")
	uitest.Press(t, a, "enter")
	e := d.clusterExport()
	f, _ := e.Format("x.tsv")
	var out bytes.Buffer
	if _, err := f.Write(t.Context(), &out); err != nil || !strings.Contains(out.String(), "text number 3") || strings.Contains(out.String(), "text number 1") {
		t.Errorf("%v: written is\n%s", err, out.String())
	}
	if e.Remark != "They are those with the words of the filter." {
		t.Errorf("it remarks %q", e.Remark)
	}
}

// A report has all pairs in the order of the list, and says what the list is of.
func TestTheListIsTakenOutAsItStands(t *testing.T) {
	a := plane(t, 120, 30, twoViews)
	d := screenOf(a)
	uitest.Press(t, a, "|", "tab", "t", ".", "5", "enter", "s", "s", "s", "s", "S", "f")
	e := d.listExport()
	f, _ := e.Format("x.txt")
	var out bytes.Buffer
	if _, err := f.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Only those on which the models disagree.", "0.95", "0.5"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing:\n%s", want, out.String())
		}
	}
	at := -1
	for _, p := range d.rows {
		next := strings.Index(out.String(), fmt.Sprintf("%d · %d", p[0]+1, p[1]+1))
		if next < 0 {
			next = strings.Index(out.String(), fmt.Sprintf("text number %d", p[0]+1))
		}
		if next < at {
			t.Errorf("the pairs stand in another order than %s:\n%s", d.numbers(), out.String())
		}
		at = next
	}
}

func TestTheSmallestShareOfAllPairsIsNotNothing(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{{0, 10, "0%"}, {1, 1, "100%"}, {1, 8, "12%"}, {1, 10, "10%"}, {1, 50, "2.0%"}, {1, 100, "1.0%"}, {1, 1000, "0.10%"}, {1, 20000, "<0.01%"}} {
		if got := percent(c.n, c.of); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.n, c.of, got, c.want)
		}
	}
	a := plane(t, 200, 30, map[string][]float64{uitest.Use: {0, 10, 90, 170}})
	wantScreen(t, screenOf(a), "0.950 1 ", " 17% ")
}

func TestTheMarkOfTheThresholdThatMovesStandsBesideItsModel(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	mark := func() string {
		uitest.Happen(t, a, uitest.Nothing)
		for line := range strings.SplitSeq(screenText(d), "\n") {
			if strings.HasPrefix(line, "▸") {
				return strings.Fields(line)[0]
			}
		}
		return ""
	}
	for _, step := range []struct{ key, want string }{{"j", ""}, {"|", "▸A"}, {"tab", "▸B"}, {"|", ""}, {"v", "▸B"}, {"tab", "▸A"}} {
		if uitest.Press(t, a, step.key); mark() != step.want {
			t.Errorf("after %s the mark is %q, want %q", step.key, mark(), step.want)
		}
	}
}

func TestAThresholdThatIsNoneChangesNothing(t *testing.T) {
	a := plane(t, 100, 30, chained)
	uitest.Press(t, a, "t", "2", "enter")
	if a.Top() == nil || a.Session.Thresholds().Common() != 0.95 {
		t.Errorf("2 leads to %v", a.Session.Thresholds().Common())
	}
	// A small step is from the threshold of the model in focus.
	uitest.Press(t, a, "esc", "|", "tab", "t", ".", "5", "enter", ")", "]")
	if got := a.Session.Thresholds().Of(uitest.Use); math.Abs(got-0.511) > 1e-9 {
		t.Errorf("from 0.5 a small step and a step up lead to %v", got)
	}
}

// Clusters of another model or of other texts begin folded.
func TestClustersOfAnotherModelAreFolded(t *testing.T) {
	a := plane(t, 100, 30, map[string][]float64{uitest.Glove: {0, 5, 10, 120}, uitest.Use: {0, 5, 10, 120}})
	d := screenOf(a)
	uitest.Press(t, a, "v", "right")
	if len(d.clusters.rows) != 3 {
		t.Fatalf("%d rows", len(d.clusters.rows))
	}
	uitest.Press(t, a, "tab")
	if len(d.clusters.rows) != 1 {
		t.Errorf("under the other model %d rows are shown:\n%s", len(d.clusters.rows), screenText(d))
	}
	// A pair has nothing that is least alike.
	wantScreen(t, d, "── least alike")
	uitest.Press(t, a, "t", ".", "9", "9", "8", "enter")
	if strings.Contains(screenText(d), "least alike") {
		t.Errorf("no cluster has more than two texts:\n%s", screenText(d))
	}
}

func TestTheNumbersOfAClusterAreItsOwn(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, 15, 30, 50, 120}})
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.93)
	uitest.Press(t, a, "v", "right")
	cos := func(degrees float64) string { return format.Similarity(math.Cos(degrees*math.Pi/180), 3) }
	c := d.clusters.clusters[0]
	wantScreen(t, d, "weakest link", cos(20), "! "+cos(50))
	at := map[int]float64{0: 0, 1: 15, 2: 30, 3: 50}
	for _, r := range d.clusters.rows[1:] {
		uitest.LineWith(t, a, fmt.Sprintf("%d text number %d", r.text+1, r.text+1), cos(math.Abs(at[r.text]-at[c.Representative])))
	}
	for raw := range strings.SplitSeq(a.Draw(), "\n") {
		if strings.Contains(raw, "! "+cos(50)) && !strings.Contains(raw, d.Theme.Codes.Warn+strings.Repeat(" ", 1)) && !strings.Contains(raw, d.Theme.Codes.Warn) {
			t.Errorf("what lies under the threshold looks like the rest: %q", raw)
		}
	}
}

// Labels that come while clusters are shown are counted.
func TestMarksAreCountedInTheClustersThatAreShown(t *testing.T) {
	a, d := duplicatesOf(t, 110, 30, uitest.OptionsWith(t, uitest.Texts("a cat sat here", "a cat sat there", "a cat sat nowhere", "rain falls"), uitest.Use))
	a.Session.Thresholds().Set("", 0.4)
	uitest.Press(t, a, "v", "right", "j", "#", "j", "=")
	if len(a.Session.Labels().Marks()) != 2 || len(d.clusters.belong) == 0 || d.clusters.belong[0] != (belonging{1, 1}) {
		t.Errorf("of %v the cluster counts %+v", a.Session.Labels().Marks(), d.clusters.belong)
	}
	wantScreen(t, d, "✗ 1 of 3")
}

func TestThePairBesideTheListSaysThatThereIsMoreOfIt(t *testing.T) {
	a, d := duplicatesOf(t, 160, 30, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("a cat sat on the mat. ", 90), strings.Repeat("rain fell over the hills, ", 90)), uitest.Use))
	a.Session.Thresholds().Set("", -1)
	uitest.Settle(t, a, d.Refresh())
	wantScreen(t, d, "… enter shows the pair in full")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 160, H: 30})
}

func TestTheTextsUnderTheListAreThoseOfThePair(t *testing.T) {
	a := plane(t, 100, 24, map[string][]float64{uitest.Use: {0, 40, 41}})
	uitest.Press(t, a, "j")
	lines := strings.Split(screenText(screenOf(a)), "\n")
	if n := len(lines); strings.TrimSpace(lines[n-2]) != "2 text number 2" || strings.TrimSpace(lines[n-1]) != "3 text number 3" {
		t.Errorf("under the list stand %q", lines[n-2:])
	}
}

// A file has the pairs in the order of the list.
func TestPairsAreExportedAsTheyAreSorted(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	a.Session.Thresholds().Set("", 0.5)
	uitest.Settle(t, a, d.Refresh())
	seen := map[string]bool{}
	for _, key := range []string{"S", "s", "S", "s", "S"} {
		uitest.Press(t, a, key)
		tsv, _ := d.listExport().Format("x.tsv")
		var out bytes.Buffer
		if _, err := tsv.Write(t.Context(), &out); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n")[1:] {
			fields := strings.Split(line, "\t")
			got = append(got, fields[0]+"-"+fields[1])
		}
		if list := strings.Join(got, " "); list != d.numbers() {
			t.Errorf("%s: the file has %s, the list %s", d.sortText(), list, d.numbers())
		}
		seen[d.numbers()] = true
	}
	if len(seen) < 3 {
		t.Errorf("all ways to sort give the same: %v", seen)
	}
}

// One pair at the threshold is enough to set the others by.
func TestFromHowManyPairsOnThresholdsAreFitted(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	for threshold, want := range map[float64]string{0.99999: "no pair reaches the threshold to match; [ lowers it", 0.999: "", 0.5: ""} {
		a.Session.Thresholds().Set("", threshold)
		uitest.Settle(t, a, d.Refresh())
		if c := d.reference(); d.cannotFit() != want {
			t.Errorf("of %d pairs it is said %q, want %q", c.scan.CountAt(c.threshold), d.cannotFit(), want)
		}
	}
}

// Where no two texts have a vector there is neither a best pair nor a share.
func TestASummaryWithoutPairsHasDashes(t *testing.T) {
	a := plane(t, 120, 30, map[string][]float64{uitest.Use: {0, math.NaN()}, uitest.Glove: {0, 60}})
	d := screenOf(a)
	for _, c := range a.Session.Ready() {
		var got []string
		for _, cell := range d.summaryCells(c) {
			got = append(got, cell.Text)
		}
		want := "0.950|0|no pairs|–|–|–"
		if c.ID() == uitest.Glove {
			want = "0.950|0|0.500, 0.500|0.500|0%|–"
		}
		if text := strings.Join(got, "|"); text != want {
			t.Errorf("of %s there is %q, want %q", c.ID(), text, want)
		}
	}
}
