package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/term"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	for _, s := range a.screens {
		meaning := map[string]string{}
		for _, act := range append(a.global(), s.actions()...) {
			for _, k := range act.binding.Keys() {
				if other, taken := meaning[k]; taken {
					t.Errorf("on %s the key %s means both %s and %s", s.describe().title, k, other, act.id)
				}
				meaning[k] = act.id
			}
		}
	}
}

func TestEveryActionHasANameAndAGroup(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	seen := map[string]bool{}
	for _, s := range a.screens {
		for _, act := range s.actions() {
			if seen[act.id] {
				t.Errorf("two actions are called %s", act.id)
			}
			seen[act.id] = true
			if act.label() == "" || act.group == "" || act.run == nil || len(act.binding.Keys()) == 0 {
				t.Errorf("action %s lacks a name, a group, a key or something to do", act.id)
			}
		}
	}
}

func TestHelpListsEveryKeyOfTheScreen(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	for _, shown := range a.screens {
		id := shown.describe().id
		a.setScreen(id)
		press(t, a, "?")
		h := a.top().(*help)
		list := ansi.Strip(strings.Join(h.list(a.theme), "\n"))
		for _, act := range append(shown.actions(), a.globals...) {
			if !strings.Contains(list, act.label()) || !strings.Contains(list, keyLabel(act)) {
				t.Errorf("help on %s lacks %s %s", id, keyLabel(act), act.label())
			}
		}
		checkFrame(t, a.draw(), size{80, 24})
		press(t, a, "esc")
	}
}

func TestFooterShowsHelpAtEveryWidth(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	for w := 40; w <= 200; w += 7 {
		send(t, a, windowSize(size{w, 24}))
		for _, shown := range a.screens {
			id := shown.describe().id
			a.setScreen(id)
			footer := a.footer(w)
			if !strings.HasPrefix(ansi.Strip(footer), " ? help") || term.Width(footer) != w {
				t.Errorf("the footer of %s at %d columns is %q", id, w, ansi.Strip(footer))
			}
		}
	}
}

func TestEscNeverQuits(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	for _, shown := range a.screens {
		id := shown.describe().id
		a.setScreen(id)
		for range 5 {
			press(t, a, "esc")
		}
		if a.quitting {
			t.Fatalf("esc quits on %s", id)
		}
	}
	if !strings.Contains(a.notice.text, "q quits") {
		t.Errorf("esc with nothing to go back from says %q", a.notice.text)
	}
}

func TestImpossibleActionSaysWhy(t *testing.T) {
	o := localOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95}
	a := settled(t, 80, 24, o)
	a.setScreen(screenMatrix)
	for key, reason := range map[string]string{"{": "no candidates", "d": "needs two candidates", "o": "needs two texts", "enter": "needs a text"} {
		press(t, a, key)
		if !strings.Contains(a.notice.text, reason) {
			t.Errorf("%s says %q, want a reason with %q", key, a.notice.text, reason)
		}
	}
}

func TestTooSmallWindowNamesTheSizeNeeded(t *testing.T) {
	a := settled(t, 10, 5, localOptions(t))
	if got := a.draw(); got != "≥ 40×10" {
		t.Errorf("a window of 10×5 shows %q", got)
	}
	for w, want := range map[int]string{39: "vecscope needs 40×10; q quits", 20: "needs 40×10; q quits", 19: "needs 40×10", 5: "40×10", 3: "40…"} {
		send(t, a, windowSize(size{w, 30}))
		if got := a.draw(); got != want {
			t.Errorf("a window of %d×30 shows %q, want %q", w, got, want)
		}
	}
}

func TestLongNoticeIsShownToItsEnd(t *testing.T) {
	a := settled(t, 40, 10, localOptions(t))
	a.notify(noticeError, "questions.csv: row 12, column 3: this quote is not closed; put one at the end of the text")
	drawn := a.draw()
	checkFrame(t, drawn, size{40, 10})
	if plain := strings.Join(strings.Fields(ansi.Strip(drawn)), " "); !strings.Contains(plain, "put one at the end of the text") {
		t.Errorf("a long notice is cut:\n%s", ansi.Strip(drawn))
	}
	a.notify(noticeError, strings.Repeat("very long ", 100))
	checkFrame(t, a.draw(), size{40, 10})
}

func TestNoticesTakeTheLinesTheyNeedAndNoMore(t *testing.T) {
	first := "First run: these are the 36 texts of the built-in set near-duplicates. Texts shows them and takes your own; ? lists the keys."
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
		{40, maxStatusLines, strings.Repeat("very long ", 100), false},
		{80, maxStatusLines, strings.Repeat("very long ", 100), false},
	}
	for _, c := range cases {
		a := settled(t, c.w, 24, localOptions(t))
		a.notify(noticeInfo, c.text)
		checkFrame(t, a.draw(), size{c.w, 24})
		lines := a.statusLines(size{c.w, maxStatusLines})
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
	o := localOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: []string{"local/glove@100", "old/model@3", "older/model@4"}}
	o.Notices = []string{"The settings are wrong.", "The last session was set aside."}
	a := newApp(t.Context(), o, screens)
	for _, want := range []string{"settings are wrong", "set aside", "old/model", "older/model"} {
		if !strings.Contains(a.notice.text, want) {
			t.Errorf("the notice %q lacks %q", a.notice.text, want)
		}
	}
	if got := candidateIDs(a.store.candidates); len(got) != 1 {
		t.Errorf("the candidates are %v", got)
	}
}

func TestFramesFillTheWindow(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, hostile, "local/use-lite@512", "local/glove@100", "local/ngrams@64"))
	for _, s := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		send(t, a, windowSize(s))
		for _, shown := range a.screens {
			id := shown.describe().id
			a.setScreen(id)
			t.Run(fmt.Sprintf("%s/%dx%d", id, s.w, s.h), func(t *testing.T) { checkFrame(t, a.draw(), s) })
		}
	}
}

func TestStateThatCannotBeSavedIsANoticeNotAnEnd(t *testing.T) {
	o := localOptions(t)
	o.Save = func(config.State) error { return errors.New("the folder is read-only") }
	a := settled(t, 80, 24, o)
	happen(t, a, a.save)
	if !strings.Contains(a.notice.text, "read-only") {
		t.Errorf("the notice is %q", a.notice.text)
	}
}

func TestFailingSaveIsToldOnce(t *testing.T) {
	o := localOptions(t)
	problem := errors.New("the folder is read-only")
	o.Save = func(config.State) error { return problem }
	a := settled(t, 80, 24, o)
	for i, told := range []bool{true, false, true} {
		if i == 2 {
			problem = errors.New("the disk is full")
		}
		a.clearNotice()
		if happen(t, a, a.save); (a.notice.text != "") != told {
			t.Errorf("after save %d the notice is %q", i+1, a.notice.text)
		}
	}
}

func TestOlderStateNeverReplacesANewerOne(t *testing.T) {
	var written []string
	s := &saver{write: func(st config.State) error {
		written = append(written, st.Screen)
		return nil
	}}
	older, newer := s.number(config.State{Screen: "older"}), s.number(config.State{Screen: "newer"})
	for _, write := range []func() error{newer, older, newer} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	if slices.Contains(written, "older") || len(written) == 0 {
		t.Errorf("written are %v", written)
	}
}

func TestReopeningRestoresTheSession(t *testing.T) {
	a := settled(t, 120, 40, localOptions(t))
	press(t, a, "{", "o", "o", "v", "c", "4")
	o := localOptions(t)
	o.State = a.state()
	b := settled(t, 120, 40, o)
	if b.current.describe().id != screenDuplicates || b.store.order != orderSimilarity {
		t.Errorf("screen %s, order %s", b.current, b.store.order)
	}
	if got, want := fmt.Sprint(b.store.candidates), fmt.Sprint(a.store.candidates); got != want {
		t.Errorf("candidates %s, want %s", got, want)
	}
	if got, want := string(b.state().Screens["matrices"]), string(a.state().Screens["matrices"]); got != want || got == "" {
		t.Errorf("the matrices remember %s, want %s", got, want)
	}
	if b.store.corpus.Len() != 36 || b.store.threshold != a.store.threshold {
		t.Errorf("%d texts, threshold %v", b.store.corpus.Len(), b.store.threshold)
	}
}

func TestAnyNonEmptyNoColorForbidsColour(t *testing.T) {
	for value, want := range map[string]bool{"NO_COLOR=yes": true, "NO_COLOR=0": true, "NO_COLOR=": false, "COLOR=1": false} {
		if got := colourForbidden([]string{"TERM=xterm", value}); got != want {
			t.Errorf("%s: forbidden is %v, want %v", value, got, want)
		}
	}
}

func TestIdleExplorerHasNothingScheduled(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	if a.store.job != nil {
		t.Fatal("the job goes on after everything is computed")
	}
	if _, cmd := a.Update(done(a.store.ticked)); cmd != nil && cmd() != nil {
		t.Error("a tick without a job leads to another")
	}
}

func TestPaletteFindsAndRunsAnyAction(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	press(t, a, "ctrl+p")
	for _, r := range "colour scale" {
		press(t, a, string(r))
	}
	checkFrame(t, a.draw(), size{80, 24})
	press(t, a, "enter")
	if got := string(a.state().Screens["matrices"]); !strings.Contains(got, `"cividis"`) {
		t.Errorf("the palette's colour scale leads to %s", got)
	}
	if a.top() != nil {
		t.Error("the palette stays open")
	}
}

func TestMouseOnTabsAndFooterDoesWhatTheKeysDo(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	l := a.headerLine(100)
	for _, z := range l.zones {
		if z.id == "open.texts" {
			send(t, a, click(z.from+1, 0))
		}
	}
	if a.current.describe().id != screenTexts {
		t.Fatalf("a click on the tab shows %s", a.current)
	}
	send(t, a, click(2, 29))
	if _, ok := a.top().(*help); !ok {
		t.Error("a click on ? in the footer opens no help")
	}
	send(t, a, click(0, 0))
	if a.top() != nil {
		t.Error("a click beside the box does not close it")
	}
}

func TestInterruptStopsWhatRunsBeforeItQuits(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	a.store.current.outcomes = map[string]outcome{}
	startJob(t, a)
	press(t, a, "ctrl+c")
	if a.quitting || a.store.running() {
		t.Fatalf("quitting %v, running %v; want the job stopped only", a.quitting, a.store.running())
	}
	press(t, a, "ctrl+c")
	if !a.quitting {
		t.Error("with nothing running ctrl+c does not quit")
	}
}

// startJob begins a job without running its commands.
func startJob(t *testing.T, a *app) {
	t.Helper()
	clear(a.store.embeddings)
	if cmd := a.store.invalidate(0); cmd == nil {
		t.Fatal("nothing to compute")
	}
}

func TestLettersAreNeverStolenWhileTyping(t *testing.T) {
	a := settled(t, 80, 24, localOptions(t))
	press(t, a, "ctrl+p")
	press(t, a, "q", "?", "1")
	p, ok := a.top().(*picker)
	if !ok || p.input.Value() != "q?1" || a.quitting || a.current.describe().id != screenMatrix {
		t.Errorf("typing q?1 in the palette led elsewhere")
	}
}
