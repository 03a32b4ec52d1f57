package session_test

import (
	"fmt"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestSourceThatChangesUnderALookupIsLookedUpAgain(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "shop/bad@4"))
	a.Session.ForgetResults()
	cmd := a.Session.Invalidate(0)
	// A list that arrives now says that vectors are shorter: the candidates have to
	// be asked for at their own length.
	var rows []api.Model
	for _, m := range a.Session.Engine().Catalog.Models() {
		if m.Provider == "shop" {
			m.Dimensions, m.MaxDimensions = 2, 4
			rows = append(rows, m)
		}
	}
	a.Session.Engine().Catalog.Replace("shop", rows)
	uitest.Settle(t, a, cmd)
	uitest.CheckNobodyWaitsForNothing(t, a.Session)
	for _, c := range a.Session.States() {
		if c.Phase != session.PhaseUnpaid {
			t.Errorf("%s ends in phase %d (%s)", c.ID(), c.Phase, fmt.Sprint(candidate.Of(c).Line(ui.Unlimited)))
		}
	}
}

func TestNothingIsLookedUpWhenTheProgramEnds(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	a.Session.Invalidate(0)
	a.Session.ForgetResults()
	a.Session.Invalidate(0)
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	a.Session.Close(0)
	if msg := a.Session.Look(source, nil)(); msg != nil {
		t.Errorf("a lookup that begins after the end brings %+v", msg)
	}
}
