package usage

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// account is a shop that counts how often it was asked for the balance, and may
// refuse to tell.
type account struct {
	*uitest.Shop
	asked   int
	balance api.Balance
	err     error
}

func (a *account) Balance(context.Context) (api.Balance, error) {
	a.asked++
	return a.balance, a.err
}

func accountOptions(t *testing.T, candidates ...string) (*account, shell.Options) {
	t.Helper()
	s := uitest.NewShop()
	left := 12.5
	acc := &account{Shop: s, balance: api.Balance{USD: &left}}
	o := uitest.ShopOptions(t, s, candidates...)
	o.Engine.Providers["shop"] = acc
	return acc, o
}

func TestBalanceIsAskedAgainAfterARunThatSpent(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4", "shop/bad@4")
	a := settled(t, 80, 24, o)
	if acc.asked != 0 {
		t.Fatalf("the balance was asked for %d times before the screen was shown", acc.asked)
	}
	uitest.Press(t, a, "5")
	if acc.asked != 1 {
		t.Fatalf("opening the screen asked %d times", acc.asked)
	}
	uitest.Press(t, a, "E", "p")
	if acc.Sent() != 6 || acc.asked != 2 {
		t.Errorf("a run of two models on this screen asked %d times, want once", acc.asked-1)
	}
	uitest.Press(t, a, "j", "k", "g")
	if acc.asked != 2 {
		t.Error("it is asked without anything spent")
	}
	uitest.Press(t, a, "B")
	if acc.asked != 3 {
		t.Errorf("b asked %d times", acc.asked-2)
	}
	uitest.Press(t, a, "3", "R")
	if acc.asked != 3 {
		t.Error("it is asked while another screen is shown")
	}
}

func TestBalanceWaitsForTheEndOfTheRun(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4", "shop/bad@4")
	acc.Holds = make(chan struct{})
	term := start(t, 100, 30, o)
	term.WaitFor("not embedded yet")
	term.Press("5")
	term.WaitFor("$12.50 left, asked at")
	term.Pay()
	term.WaitFor("Working")
	*acc.balance.USD = 11.25
	close(acc.Holds)
	term.WaitFor("$11.25 left, asked at")
}

func TestBalanceThatCannotBeToldSaysWhyAndWhatToDo(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4")
	acc.err = &api.ServerError{Provider: "shop", Status: 401, Message: "Invalid session\x1b[2J", Advice: "check the key in SHOP_KEY", RequestID: "r1"}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "5")
	if drawn := strings.Join(strings.Fields(uitest.Plain(a)), " "); !strings.Contains(drawn, " shop answered 401 Unauthorized: Invalid session; check the key in SHOP_KEY [request r1]") {
		t.Errorf("the balance reads\n%s", uitest.Plain(a))
	}
	acc.err = nil
	uitest.Press(t, a, "B")
	uitest.LineWith(t, a, "Balance at shop: $12.50 left")
}

func TestBalancesAreShort(t *testing.T) {
	usd := func(x float64) *float64 { return &x }
	for want, b := range map[string]api.Balance{
		"$129.46 left":                   {USD: usd(129.4612)},
		"$0 left":                        {USD: usd(0), Other: map[string]string{"nano": "0.000"}},
		"$0.0012 left":                   {USD: usd(0.00123)},
		"-$3.50 left":                    {USD: usd(-3.5)},
		"$1.00, 26.7 nano left":          {USD: usd(1), Other: map[string]string{"nano": "26.735801277658400000"}},
		"0.0123 btc, 1,235 credits left": {Other: map[string]string{"credits": "1234.56", "btc": "0.01230"}},
		"0 nano left":                    {Other: map[string]string{"nano": "0"}},
		"plenty x left":                  {Other: map[string]string{"x": "plenty\x1b[31m"}},
		"1e+30 y left":                   {Other: map[string]string{"y": "1000000000000000000000000000000"}},
		"-26.7 z left":                   {Other: map[string]string{"z": "-26.71"}},
		"the answer tells none":          {},
	} {
		if got := balanceText(b); got != want {
			t.Errorf("%+v reads %q, want %q", b, got, want)
		}
	}
}

func TestBalanceIsAskedOnceAfterAStop(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4", "shop/bad@4")
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "5")
	stopped := false
	acc.After, acc.Meanwhile = 1, func() {
		stopped = true
		uitest.Press(t, a, "esc", "y")
		if acc.asked != 1 {
			t.Errorf("it is asked while the stopped run still spends")
		}
	}
	uitest.Press(t, a, "E", "p")
	if !stopped || acc.asked != 2 {
		t.Errorf("stopping, %v, asked %d times, want once", stopped, acc.asked-1)
	}
}

// What was stopped still spends until it has ended, and the balance is asked for after that.
func TestABalanceIsNotAskedForWhileAStoppedRequestIsOpen(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4")
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "5", "E", "p")
	u := a.Screen(ID).(*Screen)
	u.balances.spent["shop"]-- // as if something was spent since
	model := uitest.CandidateIn(t, a, "shop/good@4").Row
	source := pipeline.Source{Model: model, Dimensions: 4}
	grant := a.Session.Payments().Grants([]pipeline.Estimate{{Source: source, Paid: true, Texts: 1, Tokens: 2, Priced: true}}, pipeline.LongCut)[0]
	request, sending := a.Session.Requests().Embed(session.ForQuery, source, []string{"a query"}, grant, func(*pipeline.Embedding, error) tea.Cmd { return nil })
	a.Session.Requests().Stop(request)
	asked := acc.asked
	uitest.Settle(t, a, u.Refresh())
	if acc.asked != asked || a.Session.Running() || a.Session.Requests().Open() != 1 {
		t.Errorf("with %d requests open it is asked %d times", a.Session.Requests().Open(), acc.asked-asked)
	}
	uitest.Settle(t, a, sending)
	uitest.Settle(t, a, u.Refresh())
	if acc.asked != asked+1 || a.Session.Requests().Open() != 0 {
		t.Errorf("after the end, with %d open, it is asked %d times", a.Session.Requests().Open(), acc.asked-asked)
	}
}
