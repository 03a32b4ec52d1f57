package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
)

// Scope says which vectors may stand for each other: those of one model of one
// server, of one length asked for, made with one prefix.
type Scope struct {
	// BaseURL is where the server is. A key, a password or a query in it is not
	// kept and makes no difference.
	BaseURL string
	// Model is the model's id at the server.
	Model string
	// Dimensions is the length asked of the server; 0 is the full length.
	Dimensions int
	// Prefix is what goes before every text, or the key of another manner in which
	// they are sent.
	Prefix string
	// Headers are those sent with every request that are no secrets, in one text, of
	// which a sum is kept: a gateway may choose by them who answers.
	Headers string
}

// headersMark begins what tells headers apart behind an address.
const headersMark = "headers:"

// scopeOf is the scope without anything secret, and with one spelling of the
// address.
func scopeOf(s Scope) Scope {
	s.BaseURL = plainURL(s.BaseURL)
	if s.Headers != "" {
		sum := sha256.Sum256([]byte(s.Headers))
		s.BaseURL += asideMark + headersMark + hex.EncodeToString(sum[:8])
		s.Headers = ""
	}
	return s
}

// plainURL leaves of an address what tells servers apart: the scheme, the host
// and the path. User names, passwords and queries can hold keys.
func plainURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Opaque != "" {
		// Whatever it is, it may hold a key.
		sum := sha256.Sum256([]byte(address))
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	plain := url.URL{
		Scheme: strings.ToLower(u.Scheme),
		Host:   strings.ToLower(u.Host),
		Path:   strings.TrimRight(u.Path, "/"),
	}
	return plain.String()
}
