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

func TestWithoutTheExplorerLabelsAreLeftToEvaluate(t *testing.T) {
	s := newSession(t)
	s.expect(t, ExitUsage, file(t, "pairs.csv", "a,b,score\none,two,1\n"))
	if got := s.err.String(); !strings.Contains(got, "vecscope evaluate tries models at them") {
		t.Error(got)
	}
}
