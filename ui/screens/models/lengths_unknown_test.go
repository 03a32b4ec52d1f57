package models

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// mysteryOptions are those of a shop whose list does not say how long the vectors
// of its model are; free tells that the model costs nothing.
func mysteryOptions(t *testing.T, s *uitest.Shop, free bool, candidates ...string) shell.Options {
	t.Helper()
	o := uitest.ShopOptions(t, s, candidates...)
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
		s := uitest.NewShop()
		a := settled(t, 100, 30, mysteryOptions(t, s, free, "local/glove@100"))
		uitest.Press(t, a, "1")
		a.Screen(ID).(*Screen).selected = "shop/mystery"
		uitest.Press(t, a, "space")
		if !free {
			if c := uitest.CandidateIn(t, a, "shop/mystery"); c.Phase != session.PhaseUnpaid || s.Sent() != 0 {
				t.Fatalf("phase %d, %d texts were sent without a word", c.Phase, s.Sent())
			}
			uitest.Press(t, a, "E", "p")
		}
		c := uitest.CandidateIn(t, a, "shop/mystery@4")
		if c.Phase != session.PhaseReady || len(a.Session.Candidates()) != 2 || c.Row.Dimensions != 4 {
			t.Errorf("free %v: phase %d, candidates %v, the row says %d", free, c.Phase, a.Session.Candidates(), c.Row.Dimensions)
		}
		if ids := a.State().Candidates; !slices.Contains(ids, "shop/mystery@4") {
			t.Errorf("remembered are %q", ids)
		}
	}
}

func TestAnUnknownLengthOutlivesTheSession(t *testing.T) {
	a := settled(t, 100, 30, mysteryOptions(t, uitest.NewShop(), false, "shop/mystery"))
	if ids := a.State().Candidates; !slices.Equal(ids, []string{"shop/mystery"}) {
		t.Errorf("remembered are %q", ids)
	}
	for _, screen := range []string{"1", "2", "3", "4", "5"} {
		if uitest.Press(t, a, screen); strings.Contains(uitest.Plain(a), "@0") {
			t.Errorf("screen %s shows no length as one:\n%s", screen, uitest.Plain(a))
		}
	}
}

func TestTheBoxOfDimensionsOffersWhatComesAndSaysWhatToType(t *testing.T) {
	a := settled(t, 100, 30, mysteryOptions(t, uitest.NewShop(), false, "local/glove@100"))
	uitest.Press(t, a, "1")
	a.Screen(ID).(*Screen).selected = "shop/mystery"
	uitest.Press(t, a, "D")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "full  as many as the server gives") || strings.Contains(drawn, "nothing matches") {
		t.Errorf("before anything is typed:\n%s", drawn)
	}
	uitest.Press(t, a, "x", "y", "enter")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "nothing matches: type a number of dimensions") || !strings.Contains(a.Notice().Text, "type a number") {
		t.Errorf("enter on letters says %q:\n%s", a.Notice().Text, drawn)
	}
	uitest.Press(t, a, "esc")
	uitest.Press(t, a, strings.Split("99999999999", "")...)
	uitest.Press(t, a, "enter")
	if !strings.Contains(a.Notice().Text, "ask for 1 to 65536") || len(a.Session.Candidates()) != 1 {
		t.Errorf("too large a number says %q, candidates %v", a.Notice().Text, a.Session.Candidates())
	}
}
