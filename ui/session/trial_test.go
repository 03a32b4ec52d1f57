package session_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
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

// freeShop are the explorer's options with a server that charges nothing.
func freeShop(t testing.TB, s *uitest.Shop, candidates ...string) shell.Options {
	t.Helper()
	o := uitest.ShopOptions(t, s, candidates...)
	o.Engine.Unpaid = func(provider string) bool { return provider == "shop" }
	return o
}

func TestQueriesAreAskedForAsAllRequestsAre(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 120, 24, freeShop(t, s, uitest.Use, "shop/good@4"))
	before := uitest.SpentOn(a, "shop/good").Tokens
	s.After, s.Meanwhile = 1, func() {
		if !a.Session.Running() || a.Session.UnderWay() != 1 || !strings.Contains(a.ProgressText(ui.Unlimited), "good") {
			t.Errorf("%d requests are under way: %q", a.Session.UnderWay(), a.ProgressText(ui.Unlimited))
		}
		uitest.Press(t, a, "esc")
	}
	openQueries(t, a)
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, session.ErrStopped) || rowOf(t, a, uitest.Use).Score == nil {
		t.Errorf("esc stops nothing: %+v", r)
	}
	if got := uitest.SpentOn(a, "shop/good").Tokens - before; got != 3 {
		t.Errorf("%d tokens are in the ledger, want those of the query that was answered", got)
	}
	if a.Session.Running() || a.Session.UnderWay() != 0 {
		t.Error("something is under way in the end")
	}
	uitest.Press(t, a, "R")
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil {
		t.Errorf("R does not ask again: %v", r.Err)
	}
	if got := uitest.SpentOn(a, "shop/good").Tokens - before; got != 9 {
		t.Errorf("%d tokens are in the ledger, want those of three queries", got)
	}
}

func TestQueriesOfTwoLengthsAreAskedOnceAndKept(t *testing.T) {
	s := uitest.NewShop()
	o := freeShop(t, s, "shop/good@4", "shop/good@2")
	a := settled(t, 120, 24, o)
	sent := s.Sent()
	openQueries(t, a)
	uitest.Settle(t, a, a.Session.Verdict().SetSeed(7))
	if rowOf(t, a, "shop/good@4").Score == nil || rowOf(t, a, "shop/good@2").Score == nil || len(s.Asked) != 2 || s.Sent()-sent != 3 {
		t.Errorf("after the texts, these were asked for: %q", s.Asked[1:])
	}
}

func TestWhatIsReadyIsTriedWhileAServerIsAsked(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 80, 24, freeShop(t, s, uitest.Use, "shop/good@4"))
	openQueries(t, a)
	asked := false
	s.After, s.Meanwhile = 1, func() {
		if asked = true; !a.Session.Verdict().Working() && a.Session.Verdict().Trial() == nil {
			t.Error("nothing is tried before the slow server has answered")
		}
	}
	cmd, err := a.Session.Edits().Insert(3, corpus.Text{Text: "a fourth"})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	if !asked || rowOf(t, a, uitest.Use).Score == nil || rowOf(t, a, "shop/good@4").Score == nil {
		t.Errorf("not all are tried in the end, or the server was not asked (%t)", asked)
	}
}

func TestMarksThatDoNotDecideLeaveTheTrialStanding(t *testing.T) {
	grouped := slices.Clone(uitest.ShopTexts)
	for i := range grouped {
		grouped[i].Group = []string{"a", "a", "b"}[i]
	}
	a := settled(t, 80, 24, uitest.OptionsWith(t, grouped, uitest.Use))
	before := a.Session.Verdict().Trial()
	if before == nil {
		t.Fatal(a.Session.Verdict().Err())
	}
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 2, labels.Different))
	if a.Session.Verdict().Trial() != before {
		t.Error("a mark has the groups tried anew")
	}
	mark := a.Session.Labels().Mark(0, 1, labels.Same)
	uitest.Settle(t, a, mark)
	uitest.Settle(t, a, a.Session.Labels().ChooseTask(evaluate.Pairs))
	before = a.Session.Verdict().Trial()
	if before == nil || before.Labels.Task() != evaluate.Pairs {
		t.Fatal("the marks are not tried at")
	}
	uitest.Settle(t, a, a.Session.Labels().Mark(1, 2, labels.Unsure))
	if a.Session.Verdict().Trial() != before {
		t.Error("a pair that is called unsure has the marks tried anew")
	}
	cmd := a.Session.Labels().Mark(1, 2, labels.Different)
	if v := a.Session.Verdict(); v.Trial() != before || !v.Working() {
		t.Error("the trial of before is not shown while the next is made")
	}
	uitest.Settle(t, a, cmd)
	if v := a.Session.Verdict(); v.Trial() == before || v.Working() {
		t.Error("a mark that decides changes nothing")
	}
}
