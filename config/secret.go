package config

import (
	"fmt"
	"io"
	"strings"
)

// hiddenKey is what stands for a key wherever something is printed.
const hiddenKey = "[key]"

// Secret holds a key. Whatever prints, formats or encodes it gets "[key]", also as
// a field of another value. The zero Secret holds no key.
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

// Reveal gives the key itself, for nothing but handing it to who sends it.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// String gives "[key]".
func (s Secret) String() string { return hiddenKey }

// GoString gives "[key]".
func (s Secret) GoString() string { return hiddenKey }

// Format writes "[key]" for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hiddenKey) }

// MarshalText gives "[key]", for every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hiddenKey), nil }
