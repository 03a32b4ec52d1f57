package ui

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
)

func TestTheOnlyCandidatesTitleKeepsItsDimensions(t *testing.T) {
	twice := []corpus.Text{{Text: "a text of some words"}, {Text: "a text of some words"}}
	for candidate, want := range map[string]string{
		"local/glove@100": " glove@100▼", "local/use-lite@512": " use-lite@512▼", "local/ngrams@4096": " ngrams@4096▼",
	} {
		a := settled(t, 80, 24, optionsWith(t, twice, candidate))
		press(t, a, "4")
		if drawn := plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, drawn)
		}
	}
}

func TestNarrowSummaryKeepsTheEndOfItsName(t *testing.T) {
	o := shopOptions(t, newShop(), "shop/good@4")
	good, _ := o.Engine.Catalog.Find("shop/good")
	good.ID = "text-embedding-3-small"
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{good})
	o.State.Candidates = []string{"shop/text-embedding-3-small@4", "local/glove@100"}
	a := settled(t, 40, 10, o)
	press(t, a, "4", "E", "p")
	if drawn := plain(a); !strings.Contains(drawn, "…small@4 ≥") && !strings.Contains(drawn, "-small@4 ≥") {
		t.Errorf("the end of the name is missing:\n%s", drawn)
	}
}
