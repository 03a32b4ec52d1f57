package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// mysteryOptions are those of a shop whose list does not say how long the vectors
// of its model are; free tells that the model costs nothing.
func mysteryOptions(t *testing.T, s *shop, free bool, candidates ...string) Options {
	t.Helper()
	o := shopOptions(t, s, candidates...)
	cost := 20.0
	if free {
		cost = 0
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{{
		Provider: "shop", ID: "mystery", Name: "mystery", Kind: api.KindEmbedding, Price: &cost, Source: api.SourceCached,
	}})
	return o
}

func TestAModelOfUnknownLengthTakesTheLengthThatComes(t *testing.T) {
	for _, free := range []bool{true, false} {
		s := newShop()
		a := settled(t, 100, 30, mysteryOptions(t, s, free, "local/glove@100"))
		press(t, a, "1")
		a.screen(screenModels).(*modelsScreen).selected = "shop/mystery"
		press(t, a, "space")
		if !free {
			if c := candidateIn(t, a, "shop/mystery"); c.phase != phaseUnpaid || s.sent() != 0 {
				t.Fatalf("phase %d, %d texts were sent without a word", c.phase, s.sent())
			}
			press(t, a, "E", "p")
		}
		c := candidateIn(t, a, "shop/mystery@4")
		if c.phase != phaseReady || len(a.store.candidates) != 2 || c.model.Dimensions != 4 {
			t.Errorf("free %v: phase %d, candidates %v, the row says %d", free, c.phase, a.store.candidates, c.model.Dimensions)
		}
		if ids := a.state().Candidates; !slices.Contains(ids, "shop/mystery@4") {
			t.Errorf("remembered are %q", ids)
		}
	}
}

func TestAnUnknownLengthOutlivesTheSession(t *testing.T) {
	a := settled(t, 100, 30, mysteryOptions(t, newShop(), false, "shop/mystery"))
	if ids := a.state().Candidates; !slices.Equal(ids, []string{"shop/mystery"}) {
		t.Errorf("remembered are %q", ids)
	}
	for _, screen := range []string{"1", "2", "3", "4", "5"} {
		if press(t, a, screen); strings.Contains(plain(a), "@0") {
			t.Errorf("screen %s shows no length as one:\n%s", screen, plain(a))
		}
	}
}

func TestTheBoxOfDimensionsOffersWhatComesAndSaysWhatToType(t *testing.T) {
	a := settled(t, 100, 30, mysteryOptions(t, newShop(), false, "local/glove@100"))
	press(t, a, "1")
	a.screen(screenModels).(*modelsScreen).selected = "shop/mystery"
	press(t, a, "d")
	if drawn := plain(a); !strings.Contains(drawn, "full  as many as the server gives") || strings.Contains(drawn, "nothing matches") {
		t.Errorf("before anything is typed:\n%s", drawn)
	}
	press(t, a, "x", "y", "enter")
	if drawn := plain(a); !strings.Contains(drawn, "nothing matches: type a number of dimensions") || !strings.Contains(a.notice.text, "type a number") {
		t.Errorf("enter on letters says %q:\n%s", a.notice.text, drawn)
	}
	press(t, a, "esc")
	press(t, a, strings.Split("99999999999", "")...)
	press(t, a, "enter")
	if !strings.Contains(a.notice.text, "ask for 1 to 65536") || len(a.store.candidates) != 1 {
		t.Errorf("too large a number says %q, candidates %v", a.notice.text, a.store.candidates)
	}
}
