package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestUsageTellsWhatAllSessionsSpent(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	if out := s.expect(t, ExitDone, "usage"); out != "No server was asked for anything yet.\n" {
		t.Errorf("at first it says %q", out)
	}
	for range 2 { // the second time everything comes from the cache
		s = s.again(t)
		s.program.In = strings.NewReader("north\neast\nnorth east\n")
		s.expect(t, ExitDone, "compare --yes --models nanogpt/BAAI/bge-m3,local/compass -")
	}
	s = s.again(t)
	text := s.expect(t, ExitDone, "usage")
	if !strings.Contains(text, "nanogpt/BAAI/bge-m3      6       3") || strings.Contains(text, "local/") {
		t.Errorf("it says\n%s", text)
	}
	s = s.again(t)
	var got struct {
		CostUSD float64 `json:"cost_usd"`
		Models  []struct {
			Texts, Cached, Requests int
		}
	}
	out := s.expect(t, ExitDone, "usage --json")
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Models) != 1 || got.Models[0].Texts != 6 || got.Models[0].Cached != 3 || got.Models[0].Requests != 1 || got.CostUSD <= 0 {
		t.Errorf("%s: %v", out, err)
	}
	s = s.again(t)
	s.expect(t, ExitUsage, "usage now")
}
