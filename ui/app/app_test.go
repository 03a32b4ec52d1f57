package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestNoKeyMeansTwoThings(t *testing.T) { withAndWithoutAnother(t, noKeyMeansTwoThings) }

func noKeyMeansTwoThings(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 100, 30, uitest.LocalOptions(t), screens)
	for _, s := range a.Screens() {
		meaning := map[string]string{}
		for _, act := range append(a.Globals(), s.Actions()...) {
			for _, k := range act.Key.Keys() {
				if other, taken := meaning[k]; taken {
					t.Errorf("on %s the key %s means both %s and %s", s.Info().Title, k, other, act.ID)
				}
				meaning[k] = act.ID
			}
		}
	}
}

func TestEveryActionHasANameAndAGroup(t *testing.T) {
	withAndWithoutAnother(t, everyActionHasANameAndAGroup)
}

func everyActionHasANameAndAGroup(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 100, 30, uitest.LocalOptions(t), screens)
	seen := map[string]bool{}
	for _, s := range a.Screens() {
		for _, act := range s.Actions() {
			if seen[act.ID] {
				t.Errorf("two actions are called %s", act.ID)
			}
			seen[act.ID] = true
			if act.Label() == "" || act.Group == "" || act.Run == nil || len(act.Key.Keys()) == 0 {
				t.Errorf("action %s lacks a name, a group, a key or something to do", act.ID)
			}
		}
	}
}

func TestHelpListsEveryKeyOfTheScreen(t *testing.T) {
	withAndWithoutAnother(t, helpListsEveryKeyOfTheScreen)
}

func helpListsEveryKeyOfTheScreen(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 80, 24, uitest.LocalOptions(t), screens)
	for _, shown := range a.Screens() {
		id := shown.Info().ID
		a.SetScreen(id)
		uitest.Press(t, a, "?")
		h := a.Top().(*widget.Reader)
		list := uitest.Flat(strings.Join(h.Lines(), " ")) // what is long stands in two lines
		for _, act := range append(shown.Actions(), a.Globals()...) {
			if len(act.Key.Keys()) == 0 {
				continue // the palette alone offers it
			}
			if !strings.Contains(list, act.Label()) || !strings.Contains(list, shell.KeyLabel(act)) {
				t.Errorf("help on %s lacks %s %s", id, shell.KeyLabel(act), act.Label())
			}
		}
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
		uitest.Press(t, a, "esc")
	}
}

func TestHelpBreaksWhatIsLongerThanItsBox(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "3", "?")
	box, ok := a.Top().(*widget.Reader)
	if !ok {
		t.Fatal("? opens no list of keys")
	}
	a.Draw()
	if all := uitest.Flat(strings.Join(box.Lines(), " ")); term.Widest(box.Lines()) > 76 || !strings.Contains(all, "one scale for all or one each; of a difference raw or standardised") {
		t.Errorf("the longest line takes %d columns:\n%s", term.Widest(box.Lines()), strings.Join(box.Lines(), "\n"))
	}
}

func TestFooterShowsHelpAtEveryWidth(t *testing.T) {
	withAndWithoutAnother(t, footerShowsHelpAtEveryWidth)
}

func footerShowsHelpAtEveryWidth(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 80, 24, uitest.LocalOptions(t), screens)
	for w := 40; w <= 200; w += 7 {
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: w, H: 24}))
		for _, shown := range a.Screens() {
			id := shown.Info().ID
			a.SetScreen(id)
			footer := a.Footer(w)
			if !strings.HasPrefix(ansi.Strip(footer), " ? help") || term.Width(footer) != w {
				t.Errorf("the footer of %s at %d columns is %q", id, w, ansi.Strip(footer))
			}
		}
	}
}

func TestEscNeverQuits(t *testing.T) { withAndWithoutAnother(t, escNeverQuits) }

func escNeverQuits(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 80, 24, uitest.LocalOptions(t), screens)
	for _, shown := range a.Screens() {
		id := shown.Info().ID
		a.SetScreen(id)
		for range 5 {
			uitest.Press(t, a, "esc")
		}
		if a.Quitting() {
			t.Fatalf("esc quits on %s", id)
		}
	}
	if !strings.Contains(a.Notice().Text, "q quits") {
		t.Errorf("esc with nothing to go back from says %q", a.Notice().Text)
	}
}

func TestImpossibleActionSaysWhy(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95}
	a := settled(t, 80, 24, o)
	a.SetScreen(matrices.ID)
	for key, reason := range map[string]string{"{": "no models", "f": "needs two models", "s": "needs two texts", "enter": "needs a text"} {
		uitest.Press(t, a, key)
		if !strings.Contains(a.Notice().Text, reason) {
			t.Errorf("%s says %q, want a reason with %q", key, a.Notice().Text, reason)
		}
	}
}

func TestTooSmallWindowNamesTheSizeNeeded(t *testing.T) {
	a := settled(t, 10, 5, uitest.LocalOptions(t))
	if got := a.Draw(); got != "≥ 40×10" {
		t.Errorf("a window of 10×5 shows %q", got)
	}
	for w, want := range map[int]string{39: "vecscope needs 40×10; q quits", 20: "needs 40×10; q quits", 19: "needs 40×10", 5: "40×10", 3: "40…"} {
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: w, H: 30}))
		if got := a.Draw(); got != want {
			t.Errorf("a window of %d×30 shows %q, want %q", w, got, want)
		}
	}
}

func TestLongNoticeIsShownToItsEnd(t *testing.T) {
	a := settled(t, 40, 10, uitest.LocalOptions(t))
	a.Notify(ui.NoticeError, "questions.csv: line 12, column 3: this quote is not closed; put one at the end of the text")
	drawn := a.Draw()
	uitest.CheckFrame(t, drawn, ui.Size{W: 40, H: 10})
	if plain := strings.Join(strings.Fields(ansi.Strip(drawn)), " "); !strings.Contains(plain, "put one at the end of the text") {
		t.Errorf("a long notice is cut:\n%s", ansi.Strip(drawn))
	}
	a.Notify(ui.NoticeError, strings.Repeat("very long ", 100))
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 40, H: 10})
}

func TestNoticesTakeTheLinesTheyNeedAndNoMore(t *testing.T) {
	first := "Sample texts: the brighter a cell, the more alike a model finds two texts. Texts takes your own, Verdict says which model to take; ? lists the keys."
	damaged := "The last session could not be read (it is damaged: unexpected end of JSON input); it was kept as state.json.corrupt-1."
	cases := []struct {
		w, lines int
		text     string
		whole    bool
	}{
		{80, 1, "Copied.", true},
		{80, 2, first, true},
		{80, 2, damaged, true},
		{40, 4, first, true},
		{40, shell.MaxStatusLines, strings.Repeat("very long ", 100), false},
		{80, shell.MaxStatusLines, strings.Repeat("very long ", 100), false},
	}
	for _, c := range cases {
		a := settled(t, c.w, 24, uitest.LocalOptions(t))
		a.Notify(ui.NoticeInfo, c.text)
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: c.w, H: 24})
		lines := a.StatusLines(ui.Size{W: c.w, H: shell.MaxStatusLines})
		if len(lines) != c.lines {
			t.Errorf("%d columns: %q takes %d lines, want %d", c.w, c.text, len(lines), c.lines)
		}
		shown := strings.Join(strings.Fields(ansi.Strip(strings.Join(lines, " "))), " ")
		if whole := shown == c.text; whole != c.whole {
			t.Errorf("%d columns: %q is shown as %q", c.w, c.text, shown)
		}
		if strings.HasSuffix(shown, "…") == c.whole {
			t.Errorf("%d columns: a notice that is shown whole=%v ends in %q", c.w, c.whole, shown)
		}
	}
}

func TestNoNoticeOfTheStartHidesAnother(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: []string{"local/glove@100", "old@model", "older@model"}}
	o.Notices = []string{"The settings are wrong.", "The last session was set aside."}
	a := shell.New(t.Context(), o, Screens())
	for _, want := range []string{"settings are wrong", "set aside", "old@model", "older@model"} {
		if !strings.Contains(a.Notice().Text, want) {
			t.Errorf("the notice %q lacks %q", a.Notice().Text, want)
		}
	}
	if got := session.CandidateIDs(a.Session.Candidates()); len(got) != 1 {
		t.Errorf("the candidates are %v", got)
	}
}

func TestFramesFillTheWindow(t *testing.T) { withAndWithoutAnother(t, framesFillTheWindow) }

func framesFillTheWindow(t *testing.T, screens []func(*ui.Context) ui.Screen) {
	a := uitest.Settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "local/glove@100", "local/ngrams@64"), Screens())
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(s))
		for _, shown := range a.Screens() {
			id := shown.Info().ID
			a.SetScreen(id)
			t.Run(fmt.Sprintf("%s/%dx%d", id, s.W, s.H), func(t *testing.T) { uitest.CheckFrame(t, a.Draw(), s) })
		}
	}
}

func TestStateThatCannotBeSavedIsANoticeNotAnEnd(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Save = func(config.State) error { return errors.New("the folder is read-only") }
	a := settled(t, 80, 24, o)
	uitest.Happen(t, a, a.Save)
	if !strings.Contains(a.Notice().Text, "read-only") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
}

func TestFailingSaveIsToldOnce(t *testing.T) {
	o := uitest.LocalOptions(t)
	problem := errors.New("the folder is read-only")
	o.Save = func(config.State) error { return problem }
	a := settled(t, 80, 24, o)
	for i, told := range []bool{true, false, true} {
		if i == 2 {
			problem = errors.New("the disk is full")
		}
		a.ClearNotice()
		if uitest.Happen(t, a, a.Save); (a.Notice().Text != "") != told {
			t.Errorf("after save %d the notice is %q", i+1, a.Notice().Text)
		}
	}
}

func TestReopeningRestoresTheSession(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	uitest.Press(t, a, "{", "s", "v", "V", "4")
	o := uitest.LocalOptions(t)
	o.State = a.State()
	b := settled(t, 120, 40, o)
	if b.Current().Info().ID != duplicates.ID || b.Session.Order() != session.OrderSimilarity {
		t.Errorf("screen %s, order %d", b.Current(), b.Session.Order())
	}
	if got, want := fmt.Sprint(b.Session.Candidates()), fmt.Sprint(a.Session.Candidates()); got != want {
		t.Errorf("candidates %s, want %s", got, want)
	}
	if got, want := string(b.State().Screens["matrices"]), string(a.State().Screens["matrices"]); got != want || got == "" {
		t.Errorf("the matrices remember %s, want %s", got, want)
	}
	if b.Session.Corpus().Len() != 36 || b.Session.Thresholds().Common() != a.Session.Thresholds().Common() {
		t.Errorf("%d texts, threshold %v", b.Session.Corpus().Len(), b.Session.Thresholds().Common())
	}
}

func TestIdleExplorerHasNothingScheduled(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	if a.Session.Pending() {
		t.Fatal("the job goes on after everything is computed")
	}
	if _, cmd := a.Update(loop.Done(uitest.Nothing)); cmd != nil && cmd() != nil {
		t.Error("a message that changes nothing leads to another")
	}
}

func TestPaletteFindsAndRunsAnyAction(t *testing.T) {
	for _, key := range []string{"ctrl+p", ":"} {
		a := settled(t, 80, 24, uitest.LocalOptions(t))
		uitest.Press(t, a, key)
		for _, r := range "colour scale" {
			uitest.Press(t, a, string(r))
		}
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
		uitest.Press(t, a, "enter")
		if got := string(a.State().Screens["matrices"]); !strings.Contains(got, `"cividis"`) {
			t.Errorf("%s: the palette's colour scale leads to %s", key, got)
		}
		if a.Top() != nil {
			t.Errorf("%s: the palette stays open", key)
		}
	}
}

func TestMouseOnTabsAndFooterDoesWhatTheKeysDo(t *testing.T) {
	a := settled(t, 100, 30, uitest.LocalOptions(t))
	l := a.HeaderLine(100)
	for _, z := range l.Zones {
		if z.ID == "open.texts" {
			uitest.Send(t, a, uitest.Click(z.From+1, 0))
		}
	}
	if a.Current().Info().ID != texts.ID {
		t.Fatalf("a click on the tab shows %s", a.Current())
	}
	uitest.Send(t, a, uitest.Click(2, 29))
	if h, ok := a.Top().(*widget.Reader); !ok || !strings.HasPrefix(h.Title, "Keys on ") {
		t.Error("a click on ? in the footer opens no help")
	}
	uitest.Send(t, a, uitest.Click(0, 0))
	if a.Top() != nil {
		t.Error("a click beside the box does not close it")
	}
}

func TestEscapeGoesBackOnTheScreenBeforeItStopsWhatRuns(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "2", "/", "r", "enter")
	filtered := uitest.Plain(a)
	startJob(t, a)
	uitest.Press(t, a, "esc")
	if !a.Session.Running() || uitest.Plain(a) == filtered {
		t.Fatalf("running %v; esc takes the filter away first", a.Session.Running())
	}
	uitest.Press(t, a, "esc")
	if a.Session.Running() {
		t.Error("with nothing to go back from esc does not stop what runs")
	}
}

func TestInterruptStopsWhatRunsBeforeItQuits(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	startJob(t, a)
	uitest.Press(t, a, "ctrl+c")
	if a.Quitting() || a.Session.Running() {
		t.Fatalf("quitting %v, running %v; want the job stopped only", a.Quitting(), a.Session.Running())
	}
	uitest.Press(t, a, "ctrl+c")
	if !a.Quitting() {
		t.Error("with nothing running ctrl+c does not quit")
	}
}

// startJob begins a job without running its commands.
func startJob(t *testing.T, a *shell.App) {
	t.Helper()
	if cmd, err := a.Session.Edits().Insert(0, corpus.Text{Text: "a new one"}); cmd == nil || err != nil {
		t.Fatal("nothing to compute", err)
	}
}

func TestLettersAreNeverStolenWhileTyping(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "ctrl+p")
	uitest.Press(t, a, "q", "?", "1")
	p, ok := a.Top().(*widget.Picker)
	if !ok || p.Input.Value() != "q?1" || a.Quitting() || a.Current().Info().ID != matrices.ID {
		t.Errorf("typing q?1 in the palette led elsewhere")
	}
}
