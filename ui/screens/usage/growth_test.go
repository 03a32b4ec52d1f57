package usage

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What more texts cost is told of the selected models that cost something, then of others
// from the cheapest to the dearest, each price once.
func TestModelsThatGrowingCostsAreToldOf(t *testing.T) {
	row := func(place int, many float64) priced {
		return priced{name: fmt.Sprint(many), place: place, many: many}
	}
	other := func(many ...float64) (rows []priced) {
		for _, x := range many {
			rows = append(rows, row(-1, x))
		}
		return rows
	}
	for name, c := range map[string]struct {
		rows []priced
		want []float64
	}{
		"none":                         {},
		"free and unknown ones":        {[]priced{row(0, 0), row(-1, 0), row(1, math.NaN()), row(-1, math.NaN())}, nil},
		"few others":                   {other(1, 2, 3), []float64{1, 2, 3}},
		"each price once":              {other(1, 1, 2, 2, 2), []float64{1, 2}},
		"as many as have room":         {other(1, 2, 3, 4, 5), []float64{1, 2, 3, 4, 5}},
		"more, the dearest among them": {other(1, 2, 3, 4, 5, 6, 7, 8, 9), []float64{1, 3, 5, 7, 9}},
		"one more":                     {other(1, 2, 3, 4, 5, 6), []float64{1, 2, 3, 4, 6}},
		"the selected ones first":      {append([]priced{row(0, 9), row(2, 9)}, other(1, 9, 10)...), []float64{9, 9, 1, 10}},
		"room for two beside them":     {append([]priced{row(0, 7), row(1, 8), row(2, 9)}, other(1, 2, 3)...), []float64{7, 8, 9, 1, 3}},
		"room for one beside them":     {append([]priced{row(0, 6), row(1, 7), row(2, 8), row(3, 9)}, other(1, 2, 3)...), []float64{6, 7, 8, 9, 1}},
		"more selected than have room": {append([]priced{row(0, 4), row(1, 5), row(2, 6), row(3, 7), row(4, 8), row(5, 9)}, other(1)...), []float64{4, 5, 6, 7, 8}},
		"a selected one that is free":  {append([]priced{row(0, 0)}, other(1, 2)...), []float64{1, 2}},
	} {
		var got []float64
		for _, r := range (prices{rows: c.rows}).growing() {
			got = append(got, r.many)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestLargeNumbersAreWrittenShort(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 999: "999", 9_999: "9,999", 10_000: "10 k", 15_499: "15 k", 9_999_999: "9,999 k", 10_000_000: "10 M", 1_234_567_890: "1,234 M"} {
		if got := shortCount(n); got != want {
			t.Errorf("%g is written %q, want %q", n, got, want)
		}
	}
}

// Every row of what more texts cost is ten times the one before, in tokens and in money.
func TestMoreTextsCostTenTimesAsMuchALine(t *testing.T) {
	a := settled(t, 200, 60, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	uitest.Press(t, a, "7")
	u := a.Screen(ID).(*Screen)
	u.priced.texts, u.priced.tokens = 4, 50
	u.priced.rows = []priced{{name: "good", place: 0, many: 250}}
	for i, want := range []string{"texts tokens good", "1,000 ≈12 k ≈$0.25", "10,000 ≈125 k ≈$2.50", "100,000 ≈1,250 k ≈$25.00", "1,000,000 ≈12 M ≈$250.00"} {
		lines := u.growthLines(ui.Size{W: 80, H: 9})
		if got := uitest.Flat(lines[i+1]); got != want {
			t.Errorf("line %d: %q, want %q", i+1, got, want)
		}
	}
	for h, want := range map[int]int{4: 0, 5: 5, 9: 9, 30: 9} {
		if got := len(u.growthLines(ui.Size{W: 80, H: h})); got != want {
			t.Errorf("in %d lines there are %d, want %d", h, got, want)
		}
	}
}
