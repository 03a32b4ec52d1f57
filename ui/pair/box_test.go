package pair_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheHeadOfATextHasItsNumberIdAndGroup(t *testing.T) {
	texts := []corpus.Text{{ID: "T1", Text: "a cat sat", Group: "cats"}, {Text: "a cat lay", Group: "cats"}}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, uitest.Use))
	drawn := uitest.PairScreen(a, uitest.OpenPair(t, a, 0, 1), ui.Size{W: 100, H: 30})
	for _, want := range []string{"Text 1 · T1 · cats", "Text 2 · cats"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is missing:\n%s", want, drawn)
		}
	}
}

// What is drawn follows the width and the colours of the window.
func TestThePageOfAPairFollowsTheWindow(t *testing.T) {
	long := strings.Repeat("a cat sat on the mat ", 12)
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts(long+"here", long+"there"), uitest.Use))
	p := uitest.OpenPair(t, a, 0, 1)
	p.Fit(ui.Size{W: 90, H: 40}, a.Theme)
	wide := len(p.DrawnLines())
	p.Fit(ui.Size{W: 40, H: 40}, a.Theme)
	if narrow := len(p.DrawnLines()); narrow <= wide {
		t.Errorf("in a narrow window there are %d lines, in a wide one %d", narrow, wide)
	}
	before := a.Theme.Codes.Match
	a.SetTheme(!a.Theme.Dark, colorprofile.TrueColor)
	p.Fit(ui.Size{W: 40, H: 40}, a.Theme)
	drawn := strings.Join(p.DrawnLines(), "\n")
	if before == a.Theme.Codes.Match || strings.Contains(drawn, before) || !strings.Contains(drawn, a.Theme.Codes.Match) {
		t.Errorf("other colours leave the page as it was: %q", drawn)
	}
}

func TestMoreLikeTheFirstIsLikeTheFirst(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a cat sat", "rain fell"), uitest.Use))
	uitest.OpenPair(t, a, 1, 0)
	uitest.Press(t, a, "~")
	if a.Top() != nil {
		t.Error("the box stays open")
	}
	if got := a.Session.Asked().TakeWanted(); got != "rain fell" {
		t.Errorf("it is looked for what is like %q", got)
	}
}

func TestStrictnessHasItsSign(t *testing.T) {
	for v, want := range map[float64]string{2.04: "+2.0σ", 12.36: "+12.4σ", -.26: "-0.3σ", 0: "+0.0σ", math.NaN(): "–"} {
		if got := pair.Strictness(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

func TestTheSecondTextMayBeTheOneThatChanged(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a cat sat", "rain fell", "snow fell"), uitest.Use))
	for _, move := range []struct{ at, by int }{{0, 1}, {1, -1}, {1, 1}} {
		p := uitest.OpenPair(t, a, 0, 1)
		uitest.Settle(t, a, a.Session.Edits().Move(move.at, move.by))
		drawn := uitest.PairScreen(a, p, ui.Size{W: 80, H: 20})
		if !strings.Contains(drawn, "These texts were changed meanwhile") {
			t.Errorf("text %d moved by %d, and shown is\n%s", move.at+1, move.by, drawn)
		}
		if uitest.Press(t, a, "y"); a.Notice().Text != "copy the pair: these texts were changed meanwhile" {
			t.Errorf("text %d moved by %d, and y says %q", move.at+1, move.by, a.Notice().Text)
		}
		uitest.Press(t, a, "esc")
	}
}

func TestThresholdsAreWrittenWithTheDecimalsThatTheyHave(t *testing.T) {
	for v, want := range map[float64]string{.9: "0.900", .95: "0.950", .9123: "0.9123", .91234: "0.91234", .912345: "0.912345", .9123456: "0.912345", -.2: "-0.200", 1: "1.000"} {
		if got := pair.ThresholdNumber(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

func TestWhatIsReadInPartNamesEachTextOnceAndTheLimit(t *testing.T) {
	long := strings.Repeat("word ", 300)
	a := settled(t, 120, 30, uitest.OptionsWith(t, uitest.Texts(long+"a", long+"b", "short"), uitest.Use))
	limit := format.Count(a.Session.States()[0].Row.MaxTokens, "token")
	for _, c := range []struct {
		a, b int
		want string
	}{{0, 1, "1 and 2"}, {0, 2, "1"}, {1, 1, "2"}, {2, 1, "2"}} {
		want := fmt.Sprintf("~ use-lite@512 read only the beginning of %s (its limit is %s)", c.want, limit)
		if got := pair.ReadInPart(a.Session, c.a, c.b); len(got) != 1 || got[0] != want {
			t.Errorf("of texts %d and %d it is said %q, want %q", c.a+1, c.b+1, got, want)
		}
	}
	if got := pair.ReadInPart(a.Session, 2, 2); len(got) != 0 {
		t.Errorf("of a short text it is said %q", got)
	}
}
