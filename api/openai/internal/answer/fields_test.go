package answer

import (
	"slices"
	"testing"
)

func TestFieldsReadWhatIsThereAndOfItsType(t *testing.T) {
	f := ReadFields([]byte(`{"text":"words","escapes":"\u001b[0m","bold":"\u001b[1mbold","empty":"","null":null,"number":7,"list":[1,"a"],"object":{"text":"inner"},"true":true,"false":false}`))
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"text"}, "words"}, {[]string{"bold"}, "bold"}, {[]string{"missing", "text"}, "words"},
		{[]string{"empty", "text"}, "words"}, {[]string{"escapes", "text"}, "words"}, {[]string{"number", "list", "null", "text"}, "words"},
		{[]string{"text", "bold"}, "words"}, {[]string{"number"}, ""}, {[]string{"escapes"}, ""}, {nil, ""},
	} {
		if got := f.Text(c.keys...); got != c.want {
			t.Errorf("the text of %q is %q, want %q", c.keys, got, c.want)
		}
	}
	for key, want := range map[string][2]bool{"true": {true, true}, "false": {false, true}, "null": {}, "text": {}, "number": {}, "missing": {}} {
		if value, known := f.Flag(key); value != want[0] || known != want[1] {
			t.Errorf("the flag %s is %v, %v", key, value, known)
		}
	}
	for key, want := range map[string]bool{"text": true, "empty": true, "false": true, "null": false, "missing": false} {
		if f.Has(key) != want {
			t.Errorf("it has %s: %v", key, !want)
		}
	}
	if got := f.Object("object").Text("text"); got != "inner" || f.Object("list") != nil || f.Object("missing") != nil {
		t.Errorf("the object holds %q", got)
	}
	if list := f.List("list"); len(list) != 2 || string(list[1]) != `"a"` || f.List("object") != nil || f.List("missing") != nil {
		t.Errorf("the list is %q", list)
	}
	for _, raw := range []string{"", "[]", "7", `{"cut`} {
		if got := ReadFields([]byte(raw)); got != nil {
			t.Errorf("%q reads as %v", raw, got)
		}
	}
}

func TestNumbersAreReadHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		raw    string
		number float64
		known  bool
		count  int
	}{
		{"7", 7, true, 7}, {`"7"`, 7, true, 7}, {`" 7 "`, 7, true, 7}, {"1", 1, true, 1}, {"0", 0, true, 0}, {"-3", -3, true, 0},
		{"1.5", 1.5, true, 0}, {"0.5", 0.5, true, 0}, {"2.0", 2, true, 2}, {"1e3", 1000, true, 1000},
		{"1000000000", 1e9, true, 1e9}, {"1000000001", 1e9 + 1, true, 0}, {"1e300", 1e300, true, 0},
		{"1e400", 0, false, 0}, {`"NaN"`, 0, false, 0}, {`"Inf"`, 0, false, 0}, {`"-Infinity"`, 0, false, 0},
		{`"many"`, 0, false, 0}, {`""`, 0, false, 0}, {"null", 0, false, 0}, {"true", 0, false, 0}, {"[7]", 0, false, 0}, {`{"a":7}`, 0, false, 0},
	} {
		f := ReadFields([]byte(`{"n":` + c.raw + `,"other":12}`))
		if n, known := f.Number("n"); n != c.number || known != c.known {
			t.Errorf("%s is the number %v, %v", c.raw, n, known)
		}
		if n := f.Count("n"); n != c.count {
			t.Errorf("%s counts %d, want %d", c.raw, n, c.count)
		}
		want := c.count
		if want == 0 {
			want = 12
		}
		if n := f.Count("missing", "n", "other"); n != want {
			t.Errorf("%s and then 12 count %d", c.raw, n)
		}
	}
	if n, known := (Fields)(nil).Number("n"); known {
		t.Errorf("of nothing the number is %v", n)
	}
}

func TestOtherBytesReadAsNumbersAreNoticed(t *testing.T) {
	times := func(n int, x float32) []float32 { return slices.Repeat([]float32{x}, n) }
	for name, c := range map[string]struct {
		v    []float32
		want bool
	}{
		"a vector":                       {times(20, .1), false},
		"large and small":                {slices.Concat(times(2, 1e7), times(2, -1e-19), times(15, .1)), true},
		"a tenth large":                  {slices.Concat(times(2, 1e7), times(3, 1e-19), times(15, .1)), false},
		"a tenth small":                  {slices.Concat(times(3, 1e7), times(2, 1e-19), times(15, .1)), false},
		"large alone, as before scaling": {times(20, 1e7), false},
		"small alone":                    {times(20, 1e-19), false},
		"as large and small as may be":   {slices.Concat(times(10, 1e6), times(10, 1e-18)), false},
		"zeros say nothing":              {slices.Concat(times(2, 1e7), times(2, 1e-19), times(15, .1), times(200, 0)), true},
		"nothing but zeros":              {times(20, 0), false},
	} {
		if got := Garbled(c.v); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhatIsWrongIsShownUnlessItIsLong(t *testing.T) {
	long := func(n int) string { return string(slices.Repeat([]byte("x"), n)) }
	for piece, want := range map[string]string{
		"NaN": "NaN", "a\x1b[1mb": "ab", long(30): long(30), long(31): "something of 31 characters",
		long(120): "something of 120 characters", long(121): "something of 121 bytes",
	} {
		if got := excerpt([]byte(piece)); got != want {
			t.Errorf("%q is shown as %q, want %q", piece, got, want)
		}
	}
}
