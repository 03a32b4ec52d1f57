package duplicates

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheOnlyCandidatesTitleKeepsItsDimensions(t *testing.T) {
	twice := []corpus.Text{{Text: "a text of some words"}, {Text: "a text of some words"}}
	for candidate, want := range map[string]string{
		"local/glove@100": " glove@100▼", "local/use-lite@512": " use-lite@512▼", "local/ngrams@4096": " ngrams@4096▼",
	} {
		a := settled(t, 80, 24, uitest.OptionsWith(t, twice, candidate))
		uitest.Press(t, a, "4")
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, drawn)
		}
	}
}

func TestNarrowSummaryKeepsTheEndOfItsName(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	good, _ := o.Engine.Catalog.Find("shop/good")
	good.ID = "text-embedding-3-small"
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{good})
	o.State.Candidates = []string{"shop/text-embedding-3-small@4", "local/glove@100"}
	a := settled(t, 40, 10, o)
	uitest.Press(t, a, "4", "E", "p")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "…small@4 ≥") && !strings.Contains(drawn, "-small@4 ≥") {
		t.Errorf("the end of the name is missing:\n%s", drawn)
	}
}
