package search

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Among many texts what is in sight is found first, which takes a fraction of the time, and
// all that a hybrid is made of behind it; both are exact.
func TestAmongManyTextsTheHitsInSightComeFirst(t *testing.T) {
	texts := uitest.Numbered(search.FuseDepth + 200)
	a := settled(t, 200, 60, uitest.OptionsWith(t, texts, "local/ngrams@64", "local/ngrams@32"))
	s := screenOf(a)
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "11")
	inSight := defaultHits + mostFurther + 1
	if first, other := s.query.found["local/ngrams@64"], s.query.found["local/ngrams@32"]; first.depth != search.FuseDepth || other.depth != inSight || len(other.hits) != inSight {
		t.Fatalf("while one types %d and %d hits are found", first.depth, other.depth)
	}
	uitest.Press(t, a, "enter")
	for _, c := range a.Session.Ready() {
		f := s.query.found[c.ID()]
		of, _ := a.Session.Search().Of(c)
		emb := s.query.answers[of.Query.Key()].embedding
		want, err := hitsOf(t.Context(), of, emb, search.FuseDepth)
		first, errFirst := hitsOf(t.Context(), of, emb, inSight)
		if err != nil || errFirst != nil || !slices.Equal(f.hits, want) || !slices.Equal(first, want[:inSight]) {
			t.Errorf("%s finds %d hits, %v, %v", c.ID(), len(f.hits), err, errFirst)
		}
	}
	h := s.rows()[3]
	fused := search.Fuse(s.query.found["local/ngrams@64"].hits, s.query.words.hits, search.Options{Top: defaultHits, Weight: defaultWeight})
	if h.kind != byBoth || !slices.Equal(h.hits, fused) {
		t.Errorf("fused are %v, want %v", h.hits, fused)
	}
}
