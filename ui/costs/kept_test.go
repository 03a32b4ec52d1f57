package costs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// That nothing can be kept matters where something is paid for.
func TestWhatCannotBeKeptIsSaidOfWhatIsSent(t *testing.T) {
	for name, knows := range map[string]bool{"to send": false, "all known": true} {
		s := uitest.NewShop()
		for _, x := range uitest.ShopTexts {
			s.Knows["bad"+x.Text] = knows
		}
		o := uitest.ShopOptions(t, s, "shop/good@4")
		o.News, o.Unkept = func() []string { return nil }, func() error { return errors.New("the disk is full") }
		a := settled(t, 100, 30, o)
		uitest.Settle(t, a, costs.Open(&a.Context, "Embed", []session.WantedSource{{Source: pipeline.Source{Model: badOf(a)}}}, nil))
		if said := strings.Contains(flat(a), "Nothing can be kept, and it will be paid for again next time: the disk is full."); said == knows {
			t.Errorf("%s: it is said: %t\n%s", name, said, uitest.Plain(a))
		}
	}
}

// badOf is the shop's other model.
func badOf(a *shell.App) api.Model {
	m, _ := a.Session.Engine().Catalog.Find("shop/bad")
	return m
}
