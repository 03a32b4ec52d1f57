package answer

import (
	"testing"
	"unicode/utf8"
)

// FuzzComplaint looks for bodies that are not understood in bounded words.
func FuzzComplaint(f *testing.F) {
	f.Add([]byte(`{"error":{"message":"m","type":"t","param":"input","code":7}}`))
	f.Add([]byte(`{"detail":[{"loc":["body","input",0],"msg":"x"},{"msg":"y"}]}`))
	f.Add([]byte(`{"error":"e","requiredBalance":0.5}`))
	f.Add([]byte("\ufeff<html>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		c := ReadComplaint(body)
		if c.HTML && (c.Message != "" || c.JSON) {
			t.Fatalf("%q is a page and %+v", body, c)
		}
		if len(c.Message) > 16*(len(body)+16) || c.JSON && !utf8.ValidString(c.Message) {
			t.Fatalf("%q says %q", body, c.Message)
		}
	})
}

// FuzzFields looks for objects whose fields are read as what they are not.
func FuzzFields(f *testing.F) {
	f.Add([]byte(`{"n":"12","t":"x","l":[1],"o":{"n":1.5},"b":true}`))
	f.Add([]byte(`{"n":1e999,"t":"\u001b[0m"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		fields := ReadFields(body)
		for key := range fields {
			n := fields.Count(key)
			if x, ok := fields.Number(key); n != 0 && (!ok || float64(n) != x) || n < 0 {
				t.Fatalf("%q of %q counts %d, is %v", key, body, n, x)
			}
			if !utf8.ValidString(fields.Text(key)) {
				t.Fatalf("%q of %q", key, body)
			}
			fields.Object(key).List(key)
		}
		CountedTokens(body)
	})
}
