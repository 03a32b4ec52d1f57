package duplicates

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheCopiedCommandSaysWhichPairsOfTheListItDoesNotLeaveOut(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	o := uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove)
	o.Source, o.Set = set.Title, set.Name
	o.Texts = set.Texts
	a, d := duplicatesOf(t, 80, 24, o)
	lacks := func(want ...string) {
		t.Helper()
		want = append(want, "it prints nothing of the labels: vecscope evaluate does") // the set has groups
		c, reason := d.Command()
		if reason != "" || !slices.Equal(c.Lacks, want) || slices.Contains(c.Args, "--clusters") != d.clusters.on {
			t.Errorf("copied is %q, which lacks %q, not %q", c.Args, c.Lacks, want)
		}
	}
	lacks()
	uitest.Press(t, a, "/", "i", "n", "v", "o", "i", "c", "e", "enter")
	lacks("it lists all, not only what has the words of the filter")
	if list := d.duplicates(); list.Only != `Only those with the words "invoice".` {
		t.Errorf("an exported list says %q", list.Only)
	}
	uitest.Press(t, a, "f")
	lacks("it lists all, not only what has the words of the filter", "it lists all pairs, not only those on which the models disagree")
	if list := d.duplicates(); !strings.HasSuffix(list.Only, "Only those on which the models disagree.") {
		t.Errorf("an exported list says %q", list.Only)
	}
	uitest.Press(t, a, "f", "esc")
	a.Session.Select(true, 0, 1, 2)
	uitest.Happen(t, a, uitest.Nothing)
	lacks("it takes all texts, not only those selected")
	d.clusters.on = true
	lacks()
}
