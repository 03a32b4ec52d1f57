package answer

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// Fields is a JSON object of which nothing is promised: what is missing or of
// another type than expected reads as if it were not there.
type Fields map[string]json.RawMessage

// ReadFields reads an object; nil for anything else.
func ReadFields(raw []byte) Fields {
	var f Fields
	if json.Unmarshal(raw, &f) != nil {
		return nil
	}
	return f
}

// Has tells that the key has a value, which null is not.
func (f Fields) Has(key string) bool { return len(f[key]) > 0 && string(f[key]) != "null" }

// Object is the object of that key; nil without one.
func (f Fields) Object(key string) Fields { return ReadFields(f[key]) }

// List is the array of that key; nil without one.
func (f Fields) List(key string) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(f[key], &list) != nil {
		return nil
	}
	return list
}

// Text is the first string among those keys, made safe but of any length and perhaps
// with the key in it; empty without one.
func (f Fields) Text(keys ...string) string {
	for _, key := range keys {
		var s string
		if json.Unmarshal(f[key], &s) == nil {
			if s = scrub.Clean(s); s != "" {
				return s
			}
		}
	}
	return ""
}

// Number is a finite number, or a string that holds one; false for all else.
func (f Fields) Number(key string) (float64, bool) {
	raw := f[key]
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// largestCount bounds the numbers of things that a server can sensibly mean.
const largestCount = 1e9

// Count is the first whole number above 0 among those keys; 0 without one.
func (f Fields) Count(keys ...string) int {
	for _, key := range keys {
		if n, ok := f.Number(key); ok && n >= 1 && n <= largestCount && n == math.Trunc(n) {
			return int(n)
		}
	}
	return 0
}

// Flag is true or false; known tells whether it is either.
func (f Fields) Flag(key string) (value, known bool) {
	raw := string(f[key])
	return raw == "true", raw == "true" || raw == "false"
}
