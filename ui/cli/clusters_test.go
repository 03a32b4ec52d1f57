package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestClustersAreLinkedAtTheThresholdOfTheirModel(t *testing.T) {
	for threshold, want := range map[string]string{"local/compass=0.7": "2\n", "local/compass=0.5": "3\n"} {
		out := newSession(t).piped("east\nnorth-east\nnorth\n").expect(t, ExitDone, "duplicates --clusters --tsv --models local/compass --threshold 0.9 --threshold "+threshold+" -")
		if n := strings.Count(out, "\n") - 1; fmt.Sprintln(n) != want {
			t.Errorf("with %s %d texts are linked:\n%s", threshold, n, out)
		}
	}
}

func TestClustersNameWhatToKeepAndWhatToDrop(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	s := newSession(t)
	s.do(t, "duplicates --clusters --keep-one --json --threshold 0.99 --models local/compass "+texts)
	var out struct {
		Clusters []struct {
			Candidate, Representative, Keep string
			Texts, Drop                     []string
		}
	}
	if err := json.Unmarshal(s.out.Bytes(), &out); err != nil || len(out.Clusters) == 0 {
		t.Fatalf("%v: %s", err, s.out.String())
	}
	for _, c := range out.Clusters {
		if c.Keep != c.Representative || slices.Contains(c.Drop, c.Keep) || len(c.Drop)+1 != len(c.Texts) || !strings.HasPrefix(c.Candidate, "local/compass") {
			t.Errorf("%+v", c)
		}
	}
	s = newSession(t)
	s.do(t, "duplicates --clusters --keep-one --tsv --threshold 0.99 --models local/compass "+texts)
	if got := s.out.String(); !strings.Contains(got, "candidate\tcluster\taction\tid") || !strings.Contains(got, "\tkeep\t") || !strings.Contains(got, "\tdrop\t") {
		t.Error(got)
	}
	s = newSession(t)
	s.do(t, "duplicates --clusters --threshold 0.99 --models local/compass "+texts)
	if got := s.out.String(); !strings.Contains(got, "Chains drift") || !strings.Contains(got, "stands for it") || strings.Contains(got, "drop") {
		t.Error(got)
	}
}
