package spending

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

// notes is a log in memory.
type notes struct {
	list []api.Tally
	err  error
}

func (n *notes) Add(ctx context.Context, t api.Tally) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	n.list = append(n.list, t)
	return n.err
}

func (n *notes) Totals(context.Context) ([]api.Tally, error) { return n.list, nil }

// dollarEach costs a dollar a token; exact tells that the tokens are counted with its
// own tokenizer.
func dollarEach(exact bool) api.Model {
	price := 1e6
	m := api.Model{Provider: "shop", ID: "m", Source: api.SourceLive, Price: &price}
	if exact {
		m.Tokenizer = "cl100k_base"
	}
	return m
}

// four is what four tokens of one text cost.
func four(m api.Model) Cost {
	return Cost{Model: m, Paid: true, Priced: true, Estimated: !m.CountsExactly(), Texts: 1, Tokens: 4, USD: 4}
}

// leaving is a ledger whose limit a run leaves so much beside a cost.
func leaving(usd float64, beside ...Cost) *Ledger {
	return NewLedger(Limits{PerRun: AtMost(beside) + usd, PerSession: math.Inf(1)}, nil)
}

func TestLostAnswersArePaidForAgainOnlyWithinTheLimits(t *testing.T) {
	exact, other := four(dollarEach(true)), four(dollarEach(false))
	for _, tt := range []struct {
		name   string
		usd    float64
		cost   Cost
		tokens []int
		want   []bool
	}{
		{"nothing left", -1, exact, []int{1}, []bool{false}},
		{"enough for some", 4, exact, []int{3, 2, 1, 1}, []bool{true, false, true, false}},
		// At most 1.5 × 4 + 3 tokens: $9 for the 4 estimated.
		{"the server may count more", 9, other, []int{3, 2, 1}, []bool{true, false, true}},
		{"no price: once more", 0, Cost{Paid: true, Texts: 1, Tokens: 4}, []int{4, 1}, []bool{true, false}},
		{"all known", 5, Cost{Paid: true, Priced: true}, []int{1}, []bool{false}},
		{"what costs nothing", 0, Cost{Texts: 1, Tokens: 4, Priced: true}, []int{4, 4, 4}, []bool{true, true, true}},
	} {
		a := leaving(tt.usd, tt.cost).Approve(tt.cost)[0]
		var got []bool
		for _, n := range tt.tokens {
			got = append(got, a.Allow(n))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestModelsOfARunShareWhatItLeaves(t *testing.T) {
	cost := four(dollarEach(true))
	both := leaving(4, cost, cost).Approve(cost, cost)
	if !both[0].Allow(3) || both[1].Allow(2) {
		t.Error("two models do not share what the limit leaves")
	}
}

func TestLostAnswersLeaveRoomForWhatIsUnderWay(t *testing.T) {
	cost := four(dollarEach(true))
	l := NewLedger(Limits{PerRun: 100, PerSession: 10}, nil)
	first, second := l.Approve(cost)[0], l.Approve(cost)[0]
	first.Begin()
	second.Begin()
	if first.Allow(3) || !first.Allow(2) || second.Allow(1) {
		t.Errorf("of $10 two runs of $4 each leave $2 for lost answers; committed are $%v", l.Committed())
	}
	first.End() // nothing was sent after all
	if got, used := l.Of("shop/m"); used {
		t.Errorf("of nothing it is told that it was used: %+v", got)
	}
	if second.Allow(7) || !second.Allow(6) {
		t.Errorf("the other run leaves $6; committed are $%v", l.Committed())
	}
}

func TestNothingIsTakenTwiceByAnswersThatAreLostAtOnce(t *testing.T) {
	cost := four(dollarEach(true))
	a := leaving(5, cost).Approve(cost)[0]
	var allowed [20]bool
	var all sync.WaitGroup
	for i := range allowed {
		all.Go(func() { allowed[i] = a.Allow(1) })
	}
	all.Wait()
	n := 0
	for _, is := range allowed {
		if is {
			n++
		}
	}
	if n != 5 {
		t.Errorf("%d of 20 answers are asked for again for $5", n)
	}
}

func TestWhatIsApprovedCountsUntilItIsKnownWhatWasSpent(t *testing.T) {
	cost := four(dollarEach(false))
	l := NewLedger(Limits{PerRun: 100, PerSession: 100}, nil)
	a := l.Approve(cost)[0]
	if got := l.Committed(); got != 0 {
		t.Errorf("before it begins $%v are committed", got)
	}
	a.Begin()
	if !a.Allow(4) || l.Committed() != 18 || l.Spent() != 0 {
		t.Errorf("$%v are committed, $%v spent; want 9 twice, and nothing", l.Committed(), l.Spent())
	}
	a.Record(api.Usage{Texts: 1, Tokens: 5, Requests: 1})
	a.Record(api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTexts: 1, LostTokens: 2})
	a.End()
	a.End()
	if l.Committed() != 11 || l.Spent() != 11 { // 5, and at most 1.5 × 2 + 3
		t.Errorf("in the end $%v are committed, $%v spent; want 11", l.Committed(), l.Spent())
	}
	if got, ok := l.Of("shop/m"); !ok || got.USD != 5 || got.LostUSD != 6 || got.Requests != 2 || len(l.Paid()) != 1 {
		t.Errorf("spent is %+v", got)
	}
}

func TestALimitIsExceededSurelyOrPerhaps(t *testing.T) {
	exact, cost := four(dollarEach(true)), four(dollarEach(false)) // $4; and $4, at most $9
	for _, c := range []struct {
		cost   Cost
		spent  float64
		limits Limits
		want   []Excess
	}{
		{cost, 0, Limits{9, 9}, nil},
		{cost, 0, Limits{8, 9}, []Excess{{false, 8, true}}},
		{cost, 0, Limits{3, 8}, []Excess{{false, 3, false}, {true, 8, true}}},
		{cost, 0, Limits{9, 3}, []Excess{{true, 3, false}}},
		// Just the limit is within it, whatever was spent before.
		{exact, 0, Limits{4, 4}, nil},
		{exact, 2, Limits{4, 6}, nil},
		{exact, 2, Limits{4, 5}, []Excess{{true, 5, false}}},
		{cost, 0, Limits{4, 4}, []Excess{{false, 4, true}, {true, 4, true}}},
		{cost, 2, Limits{9, 11}, nil},
		{cost, 2, Limits{9, 6}, []Excess{{true, 6, true}}},
	} {
		l := NewLedger(c.limits, nil)
		l.Add(api.Tally{Provider: "shop", Model: "other", USD: c.spent})
		if got := l.Exceeds([]Cost{c.cost}); !slices.Equal(got, c.want) {
			t.Errorf("after $%v, limits %v: %v, want %v", c.spent, c.limits, got, c.want)
		}
	}
}

func TestTheLogTakesWhatServersDid(t *testing.T) {
	paid, free := dollarEach(true), api.Model{Provider: "box", ID: "m", Source: api.SourceLive}
	for name, c := range map[string]struct {
		model api.Model
		used  api.Usage
		ok    bool
	}{
		"nothing was answered":            {paid, api.Usage{Elapsed: time.Second}, false},
		"a paid answer":                   {paid, api.Usage{Texts: 3, Tokens: 9, Requests: 1}, true},
		"a refusal":                       {paid, api.Usage{Requests: 1, Failed: 1}, true},
		"everything came from the cache":  {paid, api.Usage{Texts: 3, Cached: 3}, true},
		"a server that costs nothing":     {free, api.Usage{Texts: 3, Tokens: 9, Requests: 1}, true},
		"a model that is in the binary":   {api.Model{Provider: "local", ID: "m", Source: api.SourceBinary}, api.Usage{Texts: 3, Tokens: 9}, false},
		"what an interrupted asking lost": {paid, api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: 5}, true},
	} {
		log := &notes{}
		a := NewLedger(Limits{}, log).Approve(Cost{Model: c.model, Paid: c.model.Price != nil})[0]
		a.Record(c.used)
		if something, _ := a.Logged(); something != c.ok || len(log.list) > 0 != c.ok || c.ok && log.list[0].Ref() != c.model.Ref() {
			t.Errorf("%s: noted is %+v, want %t", name, log.list, c.ok)
		}
	}
}

func TestTheLogTakesEveryPartAtOnceAndNoneTwice(t *testing.T) {
	log := &notes{err: errors.New("the disk is full")}
	l := NewLedger(Limits{}, log)
	a := l.Approve(Cost{Model: dollarEach(false), Paid: true})[0]
	a.Begin()
	for i := range 3 {
		a.Record(api.Usage{Texts: 2, Tokens: 10, Requests: 1, Latencies: []time.Duration{time.Duration(i)}})
		a.Record(api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTexts: 1, LostTokens: 1})
		if len(log.list) != 2*i+2 {
			t.Fatalf("%d parts are noted of %d", len(log.list), 2*i+2)
		}
	}
	if _, err := a.Logged(); !errors.Is(err, log.err) {
		t.Errorf("that the log is full is told as %v", err)
	}
	a.End()
	var sum api.Tally
	for _, t := range log.list {
		sum = sum.Plus(t)
	}
	exact := NewLedger(Limits{}, nil)
	b := exact.Approve(Cost{Model: dollarEach(true), Paid: true})[0]
	b.Begin()
	b.Record(api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTexts: 2, LostTokens: 5})
	b.End()
	if got, _ := exact.Of("shop/m"); got.LostUSD != 5 {
		t.Errorf("5 lost tokens that were counted exactly may cost $%v", got.LostUSD)
	}
	// The lost ones together are 1.5 × 3 tokens, rounded up, and 3 for each.
	if got, _ := l.Of("shop/m"); sum.USD != 30 || sum.LostUSD != 14 || sum.Texts != 6 || len(sum.Latencies) != 3 || got.LostUSD != 14 || got.Tokens != 30 {
		t.Errorf("noted is %+v of %+v", sum, got)
	}
}

// Sums of money that are the limit as people count are within it, whatever the last digit
// of a float64 says.
func TestJustTheLimitIsAllowedInTenthsToo(t *testing.T) {
	price := 1e5 // a dime a token
	cost := Cost{Model: api.Model{Provider: "shop", ID: "m", Price: &price, Tokenizer: "cl100k_base"}, Paid: true, Priced: true, Texts: 1, Tokens: 1, USD: 0.1}
	for _, limits := range []Limits{{PerRun: 0.3, PerSession: 100}, {PerRun: 100, PerSession: 0.3}} {
		a := NewLedger(limits, nil).Approve(cost)[0]
		a.Begin()
		if !a.Allow(2) || a.Allow(1) {
			t.Errorf("%+v: of $0.30, $0.10 are under way, and $0.20 are not what is left", limits)
		}
	}
}

func TestWhoAgreedToMoreThanTheLimitsPaysItOnceMoreAtMost(t *testing.T) {
	cost := four(dollarEach(true))
	a := NewLedger(Limits{PerRun: 1, PerSession: 1}, nil).ApproveAbove(cost)[0]
	a.Begin()
	if !a.Allow(3) || a.Allow(2) || !a.Allow(1) || a.Allow(1) {
		t.Error("what is lost is not asked for again as often as was agreed to")
	}
}

func TestWhatASessionSpentIsToldByModelAndServer(t *testing.T) {
	unpriced := api.Model{Provider: "shop", ID: "u", Source: api.SourceLive}
	other := dollarEach(true)
	other.Provider = "mall"
	local := api.Model{Provider: "local", ID: "m", Source: api.SourceBinary}
	l := NewLedger(Limits{PerRun: 100, PerSession: 100}, nil)
	for _, c := range []struct {
		cost Cost
		used api.Usage
		want api.Tally
	}{
		{four(dollarEach(true)), api.Usage{Texts: 1, Tokens: 4, Requests: 1, Estimated: true}, api.Tally{Texts: 1, Tokens: 4, Estimated: 4, USD: 4, Requests: 1}},
		{four(other), api.Usage{Texts: 1, Tokens: 3, Requests: 1}, api.Tally{Texts: 1, Tokens: 3, USD: 3, Requests: 1}},
		{Cost{Model: unpriced, Paid: true, Texts: 2, Tokens: 5}, api.Usage{Texts: 2, Tokens: 5, Requests: 1}, api.Tally{Texts: 2, Tokens: 5, Unpriced: 5, Requests: 1}},
		{Cost{Model: local, Priced: true}, api.Usage{Texts: 2, Tokens: 5}, api.Tally{Texts: 2, Tokens: 5}},
		{Cost{Model: api.Model{Provider: "shop", ID: "refused"}, Paid: true}, api.Usage{Requests: 1, Failed: 1}, api.Tally{Requests: 1, Failed: 1}},
	} {
		a := l.Approve(c.cost)[0]
		a.Begin()
		a.Record(c.used)
		a.End()
		c.want.Provider, c.want.Model = c.cost.Model.Provider, c.cost.Model.ID
		got, ok := l.Of(c.cost.Model.Ref())
		got.Histogram, got.Latencies = nil, nil
		if !ok || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.cost.Model.Ref(), got, c.want)
		}
	}
	if got := len(l.Paid()); got != 4 {
		t.Errorf("%d models cost something", got)
	}
	if got := l.Spent(); got != 7 {
		t.Errorf("spent are $%v", got)
	}
}
