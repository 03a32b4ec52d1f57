package shell_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// page is a screen with nothing on it that says what it is told to.
type page struct {
	id, says        string
	compares, types bool
}

func (p *page) Info() ui.Info {
	return ui.Info{ID: p.id, Title: strings.ToUpper(p.id[:1]) + p.id[1:], Compares: p.compares}
}
func (p *page) Update(tea.Msg) tea.Cmd { return nil }
func (p *page) View(s ui.Size) []string {
	return strings.Split(strings.TrimSuffix(strings.Repeat(term.Blanks(s.W)+"\n", s.H), "\n"), "\n")
}
func (p *page) Actions() []ui.Action { return nil }
func (p *page) Status() string       { return p.says }
func (p *page) Typing() bool         { return p.types }

// shopping is the explorer on a page of its own, with those models of a shop and inside the
// program.
func shopping(t *testing.T, s *uitest.Shop, shown *page, left config.State, texts []config.Text, candidates ...string) *shell.App {
	t.Helper()
	var screens []func(*ui.Context) ui.Screen
	for _, p := range []*page{{id: "models"}, {id: "texts"}, shown} {
		screens = append(screens, func(*ui.Context) ui.Screen { return p })
	}
	o := uitest.ShopOptions(t, s, candidates...)
	o.State.Set, o.State.Source, o.State.Edited = left.Set, left.Source, left.Edited
	o.State.Texts, o.State.Screen = texts, shown.id
	return uitest.Settled(t, 120, 24, o, screens)
}

var twoTexts = []config.Text{{Text: "one"}, {Text: "a second text"}}

// The footer begins with the keys by which models that wait or have failed go on, and with the
// screens on which what is lacking is chosen, unless something is being typed.
func TestTheFooterBeginsWithWhatIsToBeDone(t *testing.T) {
	const use, good, bad = uitest.Use, "shop/good@4", "shop/bad@4"
	for name, c := range map[string]struct {
		page       page
		texts      []config.Text
		candidates []string
		w          int
		want       string
	}{
		"nothing":              {page{compares: true}, twoTexts, []string{use}, 120, " ? help ctrl+p actions… c selected… q quit"},
		"one waits":            {page{}, twoTexts, []string{use, good}, 60, " ? help E embed: ≈$0.000080 ctrl+p actions… q quit +1: ?"},
		"two wait":             {page{}, twoTexts, []string{bad, good}, 120, " ? help E embed: ≈$0.00016 ctrl+p actions… c selected… q quit"},
		"one waits, no room":   {page{}, twoTexts, []string{good}, 59, " ? help E embed… ctrl+p actions… c selected… q quit"},
		"typing":               {page{compares: true, types: true}, twoTexts, []string{good}, 120, " F1 help ctrl+p actions…"},
		"no models":            {page{compares: true}, twoTexts, nil, 120, " ? help 1 models ctrl+p actions… c selected… q quit"},
		"no models and typing": {page{compares: true, types: true}, twoTexts, nil, 120, " F1 help ctrl+p actions…"},
		"one text":             {page{compares: true}, twoTexts[:1], []string{use}, 120, " ? help 2 texts ctrl+p actions… c selected… q quit"},
		"neither":              {page{compares: true}, nil, nil, 120, " ? help 1 models 2 texts ctrl+p actions… c selected… q quit"},
		"nothing is compared":  {page{}, nil, nil, 120, " ? help ctrl+p actions… c selected… q quit"},
	} {
		c.page.id = "page"
		a := shopping(t, uitest.NewShop(), &c.page, config.State{}, c.texts, c.candidates...)
		if got := strings.TrimRight(ansi.Strip(a.Footer(c.w)), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	s, shown := uitest.NewShop(), &page{id: "page"}
	s.Fails = map[string]error{"bad": errors.New("out of order")}
	a := shopping(t, s, shown, config.State{}, twoTexts, bad)
	uitest.Press(t, a, "E", "p")
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{LocalOnly: true}))
	if got, want := strings.TrimRight(ansi.Strip(a.Footer(120)), " "), " ? help ! errors ctrl+p actions… c selected… q quit"; got != want {
		t.Errorf("after one has failed that the limits leave out: %q, want %q", got, want)
	}
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{}))
	for _, typing := range []bool{false, true} {
		want := " ? help E again… ! errors ctrl+p actions… c selected… q quit"
		if shown.types = typing; typing {
			want = " F1 help ctrl+p actions…"
		}
		if got := strings.TrimRight(ansi.Strip(a.Footer(120)), " "); got != want {
			t.Errorf("after one has failed, typing %t: %q, want %q", typing, got, want)
		}
	}
}

// Under a box ctrl+c cancels what runs, and else it quits.
func TestTheFooterUnderABoxSaysWhatEndsWhatRuns(t *testing.T) {
	s, shown := uitest.NewShop(), &page{id: "page"}
	a := uitest.WhileAsked(t, s, shopping(t, s, shown, config.State{}, twoTexts, "shop/good@4"), func(a *shell.App) {
		uitest.Press(t, a, "ctrl+p")
		if got := strings.TrimRight(ansi.Strip(a.Footer(60)), " "); got != " esc close  ctrl+c cancel" {
			t.Errorf("while texts are embedded it says %q", got)
		}
		uitest.Press(t, a, "esc")
	})
	uitest.Press(t, a, "ctrl+p")
	if got := strings.TrimRight(ansi.Strip(a.Footer(60)), " "); got != " esc close  ctrl+c quit" {
		t.Errorf("afterwards it says %q", got)
	}
}

// A text without a vector is similar to none, whichever of the two it is.
func TestTheMarkedLineHasNoSimilarityOfATextWithoutAVector(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("one cat", "two cats", "qzxv"), uitest.Glove)
	a := uitest.Settled(t, 80, 24, o, []func(*ui.Context) ui.Screen{func(*ui.Context) ui.Screen { return &page{id: "page"} }})
	for _, c := range []struct {
		marked, cursor int
		want           string
	}{{2, 0, " marked 3 “qzxv” and 1: glove@100 –"}, {0, 2, " marked 1 “one cat” and 3: glove@100 –"}} {
		a.Session.Mark(c.marked)
		a.Session.SetCursor(c.cursor, c.cursor)
		if got := strings.TrimRight(ansi.Strip(a.MarkedLine(80)), " "); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// While nothing runs the status says what waits, that the texts are no one's own, and what the
// screen says, as far as there is room; of a screen that compares, what is wrong with the model in
// focus instead.
func TestTheStatusAtRestSaysWhatWaits(t *testing.T) {
	const good, bad = "shop/good@4", "shop/bad@4"
	set, own := config.State{Set: "polysemy", Source: "Polysemy"}, config.State{}
	edited := set
	edited.Edited = true
	for name, c := range map[string]struct {
		page       page
		of         config.State
		texts      []config.Text
		candidates []string
		w          int
		want       string
	}{
		"what the screen says": {page{says: "36 pairs"}, own, twoTexts, nil, 60, " 36 pairs"},
		"nothing":              {page{}, own, twoTexts, nil, 60, ""},
		"one waits":            {page{says: "36 pairs"}, own, twoTexts, []string{good}, 60, " 1 model not embedded: E shows its cost · 36 pairs"},
		"two wait":             {page{says: "36 pairs"}, own, twoTexts, []string{good, bad}, 60, " 2 models not embedded: E shows their cost · 36 pairs"},
		"two wait alone":       {page{}, own, twoTexts, []string{good, bad}, 60, " 2 models not embedded: E shows their cost"},
		"samples":              {page{says: "36 pairs"}, set, twoTexts, nil, 60, " Sample texts · 36 pairs"},
		"samples alone":        {page{}, set, twoTexts, nil, 60, " Sample texts: Texts takes yours"},
		"samples, just room":   {page{says: "36 pairs"}, set, twoTexts, nil, 24, " Sample texts · 36 pairs"},
		"samples, no room":     {page{says: "36 pairs"}, set, twoTexts, nil, 23, " 36 pairs"},
		"samples and one":      {page{says: "36 pairs"}, set, twoTexts, []string{good}, 65, " 1 model not embedded: E shows its cost · Sample texts · 36 pairs"},
		"samples gave way":     {page{says: "36 pairs"}, set, twoTexts, []string{good}, 64, " 1 model not embedded: E shows its cost · 36 pairs"},
		"changed samples":      {page{says: "36 pairs"}, edited, twoTexts, nil, 60, " 36 pairs"},
		"no texts":             {page{says: "36 pairs"}, set, nil, nil, 60, " 36 pairs"},
	} {
		c.page.id = "page"
		a := shopping(t, uitest.NewShop(), &c.page, c.of, c.texts, c.candidates...)
		got := ansi.Strip(a.RestingStatus(c.w))
		if strings.TrimRight(got, " ") != c.want || term.Width(got) != c.w {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	part := uitest.NewShop()
	part.Knows["good"+twoTexts[0].Text] = true
	a := shopping(t, part, &page{id: "page", says: "36 pairs"}, own, twoTexts, good)
	if got, want := strings.TrimRight(ansi.Strip(a.RestingStatus(60)), " "), " 1 model lacks vectors: E shows its cost · 36 pairs"; got != want {
		t.Errorf("of a part: %q, want %q", got, want)
	}
	part.Knows["bad"+twoTexts[1].Text] = true
	a = shopping(t, part, &page{id: "page", says: "36 pairs"}, own, twoTexts, good, bad)
	if got, want := strings.TrimRight(ansi.Strip(a.RestingStatus(60)), " "), " 2 models lack vectors: E shows their cost · 36 pairs"; got != want {
		t.Errorf("of parts: %q, want %q", got, want)
	}
	s, shown := uitest.NewShop(), &page{id: "page", says: "36 pairs", compares: true}
	s.Fails = map[string]error{"bad": errors.New("out of order; put it in order")}
	a = shopping(t, s, shown, own, twoTexts, bad)
	uitest.Press(t, a, "E", "p")
	if got, want := a.RestingStatus(60), a.Theme.Warn.Render(term.Fit(" ▸bad@4: out of order; put it in order", 60)); got != want {
		t.Errorf("of a failure: %q, want %q", got, want)
	}
	shown.compares = false
	if got, want := a.RestingStatus(60), term.Fit(" 36 pairs", 60); got != want {
		t.Errorf("where nothing is compared: %q, want %q", got, want)
	}
}

// candidateOf is the candidate of that id.
func candidateOf(t *testing.T, id string) api.Candidate {
	t.Helper()
	c, err := api.ParseCandidate(id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What waits is said as a warning, before what is wrong with the model in focus, as far as there
// is room.
func TestWhatWaitsIsSaidBeforeWhatIsWrong(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": errors.New("out of order; put it in order")}
	a := shopping(t, s, &page{id: "page", says: "36 pairs", compares: true}, config.State{}, twoTexts, "shop/bad@4")
	uitest.Press(t, a, "E", "p")
	uitest.Settle(t, a, a.Session.Toggle(candidateOf(t, "shop/good@4")))
	for w, want := range map[int]string{
		120: " 1 model not embedded: E shows its cost · ▸bad@4: out of order; put it in order",
		79:  " 1 model not embedded: E shows its cost · ▸bad@4: out of order; put it in order",
		78:  " 1 model not embedded: E shows its cost · ▸bad@4: out… it in order · ! in full",
		60:  " 1 model not embedded: E shows its cost · ▸b…der · ! in full",
		41:  " 1 model not embedded: E shows its cost …",
	} {
		if got := a.RestingStatus(w); got != a.Theme.Warn.Render(term.Fit(want, w)) {
			t.Errorf("in %d columns: %q, want %q", w, ansi.Strip(got), want)
		}
	}
	a.Session.SetFocus(1) // nothing is wrong with it
	if got, want := a.RestingStatus(70), a.Theme.Warn.Render(term.Fit(" 1 model not embedded: E shows its cost · 36 pairs", 70)); got != want {
		t.Errorf("with nothing wrong: %q, want %q", got, want)
	}
}

// The footer leads to the errors while a server is waited for, and where it gave no vector to
// some text.
func TestTheFooterLeadsToTheErrors(t *testing.T) {
	s := uitest.NewShop()
	s.Notice = &api.Notice{Wait: time.Hour, Reason: "busy", Attempt: 2}
	a := shopping(t, s, &page{id: "page"}, config.State{}, twoTexts, "shop/good@4")
	s.After, s.Meanwhile = 1, func() {
		uitest.Happen(t, a, uitest.Nothing)
		if got := ansi.Strip(a.Footer(60)); !strings.HasPrefix(got, " ? help ! errors ") {
			t.Errorf("while it waits: %q", got)
		}
	}
	uitest.Press(t, a, "E", "p")
	if got := ansi.Strip(a.Footer(60)); !strings.HasPrefix(got, " ? help ctrl+p ") {
		t.Errorf("after it has come: %q", got)
	}
	model := a.Session.States()[0].Row
	a.Session.SetResult("shop/good@4", &pipeline.Result{Model: model, Candidate: a.Session.Candidates()[0], Failed: map[int]error{1: &api.TextError{Index: 1, Err: errors.New("zeros")}}})
	if got := ansi.Strip(a.Footer(60)); !strings.HasPrefix(got, " ? help ! errors ") {
		t.Errorf("where a text has no vector: %q", got)
	}
}
