package texts

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTextsThatAreReadInFullAreNotMarked(t *testing.T) {
	// More than 128 tokens for cl100k, fewer pieces for use-lite.
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("ｃｕｓｔｏｍｅｒ ", 20), "plain"), uitest.Use))
	result := a.Session.States()[0].Result
	if len(result.Clipped) > 0 || len(result.Failed) > 0 {
		t.Fatal("the text is too long for this test")
	}
	if n, _ := a.Session.TokensOf(a.Session.Corpus().At(0).Text); n <= 128 {
		t.Fatalf("the text has %d tokens, too few for this test", n)
	}
	if got := ansi.Strip(a.Draw()); strings.Contains(got, "~ use-lite@512") {
		t.Errorf("a text that is read in full is marked:\n%s", got)
	}
}

func TestATextWithoutAVectorIsNamedByItsID(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "plain words"}, {ID: "T12", Text: "☃☃☃"}}, uitest.Glove))
	uitest.Press(t, a, "j")
	uitest.WantShown(t, a, "text 2 (T12) has no vector")
}
