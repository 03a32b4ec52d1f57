package cli

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestAThresholdCopiedFromTheOutputFindsItsOwnPair takes every similarity that is
// printed as the threshold of the next run.
func TestAThresholdCopiedFromTheOutputFindsItsOwnPair(t *testing.T) {
	tickets := file(t, "tickets.txt", "How do I reset my password?\nI forgot my password\nMy printer is on fire\nThe printer burns\nReset the password\n")
	const command = "duplicates --models local/use-lite --threshold "
	count := func(threshold string) int {
		s := newSession(t)
		return strings.Count(s.expect(t, ExitDone, command+threshold+" --tsv "+tickets, withLocal), "\n") - 1
	}
	var copied []string
	for _, how := range []string{" --tsv ", " --json ", " "} {
		s := newSession(t)
		out := s.expect(t, ExitDone, command+"0.1"+how+tickets, withLocal)
		switch how {
		case " --tsv ":
			for line := range strings.Lines(out) {
				copied = append(copied, strings.Split(line, "\t")[2])
			}
			copied = copied[1:]
		case " --json ":
			var doc struct {
				Pairs []struct{ Similarity map[string]json.Number }
			}
			if err := json.Unmarshal([]byte(out), &doc); err != nil {
				t.Fatal(err)
			}
			for _, p := range doc.Pairs {
				copied = append(copied, p.Similarity["local/use-lite@512"].String())
			}
		default:
			for _, m := range regexp.MustCompile(`(?m)local/use-lite@512 +(\S+) +yes$`).FindAllStringSubmatch(out, -1) {
				copied = append(copied, m[1])
			}
		}
	}
	// Each format has the pairs in the same order, the most similar first.
	pairs := count("0.1")
	if len(copied) != 3*pairs || pairs < 5 {
		t.Fatalf("%d similarities of %d pairs: %v", len(copied), pairs, copied)
	}
	for i, threshold := range copied {
		if _, err := strconv.ParseFloat(threshold, 64); err != nil {
			t.Fatal(err)
		}
		if got, want := count(threshold), i%pairs+1; got < want {
			t.Errorf("at %s, copied from pair %d, there are %d pairs", threshold, want, got)
		}
	}
}
