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
	two := []string{"dear/embed-multi@64", "mine/embed-multi@32", "mine/embed-multi@16"}
	if got, want := DistinctCuts(two, 18), []string{"dear/embe…multi@64", "mine/embe…multi@32", "mine/embe…multi@16"}; !slices.Equal(got, want) {
		t.Errorf("of two providers they are %q, want %q", got, want)
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

// The whole way from a full name to none.
func TestNamesGiveWayColumnByColumn(t *testing.T) {
	family := []string{"text-embedding-3-small@256", "text-embedding-3-large@256", "use-lite@512"}
	for w, want := range map[int]string{
		4: "sma… lar… use…", 5: "te…ll te…ge us…te", 6: "s…@256 l…@256 u…@512", 7: "sm…@256 la…@256 us…@512", 9: "tex…l@256 tex…e@256 use…e@512",
		11: "t…small@256 t…large@256 use-l…e@512", 13: "tex…small@256 tex…large@256 use-lite@512", 20: "text-embed…small@256 text-embed…large@256 use-lite@512",
		21: "text-embed…-small@256 text-embed…-large@256 use-lite@512", 25: "text-embeddi…-3-small@256 text-embeddi…-3-large@256 use-lite@512",
	} {
		if got := strings.Join(DistinctCuts(family, w), " "); got != want {
			t.Errorf("in %d columns they are %s, want %s", w, got, want)
		}
	}
	sizes := []string{"use-lite@512", "use-lite@256", "use-lite@128"}
	for w, want := range map[int]string{4: "use… use… use…", 5: "…@512 …@256 …@128", 8: "use…@512 use…@256 use…@128", 11: "use-l…e@512 use-l…e@256 use-l…e@128", 12: "use-lite@512 use-lite@256 use-lite@128"} {
		if got := strings.Join(DistinctCuts(sizes, w), " "); got != want {
			t.Errorf("in %d columns they are %s, want %s", w, got, want)
		}
	}
	for w, want := range map[int]string{
		4: "tex…", 5: "…@256", 9: "text…@256", 10: "text-…@256", 11: "text-…l@256", 13: "text-e…ll@256", 14: "text…small@256", 15: "text-…small@256", 22: "text-embedd…-small@256", 26: "text-embedding-3-small@256",
	} {
		if got := NameCut("nanogpt/text-embedding-3-small@256", w); got != want {
			t.Errorf("alone in %d columns it is %s, want %s", w, got, want)
		}
	}
	for w, want := range map[int]string{3: "na…", 4: "nam…", 5: "na…36", 6: "…@1536", 7: "n…@1536"} {
		if got := DimensionsCut("name@1536", w, 2); got != want {
			t.Errorf("in %d columns it is %s, want %s", w, got, want)
		}
	}
}

func TestNamesThatAreTheSameAreNotDistinct(t *testing.T) {
	for want, lists := range map[bool][][]string{true: {nil, {"a"}, {"a", "b"}}, false: {{"a", "a"}, {"a", "b", "a"}}} {
		for _, names := range lists {
			if Distinct(names) != want {
				t.Errorf("%q are distinct: %t", names, !want)
			}
		}
	}
}
