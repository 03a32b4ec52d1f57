package apitest

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/vecscope/vecscope/api"
)

const (
	// loggedBody is how much of a body Options.Log shows, in bytes.
	loggedBody = 2000
	// longestKey is how far behind that a key is looked for that begins before.
	longestKey = 1000
)

// logRequest writes a request down.
func (s *Server) logRequest(r Request) {
	body := s.withoutKeys(r, string(r.Body[:min(len(r.Body), loggedBody+longestKey)]))
	if len(body) > loggedBody {
		body = strings.ToValidUTF8(body[:loggedBody], "") + "…"
	}
	s.logLine(r, fmt.Sprintf("-> %s %s, %d bytes: %s", r.Method, s.withoutKeys(r, r.Path), len(r.Body), body))
}

// logEnd writes down what came of a request.
func (s *Server) logEnd(r Request, what string) {
	if r.Fault != "" {
		what += ", with the fault " + r.Fault
	}
	s.logLine(r, "<- "+what)
}

// withoutKeys takes out the keys that the server has and was sent.
func (s *Server) withoutKeys(r Request, text string) string {
	for _, key := range []string{s.Key, r.Header.Get("X-Api-Key"), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")} {
		if key != "" {
			text = strings.ReplaceAll(text, key, api.HiddenKey)
		}
	}
	return text
}

// logLine writes one line that is safe to print. A log that cannot be written stops
// nothing.
func (s *Server) logLine(r Request, line string) {
	if s.options.Log == nil {
		return
	}
	line = strings.Map(func(c rune) rune {
		if !unicode.IsGraphic(c) {
			return ' '
		}
		return c
	}, line)
	s.writing.Lock()
	defer s.writing.Unlock()
	_, _ = fmt.Fprintf(s.options.Log, "%s %d %s\n", r.At.UTC().Format("2006-01-02T15:04:05.000Z"), r.Number, line)
}
