package texts

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

func TestSetsAreFoundByTitleAndByName(t *testing.T) {
	for _, typed := range []string{"polysemy", "two meanings"} {
		for _, keys := range []string{"x", "ctrl+p"} {
			a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Use))
			uitest.Press(t, a, "2", keys)
			uitest.Letters(t, a, typed)
			if drawn := uitest.Plain(a); !strings.Contains(drawn, "Words with two meanings") || !strings.Contains(drawn, "polysemy") {
				t.Errorf("%s and %q do not show title and name:\n%s", keys, typed, drawn)
			}
			uitest.Press(t, a, "enter")
			if got := a.Session.Corpus().Origin().Set; got != "polysemy" {
				t.Errorf("%s and %q lead to the set %q", keys, typed, got)
			}
		}
	}
}
