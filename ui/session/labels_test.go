package session_test

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestLabelsFollowTheTextsThatTheResultsAreOf(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.ShopTexts, uitest.Use))
	l := a.Session.Labels()
	replace := func(texts []corpus.Text, from string) (settle func()) {
		cmd, err := a.Session.Edits().Replace(texts, corpus.Origin{Source: from})
		if err != nil {
			t.Fatal(err)
		}
		return func() { uitest.Settle(t, a, cmd) }
	}
	replace(uitest.ShopTexts[:2], "before.csv")()
	settle := replace(uitest.ShopTexts, "asked-of.csv")
	openQueries(t, a)
	if n := len(l.Tied().Queries); n != 0 {
		t.Errorf("%d queries of the texts to come are tied to those of before", n)
	}
	settle()
	want := []string{"which is first?", "what comes then?", "and the last?"}
	if got := l.Queries(); !slices.Equal(got, want) || !slices.Equal(l.Queries(), got) {
		t.Fatalf("the queries are %q", got)
	}
	settle = replace(uitest.ShopTexts[1:], "others.csv")
	if got := l.Queries(); !slices.Equal(got, want) {
		t.Errorf("texts that have no results yet take the queries away: %q", got)
	}
	settle()
	if l.Any() || len(l.Queries()) != 0 || a.Session.Verdict().Trial() != nil {
		t.Errorf("labels of other texts decide: %q", l.Queries())
	}
	settle = replace(uitest.ShopTexts, "asked-of.csv")
	settle()
	if tasks := l.Tasks(); len(tasks) != 1 || tasks[0].From != "asked.csv" {
		t.Errorf("the labels are not back with their texts: %+v", tasks)
	}
}
