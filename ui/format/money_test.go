package format

import (
	"strconv"
	"testing"
)

func TestDollars(t *testing.T) {
	for usd, want := range map[float64]string{
		0: "$0", 9e-7: "<$0.000001", 1e-6: "$0.0000010", 0.0000043: "$0.0000043", 0.000012: "$0.000012", 1: "$1.00", 1.05e-6: "$0.0000011", 0.0123: "$0.012", 0.5: "$0.50",
		0.999: "$1.00", 12.345: "$12.35", -1: "$0", 0.0099: "$0.0099", 0.01: "$0.010", 999: "$999.00", 999.995: "$1,000.00", 1234567.891: "$1,234,567.89",
	} {
		if got := Dollars(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
		}
	}
}

func TestALimitIsEnough(t *testing.T) {
	for usd, want := range map[float64]string{
		-1: "0", 0: "0", 1e-6: "0.000001", 1e-9: "0.000001", 0.0000043: "0.0000043", 0.07: "0.07", 0.0701: "0.071", 0.00123: "0.0013", 1.1: "1.1", 2.3: "2.3", 12.341: "12.35", 1234567.891: "1234567.9", 100: "100",
	} {
		got := Limit(usd)
		if got != want {
			t.Errorf("%g is covered by %q, want %q", usd, got, want)
		}
		if x, err := strconv.ParseFloat(got, 64); err != nil || x < usd*(1-1e-9) {
			t.Errorf("%g is not covered by %q: %v", usd, got, err)
		}
	}
}

func TestAnAmountIsWrittenAsItWasTyped(t *testing.T) {
	for usd, want := range map[float64]string{1e-7: "$0.0000001", 0.1: "$0.1", 5: "$5", 1e6: "$1000000"} {
		if got := Amount(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
		}
	}
}

func TestADebtHasASign(t *testing.T) {
	for usd, want := range map[float64]string{-1.5: "-$1.50", 0: "$0", 0.004: "$0.0040", 1234.5: "$1,234.50"} {
		if got := Signed(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
		}
	}
}

func TestPricesStandUnderEachOther(t *testing.T) {
	usd := func(v float64) *float64 { return &v }
	for _, tc := range []struct {
		price *float64
		want  string
	}{{usd(0.02), "0.020"}, {usd(0.088), "0.088"}, {usd(12), "12.000"}, {usd(0), "free"}, {usd(0.001), "0.001"}, {usd(0.0001), "0.000"}, {nil, "-"}} {
		if got := Price(tc.price, 3); got != tc.want {
			t.Errorf("%v is written %q, want %q", tc.price, got, tc.want)
		}
	}
	for price, want := range map[float64]int{0.5: 2, 0.088: 3, 0.0123: 4, 0.00012345: 4, 7: 2, 1.25: 2} {
		if got := PriceDecimals(price); got != want {
			t.Errorf("%g needs %d decimals, want %d", price, got, want)
		}
	}
}

func TestALimitIsNeverWrittenAsLessThanItIs(t *testing.T) {
	for usd, want := range map[float64]string{0.5: "$0.50", 0.0701: "$0.071", 12.341: "$12.35", 1234.5: "$1,234.50", 1234.561: "$1,234.57", 1.0999: "$1.10", 0: "$0", 1e-7: "<$0.000001", 0.00000101: "$0.0000011"} {
		if got := UpTo(usd); got != want {
			t.Errorf("up to %g is written %q, want %q", usd, got, want)
		}
	}
}
