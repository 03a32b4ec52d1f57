package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// spoiled is a shop some of whose answers are of no use.
type spoiled struct {
	*uitest.Shop
	// faulty are the models that bring no vectors, with what that takes.
	faulty map[string]api.Usage
	// refuses is a text without a vector.
	refuses string
}

func (s *spoiled) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if usage, ok := s.faulty[req.Model]; ok {
		return api.Result{Usage: usage}, &api.ServerError{
			Provider: "shop", Status: 200, Message: "2 vectors for 3 texts", Advice: "the server's answer is faulty: try again, or choose another model",
		}
	}
	arrived := req.Arrived
	req.Arrived = func(at []int, vectors [][]float32) {
		if req.Texts[at[0]] != s.refuses {
			arrived(at, vectors)
		}
	}
	result, err := s.Shop.Embed(ctx, req)
	for i, t := range req.Texts {
		if t == s.refuses && err == nil {
			delete(s.Knows, req.Model+t)
			result.Vectors[i] = nil
			result.Failed = map[int]error{i: &api.TextError{Index: i, Err: errors.New("the server gave a vector of zeros; try again")}}
		}
	}
	return result, err
}

func spoiledOptions(t *testing.T, s *spoiled, candidates ...string) shell.Options {
	t.Helper()
	o := uitest.ShopOptions(t, s.Shop, candidates...)
	o.Engine.Providers["shop"] = s
	return o
}

func TestTextWithoutAVectorIsToldAndNotSentAgainUnasked(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		s := &spoiled{Shop: uitest.NewShop(), refuses: uitest.ShopTexts[1].Text}
		a := settled(t, z.W, z.H, spoiledOptions(t, s, "shop/good@4", "local/glove@100"))
		uitest.Press(t, a, "3", "E", "p")
		uitest.WantNotice(t, a, "Embedded 2 texts: 9 tokens, $0.00018, 1 request, p50 40 ms; 1 text has no vector: the server gave a vector of zeros. ! tells more.")
		if a.Notice().Level != ui.NoticeWarn {
			t.Error("it is told as a success")
		}
		uitest.Press(t, a, "!")
		uitest.CheckFrame(t, a.Draw(), z)
		if box := uitest.Flat(strings.Join(a.Top().(*widget.Reader).Lines(), " ")); !strings.Contains(box, "text 2 has no vector: the server gave a vector of zeros") || strings.Contains(box, "1 text has") || !strings.Contains(box, "R, then E") {
			t.Errorf("! tells %q", box)
		}
		uitest.Press(t, a, "esc")
		if head := uitest.Flat(strings.Join(a.Screen(matrices.ID).View(a.Body), "\n")); !strings.Contains(head, "no vector: 1") && !strings.Contains(head, "1 text without a vector") {
			t.Errorf("%d columns: the header does not tell:\n%s", z.W, uitest.Plain(a))
		}
		if foot := uitest.Flat(a.Footer(z.W)); !strings.Contains(foot, "! errors") {
			t.Errorf("%d columns: the footer is %q", z.W, foot)
		}
		uitest.Press(t, a, "E")
		box := a.Top().(*costs.Box)
		if total := box.Total(); total.Missing() != 0 || total.Refused != 1 {
			t.Errorf("E offers %d texts, %d refused", total.Missing(), total.Refused)
		}
		if drawn := uitest.Flat(a.Draw()); z.H >= 24 && !strings.Contains(drawn, "Not sent again: 1 text that got no vector. R, then E, sends it.") {
			t.Errorf("E tells\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "p")
		if s.Sent() != 3 {
			t.Errorf("p sends it again: %d texts were sent", s.Sent())
		}
		s.refuses = ""
		uitest.Press(t, a, "R", "E", "p")
		if c := uitest.CandidateIn(t, a, "shop/good@4"); s.Sent() != 4 || c.Result.Vectors.Present() != 3 || candidate.Full(c) != "" {
			t.Errorf("after R, E and p %d texts were sent, %d have vectors", s.Sent(), c.Result.Vectors.Present())
		}
	}
}

func TestTextWithoutAVectorIsToldOnceOnly(t *testing.T) {
	s := &spoiled{Shop: uitest.NewShop(), refuses: uitest.ShopTexts[1].Text}
	a := settled(t, 100, 30, spoiledOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	cmd, err := a.Session.Edits().Insert(0, corpus.Text{Text: "something else"})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	uitest.Press(t, a, "E", "p")
	if want := "Embedded 1 text: 3 tokens, $0.000060, 1 request, p50 40 ms."; a.Notice().Text != want {
		t.Errorf("the second run tells %q, want %q", a.Notice().Text, want)
	}
}

func TestRunThatBringsNothingTellsWhatItCostAndWhichKeyTriesAgain(t *testing.T) {
	s := &spoiled{Shop: uitest.NewShop(), faulty: map[string]api.Usage{"bad": {Tokens: 9, Requests: 1, Failed: 1}}}
	a := settled(t, 80, 24, spoiledOptions(t, s, "shop/bad@4", "local/glove@100"))
	uitest.Press(t, a, "2", "E", "p")
	if want := "No vectors came: 9 tokens, $0.00018, 1 request (1 failed). ! tells more."; a.Notice().Text != want || a.Notice().Level != ui.NoticeWarn {
		t.Errorf("the run tells %q, want %q", a.Notice().Text, want)
	}
	for _, s := range a.Screens() {
		a.SetScreen(s.Info().ID)
		if foot := uitest.Flat(a.Footer(80)); !strings.HasPrefix(foot, "? help E again… ! errors") {
			t.Errorf("on %s the footer is %q", s.Info().Title, foot)
		}
	}
	uitest.Press(t, a, "3")
	body := uitest.Flat(strings.Join(a.Screen(matrices.ID).View(a.Body), "\n"))
	for _, want := range []string{"unusable answer: 2 vectors for 3 texts", "press E to try again"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
		}
	}
	s.faulty = nil
	uitest.Press(t, a, "E", "p")
	if foot := uitest.Flat(a.Footer(80)); strings.Contains(foot, "again") {
		t.Errorf("after it went well the footer is %q", foot)
	}
}

func TestLostAnswersOfAllModelsAreToldTogether(t *testing.T) {
	lost := api.Usage{Requests: 2, Failed: 2, Lost: 2, LostTexts: 6, LostTokens: 1000}
	s := &spoiled{Shop: uitest.NewShop(), faulty: map[string]api.Usage{"bad": lost, "good": lost}}
	a := settled(t, 100, 30, spoiledOptions(t, s, "shop/bad@4", "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	// Of each model 1.5 times the tokens and three more for every text, at $20 a million.
	uitest.WantNotice(t, a, "4 requests (4 failed); up to $0.061 for 4 requests without a usable answer may still be billed.")
	if got, want := a.Session.Payments().Ledger().Spent(), 2*20e-6*(1500+18); got < 0.999*want || got > 1.001*want {
		t.Errorf("the session counts $%v, want $%v", got, want)
	}
}

func TestThatNothingCanBeKeptIsSaidWhereItMatters(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
		news := []string{"Vectors are kept in memory only: the file is of a newer version."}
		o.News = func() []string { defer func() { news = nil }(); return news }
		o.Unkept = func() error { return errors.New("the file is of a newer version; update vecscope") }
		a := settled(t, z.W, z.H, o)
		uitest.Press(t, a, "3", "!")
		uitest.CheckFrame(t, a.Draw(), z)
		if box := uitest.Flat(strings.Join(a.Top().(*widget.Reader).Lines(), " ")); strings.Count(box, "Vectors are kept in memory only: the file is of a newer version.") != 1 {
			t.Errorf("after the next key ! tells %q", box)
		}
		uitest.Press(t, a, "esc", "E")
		uitest.CheckFrame(t, a.Draw(), z)
		if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "Nothing can be kept, and it will") {
			t.Errorf("E tells\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "esc", "7")
		uitest.CheckFrame(t, a.Draw(), z)
		if z.H >= 24 && !strings.Contains(uitest.Flat(a.Draw()), "Not noted for later, ! in full: the file is of a newer version") {
			t.Errorf("the sums tell\n%s", uitest.Plain(a))
		}
	}
}
