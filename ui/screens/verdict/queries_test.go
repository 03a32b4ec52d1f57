package verdict

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestASetThatTheExplorerIsStartedWithBringsItsQueries(t *testing.T) {
	set, _ := corpus.FindSet("faq")
	o := withSet(t, "polysemy")
	o.Texts, o.Source, o.Set = set.Texts, set.Title, set.Name
	a := settled(t, 120, 40, o)
	uitest.Press(t, a, "5")
	wantSaid(t, a, "16 queries", "nDCG@10")
}

// withQueries is the explorer over a set that comes with queries.
func withQueries(t testing.TB, w, h int) *shell.App {
	t.Helper()
	a := settled(t, w, h, withSet(t, "faq"))
	set, _ := corpus.FindSet("faq")
	cmd, err := a.Session.Edits().Replace(set.Texts, session.OriginOfSet(set))
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	return a
}

func TestASearchByWordsStandsAmongModelsForSearch(t *testing.T) {
	a := withQueries(t, 160, 40)
	uitest.Press(t, a, "5")
	line := uitest.LineWith(t, a, "· local/bm25")
	if strings.Contains(line, "free") || strings.Contains(line, "$") || !regexp.MustCompile(`0\.\d\d`).MatchString(line) {
		t.Errorf("words have no price, and a figure: %q", line)
	}
	for !strings.HasPrefix(a.Screen("verdict").(*Screen).chosen, "local/bm25") {
		before := a.Screen("verdict").(*Screen).chosen
		if uitest.Press(t, a, "down"); a.Screen("verdict").(*Screen).chosen == before {
			t.Fatal("its row cannot be reached")
		}
	}
	uitest.Press(t, a, "enter")
	wantSaid(t, a, "It counts the words that query and text share")
}

func TestWhereQueriesComeFromIsSaid(t *testing.T) {
	for _, c := range []struct {
		task session.LabelTask
		want string
	}{
		{session.LabelTask{From: "asked.csv"}, "asked.csv"},
		{session.LabelTask{Judged: 2}, "your judgments"},
		{session.LabelTask{From: "asked.csv", Judged: 2}, "asked.csv and your judgments"},
		{session.LabelTask{Judged: 1, Pooled: true}, "your judgments (pooled: only the first hits were looked at)"},
	} {
		if got := fromText(c.task); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
