package texts

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestNearestOfManyAreThoseOfAFew looks for the same texts with the similarities in
// memory and without.
func TestNearestOfManyAreThoseOfAFew(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	rows := make([][]float32, 300)
	for i := range rows {
		if i%7 == 3 {
			continue
		}
		rows[i] = []float32{float32(random.NormFloat64()), float32(random.NormFloat64()), float32(random.NormFloat64())}
	}
	rows[20], rows[21] = rows[22], rows[22] // of equal ones the text itself is none
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	m, err := compare.Similarities(t.Context(), v, nil)
	if err != nil {
		t.Fatal(err)
	}
	for at := range rows {
		few, err := nearestIn(t.Context(), m, at)
		if err != nil {
			t.Fatal(err)
		}
		many, err := nearestOfMany(t.Context(), m, at)
		if err != nil {
			t.Fatal(err)
		}
		texts := func(list []neighbour) (out []int) {
			for _, n := range list {
				out = append(out, n.text)
			}
			return out
		}
		if fmt.Sprint(texts(few)) != fmt.Sprint(texts(many)) {
			t.Errorf("nearest to text %d: %v, and without similarities in memory %v", at, texts(few), texts(many))
		}
	}
}

func TestTheLineOfNearestTextsSaysWhyThereIsNone(t *testing.T) {
	for want, texts := range map[string][]corpus.Text{
		"nearest  glove@100 → no other text":  uitest.Texts("a text alone"),
		"nearest  glove@100 → no vector":      uitest.Texts("☃☃☃", "a text", "another text"),
		"nearest  glove@100 → no other text ": uitest.Texts("a text", "☃☃☃"),
	} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, texts, uitest.Glove))
		a.SetScreen(ID)
		uitest.Press(t, a, "g")
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is not said in\n%s", want, drawn)
		}
	}
}

func TestNearestTextsSayWhetherTheyBelong(t *testing.T) {
	set, _ := corpus.FindSet("tickets")
	a := textsApp(t, 160, 50, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove))
	a.SetScreen(ID)
	uitest.Press(t, a, "g")
	drawn := uitest.Plain(a)
	for _, want := range []string{"nearest in local/use-lite@512  ✓ 3 of 5", "26 ✗ Three weeks since", " 8 ✓ My husband"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not said in\n%s", want, drawn)
		}
	}
	a = textsApp(t, 160, 50, uitest.OptionsWith(t, uitest.Texts("a cat", "the cat", "a dog"), uitest.Use))
	a.SetScreen(ID)
	if drawn := uitest.Plain(a); strings.ContainsAny(drawn, "✓✗") {
		t.Errorf("nothing is known of these texts:\n%s", drawn)
	}
}

func TestTheLineOfNearestTextsCountsTheCandidatesWithoutRoom(t *testing.T) {
	set, _ := corpus.FindSet("tickets")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove, "local/ngrams@4096", "local/use-lite@256", "local/glove@50", "local/ngrams@1024"))
	a.SetScreen(ID)
	uitest.Press(t, a, "g")
	drawn := uitest.Plain(a)
	if !regexp.MustCompile(`(?m)^A use-lite@512 B glove@100 C ngrams@4096 .* F ngrams@1024`).MatchString(drawn) || !regexp.MustCompile(`(?m)^nearest  A 26 0\.664 ✗  B .*  C `).MatchString(drawn) ||
		!regexp.MustCompile(`  F \d+ 0\.\d+ `).MatchString(drawn) {
		t.Errorf("the text leaves lines, and not all candidates are in them by their letters:\n%s", drawn)
	}
	lines := a.Screen(ID).(*Screen).nearestLines(80, 1)
	got := ansi.Strip(strings.Join(lines, "\n"))
	if len(lines) != 1 || term.Width(got) > 80 || !regexp.MustCompile(`use-l?…@512 → 26 0.664 ✗ .* \+[1-5]$`).MatchString(got) ||
		!strings.HasSuffix(got, fmt.Sprintf("+%d", 6-strings.Count(got, " → "))) {
		t.Errorf("it is not said how many candidates have no room: %q", got)
	}
}

func TestIDsThatBeginAlikeAreToldApart(t *testing.T) {
	set, _ := corpus.FindSet("tickets")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, set.Texts, uitest.Use))
	a.SetScreen(ID)
	uitest.WantShown(t, a, "y-1", "y-2")
}

// Beside the list every model has as many of the nearest texts as there is room for.
func TestEveryModelHasItsShareOfTheRoom(t *testing.T) {
	a := textsApp(t, 200, 60, uitest.OptionsWith(t, uitest.Numbered(80), "local/ngrams@64", "local/ngrams@128"))
	s := a.Screen(ID).(*Screen)
	for h, want := range map[int]string{1: "h", 2: "hr", 3: "hrh", 4: "hrhr", 5: "hrhr ", 6: "hrrhrr", 7: "hrrhrr "} {
		got := ""
		for _, l := range s.drawNearest(ui.Size{W: 60, H: h}) {
			switch l = strings.TrimSpace(plain(l)); {
			case strings.HasPrefix(l, "nearest in "):
				got += "h"
			case l == "":
				got += " "
			default:
				got += "r"
			}
		}
		if got != want {
			t.Errorf("%d lines are %q, want %q", h, got, want)
		}
	}
}

func TestWhyThereIsNoNearestTextIsSaidInAWord(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "☃☃☃"), uitest.Glove))
	s := a.Screen(ID).(*Screen)
	for phase, want := range map[session.Phase]string{
		session.PhaseWaiting: "embedding", session.PhaseRunning: "embedding", session.PhaseFailed: "no result", session.PhaseUnavailable: "no result", session.PhaseUnpaid: "no result", session.PhaseReady: "no other text",
	} {
		c := a.Session.States()[0]
		c.Phase = phase
		if got := s.noNearest(c); got != want {
			t.Errorf("in phase %d: %q, want %q", phase, got, want)
		}
	}
	s.near.lists = nil
	if got := s.noNearest(a.Session.States()[0]); got != "…" {
		t.Errorf("while they are looked for: %q", got)
	}
	a.Session.SetCursor(1, 0)
	if got := s.noNearest(a.Session.States()[0]); got != "no vector" {
		t.Errorf("of a text without a vector: %q", got)
	}
}

// Nearest texts are looked for among those that were compared, and not while others are there.
func TestNearestTextsAreOfTheTextsThatAreThere(t *testing.T) {
	a := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	if q, ok := s.nearestQuery(); !ok || len(q.sources) != 1 || q.at != a.Session.CursorA() {
		t.Fatalf("%+v, %t", q, ok)
	}
	cmd, err := a.Session.Edits().Insert(0, corpus.Text{Text: "another"})
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := s.nearestQuery(); ok {
		t.Errorf("beside a text that was not compared they are looked for with %+v", q)
	}
	uitest.Settle(t, a, cmd)
	if _, ok := s.nearestQuery(); !ok {
		t.Error("afterwards they are not looked for")
	}
}

// What was found for a text that the cursor has left is not shown, and the search for the other
// goes on.
func TestNearestTextsThatComeTooLateAreNotShown(t *testing.T) {
	a := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	former, ended := s.near, 0
	wanted, _ := s.nearestQuery()
	other := wanted
	other.at++
	s.search = nearestSearch{query: wanted, cancel: func() { ended++ }}
	if s.foundNearest(neighbours{query: other}); !s.near.query.equal(former.query) || ended != 0 || s.search.cancel == nil {
		t.Errorf("of another text are shown those of text %d, ended %d", s.near.query.at+1, ended)
	}
	found := neighbours{query: wanted, lists: map[string][]neighbour{"x": nil}}
	if s.foundNearest(found); len(s.near.lists) != 1 || ended != 1 || s.search.cancel != nil {
		t.Errorf("of this text %d lists are shown, ended %d", len(s.near.lists), ended)
	}
	s.near = former
	if s.foundNearest(found); len(s.near.lists) != len(former.lists) || ended != 1 {
		t.Error("what nobody looks for any more is shown")
	}
}

// A text of which an asking that was stopped brought no vector has no nearest one, while
// others have.
func TestATextThatIsNotEmbeddedYetHasNoNearestOne(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "the cat", "a dog"), uitest.Use))
	s := a.Screen(ID).(*Screen)
	c := a.Session.States()[0]
	whole := c.Result.Vectors
	vectors, err := compare.NewVectors([][]float32{nil, whole.Row(1), whole.Row(2)})
	if err != nil {
		t.Fatal(err)
	}
	r := *c.Result
	r.Vectors = vectors
	c.Result, c.Missing, c.Err = &r, 1, session.ErrStopped
	s.near.lists[c.ID()] = nil
	for _, step := range []struct {
		at            int
		working       bool
		word, because string
	}{
		{0, false, "not embedded", "not embedded · stopped at 2 of 3 texts · R tries the rest"},
		{0, true, "embedding", "not embedded · 2 of 3 texts"},
		{1, false, "no other text", "no other text has a vector"},
	} {
		a.Session.SetCursor(step.at, 2)
		s.near.query.at, c.Working = step.at, step.working
		_, because := s.nearestOf(c)
		if got := s.noNearest(c); got != step.word || !strings.HasPrefix(because, step.because) {
			t.Errorf("of text %d it is said %q and %q, want %q and %q", step.at+1, got, because, step.word, step.because)
		}
	}
}

// What is shown of the nearest texts is exact, as wherever else the pair is shown: what is a
// hair under 1 is not called 1.
func TestNearestTextsAreShownAsSimilarAsTheyAre(t *testing.T) {
	v, err := compare.NewVectors([][]float32{{1, 0}, {1, 1e-4}, {1, 0}, {1, 0.1}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := compare.Similarities(t.Context(), v, nil)
	if err != nil {
		t.Fatal(err)
	}
	if rounded, _ := m.At(0, 1); rounded != 1 {
		t.Fatalf("float32 tells %v from 1", rounded)
	}
	for name, find := range map[string]func(context.Context, *compare.Matrix, int) ([]neighbour, error){"few": nearestIn, "many": nearestOfMany} {
		list, err := find(t.Context(), m, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range list {
			got = append(got, fmt.Sprint(n.text, " ", format.Similarity(n.similarity, 3)))
		}
		if want := []string{"2 1.000", "1 0.999", "3 0.995"}; !slices.Equal(got, want) {
			t.Errorf("of %s texts: %q, want %q", name, got, want)
		}
	}
}
