package matrices

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestServersOwnVectorsAreComparedAfterAWord(t *testing.T) {
	for tilt, want := range map[float32]string{0: "the same but for rounding", 5: "They differ"} {
		s := uitest.NewShop()
		s.Tilt = tilt
		a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@2"))
		uitest.Press(t, a, "E", "p")
		s.Knows = map[string]bool{} // the server's own vectors are others
		uitest.Press(t, a, "3", "+")
		if s.Sent() != 3 {
			t.Fatalf("the server was asked for its own vectors without a word: %d texts sent", s.Sent())
		}
		uitest.Press(t, a, "p")
		drawn := uitest.Plain(a)
		if s.Sent() != 6 || !strings.Contains(drawn, want) || !strings.Contains(drawn, "over 3 texts") {
			t.Errorf("with a tilt of %v %d texts were sent and this is reported:\n%s", tilt, s.Sent(), drawn)
		}
		for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
			uitest.Send(t, a, uitest.WindowSize(z))
			uitest.CheckFrame(t, a.Draw(), z)
		}
		if got := uitest.SpentOn(a, "shop/good").Tokens; got != 18 {
			t.Errorf("the session used %d tokens, want 18", got)
		}
	}
}

func TestServersOwnVectorsNeedDerivedOnes(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	uitest.Press(t, a, "3", "+")
	if !strings.Contains(a.Notice().Text, "good@4 is not derived") {
		t.Errorf("a at full length says %q", a.Notice().Text)
	}
}

func TestVectorsWinOverTheCatalogsDimensions(t *testing.T) {
	s := uitest.NewShop()
	s.Length = 6
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "shop/good@2", "local/glove@100"))
	uitest.Press(t, a, "E", "p")
	want := []api.Candidate{{Model: "shop/good", Dimensions: 6}, {Model: "shop/good", Dimensions: 2}, {Model: "local/glove", Dimensions: 100}}
	if !slices.Equal(a.Session.Candidates(), want) {
		t.Fatalf("the candidates are %v, want %v", a.Session.Candidates(), want)
	}
	for _, c := range a.Session.Ready() {
		if c.Result.Vectors.Dim() != c.Dimensions {
			t.Errorf("%s has vectors of %d dimensions", c.ID(), c.Result.Vectors.Dim())
		}
	}
	if n := len(a.Session.Ready()); n != 3 || a.Session.Pending() {
		t.Errorf("%d candidates are ready, job %v", n, a.Session.Pending())
	}
	m, err := a.Session.Engine().Catalog.Find("shop/good")
	if err != nil || m.Dimensions != 6 || !slices.Contains(m.Notes, "The list says 4 dimensions; its vectors have 6.") {
		t.Errorf("the row says %d dimensions and %q, %v", m.Dimensions, m.Notes, err)
	}
	uitest.Press(t, a, "1", "/", "g", "o", "o", "d", "enter")
	for z, want := range map[ui.Size][]string{
		{W: 80, H: 24}:  {"6≠4"},
		{W: 200, H: 60}: {"6 (list says 4)", "the list says 4; the"},
	} {
		uitest.Send(t, a, uitest.WindowSize(z))
		for _, w := range want {
			if !strings.Contains(uitest.Plain(a), w) {
				t.Errorf("%q is missing:\n%s", w, uitest.Plain(a))
			}
		}
	}
}

func TestVectorsShorterThanEveryCandidateLeaveOne(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "shop/good@3")
	a := settled(t, 100, 30, o)
	s.Length = 2
	uitest.Press(t, a, "E", "p")
	if want := []api.Candidate{{Model: "shop/good", Dimensions: 2}}; !slices.Equal(a.Session.Candidates(), want) || len(a.Session.Ready()) != 1 {
		t.Errorf("the candidates are %v with %d results, want %v", a.Session.Candidates(), len(a.Session.Ready()), want)
	}
}

func TestOtherLengthsOfSeveralModelsEndTheRun(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@3", "shop/bad@4", "local/glove@100"))
	s.Length = 2
	uitest.Press(t, a, "E", "p")
	if a.Session.Pending() || len(a.Session.Ready()) != 3 {
		t.Errorf("%d of 3 candidates %v are ready, the job is %v", len(a.Session.Ready()), a.Session.Candidates(), a.Session.Pending())
	}
	for _, want := range []string{"The vectors of good have 2 dimensions, not the 4 of its list", "the vectors of bad have 2 dimensions"} {
		if !strings.Contains(a.Notice().Text, want) || a.Notice().Level != ui.NoticeWarn {
			t.Errorf("the notice %q lacks %q", a.Notice().Text, want)
		}
	}
	if cmd := a.ScheduleExpiry(); cmd != nil {
		t.Error("a warning about money ends before a key is pressed")
	}
}

func TestServersOwnVectorsAreNotPaidForWhenTheTextsHaveChanged(t *testing.T) {
	for _, keys := range [][]string{{"p"}, {"t", "p"}} {
		s := uitest.NewShop()
		o := uitest.ShopOptions(t, s, "shop/good@2")
		o.State.Texts[1].Text = strings.Repeat("word ", 100)
		a := settled(t, 100, 30, o)
		uitest.Press(t, a, "E", "p")
		s.Knows = map[string]bool{}
		uitest.Press(t, a, "3", "+")
		uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", corpus.Text{Text: "something else"}, corpus.Text{Text: "x"}, corpus.Text{Text: strings.Repeat("wholly different ", 50)}))
		uitest.Press(t, a, keys...)
		if len(a.Overlays()) != 0 || s.Sent() != 3 || !strings.HasPrefix(a.Notice().Text, "Nothing was sent: the texts have changed") {
			t.Errorf("%v: %d texts were sent, %d boxes are open, and it says %q", keys, s.Sent(), len(a.Overlays()), a.Notice().Text)
		}
	}
}

func TestServersOwnVectorsThatAreForgottenMeanwhileAreNotPaidFor(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@2"))
	uitest.Press(t, a, "E", "p")
	s.Forgets = true
	uitest.Press(t, a, "3", "+", "p")
	if drawn := uitest.Plain(a); s.Sent() != 3 || !strings.Contains(drawn, "no longer in the cache") {
		t.Errorf("%d texts were sent:\n%s", s.Sent(), drawn)
	}
}
