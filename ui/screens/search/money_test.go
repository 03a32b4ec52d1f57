package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A query is sent without a box up to the sum that needs none, and not a bit beyond it.
func TestTheSumThatNeedsNoBoxIsKeptToTheLast(t *testing.T) {
	most := 0.0
	for _, share := range []float64{0, 1, 0.99} {
		s := uitest.NewShop()
		o := uitest.ShopOptions(t, s, "shop/good@4")
		o.Settings.Spending.PerQuery = share * most
		a := settled(t, 120, 30, o)
		uitest.Press(t, a, "E", "p", "/")
		uitest.Letters(t, a, "first")
		if estimates, _ := screenOf(a).unpaid(); share == 0 {
			most = spending.AtMost(pipeline.Costs(estimates))
			continue
		}
		sent := s.Sent()
		uitest.Press(t, a, "enter")
		if boxed := a.Top() != nil; boxed != (share < 1) || (s.Sent() > sent) == boxed {
			t.Errorf("with %g of what it costs at the most %d texts were sent, and a box is open: %v", share, s.Sent()-sent, boxed)
		}
	}
}

// The sum is that of all models: two that are cheap enough by themselves are asked for.
func TestTheSumThatNeedsNoBoxIsThatOfAllModels(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "shop/bad@4")
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p", "/")
	uitest.Letters(t, a, "first")
	estimates, _ := screenOf(a).unpaid()
	if len(estimates) != 2 {
		t.Fatalf("%d models are to be paid for", len(estimates))
	}
	one := spending.AtMost(pipeline.Costs(estimates[:1]))
	for share, boxed := range map[float64]bool{1.5: true, 2.5: false} {
		o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4")
		o.Settings.Spending.PerQuery = share * one
		a := settled(t, 120, 30, o)
		uitest.Press(t, a, "E", "p")
		ask(t, a, "first")
		if got := a.Top() != nil; got != boxed {
			t.Errorf("with %g of what one of two costs a box is open: %t", share, got)
		}
	}
}

func TestAnUnknownPriceIsNeverUnderTheSum(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	var models []api.Model
	for _, m := range o.Engine.Catalog.Models() {
		if m.Provider == "shop" {
			m.Price = nil
		}
		models = append(models, m)
	}
	o.Engine.Catalog = catalog.New(models)
	o.Settings.Spending.PerQuery = 1
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p", "P")
	sent := s.Sent()
	if sent != 3 {
		t.Fatalf("%d texts were sent", sent)
	}
	ask(t, a, "first")
	if s.Sent() != sent || a.Top() == nil {
		t.Errorf("%d texts were sent at an unknown price", s.Sent()-sent)
	}
}

func TestAQueryOfTwoLengthsOfAModelIsPaidOnce(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "shop/good@2", uitest.Use)
	o.Settings.Spending.PerQuery = 0
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p")
	sent := s.Sent()
	ask(t, a, "first")
	uitest.WantShown(t, a, "good@4 @2", "Total: 1 text to send")
	uitest.Press(t, a, "esc")
	uitest.WantShown(t, a, ". asks 1 paid model: ", "not asked", ". asks: ")
	uitest.Press(t, a, "up", "down")
	if a.Top() != nil {
		t.Error("the costs are shown although nobody has asked again")
	}
	uitest.Press(t, a, ".", "p")
	if s.Sent() != sent+1 {
		t.Errorf("%d texts were sent", s.Sent()-sent)
	}
	for _, r := range screenOf(a).rows()[:2] {
		if len(r.hits) != 3 {
			t.Errorf("%s has found %d texts: %+v", r.id, len(r.hits), r.why)
		}
	}
}

// What was known when it was priced and is not when it is asked is priced anew.
func TestAQueryThatIsForgottenMeanwhileIsNotSentWithoutAWord(t *testing.T) {
	s := uitest.NewShop()
	a := shopping(t, s)
	sent := s.Sent()
	s.Knows["goodfirst"], s.Forgets = true, true
	ask(t, a, "first")
	if s.Sent() != sent {
		t.Errorf("%d texts were sent", s.Sent()-sent)
	}
	if a.Top() == nil {
		uitest.WantShown(t, a, "not asked")
	}
}

func TestWhatFailedIsAskedAgainOnRequest(t *testing.T) {
	s := uitest.NewShop()
	a := shopping(t, s)
	s.Fails = map[string]error{"good": fmt.Errorf("the server is on fire")}
	ask(t, a, "first")
	uitest.Press(t, a, "p")
	uitest.WantShown(t, a, "the server is on fire")
	s.Fails = nil
	uitest.Press(t, a, ".", "p")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "on fire") || len(screenOf(a).rows()[1].hits) != 3 {
		t.Errorf("asked again:\n%s", drawn)
	}
}

func TestAStoppedQuerySaysHowItIsAskedAgain(t *testing.T) {
	s := uitest.NewShop()
	a := shopping(t, s)
	ask(t, a, "first")
	s.After, s.Meanwhile = 1, func() { uitest.Press(t, a, "3", "esc", "y") }
	uitest.Press(t, a, "p")
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	uitest.WantShown(t, a, "  stopped ", "  . asks again ")
}

// A query that is typed while another is being paid for costs nothing until it is entered,
// and what is paid for goes on.
func TestAnotherQueryLeavesThePaidOneAlone(t *testing.T) {
	s := uitest.NewShop()
	a := shopping(t, s)
	sent := s.Sent()
	ask(t, a, "first")
	s.After, s.Meanwhile = 1, func() {
		uitest.Press(t, a, "/")
		uitest.Letters(t, a, "other")
		if n := len(a.Session.Requests().Paid()); n != 1 {
			t.Errorf("%d requests are paid for while another query is typed", n)
		}
	}
	uitest.Press(t, a, "p")
	if s.Sent() != sent+1 || !s.Knows["goodfirst"] {
		t.Errorf("%d texts were sent, and the first query is known: %v", s.Sent()-sent, s.Knows["goodfirst"])
	}
	if len(screenOf(a).paying) != 0 {
		t.Errorf("paid for are still %v", screenOf(a).paying)
	}
	uitest.WantShown(t, a, "enter asks 1 paid model: ")
}
