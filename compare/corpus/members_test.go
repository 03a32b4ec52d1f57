package corpus

import (
	"slices"
	"testing"
)

func TestAnObjectIsTakenApartWhateverItHolds(t *testing.T) {
	for raw, want := range map[string][]member{
		`{}`:                                    nil,
		`{"a":1}`:                               {{"a", "1"}},
		"{ \"a\" :\t\"x\" ,\n\"b\": null }":     {{"a", `"x"`}, {"b", "null"}},
		`{"a":"x, \"y\": {","b":2}`:             {{"a", `"x, \"y\": {"`}, {"b", "2"}},
		`{"a":"ends with \\","b":"\\\\","c":3}`: {{"a", `"ends with \\"`}, {"b", `"\\\\"`}, {"c", "3"}},
		`{"k\\":1,"k\"":2}`:                     {{`k\`, "1"}, {`k"`, "2"}},
		`{"a":[1,{"b":"]}"},[]],"c":{"d":[]}}`:  {{"a", `[1,{"b":"]}"},[]]`}, {"c", `{"d":[]}`}},
		`{"a":{"\\":"}"},"a":true}`:             {{"a", `{"\\":"}"}`}, {"a", "true"}},
		`{"\u0061":-1.5e3}`:                     {{"a", "-1.5e3"}},
	} {
		if got := members(raw); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}
