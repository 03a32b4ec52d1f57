package term

import (
	"strings"
	"testing"
)

func TestDimensionsAreNeverCutInTwo(t *testing.T) {
	names := []string{"a-model-of-a-family-small@1536", "a-model-of-a-family-large@3072 @1024"}
	for w := 14; w < 40; w++ {
		for i, cut := range DistinctCuts(names, w) {
			_, dimensions, _ := strings.Cut(names[i], "@")
			if Width(cut) > w || !strings.HasSuffix(cut, "@"+dimensions) {
				t.Errorf("in %d columns %q is %q", w, names[i], cut)
			}
		}
	}
	for i, cut := range DistinctCuts([]string{"first@1536", "other@1536"}, 6) {
		if cut != []string{"first", "other"}[i] {
			t.Errorf("dimensions that all have take the room of the names: %q", cut)
		}
	}
}

func TestNamesOfOneFamilyStayDistinct(t *testing.T) {
	names := []string{"jina-embeddings-v2-base-de@768", "jina-embeddings-v2-base-es@768", "jina-embeddings-v2-base-code@768"}
	for w := 6; w <= 32; w++ {
		cuts := DistinctCuts(names, w)
		for _, c := range cuts {
			if Width(c) > w {
				t.Errorf("%q takes more than %d columns", c, w)
			}
		}
		if !Distinct(cuts) {
			t.Errorf("in %d columns the names are %q", w, cuts)
		}
	}
}
