package verdict

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Texts that the built-in models cannot read lead to models that can; with one chosen, to
// figures over all texts.
func TestTextsOfOtherLanguagesLeadToModelsThatReadThem(t *testing.T) {
	set, ok := corpus.FindSet("multilingual")
	if !ok {
		t.Fatal("there is no set of other languages")
	}
	over := func(texts []corpus.Text, models []string) *shell.App {
		o := uitest.ShopOptions(t, uitest.NewShop())
		o.State = uitest.OptionsWith(t, texts, models...).State
		a := settled(t, 120, 40, o)
		uitest.Press(t, a, "5")
		return a
	}
	const both, one, words = "use-lite and glove read English only", "glove reads English only", ". On Models (1) w finds models for many languages; a paid one needs a key (K)."
	for _, c := range []struct {
		models []string
		want   string
	}{
		{[]string{uitest.Use, uitest.Glove, "local/glove@50", "local/ngrams@4096"}, both + words},
		{[]string{uitest.Glove}, one + words},
		{[]string{uitest.Use, uitest.Glove, "shop/good@4"}, both + ": c removes them, and the figures are over more texts."},
		{[]string{uitest.Glove, "shop/good@4"}, one + ": c removes it, and the figures are over more texts."},
		{[]string{"local/ngrams@4096", "local/ngrams@64"}, "On Models (1) w finds models by what they suit; a paid one needs a key (K)."},
	} {
		a := over(set.Texts, c.models)
		if got := a.Screen(ID).(*Screen).otherModels(); got != c.want {
			t.Errorf("with %v it says %q", c.models, got)
		}
		if drawn := uitest.Flat(uitest.Plain(a)); c.want != "" && !strings.Contains(drawn, c.want[:20]) {
			t.Errorf("with %v the screen does not say it:\n%s", c.models, uitest.Plain(a))
		}
	}
	a := over(uitest.Texts("the cat sat on the mat", "the dog ran to the park"), []string{uitest.Use, uitest.Glove})
	if got := a.Screen(ID).(*Screen).otherModels(); got != "" {
		t.Errorf("of texts that are read it says %q", got)
	}
}
