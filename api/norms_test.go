package api

import "testing"

func TestNormsAreARangeAndUnknownWithoutOne(t *testing.T) {
	var unknown Norms
	unit, raw := Norms{.995, 1.004}, Norms{.83, 1.21}
	for _, c := range []struct {
		name                string
		norms               Norms
		known, unnormalised bool
	}{
		{"unknown", unknown, false, false},
		{"unknown twice", unknown.With(unknown), false, false},
		{"of unit length", unit, true, false},
		{"raw", raw, true, true},
		{"one too short", Norms{.98, 1}, true, true},
		{"just too short", Norms{1 - 1.1*normTolerance, 1}, true, true},
		{"short enough", Norms{1 - normTolerance, 1 + normTolerance}, true, false},
		{"one too long", Norms{1, 1.02}, true, true},
		{"unknown and raw", unknown.With(raw), true, true},
		{"raw and unknown", raw.With(unknown), true, true},
	} {
		if c.norms.Known() != c.known || c.norms.Unnormalised() != c.unnormalised {
			t.Errorf("%s: %+v", c.name, c.norms)
		}
	}
	for _, c := range [][3]Norms{
		{{.9, 1}, {.95, 1.2}, {.9, 1.2}}, {{.95, 1.2}, {.9, 1}, {.9, 1.2}}, {unknown, raw, raw}, {raw, unknown, raw}, {unknown, unknown, unknown},
	} {
		if both := c[0].With(c[1]); both != c[2] {
			t.Errorf("%+v with %+v is %+v, want %+v", c[0], c[1], both, c[2])
		}
	}
}
