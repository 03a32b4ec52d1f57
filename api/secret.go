package api

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// HiddenKey is what stands for a key wherever something is printed.
const HiddenKey = "[key]"

// Secret holds a key. Whatever prints, formats, logs or encodes it gets "[key]",
// also as a field of another value. The zero Secret holds no key.
type Secret struct {
	// A function, because fmt prints the hidden fields of a struct without asking
	// their String method, but of a function only its address.
	reveal func() string
}

// NewSecret makes a secret of a key; white space around it is not part of it.
func NewSecret(key string) Secret {
	key = strings.TrimSpace(key)
	if key == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return key }}
}

// Empty tells whether there is no key.
func (s Secret) Empty() bool { return s.reveal == nil }

// Reveal gives the key itself, for the request's header and for finding it in
// texts, and for nothing else.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// leastKey is the length from which what nobody calls a key may be one. Names of teams
// and services, which stand in messages too, are shorter.
const leastKey = 16

// namesOfKeys are parts of the names of headers that hold keys of any length.
var namesOfKeys = []string{"key", "token", "auth", "secret", "password"}

// LikeKey tells that a value which may be a key or none is to be treated as one: the
// name of its header says so, or it is as long as one.
func LikeKey(name string, s Secret) bool {
	name = strings.ToLower(name)
	named := func(part string) bool { return strings.Contains(name, part) }
	return len(s.Reveal()) >= leastKey || slices.ContainsFunc(namesOfKeys, named)
}

// FitsHeader tells whether a header can carry a value: printable ASCII, and spaces.
func FitsHeader(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' })
}

// String gives "[key]".
func (s Secret) String() string { return HiddenKey }

// GoString gives "[key]".
func (s Secret) GoString() string { return HiddenKey }

// Format writes "[key]" for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, HiddenKey) }

// MarshalText gives "[key]", for every encoder of text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(HiddenKey), nil }

// MarshalJSON gives "[key]" as a string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + HiddenKey + `"`), nil }

// LogValue gives "[key]" to structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(HiddenKey) }
