package app

import (
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestServersRefusalOfOneModelLeavesTheOther(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.FailWhen(apitest.OfModel("text-embedding-3-large"), apitest.Unpaid())
	term := start(t, 140, 40, uitest.ServerOptions(t, s, "nanogpt/text-embedding-3-small@1536", "nanogpt/text-embedding-3-large@3072"))
	term.WaitFor("E shows its cost")
	if s.Spent() != 0 {
		t.Fatal("the server was paid unasked")
	}
	term.Pay()
	term.WaitFor("background: mean", "402")
	term.Press("7")
	term.WaitFor("  text-embedding-3-small", " left, asked at")
}

func TestServersWaitIsShownAndCtrlCEndsIt(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.Fail(apitest.RateLimitedFor(30))
	term := start(t, 140, 40, uitest.ServerOptions(t, s, "nanogpt/text-embedding-3-small@1536"))
	term.WaitFor("E shows its cost")
	term.Pay()
	term.WaitFor("waits ", "429", "attempt 2")
	term.Press("ctrl+c")
	term.WaitFor("Stop?")
	term.Press("y")
	term.WaitFor("Stopped: 0 of 3 texts are kept")
	if s.Spent() != 0 {
		t.Errorf("$%v were spent", s.Spent())
	}
}
