package app

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Where two providers have a model of one name, no screen and no box calls one by that name
// alone.
func TestModelsOfOneNameAreToldApartEverywhere(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "mine/good@4")
	m, err := o.Engine.Catalog.Find("shop/good")
	if err != nil {
		t.Fatal(err)
	}
	m.Provider = "mine"
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{m})
	o.Engine.Providers["mine"] = o.Engine.Providers["shop"]
	o.Texts = nil
	for i := range 24 {
		o.Texts = append(o.Texts, corpus.Text{Text: strings.Repeat("x", i%7) + " and " + strings.Repeat("y", i%5), Group: string(rune('a' + i%2))})
	}
	a := settled(t, 160, 50, o)
	bare := regexp.MustCompile(`(?:^|[^/\w-])good@4`)
	check := func(where string) {
		drawn := ansi.Strip(a.Draw())
		if at := bare.FindStringIndex(drawn); at != nil {
			t.Errorf("%s calls a model good@4:\n%s", where, drawn)
		}
		for _, want := range []string{"shop/good@4", "mine/good@4"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%s lacks %q:\n%s", where, want, drawn)
			}
		}
	}
	uitest.Press(t, a, "6")
	check("Verdict, before they are paid for")
	uitest.Press(t, a, "E")
	check("the box of costs")
	uitest.Press(t, a, "p")
	for _, key := range []string{"2", "3", "4", "6"} {
		uitest.Press(t, a, key)
		check("the screen of the key " + key)
	}
	uitest.Press(t, a, "1", "7")
	check("Usage, after Models")
	uitest.Press(t, a, "2", "m", "j")
	check("the line of the marked text")
	uitest.Press(t, a, "3", "f")
	check("the difference")
}
