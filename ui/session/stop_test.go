package session_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What a stop says is what was stopped: which key goes on differs.
func TestAStopSaysWhatItHasStopped(t *testing.T) {
	paid := func(purpose session.Purpose) func(a *shell.App) {
		return func(a *shell.App) {
			source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
			a.Session.NewRequest(purpose, source, []string{"one", "two"}, session.SendingGrant)
		}
	}
	begun := func(a *shell.App) { // without the commands nothing goes on
		a.Session.ForgetResults()
		a.Session.Invalidate(0)
	}
	both := func(first, second func(*shell.App)) func(*shell.App) {
		return func(a *shell.App) { first(a); second(a) }
	}
	const rest, restAndFree = "E asks what the rest costs.", "E asks what the rest costs, R computes what costs nothing."
	for _, c := range []struct {
		name       string
		candidates []string
		begin      func(a *shell.App)
		keys       []string
		want       string
	}{
		{"what costs nothing", []string{"local/glove@100"}, begun, []string{"esc"}, "Stopped; what had arrived is kept. R computes the rest."},
		{"a look for what is known", []string{"shop/good@4"}, begun, []string{"esc"}, "Stopped; what had arrived is kept. " + rest},
		{"a look, beside what costs nothing", []string{"shop/good@4", "local/glove@100"}, begun, []string{"esc"}, "Stopped; what had arrived is kept. " + restAndFree},
		{"texts that are paid for", []string{"shop/good@4"}, paid(session.ForCandidates), []string{"esc", "y"}, "Stopping; what has arrived is kept. " + rest},
		{"those beside what costs nothing", []string{"shop/good@4", "local/glove@100"}, both(begun, paid(session.ForCandidates)), []string{"esc", "y"}, "Stopping; what has arrived is kept. " + restAndFree},
		{"a query", []string{"shop/good@4"}, paid(session.ForQuery), []string{"esc", "y"}, "Stopped: the query has no answer yet; ask it again."},
		{"a query beside what costs nothing", []string{"shop/good@4", "local/glove@100"}, func(a *shell.App) {
			paid(session.ForQuery)(a)
			a.Session.Toggle(a.Session.Candidates()[0])
			begun(a)
		}, []string{"esc", "y"}, "Stopped; what had arrived is kept. R computes the rest."},
		{"a server's own shorter vectors", []string{"shop/good@4"}, paid(session.ForReduction), []string{"esc", "y"}, "Stopped: " + ui.KeyOwnReduced.Help().Key + " on Matrices asks the server again."},
		{"queries of a trial", []string{"shop/good@4"}, paid(session.ForTriedQueries), []string{"esc", "y"}, "Stopping; what has arrived is kept. " + rest},
	} {
		a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), c.candidates...))
		c.begin(a)
		if uitest.Press(t, a, c.keys...); a.Notice().Text != c.want || a.Session.Running() {
			t.Errorf("%s: running %t, it says %q, want %q", c.name, a.Session.Running(), a.Notice().Text, c.want)
		}
	}
}
