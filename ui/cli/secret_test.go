package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestTheKeyIsInNothingHoweverItIsGiven(t *testing.T) {
	for _, tt := range []struct {
		name, before, after string // around the key in the environment
		host, flag          string
		code                int
		said                string
	}{
		{"as it is", "", "", "127.0.0.1", "", ExitDone, ""},
		{"with white space", " \t", " \r\n", "127.0.0.1", "", ExitDone, ""},
		{"in quotes", `"`, `"`, "127.0.0.1", "", ExitFailed, "the key is in quotes"},
		{"half in quotes", "", "'", "127.0.0.1", "", ExitFailed, "the key is in quotes"},
		{"with its scheme", "Bearer ", "", "127.0.0.1", "", ExitFailed, `begins with "Bearer"`},
		{"over plain http", "", "", "0.0.0.0", "", ExitFailed, "over plain http"},
		{"over plain http with leave", "", "", "0.0.0.0", "--allow-insecure-key", ExitDone, ""},
		{"wrong", "", "0", "127.0.0.1", "", ExitFailed, "check NANOGPT_API_KEY"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Quick: true})
			s := newSession(t)
			key := tt.before + server.Key + tt.after
			s.Environ = append(s.Environ, "NANOGPT_API_KEY="+key)
			s.settings(t, "[[provider]]\nname = \"nanogpt\"\nbase_url = \""+strings.Replace(server.URL, "127.0.0.1", tt.host, 1)+"\"\n")
			texts := file(t, "texts.csv", winds)
			debug := " --debug " + filepath.Join(s.getenv("HOME"), "debug.log")
			s.expect(t, tt.code, "embed --yes --model nanogpt/BAAI/bge-m3 "+tt.flag+debug+" "+texts)
			if tt.said != "" && strings.Count(s.err.String(), tt.said) != 1 {
				t.Errorf("%q does not say once %q", s.err.String(), tt.said)
			}
			for _, line := range []string{"providers --json", "models --refresh", "cache prune --model nanogpt/BAAI/bge-m3", "compare --json --yes --models nanogpt/BAAI/bge-m3 " + texts} {
				next := s.again(t)
				next.do(t, line+" "+tt.flag+debug)
				next.keepsSecret(t, server.Key)
			}
			s.keepsSecret(t, server.Key)
			if tt.host != "127.0.0.1" && tt.flag == "" && len(server.Requests()) != 0 {
				t.Errorf("%d requests were sent without leave", len(server.Requests()))
			}
		})
	}
}
