package format

import (
	"math"
	"strings"
	"testing"
)

func TestParseThreshold(t *testing.T) {
	for typed, want := range map[string]float64{
		"0.9": 0.9, ".9": 0.9, "0,9": 0.9, "90%": 0.9, " 90 % ": 0.9, "1": 1, "-1": -1, "-0.25": -0.25, "0": 0, "100%": 1, "-5%": -0.05,
	} {
		if got, problem := ParseThreshold(typed); problem != "" || math.Abs(got-want) > 1e-12 {
			t.Errorf("%q is read as %v (%s), want %v", typed, got, problem, want)
		}
	}
	for typed, want := range map[string]string{
		"": "no number", "high": "no number", "0.9.1": "no number", "%": "no number", "NaN": "no number",
		"1.01": "from -1 to 1; 1.01% is 0.0101", "95": "95% is 0.95", "-2": "from -1 to 1.", "101%": "from -1 to 1.", "Inf": "from -1 to 1.",
	} {
		if _, problem := ParseThreshold(typed); !strings.Contains(problem, want) {
			t.Errorf("%q is answered with %q, want %q", typed, problem, want)
		}
	}
}
