package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestALostAnswerIsToldWhileWaiting(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	k := a.Session.NewRequest(session.ForCandidates, source, []string{"one"}, session.SendingGrant)
	k.SetWaiting(api.Notice{Wait: 1e15, Reason: "the server did not answer", Attempt: 2, Lost: true})
	if got := a.ProgressText(ui.Unlimited); !strings.Contains(got, "the answer was lost: the next attempt may be billed again, attempt 2") {
		t.Errorf("the progress is %q", got)
	}
}

func TestAWaitForAnotherProgramIsToldUntilBatchesAreSent(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	k := a.Session.NewRequest(session.ForCandidates, source, []string{"one"}, session.SendingGrant)
	k.SetWaiting(api.Notice{Reason: "another vecscope is asking for the same texts"})
	if got := a.ProgressText(ui.Unlimited); !strings.Contains(got, "waits: another vecscope is asking for the same texts") {
		t.Errorf("the progress is %q", got)
	}
	k.Answered(0, 1)
	if got := a.ProgressText(ui.Unlimited); strings.Contains(got, "waits") {
		t.Errorf("afterwards it is %q", got)
	}
}

func about(tokens int) *pipeline.Estimate {
	return &pipeline.Estimate{Tokens: tokens, Estimated: true}
}

func TestProgressTellsBatchesTokensTimeAndRate(t *testing.T) {
	cases := []struct {
		work session.SourceWork
		want string
	}{
		{session.SourceWork{Batches: session.Batches{Done: 3, Total: 10}, Sends: about(12_000), Elapsed: 12e9, Rate: 340}, "3 of 10 batches, ≈12,000 tokens, 12 s, 340 texts/s"},
		{session.SourceWork{Batches: session.Batches{Done: 0, Total: 1}, Sends: about(120), Elapsed: 2e9}, "embedding 12 of 30 texts, ≈120 tokens, 2 s"},
		{session.SourceWork{}, "embedding 12 of 30 texts"},
		{session.SourceWork{Stopping: true}, "stopping, 12 of 30 texts"},
		{session.SourceWork{Batches: session.Batches{Done: 1, Total: 2}, Waits: &session.Waiting{Left: 3e9, Reason: "busy", Attempt: 2}}, "1 of 2 batches; waits 3 s: busy, attempt 2"},
	}
	for _, c := range cases {
		if got := candidate.AskText(c.work, 12, 30); got != c.want {
			t.Errorf("the progress reads %q, want %q", got, c.want)
		}
	}
}

func TestProgressLeavesEveryCandidateItsPlace(t *testing.T) {
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4"))
	for _, c := range a.Session.Candidates() {
		source, _ := a.Session.SourceOf(c)
		k := a.Session.NewRequest(session.ForCandidates, source, []string{"one", "two"}, session.SendingOf(about(1_200_000)))
		k.Answered(3, 10)
	}
	if got, want := a.ProgressText(79), "Working, esc stops: good@4 3 of 10 batches · bad@4 3 of 10 batches"; got != want {
		t.Errorf("in 79 columns the progress is %q, want %q", got, want)
	}
	if got := a.ProgressText(150); !strings.Contains(got, "≈1,200,000 tokens · bad@4 3 of") {
		t.Errorf("in 150 columns the progress is %q", got)
	}
}

func TestProgressOfManyModelsCountsThoseWithoutRoom(t *testing.T) {
	var ids []string
	for n := 1; n <= 6; n++ {
		ids = append(ids, fmt.Sprintf("shop/text-embedding-of-a-family-%d@4", n))
	}
	o := uitest.ShopOptions(t, uitest.NewShop(), ids...)
	var family []api.Model
	for _, id := range ids {
		m, _ := o.Engine.Catalog.Find("shop/good")
		m.ID, _, _ = strings.Cut(strings.TrimPrefix(id, "shop/"), "@")
		family = append(family, m)
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), family)
	a := settled(t, 80, 24, o)
	for _, c := range a.Session.Candidates() {
		source, _ := a.Session.SourceOf(c)
		a.Session.NewRequest(session.ForCandidates, source, []string{"one", "two"}, session.SendingOf(about(1_200_000))).Answered(3, 10)
	}
	if got := a.ProgressText(79); !strings.Contains(got, "y-1@4 3 of 10 batches · ") || !strings.HasSuffix(got, " · +5") || term.Width(got) > 79 {
		t.Errorf("in 79 columns the progress is %q", got)
	}
}
