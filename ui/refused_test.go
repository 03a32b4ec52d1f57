package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// spoiled is a shop some of whose answers are of no use.
type spoiled struct {
	*shop
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
	result, err := s.shop.Embed(ctx, req)
	for i, t := range req.Texts {
		if t == s.refuses && err == nil {
			delete(s.known, req.Model+t)
			result.Vectors[i] = nil
			result.Failed = map[int]error{i: &api.TextError{Index: i, Err: errors.New("the server gave a vector of zeros; try again")}}
		}
	}
	return result, err
}

func spoiledOptions(t *testing.T, s *spoiled, candidates ...string) Options {
	t.Helper()
	o := shopOptions(t, s.shop, candidates...)
	o.Engine.Providers["shop"] = s
	return o
}

func TestTextWithoutAVectorIsToldAndNotSentAgainUnasked(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
		s := &spoiled{shop: newShop(), refuses: shopTexts[1].Text}
		a := settled(t, z.w, z.h, spoiledOptions(t, s, "shop/good@4", "local/glove@100"))
		press(t, a, "3", "E", "p")
		wantNotice(t, a, "Embedded 2 texts: 9 tokens, $0.00018, 1 request, p50 40 ms; 1 text has no vector: the server gave a vector of zeros. ! tells more.")
		if a.notice.level != noticeWarn {
			t.Error("it is told as a success")
		}
		press(t, a, "!")
		checkFrame(t, a.draw(), z)
		if box := flat(strings.Join(a.top().(*reader).lines, " ")); !strings.Contains(box, "1 text has no vector: text 2") || !strings.Contains(box, "R, then E") {
			t.Errorf("! tells %q", box)
		}
		press(t, a, "esc")
		if head := flat(strings.Join(a.screen(screenMatrix).view(a.body), "\n")); !strings.Contains(head, "no vector: 1") && !strings.Contains(head, "1 text without a vector") {
			t.Errorf("%d columns: the header does not tell:\n%s", z.w, plain(a))
		}
		if foot := flat(a.footer(z.w)); !strings.Contains(foot, "! errors") {
			t.Errorf("%d columns: the footer is %q", z.w, foot)
		}
		press(t, a, "E")
		box := a.top().(*costs)
		if total := box.total(); total.Missing() != 0 || total.Refused != 1 {
			t.Errorf("E offers %d texts, %d refused", total.Missing(), total.Refused)
		}
		if drawn := flat(a.draw()); z.h >= 24 && !strings.Contains(drawn, "Not sent again: 1 text that got no vector. R, then E, sends it.") {
			t.Errorf("E tells\n%s", plain(a))
		}
		press(t, a, "p")
		if s.sent() != 3 {
			t.Errorf("p sends it again: %d texts were sent", s.sent())
		}
		s.refuses = ""
		press(t, a, "R", "E", "p")
		if c := candidateIn(t, a, "shop/good@4"); s.sent() != 4 || c.result.Vectors.Present() != 3 || refusedText(c) != "" {
			t.Errorf("after R, E and p %d texts were sent, %d have vectors", s.sent(), c.result.Vectors.Present())
		}
	}
}

func TestTextWithoutAVectorIsToldOnceOnly(t *testing.T) {
	s := &spoiled{shop: newShop(), refuses: shopTexts[1].Text}
	a := settled(t, 100, 30, spoiledOptions(t, s, "shop/good@4"))
	press(t, a, "E", "p")
	cmd, err := a.store.insertTexts(0, corpus.Text{Text: "something else"})
	if err != nil {
		t.Fatal(err)
	}
	settle(t, a, cmd)
	press(t, a, "E", "p")
	if want := "Embedded 1 text: 3 tokens, $0.000060, 1 request, p50 40 ms."; a.notice.text != want {
		t.Errorf("the second run tells %q, want %q", a.notice.text, want)
	}
}

func TestRunThatBringsNothingTellsWhatItCostAndWhichKeyTriesAgain(t *testing.T) {
	s := &spoiled{shop: newShop(), faulty: map[string]api.Usage{"bad": {Tokens: 9, Requests: 1, Failed: 1}}}
	a := settled(t, 80, 24, spoiledOptions(t, s, "shop/bad@4", "local/glove@100"))
	press(t, a, "2", "E", "p")
	if want := "No vectors came: 9 tokens, $0.00018, 1 request (1 failed). ! tells more."; a.notice.text != want || a.notice.level != noticeWarn {
		t.Errorf("the run tells %q, want %q", a.notice.text, want)
	}
	for _, k := range []string{"1", "2", "3", "4", "5"} {
		press(t, a, k)
		if foot := flat(a.footer(80)); !strings.HasPrefix(foot, "? help E again… ! errors") {
			t.Errorf("on screen %s the footer is %q", k, foot)
		}
	}
	press(t, a, "3")
	body := flat(strings.Join(a.screen(screenMatrix).view(a.body), "\n"))
	for _, want := range []string{"unusable answer: 2 vectors for 3 texts", "press E to try again"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing:\n%s", want, plain(a))
		}
	}
	s.faulty = nil
	press(t, a, "E", "p")
	if foot := flat(a.footer(80)); strings.Contains(foot, "again") {
		t.Errorf("after it went well the footer is %q", foot)
	}
}

func TestLostAnswersOfAllModelsAreToldTogether(t *testing.T) {
	lost := api.Usage{Requests: 2, Failed: 2, Lost: 2, LostTexts: 6, LostTokens: 1000}
	s := &spoiled{shop: newShop(), faulty: map[string]api.Usage{"bad": lost, "good": lost}}
	a := settled(t, 100, 30, spoiledOptions(t, s, "shop/bad@4", "shop/good@4"))
	press(t, a, "E", "p")
	// Of each model 1.5 times the tokens and three more for every text, at $20 a million.
	wantNotice(t, a, "4 requests (4 failed); up to $0.061 for 4 requests without a usable answer may be charged besides.")
	if got, want := a.store.ledger.Spent(), 2*20e-6*(1500+18); got < 0.999*want || got > 1.001*want {
		t.Errorf("the session counts $%v, want $%v", got, want)
	}
}

func TestThatNothingCanBeKeptIsSaidWhereItMatters(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
		o := shopOptions(t, newShop(), "shop/good@4")
		news := []string{"Vectors are kept in memory only: the file is of a newer version."}
		o.News = func() []string { defer func() { news = nil }(); return news }
		o.Unkept = func() error { return errors.New("the file is of a newer version; update vecscope") }
		a := settled(t, z.w, z.h, o)
		press(t, a, "3", "!")
		checkFrame(t, a.draw(), z)
		if box := flat(strings.Join(a.top().(*reader).lines, " ")); strings.Count(box, "Vectors are kept in memory only: the file is of a newer version.") != 1 {
			t.Errorf("after the next key ! tells %q", box)
		}
		press(t, a, "esc", "E")
		checkFrame(t, a.draw(), z)
		if drawn := flat(a.draw()); !strings.Contains(drawn, "Nothing can be kept, and it will") {
			t.Errorf("E tells\n%s", plain(a))
		}
		press(t, a, "esc", "5")
		checkFrame(t, a.draw(), z)
		if z.h >= 24 && !strings.Contains(flat(a.draw()), "Not noted for later, ! in full: the file is of a newer version") {
			t.Errorf("the sums tell\n%s", plain(a))
		}
	}
}
