package app

import (
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
	if got := shown(); !strings.Contains(got, "local/use-lite@512 2 texts read in part") || strings.Count(got, "in part") != 1 {
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

func TestTextsThatAModelCannotReadAreNoDuplicates(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("パスワードを忘れました", "👍👍👍", "Please reset my パスワード", "Please reset my 密码"), uitest.Use)
	a := settled(t, 120, 30, o)
	uitest.WantShown(t, a, "2 texts read in part", "2 texts without a vector")
	uitest.Press(t, a, "4")
	uitest.WantShown(t, a, "1 pair", "~ use-lite@512 knows only a part of 3 and 4; the rest looks all alike to it")
	uitest.Press(t, a, "2")
	uitest.WantShown(t, a, "!   1", "!   2", "~   3", "~   4", "! use-lite@512: text 1 has no vector: the model", "reads English and knows none of its 11 characters")
}
