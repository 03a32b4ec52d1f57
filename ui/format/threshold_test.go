package format

import (
	"math"
	"testing"
)

func TestParseThreshold(t *testing.T) {
	for typed, want := range map[string]float64{
		"0.9": 0.9, ".9": 0.9, "0,9": 0.9, "90%": 0.9, " 90 % ": 0.9, "1": 1, "-1": -1, "-0.25": -0.25, "0": 0, "100%": 1, "-5%": -0.05, "-100%": -1, "92.75%": 0.9275, "0,5 %": 0.005, "1,0": 1,
	} {
		if got, problem := ParseThreshold(typed); problem != "" || math.Abs(got-want) > 1e-12 {
			t.Errorf("%q is read as %v (%s), want %v", typed, got, problem, want)
		}
	}
	const none, over = "That is no number: type one such as 0.9 or 90%.", "A similarity lies from -1 to 1."
	for typed, want := range map[string]string{
		"": none, "high": none, "0.9.1": none, "0,9,1": none, "%": none, "NaN": none, "90%%": none,
		"-2": over, "101%": over, "Inf": over, "-101%": over, "100.5": over, "-1.01": over,
		"1.01": "A similarity lies from -1 to 1; 1.01% is 0.0101.", "95": "A similarity lies from -1 to 1; 95% is 0.95.", "100": "A similarity lies from -1 to 1; 100% is 1.00.",
	} {
		if value, problem := ParseThreshold(typed); value != 0 || problem != want {
			t.Errorf("%q is read as %v and answered with %q, want %q", typed, value, problem, want)
		}
	}
}
