package session_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// queriesOf are labels for retrieval, as a file has them.
func queriesOf(t testing.TB, file string) labels.Labels {
	t.Helper()
	queries, err := labels.ReadQueries(strings.NewReader(file), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	return labels.Labels{Queries: queries}
}

// asked are queries of uitest.ShopTexts.
const asked = "query,relevant\nwhich is first?,1\nwhat comes then?,2\nand the last?,3\n"

// openQueries has the candidates tried at those queries.
func openQueries(t testing.TB, a *shell.App) {
	t.Helper()
	uitest.Settle(t, a, a.Session.Labels().Open(queriesOf(t, asked), "asked.csv"))
}

// rowOf is how a candidate does; it fails where that was not tried.
func rowOf(t testing.TB, a *shell.App, id string) trial.Row {
	t.Helper()
	if made := a.Session.Verdict().Trial(); made != nil {
		for _, r := range made.Rows {
			if r.ID == id {
				return r
			}
		}
	}
	t.Fatalf("%s was not tried: %v", id, a.Session.Verdict().Err())
	return trial.Row{}
}

func TestTheVerdictFollowsTheWayQueriesAreSent(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.ShopTexts, uitest.Use))
	openQueries(t, a)
	before := a.Session.Verdict().Trial()
	m, err := a.Session.Find("local/use-lite")
	if err != nil || before == nil {
		t.Fatal(err, before)
	}
	roles := a.Session.Roles(m)
	for name, change := range map[string]func(r *api.Roles){
		"queries":   func(r *api.Roles) { r.Query.Prefix = "stocks and markets: " },
		"documents": func(r *api.Roles) { r.Document.Prefix = "cats: " },
	} {
		edited := roles
		change(&edited)
		uitest.Settle(t, a, a.Session.SetRoles(m, edited))
		now := a.Session.Verdict().Trial()
		if now == before || now == nil {
			t.Errorf("the verdict is on the %s of before", name)
		}
		before = now
	}
}

// paidFor is the explorer after the texts of the shop were paid for, with queries that
// were not.
func paidFor(t testing.TB, s *uitest.Shop) *shell.App {
	t.Helper()
	a := settled(t, 80, 24, uitest.ShopOptions(t, s, uitest.Use, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	openQueries(t, a)
	return a
}

func TestComputingAgainTriesWhatCouldNotBeTried(t *testing.T) {
	s := uitest.NewShop()
	a := paidFor(t, s)
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, trial.ErrUnpaid) {
		t.Fatalf("queries were asked for without a word: %+v", r)
	}
	for _, q := range a.Session.Labels().Queries() {
		s.Knows["good"+q] = true // as when they were asked on Texts
	}
	uitest.Happen(t, a, a.Session.Recompute)
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil {
		t.Errorf("R does not try it again: %v", r.Err)
	}
	made := a.Session.Verdict().Trial()
	uitest.Happen(t, a, a.Session.Recompute)
	if a.Session.Verdict().Trial() != made {
		t.Error("R tries again although nothing had failed")
	}
}
