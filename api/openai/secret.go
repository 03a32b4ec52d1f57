package openai

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// hidden is what stands for a key wherever something is printed.
const hidden = "[key]"

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

// value is the key itself, for the request's header and for finding it in texts.
func (s Secret) value() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// String gives "[key]".
func (s Secret) String() string { return hidden }

// GoString gives "[key]".
func (s Secret) GoString() string { return hidden }

// Format writes "[key]" for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText gives "[key]", for every encoder of text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalJSON gives "[key]" as a string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// LogValue gives "[key]" to structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// sendable tells whether a header can carry the key.
func (s Secret) sendable() bool {
	return !strings.ContainsFunc(s.value(), func(r rune) bool { return r <= ' ' || r > '~' })
}
