package matrices

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestDifferenceFollowsTheCandidates(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	m := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "f", "enter")
	if m.minuend != "local/ngrams@64" || m.against != "local/glove@100" || m.delta == nil {
		t.Fatalf("d shows %s minus %s", m.minuend, m.against)
	}
	uitest.Press(t, a, "tab")
	if m.minuend != "local/glove@100" || m.against != "local/ngrams@64" || m.delta == nil {
		t.Errorf("the subtrahend in focus leads to %s minus %s, want the difference turned round", m.minuend, m.against)
	}
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 64}))
	uitest.Happen(t, a, uitest.Nothing)
	if m.against != "" || m.delta != nil {
		t.Errorf("a difference to %s stays that takes part no more", m.against)
	}
}

// What stands in the way of a difference is said in the order in which it is mended.
func TestWhyThereIsNoDifferenceIsSaid(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, uitest.Glove, "shop/good@4")
	a := settled(t, 100, 30, o)
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	for at, want := range []string{"", "", "good@4 has no result: tab goes to the next model"} {
		if a.Session.SetFocus(at); m.cannotSubtract() != want {
			t.Errorf("with model %d in focus it is said %q, want %q", at+1, m.cannotSubtract(), want)
		}
	}
	if m.against = uitest.Use; m.cannotSubtract() != "" {
		t.Errorf("what is shown cannot be left: %q", m.cannotSubtract())
	}
	m.against = ""
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Glove).Candidate))
	a.Session.SetFocus(0)
	if got, want := m.cannotSubtract(), ui.HasTwoResults(a.Session)(); got != want || want == "" {
		t.Errorf("with one result it is said %q, want %q", got, want)
	}
	if got := m.lacksDifference(); got != "one of the two has no result any more" {
		t.Errorf("without a difference it is said %q", got)
	}
}
