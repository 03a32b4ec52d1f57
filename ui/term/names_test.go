package term

import (
	"slices"
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

func TestNamesKeepWhatTellsThemApart(t *testing.T) {
	family := []string{"text-embedding-3-small@256", "text-embedding-3-large@256", "use-lite@512"}
	for w, want := range map[int][]string{
		26: family,
		16: {"text-e…small@256", "text-e…large@256", "use-lite@512"},
		12: {"te…small@256", "te…large@256", "use-lite@512"},
		10: {"…small@256", "…large@256", "use-l…@512"},
		8:  {"sma…@256", "lar…@256", "use…@512"},
	} {
		if got := DistinctCuts(family, w); !slices.Equal(got, want) {
			t.Errorf("in %d columns they are %q, want %q", w, got, want)
		}
	}
	owned := []string{"nanogpt/BAAI/bge-m3@1024", "nanogpt/BAAI/bge-large-en-v1.5@1024", "local/glove@100"}
	if got, want := DistinctCuts(owned, 24), []string{owned[0], "bge-large-en-v1.5@1024", owned[2]}; !slices.Equal(got, want) {
		t.Errorf("they are %q, want %q", got, want)
	}
	twins := []string{"own/text-embedding-3-small@256", "other/text-embedding-3-small@256"}
	for w := 12; w < 30; w++ {
		if got := DistinctCuts(twins, w); !Distinct(got) {
			t.Errorf("in %d columns models of the same name are %q", w, got)
		}
	}
	if got := NameCut("nanogpt/text-embedding-3-small@256", 16); got != "text-e…small@256" {
		t.Errorf("alone it is %q", got)
	}
}
