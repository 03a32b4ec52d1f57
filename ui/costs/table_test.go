package costs_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// costsOf opens the costs of candidates whose names are long.
func costsOf(t *testing.T, w, h int) *shell.App {
	t.Helper()
	o := uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100", "shop/text-embedding-3-small@1536", "shop/text-embedding-3-large@3072",
		"shop/text-embedding-3-large@1024", "shop/doubao-embedding-large-text-240915@4096")
	model := func(id string, dimensions int, price float64) api.Model {
		return api.Model{
			Provider: "shop", ID: id, Name: id, Kind: api.KindEmbedding, Dimensions: dimensions, SupportsDimensions: true,
			MaxTokens: 8191, Price: &price, KeyEnv: "SHOP_KEY", Source: api.SourceCached,
		}
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{
		model("text-embedding-3-small", 1536, 0.02), model("text-embedding-3-large", 3072, 0.13), model("doubao-embedding-large-text-240915", 4096, 0.1),
	})
	a := settled(t, w, h, o)
	uitest.Press(t, a, "E")
	return a
}

func TestCostsTellCandidatesApart(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want []string
	}{
		{80, 24, []string{"text-embedding-3-small@1536 ", "text-embedding-3-large@3072 @1024 ", "doubao-embedding…text-240915@4096 "}},
		{60, 16, []string{"text-embeddin…3-small@1536 ", "text-embe…large@3072 @1024 ", "doubao-embedd…-240915@4096 "}},
		{40, 12, []string{"text-embe…small@1536 ", "tex…large@3072 @1024 "}},
	} {
		a := costsOf(t, c.w, c.h)
		drawn := uitest.Plain(a)
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: c.w, H: c.h})
		for _, want := range c.want {
			if !strings.Contains(drawn, "│ "+want) {
				t.Errorf("%d columns: %q is missing in\n%s", c.w, want, drawn)
			}
		}
	}
}

func TestCostsFitTheSmallestWindow(t *testing.T) {
	a := costsOf(t, 40, 10)
	drawn := uitest.Plain(a)
	for _, want := range []string{"models", "cost", "text-embe…small@1536", "Total: ", "p pay and embed  esc back "} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, drawn)
		}
	}
	if uitest.Press(t, a, "down", "down"); !strings.Contains(uitest.Plain(a), "0915@4096") {
		t.Errorf("the last one is out of reach:\n%s", uitest.Plain(a))
	}
}
