package duplicates

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestWordsFilterThePairs(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		a, d := duplicatesOf(t, s.W, s.H, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove))
		all := len(d.rows)
		uitest.Press(t, a, "/", "I", "n", "v", "o", "i", "c", "e")
		if len(d.rows) == 0 || len(d.rows) >= all {
			t.Fatalf("%d of %d pairs are listed", len(d.rows), all)
		}
		for _, p := range d.rows {
			if !strings.Contains(strings.ToLower(set.Texts[p[0]].Text+set.Texts[p[1]].Text), "invoice") {
				t.Errorf("the pair %v is listed", p)
			}
		}
		uitest.CheckFrame(t, uitest.Plain(a), s)
		wantScreen(t, d, "/ Invoice", " of ")
		uitest.Press(t, a, "enter", "j")
		if d.filter.Typing() || len(d.rows) >= all {
			t.Error("enter does not keep the filter")
		}
		uitest.Press(t, a, "esc")
		if len(d.rows) != all {
			t.Errorf("after esc %d of %d pairs are listed", len(d.rows), all)
		}
		uitest.Press(t, a, "/", "z", "z", "z")
		wantScreen(t, d, "No pair has these words.")
		uitest.Press(t, a, "esc")
	}
}

func TestTheCommandSaysThatItDoesNotFilter(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a, d := duplicatesOf(t, 80, 24, uitest.OptionsWith(t, set.Texts, uitest.Use))
	for _, want := range []bool{false, true} {
		c, reason := d.Command()
		if got := strings.Contains(strings.Join(c.Lacks, " "), "filter"); got != want || reason != "" {
			t.Errorf("it lacks %q (%s), filtered %v", c.Lacks, reason, want)
		}
		uitest.Press(t, a, "/", "a", "enter")
	}
}

func TestWordsFilterTheClusters(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, set.Texts, uitest.Use))
	a.Session.Thresholds().Set("", 0.8)
	uitest.Press(t, a, "v")
	all := len(d.clusters.clusters)
	uitest.Press(t, a, "/", "i", "n", "v", "o", "i", "c", "e")
	found := d.clusters.clusters
	if len(found) == 0 || len(found) >= all {
		t.Fatalf("%d of %d clusters are listed", len(found), all)
	}
	for _, c := range found {
		if !slices.ContainsFunc(c.Texts, func(i int) bool { return strings.Contains(strings.ToLower(set.Texts[i].Text), "invoice") }) {
			t.Errorf("the cluster %v is listed", c.Texts)
		}
	}
	wantScreen(t, d, fmt.Sprintf("%d of %d", len(found), all))
	if e := d.clusterExport(); !strings.Contains(e.What, format.Count(len(found), "cluster")) || e.Remark == "" {
		t.Errorf("exported are %s: %s", e.What, e.Remark)
	}
	uitest.Press(t, a, "enter", "v")
	if d.filter.Words() != "invoice" || len(d.rows) == 0 {
		t.Error("the pairs do not have the filter of the clusters")
	}
	uitest.Press(t, a, "v", "/", "z", "z", "z")
	wantScreen(t, d, "No cluster has these words.")
	uitest.Press(t, a, "esc")
	if len(d.clusters.clusters) != all {
		t.Errorf("after esc %d of %d clusters are listed", len(d.clusters.clusters), all)
	}
}

func TestWordsOfVeryManyTextsAreLookedForAside(t *testing.T) {
	texts := uitest.Numbered(foldedAtOnce + 100)
	for i := range texts {
		texts[i].Text += " of " + strings.Repeat("a walk ", i%3) + strings.Repeat("by the river ", i%2)
	}
	a, d := duplicatesOf(t, 100, 30, uitest.OptionsWith(t, texts, "local/ngrams@16"))
	a.Session.Thresholds().Set("", 0.99999)
	uitest.Settle(t, a, d.Refresh())
	all := len(d.rows)
	uitest.Press(t, a, "/")
	_, searching := a.Update(uitest.KeyPress("5"))
	if d.filter.done.Load() || !d.searching() || len(d.rows) != all {
		t.Error("the loop has put all texts into lower case")
	}
	wantScreen(t, d, "/ 5")
	uitest.Settle(t, a, searching)
	if len(d.rows) == 0 || len(d.rows) >= all || d.searching() {
		t.Errorf("%d of %d pairs are listed", len(d.rows), all)
	}
	uitest.Press(t, a, "enter", "v")
	clusters := len(d.clusters.clusters)
	if clusters == 0 || clusters >= len(d.clusters.linked) {
		t.Errorf("%d of %d clusters are listed", clusters, len(d.clusters.linked))
	}
	if _, err := a.Session.Edits().Insert(0, corpus.Text{Text: "one more"}); err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.Invalidate(0))
	if len(d.clusters.clusters) == 0 || len(d.clusters.clusters) >= len(d.clusters.linked) || d.clusters.words != "5" {
		t.Errorf("after an edit %d of %d clusters are listed, with the words %q", len(d.clusters.clusters), len(d.clusters.linked), d.clusters.words)
	}
}
