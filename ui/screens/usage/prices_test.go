package usage

import (
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// pricedOptions are the explorer with a catalog of models of every kind of price.
func pricedOptions(t *testing.T, candidates ...string) shell.Options {
	t.Helper()
	o := uitest.ShopOptions(t, uitest.NewShop(), candidates...)
	free, dear, cheap := 0.0, 20.0, 0.125
	models := []api.Model{
		{Provider: "shop", ID: "dear", Price: &dear, Dimensions: 1000}, {Provider: "shop", ID: "unknown", Dimensions: 4},
		{Provider: "shop", ID: "cheap", Price: &cheap}, {Provider: "shop", ID: "free", Price: &free, Dimensions: 4},
		{Provider: "shop", ID: "chat", Price: &cheap, Unlikely: true}, {Provider: "shop", ID: "gone", Price: &cheap, Kind: api.KindReranker},
		{Provider: "shop", ID: "good", Price: &dear, Dimensions: 4, SupportsDimensions: true},
	}
	for i := range models {
		models[i].KeyEnv, models[i].Source = "SHOP_KEY", api.SourceCached
		if models[i].Kind == "" {
			models[i].Kind = api.KindEmbedding
		}
	}
	o.Engine.Catalog = catalog.New(models)
	return o
}

// rowsOfPrices are the priced models: name, dimensions, place, price of the texts and of a million.
func rowsOfPrices(u *Screen, decimals int) string {
	var rows []string
	for _, r := range u.priced.rows {
		var cells []string
		for _, c := range u.priceCells(r, decimals)[:pricesBar] {
			cells = append(cells, c.Text)
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return strings.Join(rows, "\n")
}

// The selected models stand first at their own lengths, then those that can be asked from the
// cheapest to the dearest, unknown prices last.
func TestModelsAreListedByWhatTheyCost(t *testing.T) {
	a := settled(t, 200, 60, pricedOptions(t, "shop/good@2"))
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	const others = "  shop/free|free|free|free|16 bytes|16.0 MB\n  shop/cheap|0.125|<$0.000001|≈$0.29|-|-\n  shop/dear|20.000|≈$0.00014|≈$46.67|4.0 kB|4.0 GB\n  shop/unknown|-|-|-|16 bytes|16.0 MB"
	if got, want := rowsOfPrices(u, 3), "● shop/good@2|20.000|≈$0.00014|≈$46.67|8 bytes|8.0 MB\n"+others; got != want {
		t.Errorf("the prices are\n%s\nwant\n%s", got, want)
	}
	u.Filter("AP")
	uitest.Happen(t, a, uitest.Nothing)
	if got := rowsOfPrices(u, 3); !strings.HasPrefix(got, "  shop/cheap|") || strings.Contains(got, "\n") {
		t.Errorf("with a filter the prices are\n%s", got)
	}
}

func TestWithoutTextsNothingIsToldOfTheirCost(t *testing.T) {
	o := pricedOptions(t)
	o.State.Texts = nil
	a := settled(t, 200, 60, o)
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	if u.priced.counted || len(u.affordable(60)) > 0 {
		t.Errorf("of no texts it is said %q", u.affordable(60))
	}
	for _, r := range u.priced.rows {
		if !math.IsNaN(r.many) || !math.IsNaN(r.yours) {
			t.Errorf("with %s no texts cost %g and a million %g", r.name, r.yours, r.many)
		}
	}
	uitest.LineWith(t, a, "What embedding costs")
}

// Models that have no room are counted, the line that counts them with them.
func TestPricesWithoutRoomAreCounted(t *testing.T) {
	a := settled(t, 200, 60, pricedOptions(t))
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	for h, want := range map[int]string{4: "… 4 more: Models", 5: "… 3 more: Models", 6: "… 2 more: Models", 7: "shop/unknown", 8: "shop/unknown"} {
		lines := u.priceLines(ui.Size{W: 100, H: h})
		if last := uitest.Flat(lines[len(lines)-1]); len(lines) > h || !strings.HasPrefix(last, want) {
			t.Errorf("in %d lines there are %d, the last %q", h, len(lines), last)
		}
	}
}

// The bars are as long as what a million texts cost, the dearest one as long as the column.
func TestBarsAreAsLongAsTheCost(t *testing.T) {
	a := settled(t, 200, 60, pricedOptions(t))
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	price := func(usd float64) api.Model { return api.Model{Price: &usd} }
	nan := math.NaN()
	for _, c := range []struct {
		rows []priced
		want []string
	}{
		{[]priced{{many: 4, model: price(1)}, {many: 2, model: price(1)}, {many: 0.001, model: price(1)}, {many: 0, model: price(0)}}, []string{"full", "half", "one", "none"}},
		{[]priced{{many: nan, model: price(4)}, {many: nan, model: price(2)}, {many: nan, model: api.Model{}}}, []string{"full", "half", "none"}},
		{[]priced{{many: nan, model: api.Model{}}}, []string{"none"}},
	} {
		table := u.priceTable(c.rows, 100)
		width := 0
		for _, p := range table.Fit(100, len(c.rows)+1).Places {
			if p.Column == pricesBar {
				width = p.W
			}
		}
		for i, want := range c.want {
			got := strings.Count(table.Row(i)[pricesBar].Text, "█")
			if wanted := map[string]int{"full": width, "half": int(math.Round(float64(width) / 2)), "one": 1}[want]; got != wanted {
				t.Errorf("the bar of %v is %d of %d long, want %s", c.rows[i].many, got, width, want)
			}
		}
	}
}

// What is being spent just now is not left.
func TestWhatIsLeftIsWithoutWhatIsUnderWay(t *testing.T) {
	a := settled(t, 200, 60, pricedOptions(t))
	uitest.Press(t, a, "5")
	u := a.Screen(ID).(*Screen)
	ledger := spending.NewLedger(spending.Limits{PerRun: 1, PerSession: 2}, nil)
	a.Session.SetLedger(ledger)
	row := func(place int, many float64) priced { return priced{name: "shop/dear", place: place, many: many} }
	u.priced = prices{counted: true, texts: 1, rows: []priced{row(-1, 0), row(-1, math.NaN()), row(0, 1000)}}
	for _, c := range []struct {
		spend func()
		want  string
	}{
		{func() {}, "texts like yours for the $2.00 left shop/dear ≈2,000"},
		{func() {
			ledger.Approve(spending.Cost{Paid: true, Priced: true, Texts: 1, Tokens: 1, USD: 0.5})[0].Begin()
		}, "texts like yours for the $1.50 left shop/dear ≈1,500"},
		{func() { ledger.Add(api.Tally{Provider: "shop", Model: "dear", USD: 1.5}) }, ""},
	} {
		c.spend()
		if got := uitest.Flat(strings.Join(u.affordable(60), "\n")); got != c.want {
			t.Errorf("with %g committed it is said %q, want %q", ledger.Committed(), got, c.want)
		}
	}
}

func TestCostsAreMarkedWhereTheyAreEstimates(t *testing.T) {
	usd := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		model api.Model
		usd   float64
		want  string
	}{
		{api.Model{Price: usd(0)}, 0, "free"},
		{api.Model{Price: usd(0)}, math.NaN(), "free"},
		{api.Model{Price: usd(1)}, math.NaN(), "-"},
		{api.Model{}, math.NaN(), "-"},
		{api.Model{Price: usd(1)}, 0.25, "≈$0.25"},
		{api.Model{Price: usd(1)}, 0.000001, "≈$0.0000010"},
		{api.Model{Price: usd(1)}, 0.0000009, "<$0.000001"},
		{api.Model{Tokenizer: "cl100k_base", Price: usd(1)}, 0.25, "$0.25"},
	} {
		if got := (priced{model: c.model}).cost(c.usd); got != c.want {
			t.Errorf("%v with %+v is told as %q, want %q", c.usd, c.model, got, c.want)
		}
	}
}
