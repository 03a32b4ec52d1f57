package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

// elsewhere is a session whose server seems to be on another machine: connections
// to 0.0.0.0 go to this one, but it is no loopback address.
func elsewhere(t *testing.T) (*session, *apitest.Server) {
	t.Helper()
	server := apitest.New(t, apitest.Options{Quick: true})
	s := newSession(t)
	s.Environ = append(s.Environ, "NANOGPT_API_KEY="+server.Key)
	s.settings(t, "[[provider]]\nname = \"nanogpt\"\nbase_url = \""+strings.Replace(server.URL, "127.0.0.1", "0.0.0.0", 1)+"\"\n")
	return s, server
}

func TestAKeyGoesUnencryptedOnlyWithLeave(t *testing.T) {
	const question = "vecscope: The key for nanogpt would go unencrypted to 0.0.0.0:"
	texts, grouped := file(t, "texts.csv", breezes), file(t, "gales.csv", gales)
	for _, tt := range []struct {
		name, line, typed string
		terminal          bool
		code              int
		asked, sent       bool
	}{
		{"no terminal", "embed --yes --model nanogpt/BAAI/bge-m3", "", false, ExitFailed, false, false},
		{"no terminal, a list", "models --refresh", "", false, ExitFailed, false, false},
		{"the flag", "embed --yes --allow-insecure-key --model nanogpt/BAAI/bge-m3", "", false, ExitDone, false, true},
		{"the flag for the list", "models --refresh --allow-insecure-key", "", false, ExitDone, false, true},
		{"the flag for a check", "providers --allow-insecure-key", "", false, ExitDone, false, true},
		{"yes", "embed --yes --model nanogpt/BAAI/bge-m3", "y\n", true, ExitDone, true, true},
		{"yes for the list", "models --refresh", "yes\n", true, ExitDone, true, true},
		{"no", "embed --yes --model nanogpt/BAAI/bge-m3", "n\n", true, ExitFailed, true, false},
		{"enter", "providers", "\n", true, ExitFailed, true, false},
		{"no answer", "providers", "", true, ExitFailed, true, false},
		{"a dry run", "embed --dry-run --model nanogpt/BAAI/bge-m3", "", true, ExitDone, false, false},
		{"a search", "search --query east --yes --models nanogpt/BAAI/bge-m3", "y\n", true, ExitDone, true, true},
		{"a dry run of a search", "search --query east --dry-run --models nanogpt/BAAI/bge-m3", "", true, ExitDone, false, false},
		{"an evaluation", "evaluate --resamples 20 --no-cuts --yes --models nanogpt/BAAI/bge-m3 --groups", "y\n", true, ExitDone, true, true},
		{"a dry run of an evaluation", "evaluate --dry-run --models nanogpt/BAAI/bge-m3 --groups", "", true, ExitDone, false, false},
		{"a list that is known", "models", "", true, ExitDone, false, false},
		{"another model", "embed --model local/compass", "", true, ExitDone, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, server := elsewhere(t)
			s.piped(tt.typed)
			if tt.terminal {
				s.onTerminal(s.In, &s.err)
			}
			line := tt.line
			switch command, _, _ := strings.Cut(line, " "); command {
			case "embed", "search":
				line += " " + texts
			case "evaluate":
				line += " " + grouped
			}
			s.expect(t, tt.code, line)
			if sent := len(server.Requests()) > 0; sent != tt.sent {
				t.Errorf("something was sent: %t", sent)
			}
			if asked := strings.Contains(s.err.String(), question); asked != tt.asked {
				t.Errorf("asked: %t; %q", asked, s.err.String())
			}
			if tt.code == ExitFailed && !strings.Contains(s.err.String(), "--allow-insecure-key") {
				t.Errorf("does not say what to do: %q", s.err.String())
			}
			if strings.Contains(s.out.String()+s.err.String(), server.Key) {
				t.Error("the key was printed")
			}
		})
	}
}

// Nobody is asked who cannot answer, or does not see the question.
func TestALeaveIsAskedForWhereItIsSeenAndAnswered(t *testing.T) {
	for name, terminals := range map[string]func(s *session) []any{
		"no answer can be typed": func(s *session) []any { return []any{&s.err} }, "the question is not seen": func(s *session) []any { return []any{s.In} },
	} {
		s, server := elsewhere(t)
		s.piped("y\n")
		s.onTerminal(terminals(s)...)
		if s.do(t, "models --refresh"); len(server.Requests()) > 0 || strings.Contains(s.err.String(), "Send it this time?") {
			t.Errorf("%s: %d requests were sent: %s", name, len(server.Requests()), s.err.String())
		}
	}
}
