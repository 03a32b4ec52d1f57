package duplicates

import (
	"testing"

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
