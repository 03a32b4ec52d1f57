package spending

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestWhatACostCanBeAtTheMost(t *testing.T) {
	other, exact := dollarEach(false), dollarEach(true)
	for name, c := range map[string]struct {
		cost  Cost
		sends bool
		most  float64
	}{
		"estimated: half as much again, and three tokens a text": {Cost{Model: other, Paid: true, Priced: true, Estimated: true, Texts: 2, Tokens: 5, USD: 5}, true, 14},
		"one text":                {Cost{Model: other, Paid: true, Priced: true, Estimated: true, Texts: 1, Tokens: 4, USD: 4}, true, 9},
		"counted":                 {Cost{Model: other, Paid: true, Priced: true, Texts: 2, Tokens: 5, USD: 5}, true, 5},
		"counted exactly anyway":  {Cost{Model: exact, Paid: true, Priced: true, Estimated: true, Texts: 2, Tokens: 5, USD: 5}, true, 5},
		"nothing to send":         {Cost{Model: other, Paid: true, Priced: true, Estimated: true, Tokens: 5, USD: 2}, false, 2},
		"nothing is paid":         {Cost{Model: other, Priced: true, Estimated: true, Texts: 2, Tokens: 5}, false, 0},
		"no price":                {Cost{Model: api.Model{}, Paid: true, Estimated: true, Texts: 2, Tokens: 5}, true, 0},
		"texts without any token": {Cost{Model: other, Paid: true, Priced: true, Estimated: true, Texts: 2}, true, 0},
	} {
		if c.cost.Sends() != c.sends || math.Abs(c.cost.AtMost()-c.most) > tiny {
			t.Errorf("%s: sends %v, at most $%v; want %v, $%v", name, c.cost.Sends(), c.cost.AtMost(), c.sends, c.most)
		}
	}
	if got := AtMost([]Cost{four(other), four(exact)}); got != 13 {
		t.Errorf("both cost $%v at the most, want 13", got)
	}
}

func TestNothingIsAllowedAgainOfWhatIsNotSent(t *testing.T) {
	for name, c := range map[string]Cost{
		"no text":            {Model: dollarEach(true), Paid: true, Priced: true, Tokens: 4, USD: 4},
		"no token":           {Model: dollarEach(true), Paid: true, Priced: true, Texts: 1},
		"no text, no price":  {Paid: true, Tokens: 4},
		"no token, no price": {Paid: true, Texts: 1},
	} {
		if NewLedger(Limits{PerRun: 100, PerSession: 100}, nil).Approve(c)[0].Allow(0) {
			t.Errorf("%s: tokens may be sent again", name)
		}
	}
}

func TestALedgerAddsUpByModel(t *testing.T) {
	l := NewLedger(Limits{PerRun: 1, PerSession: 2}, &notes{})
	one, two := api.Tally{Provider: "shop", Model: "m", USD: 1, Requests: 1}, api.Tally{Provider: "shop", Model: "n", USD: 2}
	elsewhere := api.Tally{Provider: "mall", Model: "m", USD: 4, LostUSD: 8}
	for _, spent := range []api.Tally{one, two, one, elsewhere, two} {
		l.Add(spent)
	}
	want := []api.Tally{one.Plus(one), two.Plus(two), elsewhere}
	same := func(a, b api.Tally) bool {
		a.Latencies, b.Latencies, a.Histogram, b.Histogram = nil, nil, nil, nil
		return reflect.DeepEqual(a, b)
	}
	for _, got := range [][]api.Tally{l.Session(), l.Paid()} {
		if !slices.EqualFunc(got, want, same) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if got, ok := l.Of("shop/m"); !ok || got.USD != 2 || got.Requests != 2 || l.Spent() != 18 {
		t.Errorf("%+v, %v, $%v in all", got, ok, l.Spent())
	}
	if _, ok := l.Of("shop/other"); ok {
		t.Error("what was never used has been spent on")
	}
	if l.Limits() != (Limits{1, 2}) || l.Log() == nil {
		t.Errorf("%+v, %v", l.Limits(), l.Log())
	}
	var none *Ledger
	if len(none.Session()) != 0 || len(none.Paid()) != 0 {
		t.Error("something was spent of no ledger")
	}
}

func TestATextFromTheCacheIsUsedToo(t *testing.T) {
	l := NewLedger(Limits{}, nil)
	for id, used := range map[string]api.Usage{"cached": {Texts: 1, Cached: 1}, "asked": {Requests: 1}, "nothing": {}} {
		m := dollarEach(true)
		m.ID = id
		a := l.Approve(Cost{Model: m, Paid: true})[0]
		a.Begin()
		a.Record(used)
		a.End()
		if _, ok := l.Of(m.Ref()); ok == (id == "nothing") {
			t.Errorf("%s: noted %v", id, ok)
		}
	}
}

func TestTheCostsOfARunExceedTogether(t *testing.T) {
	exact, other := four(dollarEach(true)), four(dollarEach(false)) // $4; and $4, at most $9
	for _, c := range []struct {
		costs  []Cost
		limits Limits
		want   []Excess
	}{
		{[]Cost{exact, exact}, Limits{8, 8}, nil},
		{[]Cost{exact, exact}, Limits{7, 8}, []Excess{{false, 7, false}}},
		{[]Cost{exact, other}, Limits{12, 13}, []Excess{{false, 12, true}}},
		{nil, Limits{0, 0}, nil},
	} {
		if got := NewLedger(c.limits, nil).Exceeds(c.costs); !slices.Equal(got, c.want) {
			t.Errorf("%d costs, limits %v: %v, want %v", len(c.costs), c.limits, got, c.want)
		}
	}
	// What was begun counts as far as it can go.
	l := NewLedger(Limits{100, 13}, nil)
	a := l.Approve(other)[0]
	a.Begin()
	if got := l.Exceeds([]Cost{exact}); got != nil {
		t.Errorf("beside $9: %v", got)
	}
	a.Allow(1)
	if got, want := l.Exceeds([]Cost{exact}), []Excess{{true, 13, false}}; !slices.Equal(got, want) {
		t.Errorf("beside $9 and a token more: %v, want %v", got, want)
	}
}

// Ten and twenty cents are thirty, whatever the last digit of a float64 says.
func TestJustTheLimitIsNotExceededInTenths(t *testing.T) {
	l := NewLedger(Limits{PerRun: 0.3, PerSession: 0.3}, nil)
	l.Add(api.Tally{Provider: "shop", Model: "m", USD: 0.1})
	if got := l.Exceeds([]Cost{{Paid: true, Priced: true, Texts: 1, USD: 0.2}}); got != nil {
		t.Errorf("after $0.10, $0.20 exceed %+v", got)
	}
	l = NewLedger(Limits{PerRun: 0.3, PerSession: 1}, nil)
	tenth := Cost{Paid: true, Priced: true, Texts: 1, USD: 0.1}
	if got := l.Exceeds([]Cost{tenth, tenth, tenth}); got != nil {
		t.Errorf("three times $0.10 exceed %+v", got)
	}
	if got := l.Exceeds([]Cost{tenth, tenth, {Paid: true, Priced: true, Texts: 1, USD: 0.1001}}); len(got) != 1 {
		t.Errorf("a hundredth of a cent more exceeds %+v", got)
	}
}

func TestWhatTheLogSaidLastIsTold(t *testing.T) {
	log := &notes{err: errors.New("the disk is full")}
	a := NewLedger(Limits{}, log).Approve(Cost{Model: dollarEach(true), Paid: true})[0]
	if something, err := a.Logged(); something || err != nil {
		t.Errorf("before anything was used: %v, %v", something, err)
	}
	a.Record(api.Usage{Texts: 1, Tokens: 1, Requests: 1})
	log.err = nil
	a.Record(api.Usage{Texts: 1, Tokens: 1, Requests: 1})
	if something, err := a.Logged(); !something || err != nil {
		t.Errorf("after the disk has room again: %v, %v", something, err)
	}
	totals, _ := a.ledger.Log().Totals(context.Background())
	if len(totals) != 2 || totals[1].Tokens != 1 {
		t.Errorf("%+v", totals)
	}
}

func TestWhatIsLostCostsAtMostWhatAServerMayCountOfItsTexts(t *testing.T) {
	u := api.Usage{Tokens: 7, Requests: 3, Failed: 2, Lost: 1, LostTexts: 2, LostTokens: 5}
	for name, c := range map[string]struct {
		model    api.Model
		paid     bool
		usd      float64
		lost     float64
		unpriced int
	}{
		"estimated":       {dollarEach(false), true, 7, 14, 0},
		"counted":         {dollarEach(true), true, 7, 5, 0},
		"nothing is paid": {dollarEach(false), false, 0, 0, 0},
		"no price":        {api.Model{Provider: "shop", ID: "m"}, true, 0, 0, 7},
	} {
		got := tallyOf(c.model, c.paid, u)
		if math.Abs(got.USD-c.usd) > tiny || math.Abs(got.LostUSD-c.lost) > tiny || got.Unpriced != c.unpriced || got.Ref() != c.model.Ref() || got.LostTokens != 5 || got.Tokens != 7 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
