package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// account is a shop that counts how often it was asked for the balance, and may
// refuse to tell.
type account struct {
	*shop
	asked   int
	balance api.Balance
	err     error
}

func (a *account) Balance(context.Context) (api.Balance, error) {
	a.asked++
	return a.balance, a.err
}

func accountOptions(t *testing.T, candidates ...string) (*account, Options) {
	t.Helper()
	s := newShop()
	left := 12.5
	acc := &account{shop: s, balance: api.Balance{USD: &left}}
	o := shopOptions(t, s, candidates...)
	o.Engine.Providers["shop"] = acc
	return acc, o
}

func TestBalanceIsAskedAgainAfterARunThatSpent(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4", "shop/bad@4")
	a := settled(t, 80, 24, o)
	if acc.asked != 0 {
		t.Fatalf("the balance was asked for %d times before the screen was shown", acc.asked)
	}
	press(t, a, "5")
	if acc.asked != 1 {
		t.Fatalf("opening the screen asked %d times", acc.asked)
	}
	press(t, a, "E", "p")
	if acc.sent() != 6 || acc.asked != 2 {
		t.Errorf("a run of two models on this screen asked %d times, want once", acc.asked-1)
	}
	press(t, a, "j", "k", "g")
	if acc.asked != 2 {
		t.Error("it is asked without anything spent")
	}
	press(t, a, "b")
	if acc.asked != 3 {
		t.Errorf("b asked %d times", acc.asked-2)
	}
	press(t, a, "3", "R")
	if acc.asked != 3 {
		t.Error("it is asked while another screen is shown")
	}
}

func TestBalanceWaitsForTheEndOfTheRun(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4", "shop/bad@4")
	acc.holds = make(chan struct{})
	term := start(t, 100, 30, o)
	term.waitFor("not embedded yet")
	term.press("5")
	term.waitFor("$12.50 left, asked at")
	term.pay()
	term.waitFor("Working")
	*acc.balance.USD = 11.25
	close(acc.holds)
	term.waitFor("$11.25 left, asked at")
}

func TestBalanceThatCannotBeToldSaysWhyAndWhatToDo(t *testing.T) {
	acc, o := accountOptions(t, "shop/good@4")
	acc.err = &api.ServerError{Provider: "shop", Status: 401, Message: "Invalid session\x1b[2J", Advice: "check the key in SHOP_KEY", RequestID: "r1"}
	a := settled(t, 80, 24, o)
	press(t, a, "5")
	if drawn := strings.Join(strings.Fields(plain(a)), " "); !strings.Contains(drawn, " shop answered 401 Unauthorized: Invalid session; check the key in SHOP_KEY [request r1]") {
		t.Errorf("the balance reads\n%s", plain(a))
	}
	acc.err = nil
	press(t, a, "b")
	lineWith(t, a, "Balance at shop: $12.50 left")
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
	press(t, a, "5")
	stopped := false
	acc.after, acc.meanwhile = 1, func() {
		stopped = true
		press(t, a, "esc", "y")
		if acc.asked != 1 {
			t.Errorf("it is asked while the stopped run still spends")
		}
	}
	press(t, a, "E", "p")
	if !stopped || acc.asked != 2 {
		t.Errorf("stopping, %v, asked %d times, want once", stopped, acc.asked-1)
	}
}
