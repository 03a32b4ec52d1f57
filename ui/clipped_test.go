package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
)

// longTickets differ only after what use-lite reads.
func longTickets() []corpus.Text {
	long := strings.Repeat("the printer does not print ", 60)
	return texts(long+"after the update", "It is dark.", long+"since Monday")
}

func TestTextsReadOnlyInPartAreShownWhereTheyMislead(t *testing.T) {
	a := settled(t, 120, 30, optionsWith(t, longTickets(), use, "local/ngrams@4096"))
	shown := func() string { return strings.Join(strings.Fields(ansi.Strip(a.draw())), " ") }
	if got := shown(); !strings.Contains(got, "local/use-lite@512 2 texts read only in part") || strings.Count(got, "in part") != 1 {
		t.Errorf("the matrices are shown as\n%s", ansi.Strip(a.draw()))
	}
	const remark = "~ use-lite@512 read only the beginning of 1 and 3 (its limit is 128 tokens)"
	if got := pairScreen(a, newPairView(&a.shared, 0, 2), size{110, 60}); !strings.Contains(got, remark) {
		t.Errorf("the pair is shown as\n%s", got)
	}
	if got := pairScreen(a, newPairView(&a.shared, 0, 1), size{110, 60}); !strings.Contains(got, "beginning of 1 (its") {
		t.Errorf("a pair of which one text is read in part is shown as\n%s", got)
	}
	for _, s := range []size{{80, 24}, {200, 60}} {
		send(t, a, windowSize(s))
		press(t, a, "4")
		checkFrame(t, a.draw(), s)
		if got := shown(); !strings.Contains(got, remark) {
			t.Errorf("the duplicates at %d columns are shown as\n%s", s.w, ansi.Strip(a.draw()))
		}
	}
}

func TestNarrowMatricesTellOfTextsReadInPart(t *testing.T) {
	many := longTickets()
	for i := range 30 {
		many = append(many, corpus.Text{Text: fmt.Sprintf("Ticket number %d.", i)})
	}
	a := settled(t, 80, 24, optionsWith(t, many, use, glove, "local/ngrams@4096"))
	checkFrame(t, a.draw(), size{80, 24})
	if got := ansi.Strip(a.draw()); !strings.Contains(got, "use-lite@512 2 cut short") {
		t.Errorf("the matrices are shown as\n%s", got)
	}
}

func TestTextsThatAreReadInFullAreNotMarked(t *testing.T) {
	// More than 128 tokens for cl100k, fewer pieces for use-lite.
	a := textsApp(t, 120, 24, optionsWith(t, texts(strings.Repeat("Kundendienstmitarbeiterin? ", 8), "plain"), use))
	result := a.store.states()[0].result
	if len(result.Clipped) > 0 {
		t.Fatal("the text is too long for this test")
	}
	a.store.tokens[a.store.corpus.At(0).Text] = 129
	if got := ansi.Strip(a.draw()); strings.Contains(got, "~ use-lite@512") {
		t.Errorf("a text that is read in full is marked:\n%s", got)
	}
}

func TestATextWithoutAVectorIsNamedByItsID(t *testing.T) {
	a := textsApp(t, 120, 24, optionsWith(t, []corpus.Text{{Text: "plain words"}, {ID: "T12", Text: "☃☃☃"}}, glove))
	press(t, a, "j")
	wantShown(t, a, "text 2 (T12) has no vector")
}
