package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

func TestServersOwnVectorsAreComparedAfterAWord(t *testing.T) {
	for tilt, want := range map[float32]string{0: "the same but for rounding", 5: "They differ"} {
		s := newShop()
		s.tilt = tilt
		a := settled(t, 100, 30, shopOptions(t, s, "shop/good@2"))
		press(t, a, "E", "p")
		s.known = map[string]bool{} // the server's own vectors are others
		press(t, a, "3", "a")
		if s.sent() != 3 {
			t.Fatalf("the server was asked for its own vectors without a word: %d texts sent", s.sent())
		}
		press(t, a, "p")
		drawn := plain(a)
		if s.sent() != 6 || !strings.Contains(drawn, want) || !strings.Contains(drawn, "over 3 texts") {
			t.Errorf("with a tilt of %v %d texts were sent and this is reported:\n%s", tilt, s.sent(), drawn)
		}
		for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
			send(t, a, windowSize(z))
			checkFrame(t, a.draw(), z)
		}
		if got := spentOn(a, "shop/good").Tokens; got != 18 {
			t.Errorf("the session used %d tokens, want 18", got)
		}
	}
}

func TestServersOwnVectorsNeedDerivedOnes(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
	press(t, a, "3", "a")
	if !strings.Contains(a.notice.text, "good@4 is not derived") {
		t.Errorf("a at full length says %q", a.notice.text)
	}
}

func TestVectorsWinOverTheCatalogsDimensions(t *testing.T) {
	s := newShop()
	s.length = 6
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4", "shop/good@2", "local/glove@100"))
	press(t, a, "E", "p")
	want := []api.Candidate{{Model: "shop/good", Dimensions: 6}, {Model: "shop/good", Dimensions: 2}, {Model: "local/glove", Dimensions: 100}}
	if !slices.Equal(a.store.candidates, want) {
		t.Fatalf("the candidates are %v, want %v", a.store.candidates, want)
	}
	for _, c := range a.store.ready() {
		if c.result.Vectors.Dim() != c.Dimensions {
			t.Errorf("%s has vectors of %d dimensions", c.ID(), c.result.Vectors.Dim())
		}
	}
	if n := len(a.store.ready()); n != 3 || a.store.job != nil {
		t.Errorf("%d candidates are ready, job %v", n, a.store.job)
	}
	m, err := a.store.engine.Catalog.Find("shop/good")
	if err != nil || m.Dimensions != 6 || !slices.Contains(m.Notes, "The list says 4 dimensions; its vectors have 6.") {
		t.Errorf("the row says %d dimensions and %q, %v", m.Dimensions, m.Notes, err)
	}
	press(t, a, "1", "/", "g", "o", "o", "d", "enter")
	for z, want := range map[size][]string{
		{80, 24}:  {"6≠4"},
		{200, 60}: {"6 (list says 4)", "the list says 4; the"},
	} {
		send(t, a, windowSize(z))
		for _, w := range want {
			if !strings.Contains(plain(a), w) {
				t.Errorf("%q is missing:\n%s", w, plain(a))
			}
		}
	}
}

func TestVectorsShorterThanEveryCandidateLeaveOne(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4", "shop/good@3")
	a := settled(t, 100, 30, o)
	s.length = 2
	press(t, a, "E", "p")
	if want := []api.Candidate{{Model: "shop/good", Dimensions: 2}}; !slices.Equal(a.store.candidates, want) || len(a.store.ready()) != 1 {
		t.Errorf("the candidates are %v with %d results, want %v", a.store.candidates, len(a.store.ready()), want)
	}
}

func TestOtherLengthsOfSeveralModelsEndTheRun(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@3", "shop/bad@4", "local/glove@100"))
	s.length = 2
	press(t, a, "E", "p")
	if a.store.job != nil || len(a.store.ready()) != 3 {
		t.Errorf("%d of 3 candidates %v are ready, the job is %v", len(a.store.ready()), a.store.candidates, a.store.job)
	}
	for _, want := range []string{"The vectors of good have 2 dimensions, not the 4 of its list", "the vectors of bad have 2 dimensions"} {
		if !strings.Contains(a.notice.text, want) || a.notice.level != noticeWarn {
			t.Errorf("the notice %q lacks %q", a.notice.text, want)
		}
	}
	if cmd := a.scheduleExpiry(); cmd != nil {
		t.Error("a warning about money ends before a key is pressed")
	}
}

func TestServersOwnVectorsAreNotPaidForWhenTheTextsHaveChanged(t *testing.T) {
	for _, keys := range [][]string{{"p"}, {"t", "p"}} {
		s := newShop()
		o := shopOptions(t, s, "shop/good@2")
		o.State.Texts[1].Text = strings.Repeat("word ", 100)
		a := settled(t, 100, 30, o)
		press(t, a, "E", "p")
		s.known = map[string]bool{}
		press(t, a, "3", "a")
		send(t, a, openTexts(a, "other.txt", corpus.Text{Text: "something else"}, corpus.Text{Text: "x"}, corpus.Text{Text: strings.Repeat("wholly different ", 50)}))
		press(t, a, keys...)
		if len(a.overlays) != 0 || s.sent() != 3 || !strings.HasPrefix(a.notice.text, "Nothing was sent: the texts have changed") {
			t.Errorf("%v: %d texts were sent, %d boxes are open, and it says %q", keys, s.sent(), len(a.overlays), a.notice.text)
		}
	}
}

func TestServersOwnVectorsThatAreForgottenMeanwhileAreNotPaidFor(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@2"))
	press(t, a, "E", "p")
	s.forgets = true
	press(t, a, "3", "a", "p")
	if drawn := plain(a); s.sent() != 3 || !strings.Contains(drawn, "no longer in the cache") {
		t.Errorf("%d texts were sent:\n%s", s.sent(), drawn)
	}
}
