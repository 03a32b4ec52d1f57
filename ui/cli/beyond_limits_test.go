package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestNothingIsSentToWhatIsBeyondTheLimits(t *testing.T) {
	line := "evaluate --resamples 20 --models local/compass,nanogpt/BAAI/bge-m3 --yes --local-only " + file(t, "gales.csv", gales)
	s := newSession(t)
	s.expect(t, ExitFailed, line)
	if got := s.err.String(); !strings.Contains(got, "nanogpt/BAAI/bge-m3@1024: it is beyond your limits and was not asked") {
		t.Errorf("it says\n%s", got)
	}
	s = newSession(t)
	if out := s.expect(t, ExitFailed, strings.Replace(line, "bge-m3", "bge-m3,nanogpt/text-embedding-3-small", 1)); !strings.Contains(out, "Within your limits only local/compass@3 is left (AUC 0.852): 2 others are beyond them.\n") {
		t.Errorf("of two models beyond the limits it says\n%s", out)
	}
	s = newSession(t)
	s.expect(t, ExitUsage, "evaluate --max-price -1 "+file(t, "gales.csv", gales))
	s = newSession(t)
	s.expect(t, ExitUsage, "evaluate "+file(t, "pairs.csv", "a,b,score\nx,y,1\n"))
	if got := s.err.String(); !strings.Contains(got, "name it with --pairs") {
		t.Errorf("of a file of pairs it says %s", got)
	}
}

// bge-m3 costs $0.01 a million tokens and has 1,024 dimensions.
func TestEveryLimitHoldsBackWhatIsBeyondIt(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	for limit, asked := range map[string]bool{
		"--max-price 0.0099": false, "--max-price 0.01": true,
		"--max-dimensions 1023 --no-cuts": false, "--max-dimensions 1024 --no-cuts": true, "--max-dimensions 1023": true,
		"--local-only": false,
	} {
		server := apitest.New(t, apitest.Options{Quick: true})
		s := withServer(t, server, "")
		code := s.run(t.Context(), strings.Fields("evaluate --resamples 20 --models local/compass,nanogpt/BAAI/bge-m3 --yes "+limit+" "+texts))
		if sent := len(server.Embeddings()) > 0; sent != asked || code == ExitDone != asked {
			t.Errorf("%s: sent %t, exit code %d, %s", limit, sent, code, s.err.String())
		}
	}
	// What is not asked is not asked for queries either, and costs nothing there.
	queries := file(t, "queries.csv", "query,relevant\neast or not,e1\nnorth or not,n1\n")
	for limit, asked := range map[string]bool{"--local-only": false, "--max-price 0.01": true} {
		s := withServer(t, apitest.New(t, apitest.Options{Quick: true}), "")
		s.do(t, "evaluate --dry-run --json --models local/compass,nanogpt/BAAI/bge-m3 "+limit+" --queries "+queries+" "+texts)
		if out := s.out.String(); strings.Contains(out, "bge-m3") != asked || !strings.Contains(out, "compass") {
			t.Errorf("%s: it would cost %s", limit, out)
		}
	}
}
