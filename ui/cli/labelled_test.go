package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheExplorerOpensLabelsBesideTexts(t *testing.T) {
	s := newSession(t)
	texts := file(t, "texts.csv", "text\none\ntwo\n")
	pairs := file(t, "pairs.csv", "a,b,score\none,two,1\n")
	queries := file(t, "queries.csv", "query,relevant\nwhich?,1\n")
	for _, line := range [][2]string{{texts + " " + pairs, "texts.csv"}, {pairs + " " + texts, "texts.csv"}, {pairs, ""}} {
		o := s.openExplorer(t, line[0])
		if filepath.Base(o.Open) != "pairs.csv" || o.Source != line[1] && filepath.Base(o.Source) != line[1] || len(o.Texts) != 2*len(strings.Fields(line[0]))-2 {
			t.Errorf("%s: opens %q, %d texts of %q", line[0], o.Open, len(o.Texts), o.Source)
		}
	}
	s.expect(t, ExitUsage, pairs+" "+queries)
	if got := s.err.String(); !strings.Contains(got, "both have labels") {
		t.Error(got)
	}
}

// What a file of texts lacks is asked first, and the labels beside it are not lost over that.
func TestLabelsFollowTextsThatAreAskedAbout(t *testing.T) {
	const export = "Ticket ID,Subject,Description\n7,Order,Where is it?\n8,Login,I cannot log in\n"
	unsure := file(t, "export.csv", export)
	early := file(t, "early.csv", "id,text\n1,Gr\xfc\xdfe\n")
	late := file(t, "late.csv", "id,text\n"+strings.Repeat("1,a row\n", 20_000)+"2,Gr\xfc\xdfe\n")
	queries := file(t, "queries.csv", "query,relevant\nwhich?,7\n")
	for _, texts := range []string{unsure, early, late} {
		for _, line := range []string{texts + " " + queries, queries + " " + texts} {
			if o := newSession(t).openExplorer(t, line); o.Open != texts || o.Labels != queries || len(o.Texts) != 0 {
				t.Errorf("%s: opens %q with the labels %q, %d texts", line, o.Open, o.Labels, len(o.Texts))
			}
		}
	}
}

func TestWithoutTheExplorerLabelsAreLeftToEvaluate(t *testing.T) {
	s := newSession(t)
	s.expect(t, ExitUsage, file(t, "pairs.csv", "a,b,score\none,two,1\n"))
	if got := s.err.String(); !strings.Contains(got, "vecscope evaluate tries models at them") {
		t.Error(got)
	}
}
