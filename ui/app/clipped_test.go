package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/uitest"
)

// longTickets differ only after what use-lite reads.
func longTickets() []corpus.Text {
	long := strings.Repeat("the printer does not print ", 60)
	return uitest.Texts(long+"after the update", "It is dark.", long+"since Monday")
}

func TestTextsReadOnlyInPartAreShownWhereTheyMislead(t *testing.T) {
	a := settled(t, 120, 30, uitest.OptionsWith(t, longTickets(), uitest.Use, "local/ngrams@4096"))
	shown := func() string { return strings.Join(strings.Fields(ansi.Strip(a.Draw())), " ") }
	if got := shown(); !strings.Contains(got, "local/use-lite@512 2 texts read only in part") || strings.Count(got, "in part") != 1 {
		t.Errorf("the matrices are shown as\n%s", ansi.Strip(a.Draw()))
	}
	const remark = "~ use-lite@512 read only the beginning of 1 and 3 (its limit is 128 tokens)"
	if got := uitest.PairScreen(a, pair.New(&a.Context, 0, 2), ui.Size{W: 110, H: 60}); !strings.Contains(got, remark) {
		t.Errorf("the pair is shown as\n%s", got)
	}
	if got := uitest.PairScreen(a, pair.New(&a.Context, 0, 1), ui.Size{W: 110, H: 60}); !strings.Contains(got, "beginning of 1 (its") {
		t.Errorf("a pair of which one text is read in part is shown as\n%s", got)
	}
	for _, s := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(s))
		uitest.Press(t, a, "4")
		uitest.CheckFrame(t, a.Draw(), s)
		if got := shown(); !strings.Contains(got, remark) {
			t.Errorf("the duplicates at %d columns are shown as\n%s", s.W, ansi.Strip(a.Draw()))
		}
	}
}

func TestNarrowMatricesTellOfTextsReadInPart(t *testing.T) {
	many := longTickets()
	for i := range 30 {
		many = append(many, corpus.Text{Text: fmt.Sprintf("Ticket number %d.", i)})
	}
	a := settled(t, 80, 24, uitest.OptionsWith(t, many, uitest.Use, uitest.Glove, "local/ngrams@4096"))
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
	if got := ansi.Strip(a.Draw()); !strings.Contains(got, "use-lite@512 2 cut short") {
		t.Errorf("the matrices are shown as\n%s", got)
	}
}

func TestTextsThatAreReadInFullAreNotMarked(t *testing.T) {
	// More than 128 tokens for cl100k, fewer pieces for use-lite.
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("Kundendienstmitarbeiterin? ", 8), "plain"), uitest.Use))
	result := a.Session.States()[0].Result
	if len(result.Clipped) > 0 {
		t.Fatal("the text is too long for this test")
	}
	a.Session.Tokens()[a.Session.Corpus().At(0).Text] = 129
	if got := ansi.Strip(a.Draw()); strings.Contains(got, "~ use-lite@512") {
		t.Errorf("a text that is read in full is marked:\n%s", got)
	}
}

func TestATextWithoutAVectorIsNamedByItsID(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "plain words"}, {ID: "T12", Text: "☃☃☃"}}, uitest.Glove))
	uitest.Press(t, a, "j")
	uitest.WantShown(t, a, "text 2 (T12) has no vector")
}
