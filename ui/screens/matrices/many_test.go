package matrices

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestOfMoreTextsThanAMatrixCanShowTheScreenSaysWhatHelps(t *testing.T) {
	texts := make([]corpus.Text, compare.DenseLimit+1)
	for i := range texts {
		texts[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	for n, want := range map[int]bool{20: false, len(texts): true} {
		a := settled(t, 80, 24, uitest.OptionsWith(t, texts[:n], "local/ngrams@16"))
		for _, s := range []ui.Size{{W: 80, H: 21}, {W: 60, H: 12}, {W: 200, H: 57}, {W: 40, H: 7}} {
			drawn := strings.Join(a.Screen(ID).View(s), "\n")
			uitest.CheckFrame(t, drawn, s)
			said := strings.Join(strings.Fields(ansi.Strip(drawn)), " ")
			if got := strings.Contains(said, "Duplicates lists the most similar pairs"); got != (want && s.H >= 12) {
				t.Errorf("%d texts, %d×%d: what helps is said: %v\n%s", n, s.W, s.H, got, said)
			}
		}
	}
}
