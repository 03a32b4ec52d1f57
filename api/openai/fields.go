package openai

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// fields is a JSON object of which nothing is promised: what is missing or of
// another type than expected reads as if it were not there.
type fields map[string]json.RawMessage

// readFields reads an object; nil for anything else.
func readFields(raw []byte) fields {
	var f fields
	if json.Unmarshal(raw, &f) != nil {
		return nil
	}
	return f
}

// object is the object of that key.
func (f fields) object(key string) fields { return readFields(f[key]) }

// list is the array of that key.
func (f fields) list(key string) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(f[key], &list) != nil {
		return nil
	}
	return list
}

// text is the first string among those keys, made safe; empty without one.
func (f fields) text(limit int, keys ...string) string {
	for _, key := range keys {
		var s string
		if json.Unmarshal(f[key], &s) == nil {
			if s = cut(clean(s), limit); s != "" {
				return s
			}
		}
	}
	return ""
}

// number is a number, or a string that holds one.
func (f fields) number(key string) (float64, bool) {
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

// count is the first whole number above 0 among those keys; 0 without one.
func (f fields) count(keys ...string) int {
	for _, key := range keys {
		if n, ok := f.number(key); ok && n >= 1 && n <= largestCount && n == math.Trunc(n) {
			return int(n)
		}
	}
	return 0
}

// flag is true or false; known tells whether it is either.
func (f fields) flag(key string) (value, known bool) {
	raw := string(f[key])
	return raw == "true", raw == "true" || raw == "false"
}
