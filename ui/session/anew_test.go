package session_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestEmbedAnewAsksPastWhatIsKeptAndWaitsForTheWord(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/ngrams@64"))
	uitest.Press(t, a, "E", "p")
	if got := s.Sent(); got != 3 {
		t.Fatalf("%d texts were paid for", got)
	}
	uitest.Settle(t, a, a.Session.EmbedAnew())
	states := a.Session.States()
	if st := states[0]; st.Phase != session.PhaseUnpaid || st.Unpaid.Missing() != 3 || s.Sent() != 3 {
		t.Errorf("%d texts were paid for unasked; the candidate is %+v", s.Sent()-3, st)
	}
	if states[1].Phase != session.PhaseReady {
		t.Error("the model inside the binary lost its result")
	}
	uitest.Press(t, a, "E", "p")
	if got := s.Sent(); got != 6 || a.Session.States()[0].Phase != session.PhaseReady {
		t.Errorf("%d texts were paid for", got)
	}
	uitest.Press(t, a, "R")
	a.Session.Edits().Delete(0)
	uitest.Settle(t, a, a.Session.Start())
	if got := s.Sent(); got != 6 {
		t.Errorf("afterwards %d texts were paid for anew", got-6)
	}
}

func TestEmbedAnewLeavesWhatIsBeingPaidForAndEndsWhatIsFree(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	for _, paid := range []bool{true, false} {
		grant := session.Grant{}
		if paid {
			grant = session.SendingGrant
		}
		k := a.Session.NewRequest(session.ForCandidates, source, session.TextsOf(uitest.ShopTexts), grant)
		a.Session.EmbedAnew()
		if ended := k.Ctx().Err() != nil; ended == paid {
			t.Errorf("paid %t: the request has ended: %t", paid, ended)
		}
		a.Session.DropRequest(k)
	}
}

func TestComputingAgainTakesBackTheWishForAnew(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	uitest.Settle(t, a, a.Session.EmbedAnew())
	uitest.Press(t, a, "R")
	if st := a.Session.States()[0]; st.Phase != session.PhaseReady || s.Sent() != 3 {
		t.Errorf("the candidate is %+v", st)
	}
}

func TestACandidateThatIsPutBackHasWhatItHad(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/ngrams@64"))
	uitest.Press(t, a, "E", "p")
	s.Knows = map[string]bool{} // what comes back is in memory
	c := a.Session.Candidates()[0]
	uitest.Settle(t, a, a.Session.Toggle(c))
	uitest.Settle(t, a, a.Session.Toggle(c))
	states := a.Session.States()
	if st := states[len(states)-1]; st.Candidate != c || st.Phase != session.PhaseReady || s.Sent() != 3 {
		t.Errorf("put back, the candidate is %+v", st)
	}
}
