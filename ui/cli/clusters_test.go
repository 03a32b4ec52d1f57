package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

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
