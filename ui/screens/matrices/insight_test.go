package matrices

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheFirstScreenSaysWhichModelFallsForTheTraps(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	for _, want := range []string{"Bright = similar. Fooled by same words: use-lite 10, glove 11, ngrams 12 of 12.", "1 The shop refunded the customer", "3 The customer refunded the shop", "use-lite@512 0.985"} {
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is not said:\n%s", want, drawn)
		}
	}
}

func TestOtherLabelledPairsAreNotCalledTraps(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	o := uitest.OptionsWith(t, nil, uitest.Use)
	o.Texts, o.Source, o.Set = set.Texts, set.Title, set.Name
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "3")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "Labelled different, yet nearer: use-lite 24 of 27.") {
		t.Errorf("it is not said:\n%s", drawn)
	}
}

func TestTheLineOverTheMatricesStaysUntilEscAndIsRemembered(t *testing.T) {
	for about, c := range map[string]struct {
		texts []corpus.Text
		want  string
	}{
		"groups":    {[]corpus.Text{{Text: "a cat", Group: "a"}, {Text: "two cats", Group: "a"}, {Text: "a bond", Group: "b"}, {Text: "two bonds", Group: "b"}}, "the same group: use-lite "},
		"no labels": {uitest.Texts("a cat", "two cats", "a bond"), "Mark pairs with = and #"},
	} {
		o := uitest.OptionsWith(t, c.texts, uitest.Use)
		a := settled(t, 100, 30, o)
		uitest.Press(t, a, "3")
		if drawn := uitest.Plain(a); !strings.Contains(drawn, c.want) || !strings.Contains(drawn, "esc hides this") {
			t.Errorf("%s: %q is not said:\n%s", about, c.want, drawn)
		}
		uitest.Press(t, a, "1", "3", "esc")
		if drawn := uitest.Plain(a); strings.Contains(drawn, c.want) {
			t.Errorf("%s: esc leaves it:\n%s", about, drawn)
		}
		o.State = a.State()
		again := settled(t, 100, 30, o)
		uitest.Press(t, again, "3")
		if drawn := uitest.Plain(again); strings.Contains(drawn, c.want) {
			t.Errorf("%s: it is there again the next time:\n%s", about, drawn)
		}
	}
}

// Labels that are of queries are said by their name, as short as they can be.
func TestTheLineOverTheMatricesSaysHowModelsDoAtQueries(t *testing.T) {
	set, _ := corpus.FindSet("faq")
	o := uitest.OptionsWith(t, nil, uitest.Use, uitest.Glove)
	o.Texts, o.Source, o.Set = set.Texts, set.Title, set.Name
	a := settled(t, 200, 40, o)
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	uitest.Happen(t, a, uitest.Nothing)
	var figures []string
	for _, c := range a.Session.Ready() {
		f, ok := labelling.FiguresOf(a.Session, c.ID())
		lines := f.Lines()
		if !ok || len(lines) < 2 || f.Nearest != "" {
			t.Fatalf("of %s there are the figures %q", c.ID(), lines)
		}
		figures = append(figures, c.Row.ID+" "+lines[len(lines)-1])
	}
	words := strings.Join(figures, ", ")
	want := []string{"Bright = similar. By your labels: " + words + ". esc hides this.", "By your labels: " + words + "."}
	if got := m.insightWays(); !slices.Equal(got, want) {
		t.Errorf("it is said %q, want %q", got, want)
	}
}
