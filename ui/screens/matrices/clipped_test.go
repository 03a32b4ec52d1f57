package matrices

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestNarrowMatricesTellOfTextsReadInPart(t *testing.T) {
	long := strings.Repeat("the printer does not print ", 60)
	many := uitest.Texts(long+"after the update", "It is dark.", long+"since Monday")
	for i := range 30 {
		many = append(many, corpus.Text{Text: fmt.Sprintf("Ticket number %d.", i)})
	}
	a := settled(t, 80, 24, uitest.OptionsWith(t, many, uitest.Use, uitest.Glove, "local/ngrams@4096"))
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
	if got := ansi.Strip(a.Draw()); !strings.Contains(got, "use-lite@512 2 read in part") {
		t.Errorf("the matrices are shown as\n%s", got)
	}
}

func TestHowManyTextsAreKnownInPartIsSaidInWholeWords(t *testing.T) {
	set, _ := corpus.FindSet("tickets")
	a := settled(t, 80, 24, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove, "local/ngrams@4096"))
	uitest.Press(t, a, "3")
	if got := ansi.Strip(a.Draw()); !strings.Contains(got, "AUC 0.599 4 in part ") {
		t.Errorf("the matrices are shown as\n%s", got)
	}
}
