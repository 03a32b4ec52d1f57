package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Balance is what is left to spend at a provider.
type Balance struct {
	// USD is the balance in US dollars; nil when the provider does not tell.
	USD *float64
	// Other holds balances in other currencies as the provider writes them, by
	// their names: "nano": "26.7".
	Other map[string]string
}

// ServerError reports that a server refused a request, failed at it, answered
// with something unusable, or could not be reached. None of its fields ever
// holds the key, and all of its texts are one line and safe to print.
type ServerError struct {
	// Provider is the provider's name.
	Provider string
	// Status is the HTTP status of the answer; 0 when none came.
	Status int
	// Code is the server's own name for the failure, such as "model_not_found";
	// may be empty.
	Code string
	// Message says what went wrong, in the server's words where it has any.
	Message string
	// RequestID is what the server's support asks for; may be empty.
	RequestID string
	// Advice says what the person can do; may be empty.
	Advice string
	// Permanent tells that the same request would fail again.
	Permanent bool
	// RetryAfter is the wait that the server asked for; 0 when it did not say.
	RetryAfter time.Duration
	// OpensAt is when the server takes requests again; zero unless RetryAfter is
	// too long to be waited for.
	OpensAt time.Time
	// Err is the cause when there is one beneath the answer, such as a cut
	// connection; may be nil.
	Err error
}

// Error is one line: what failed, why, what to do, and the request's id.
func (e *ServerError) Error() string {
	var b strings.Builder
	b.WriteString(e.Provider)
	if e.Status != 0 {
		b.WriteString(" answered " + strconv.Itoa(e.Status))
		if name := http.StatusText(e.Status); name != "" && e.Status != http.StatusOK {
			b.WriteString(" " + name)
		}
	}
	if e.Message != "" {
		b.WriteString(": " + strings.TrimRight(e.Message, ". "))
	}
	if !strings.Contains(e.Message, e.Code) {
		b.WriteString(" (" + e.Code + ")")
	}
	if !e.OpensAt.IsZero() {
		b.WriteString("; opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04 MST"))
	}
	if e.Advice != "" {
		b.WriteString("; " + e.Advice)
	}
	if e.RequestID != "" {
		b.WriteString(" [request " + e.RequestID + "]")
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *ServerError) Unwrap() error { return e.Err }

// InsecureKeyError reports that nothing can be asked of a provider before a person
// has allowed its key to cross a network in the clear.
type InsecureKeyError struct {
	Provider string
	Host     string // where the key would go, with the port
}

func (e *InsecureKeyError) Error() string {
	return fmt.Sprintf("%s: the key would go to %s over plain http, for everyone on the way to read; use https, "+
		"or allow it with --allow-insecure-key or allow_insecure_key = true in the settings", e.Provider, e.Host)
}
