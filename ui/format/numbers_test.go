package format

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestASimilarityIsWrittenOnItsSideOfTheThreshold(t *testing.T) {
	for _, c := range []struct {
		s, threshold float64
		text         string
	}{
		{0.951, 0.95, "0.951"},
		{0.95, 0.95, "0.950"},
		{0.9499, 0.95, "0.949"},
		{0.94999, 0.95, "0.949"},
		{0.9499999999, 0.95, "0.949"},
		{0.95001, 0.95001, "0.95001"},
		{0.153, 0.1, "0.153"},
		{0.12345678901, 0.95, "0.123"},
		{0.9123456789012345, 0.9123456789012345, "0.9123456789012345"},
		{-0.0001, 0, "-0.001"},
		{-0.0001, -0.0001, "-0.0001"},
		{0, 0.95, "0.000"},
		{1, 1, "1.000"},
	} {
		if got := Near(c.s, c.threshold, 3, 17); got != c.text {
			t.Errorf("%v at %v is written %s, want %s", c.s, c.threshold, got, c.text)
		}
	}
}

func TestASimilarityInANarrowColumn(t *testing.T) {
	for s, want := range map[float64]string{0.951: "0.95", 0.949: "0.94", 0.9499999: "0.94", 0.95: "0.95", 0.9500004: "0.95"} {
		if got := Near(s, 0.95, 2, 6); got != want {
			t.Errorf("%v is written %s, want %s", s, got, want)
		}
	}
	// What no decimal that there is room for takes over the threshold has no more of them.
	if got := Near(0.94999999, 0.94999999, 2, 6); got != "0.949999" {
		t.Errorf("with six decimals at most it is written %s", got)
	}
}

func TestAThresholdCopiedFromTheOutputFindsItsOwnPair(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		s := 2*random.Float64() - 1
		if random.IntN(2) == 0 {
			s = math.Round(s*1000) / 1000
		}
		for _, decimals := range []int{2, 3, 4, 6, 9, 12} {
			copied, problem := ParseThreshold(Similarity(s, decimals))
			if problem != "" || copied > s || s-copied > 1.001*math.Pow10(-decimals) {
				t.Fatalf("%v is written %s with %d decimals", s, Similarity(s, decimals), decimals)
			}
		}
		for _, most := range []int{6, 17} {
			if copied, problem := ParseThreshold(Near(s, s, 3, most)); problem != "" || copied > s || most == 17 && copied != s {
				t.Fatalf("%v is written %s at its own threshold", s, Near(s, s, 3, most))
			}
		}
	}
}

func TestNumbersForPeople(t *testing.T) {
	for got, want := range map[string]string{
		Thousands(0): "0", Thousands(999): "999", Thousands(-1234): "-1,234", Thousands(1234567): "1,234,567",
		Count(1, "text"): "1 text", Count(1200, "text"): "1,200 texts", PlainCount(1201, "text"): "1201 texts", PlainCount(0, "token"): "0 tokens",
		ThousandsOr(0): "-", ThousandsOr(8192): "8,192", Agree(2, "is", "are"): "are", Agree(1, "is", "are"): "is", Agree(0, "has", "have"): "have", PlainCount(1, "model"): "1 model",
		Threshold(0.9): "0.90", Threshold(0.925): "0.925", Threshold(1): "1.00", Threshold(-0.5): "-0.50", Threshold(0): "0.00", Threshold(0.57): "0.57", Threshold(0.95): "0.95", Threshold(0.0001): "0.0001", Threshold(-0.125): "-0.125", Threshold(0.33): "0.33", Threshold(0.25): "0.25", Plain(0.80): "0.8", Fixed(1, 3): "1.000",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestARoundedNumberIsNeverMinusZero(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     float64
	}{{-0.0000001, 6, 0}, {2.0 / 3, 6, 0.666667}, {0.0000005, 6, 0.000001}, {-2.5, 0, -3}, {1234.5, -2, 1200}} {
		if got := Round(c.v, c.decimals); got != c.want || got == 0 && math.Signbit(got) {
			t.Errorf("%v with %d decimals is %v, want %v", c.v, c.decimals, got, c.want)
		}
	}
	for _, c := range []struct {
		v        float64
		decimals int
		want     float64
	}{
		{0.1234567890123456, 15, 0.123456789012345}, {0.1234567890123456, 16, 0.1234567890123456}, {0.9999, 3, 0.999}, {-0.1, 0, -1}, {math.Copysign(0, -1), 3, 0}, {1, 15, 1},
	} {
		if got := Down(c.v, c.decimals); got != c.want || got == 0 && math.Signbit(got) {
			t.Errorf("%v is rounded down to %v with %d decimals, want %v", c.v, got, c.decimals, c.want)
		}
	}
	if got := Down(math.NaN(), 3); !math.IsNaN(got) {
		t.Errorf("NaN is rounded to %v", got)
	}
}

func TestYesNo(t *testing.T) {
	if YesNo(true) != "yes" || YesNo(false) != "no" {
		t.Errorf("%q and %q", YesNo(true), YesNo(false))
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 1_000_000: "1.0 MB", 1_250_000: "1.2 MB",
		999_949_999: "999.9 MB", 999_950_000: "1.0 GB", 1_000_000_000: "1.0 GB", 3_000_000_000: "3.0 GB", 1_234_000_000_000: "1234.0 GB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d are %q, want %q", n, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "1 ms", 12 * time.Millisecond: "12 ms", 1499 * time.Microsecond: "1 ms", 1500 * time.Microsecond: "2 ms", 999499 * time.Microsecond: "999 ms", 999500 * time.Microsecond: "1.0 s",
		12340 * time.Millisecond: "12.3 s", 99949 * time.Millisecond: "99.9 s", 99950 * time.Millisecond: "100 s", 100 * time.Second: "100 s", time.Hour: "3600 s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestTimeLeft(t *testing.T) {
	for _, c := range []struct {
		elapsed     time.Duration
		done, total int
		want        string
	}{
		{time.Second, 50, 100, ""}, {time.Minute, 0, 100, ""}, {time.Minute, 100, 100, ""}, {time.Minute, 99, 100, ""},
		{time.Minute, 50, 100, ", about 60 s left"}, {10 * time.Second, 30, 100, ", about 25 s left"},
		{time.Minute, 10, 100, ", about 9 min left"}, {61 * time.Second, 10, 100, ", about 10 min left"}, {time.Hour, 1999, 100_000, ""}, {time.Hour, 2000, 100_000, ", about 2,940 min left"},
		{time.Minute, 0, 10, ""}, {time.Minute, 1, 10, ", about 9 min left"}, {2999 * time.Millisecond, 10, 100, ""}, {3 * time.Second, 10, 100, ", about 30 s left"},
		{5 * time.Second, 50, 100, ", about 5 s left"}, {4 * time.Second, 50, 100, ""}, {99 * time.Second, 50, 100, ", about 100 s left"}, {100 * time.Second, 50, 100, ", about 2 min left"}, {2 * time.Minute, 50, 100, ", about 2 min left"},
	} {
		if got := TimeLeft(c.elapsed, c.done, c.total); got != c.want {
			t.Errorf("%d of %d in %v: %q, want %q", c.done, c.total, c.elapsed, got, c.want)
		}
	}
}

func TestAnAmountOfAnyCurrencyHasThreeDigits(t *testing.T) {
	for amount, want := range map[string]string{
		"0": "0", "0.000": "0", "-0": "0", "5": "5", "12.50": "12.5", "12.55": "12.6", "999.6": "1,000", "1234567": "1,234,567", "0.00012345": "0.000123", "-0.5": "-0.5", "-1234": "-1,234",
		"1e15": "1e+15", "1e14": "100,000,000,000,000", "1e-13": "1e-13", "1e-12": "0.000000000001", "9.999": "10", "99.96": "100", "0.1234": "0.123", "-1e15": "-1e+15", "-1e-13": "-1e-13", "lots": "lots", "NaN": "NaN", "Inf": "Inf", "": "",
	} {
		if got := ShortAmount(amount); got != want {
			t.Errorf("%q is written %q, want %q", amount, got, want)
		}
	}
}
