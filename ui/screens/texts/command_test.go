package texts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// As many texts are asked for as the screen lists, and the text itself.
func TestTheCommandAsksForAsManyTextsAsAreNearest(t *testing.T) {
	for n, want := range map[int]int{2: 2, nearestShown: nearestShown, nearestShown + 1: nearestShown + 1, nearestShown + 2: nearestShown + 1} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(n), "local/ngrams@64"))
		c, reason := a.Screen(ID).(*Screen).Command()
		if reason != "" || !strings.Contains(c.Line()+" ", fmt.Sprintf(" --top %d ", want)) {
			t.Errorf("of %d texts it is %q %s", n, c.Line(), reason)
		}
	}
}
