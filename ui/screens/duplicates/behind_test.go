package duplicates

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Clusters of texts, of a model or of a result that are others by now are not shown while the
// new ones are looked for; those of another threshold are.
func TestClustersOfOtherTextsAreNotShown(t *testing.T) {
	for name, c := range map[string]struct {
		change func(q *clusterQuery)
		stay   bool
	}{
		"other texts": {func(q *clusterQuery) { q.shown++ }, false}, "another model": {func(q *clusterQuery) { q.source.id = "local/x@2" }, false},
		"another threshold": {func(q *clusterQuery) { q.source.threshold = .5 }, true},
	} {
		a := plane(t, 100, 30, chained)
		v := &screenOf(a).clusters
		uitest.Press(t, a, "v")
		had := len(v.clusters)
		c.change(&v.found)
		cmd := v.refresh()
		if (len(v.clusters) == had) != c.stay || had == 0 || cmd == nil || !v.searching() {
			t.Errorf("%s: %d of %d clusters are shown", name, len(v.clusters), had)
		}
		uitest.Settle(t, a, cmd)
		if len(v.clusters) != had || v.searching() {
			t.Errorf("%s: in the end %d of %d clusters are shown", name, len(v.clusters), had)
		}
	}
}

// Numbers of pairs have room for all of their digits and what parts these.
func TestNumbersOfPairsHaveTheirRoom(t *testing.T) {
	a, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(150), "local/ngrams@16"))
	for threshold, want := range map[float64]int{1: len("pairs"), -1: len("11,175")} {
		a.Session.Thresholds().Set("", threshold)
		uitest.Settle(t, a, d.Refresh())
		if got := d.countWidth(); got != want {
			t.Errorf("over %g %d columns, want %d", threshold, got, want)
		}
	}
}

// Of labels in groups it is told how near the next of the group is, in words where they have room.
func TestTheColumnOfTheNearestInGroupHasItsWordsWhereThereIsRoom(t *testing.T) {
	texts := uitest.Texts("a red cat", "the red cat", "stocks fell", "stocks have fallen")
	for i := range texts {
		texts[i].Group = []string{"cats", "cats", "money", "money"}[i]
	}
	_, d := duplicatesOf(t, 160, 40, uitest.OptionsWith(t, texts, uitest.Glove))
	for w, want := range map[int]string{119: "in group", 120: "nearest in group"} {
		if got := d.scoreColumns(w)[1]; got.Title != want || got.Width != len(want) {
			t.Errorf("in %d columns it is called %q, %d wide", w, got.Title, got.Width)
		}
	}
}

// A filter that is kept takes no more letters.
func TestAFilterThatIsKeptTakesNoLetters(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "/", "t", "enter", "ß")
	if d.filter.Words() != "t" || d.Typing() {
		t.Errorf("the words are %q, typing %t", d.filter.Words(), d.Typing())
	}
	if cmd := d.Update(uitest.KeyPress("x")); cmd != nil || d.filter.Words() != "t" {
		t.Errorf("the words are %q", d.filter.Words())
	}
}

// Labels in pairs do not tell how near the next text of a group is, and the column is left out.
func TestPairsAsLabelsHaveNoColumnOfGroups(t *testing.T) {
	a, d := duplicatesOf(t, 160, 40, uitest.OptionsWith(t, uitest.Texts("a red cat", "the red cat", "stocks fell", "stocks have fallen"), uitest.Glove))
	a.Session.Labels().Mark(0, 1, labels.Same)
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 2, labels.Different))
	var titles []string
	for _, c := range d.scoreColumns(160) {
		titles = append(titles, c.Title)
	}
	if !d.anyFigures() || d.anyNearest() || len(titles) != len(d.scoreCells(a.Session.Ready()[0])) || strings.Contains(strings.Join(titles, "|"), "group") {
		t.Errorf("the columns are %q", titles)
	}
}

// Pairs of before are not taken out while others are looked for.
func TestWhatIsStillLookedForIsNotTakenOut(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	if why := d.lacksList(); why != "" || len(d.rows) == 0 {
		t.Fatalf("%d pairs cannot be taken out: %s", len(d.rows), why)
	}
	d.wanted.words = "others"
	if why := d.lacksList(); why != "the pairs are still being looked for" || !d.searching() {
		t.Errorf("while others are looked for it is said %q", why)
	}
}

// A cluster of two is a pair that can be marked, a larger one has to be unfolded.
func TestOnlyAClusterOfTwoIsMarkedAsItStands(t *testing.T) {
	a := plane(t, 100, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v", "home")
	if _, _, why := d.cursor(); why != "marks are of two texts, and these are more: → unfolds them" {
		t.Errorf("of four texts it is said %q", why)
	}
	uitest.Press(t, a, "down")
	if x, y, why := d.cursor(); why != "" || min(x, y) != 4 || max(x, y) != 5 {
		t.Errorf("of two it is said %q, of texts %d and %d", why, x+1, y+1)
	}
}

// A model of which it is not known how near the next of a group is has a dash in its column.
func TestWhatIsNotKnownOfTheNearestInGroupIsADash(t *testing.T) {
	a, d := duplicatesOf(t, 160, 40, uitest.OptionsWith(t, grouped, uitest.Glove, uitest.Use))
	known := d.scoreCells(a.Session.Ready()[1])[1].Text
	score := a.Session.Verdict().Score(uitest.Glove)
	for i, m := range score.Metrics {
		if m.Name == evaluate.NearestInGroup {
			score.Metrics[i].Value = math.NaN()
		}
	}
	ready := a.Session.Ready()
	if got := d.scoreCells(ready[0])[1].Text; got != "–" {
		t.Errorf("of the one without it is said %q", got)
	}
	if got := d.scoreCells(ready[1])[1].Text; got != known || got == "–" || len(d.scoreCells(ready[0])) != len(d.scoreCells(ready[1])) {
		t.Errorf("of the other it is said %q, want %q", got, known)
	}
}

// What one threshold means in two models is said, and what two thresholds do.
func TestThatSimilaritiesOfTwoModelsDoNotCompareIsSaid(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	for _, c := range []struct {
		each bool
		want string
	}{{false, "0.95 is strict for one model and loose for another: compare the backgrounds."}, {true, "Similarities of two models do not compare: read each against its background."}} {
		a.Session.Thresholds().SetEach(c.each)
		uitest.Settle(t, a, d.Refresh())
		if got := uitest.Flat(strings.Join(d.note(120), "\n")); got != c.want {
			t.Errorf("with a threshold for each model, %v, it is said %q", c.each, got)
		}
	}
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Glove).Candidate))
	if got := d.note(120); len(got) != 0 {
		t.Errorf("of one model it is said %q", got)
	}
}

// Why there is no cluster to take out is said for what is the case.
func TestWhyThereIsNoClusterIsSaid(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	uitest.Press(t, a, "v")
	v := &d.clusters
	if why := v.lacks(); why != "" {
		t.Fatalf("of %d clusters it is said %q", len(v.rows), why)
	}
	rows, wanted := v.rows, v.wanted
	v.rows = nil
	if why := v.lacks(); why != "no cluster has these words; esc clears the filter" {
		t.Errorf("where the filter leaves none it is said %q", why)
	}
	v.linked = nil
	if why := v.lacks(); why != "there is no cluster in the list; [ lowers the threshold" {
		t.Errorf("where there is none it is said %q", why)
	}
	v.wanted.shown++
	if why := v.lacks(); why != "the clusters are still being looked for" {
		t.Errorf("while they are looked for it is said %q", why)
	}
	v.wanted.source.scan = nil // without a result nothing is looked for
	if why := v.lacks(); why != "there is no cluster in the list; [ lowers the threshold" {
		t.Errorf("without a result it is said %q", why)
	}
	v.rows, v.wanted = rows, wanted
}

// In low windows one line has the numbers of the model in focus, at length or in short, and never
// more than the window.
func TestOneLineHasTheNumbersOfTheModelInFocus(t *testing.T) {
	a := plane(t, 120, 30, chained)
	d := screenOf(a)
	for at, c := range a.Session.Ready() {
		a.Session.SetFocus(at)
		b := c.Result.Scan.Background
		n := c.Result.Scan.CountAt(0.95)
		full := fmt.Sprintf("%s %s ≥ 0.950: %d pairs · background mean %.2f, p95 %.2f", letter(at), c.Short(), n, b.Mean, b.P95)
		short := fmt.Sprintf(" ≥0.950 %d, bg %.2f %.2f", n, b.Mean, b.P95)
		for w := 40; w <= 90; w++ {
			line := uitest.Flat(d.oneLine(w))
			if got := term.Width(line); got > w {
				t.Errorf("in %d columns it takes %d: %q", w, got, line)
			}
			if whole := w >= term.Width(full); whole != (line == full) || !whole && !strings.HasSuffix(line, short) {
				t.Errorf("in %d columns of %d it is said %q, want %q", w, term.Width(full), line, full)
			}
		}
	}
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Use).Candidate))
	if line := uitest.Flat(d.oneLine(90)); !strings.HasPrefix(line, "glove@100 ≥ 0.950: ") {
		t.Errorf("of one model it is said %q", line)
	}
}
