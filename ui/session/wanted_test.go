package session_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestWhatATrialLacksIsPaidForAtThePersonsWord(t *testing.T) {
	s := uitest.NewShop()
	a := paidFor(t, s)
	pay := a.Session.Payments()
	if total, known := pay.UnpaidEstimate(); pay.Unpaid() != 1 || !known || total.Missing() != 3 || !slices.Equal(pay.Waiting(), []string{"shop/good@4"}) {
		t.Fatalf("%v wait for %+v (%t)", pay.Waiting(), total, known)
	}
	sent := s.Sent()
	uitest.Press(t, a, "E")
	if s.Sent() != sent {
		t.Fatal("queries were sent without a word")
	}
	uitest.WantShown(t, a, "good@4, queries", "3 texts")
	uitest.Press(t, a, "p")
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil || s.Sent()-sent != 3 || pay.Unpaid() != 0 {
		t.Errorf("after %d queries: %v, and %d wait", s.Sent()-sent, r.Err, pay.Unpaid())
	}
	if n := uitest.SpentOn(a, "shop/good").Tokens; n != 18 {
		t.Errorf("%d tokens are in the ledger, want those of three texts and three queries", n)
	}
	uitest.Settle(t, a, a.Session.Verdict().SetSeed(7))
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil || s.Sent()-sent != 3 {
		t.Errorf("another seed asks again: %d were sent", s.Sent()-sent)
	}
}

func TestTextsAsDocumentsArePaidForToo(t *testing.T) {
	s := uitest.NewShop()
	a := paidFor(t, s)
	m, err := a.Session.Find("shop/good")
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}}))
	s.Knows = map[string]bool{} // the shop does not tell roles apart
	uitest.Settle(t, a, a.Session.Recompute())
	if total, known := a.Session.Payments().UnpaidEstimate(); !known || total.Missing() != 6 {
		t.Fatalf("%d are missing, want three queries and three documents (%t)", total.Missing(), known)
	}
	uitest.Press(t, a, "E")
	uitest.WantShown(t, a, "good@4, queries", "good@4, documents")
	uitest.Press(t, a, "p")
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil {
		t.Error(r.Err)
	}
}

func TestWhatWaitsToBePaidForListsNoTextsAtEveryLook(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.State.Texts = nil
	for _, x := range uitest.Numbered(many) {
		o.State.Texts = append(o.State.Texts, config.Text(x))
	}
	a := settled(t, 100, 30, o)
	m, err := a.Session.Find("shop/good")
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.SetRoles(m, api.Roles{Document: api.Manner{Prefix: "d: "}}))
	a.Session.Asked().Ask("which?", "")
	uitest.Settle(t, a, a.Session.Asked().Judge("which?", 1, 1))
	pay := a.Session.Payments()
	if n := len(pay.Sources()); n != 3 {
		t.Fatalf("%d sources wait, want the texts, the query, and the texts as documents", n)
	}
	if n := bytesFor(func() {
		for range 10 {
			pay.Sources()
		}
	}); n > 8*many {
		t.Errorf("ten looks allocate %d bytes", n)
	}
}

func TestTheLimitsOfTheVerdictHoldPaymentsBack(t *testing.T) {
	s := uitest.NewShop()
	a := paidFor(t, s)
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{Price: 5}))
	pay := a.Session.Payments()
	if pay.Unpaid() != 0 || len(pay.Sources()) != 0 || !slices.Equal(pay.HeldBack(), []string{"shop/good@4"}) {
		t.Errorf("%v wait, %v are held back", pay.Waiting(), pay.HeldBack())
	}
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, session.ErrBeyondLimits) {
		t.Errorf("it is not said: %v", r.Err)
	}
	uitest.Press(t, a, "E")
	uitest.WantShown(t, a, "limits")
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{Milliseconds: 1}))
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, trial.ErrUnpaid) || pay.Unpaid() != 1 || len(pay.HeldBack()) != 0 {
		t.Errorf("a latency that nobody knows yet holds back %v: %v", pay.HeldBack(), r.Err)
	}
}

func TestWhatATrialIsRefusedIsSaidAndAskedAgain(t *testing.T) {
	s := uitest.NewShop()
	a := paidFor(t, s)
	out := errors.New("out of order")
	s.Fails = map[string]error{"good": out}
	uitest.Press(t, a, "E", "p")
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, out) || a.Session.Payments().Unpaid() != 1 {
		t.Errorf("the row says %v, %d wait", r.Err, a.Session.Payments().Unpaid())
	}
	s.Fails = nil
	s.After, s.Meanwhile = 1, func() {
		if !a.Session.Running() || len(a.Session.Requests().Paid()) != 1 {
			t.Error("no paid request is under way")
		}
		a.Session.Stop()
	}
	uitest.Press(t, a, "E", "p")
	if r := rowOf(t, a, "shop/good@4"); !errors.Is(r.Err, session.ErrStopped) {
		t.Errorf("after a stop the row says %v", r.Err)
	}
	uitest.Press(t, a, "E", "p")
	if r := rowOf(t, a, "shop/good@4"); r.Score == nil {
		t.Errorf("it is not asked again: %v", r.Err)
	}
}

func TestWhatTheLimitsHoldBackIsNotSaidToWaitForAKey(t *testing.T) {
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4"))
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{LocalOnly: true}))
	if got := candidate.Of(uitest.CandidateIn(t, a, "shop/good@4")).What; !strings.Contains(got, "beyond your limits") {
		t.Errorf("it is said to be %q", got)
	}
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{}))
	if got := candidate.Of(uitest.CandidateIn(t, a, "shop/good@4")).What; !strings.Contains(got, "E shows its cost") {
		t.Errorf("without limits it is said to be %q", got)
	}
}
