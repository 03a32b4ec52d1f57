package ui

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
)

func TestFirstRunShowsMatricesOfSeveralModels(t *testing.T) {
	term := start(t, 120, 40, localOptions(t))
	term.waitFor("local/use-lite@512", "local/glove@100", "local/ngrams@4096", "p95")
	term.press("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	if got := len(term.saved.last().Texts); got != 36 {
		t.Errorf("the first run's %d texts were remembered, want 36", got)
	}
}

func TestPanicRestoresTheTerminalAndSaysSo(t *testing.T) {
	o := localOptions(t)
	saves := 0
	o.Save = func(config.State) error {
		saves++
		if saves == 1 {
			panic("a fault on purpose")
		}
		return nil
	}
	term := start(t, 80, 24, o)
	err := term.end()
	if err == nil || !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("a panic ends the explorer with %v", err)
	}
	if saves != 2 {
		t.Errorf("the session was saved %d times, want once more after the panic", saves-1)
	}
	if term.screen.IsAltScreen() {
		t.Error("the terminal is left on the other screen")
	}
}

func TestWholeWay(t *testing.T) {
	term := start(t, 100, 30, localOptions(t))
	term.waitFor("local/use-lite@512", "p95")
	term.press("{")
	term.waitFor("use-lite@256", "derived")
	term.press("1")
	term.waitFor("text-embedding-3-small", "27 models")
	term.press("4")
	term.waitFor("0.95")
	term.press("2")
	term.waitFor("The budget meeting")
	term.press("?")
	term.waitFor("Keys on Texts")
	term.press("esc")
	term.waitGone("Keys on Texts")
	term.resize(40, 10)
	term.waitFor("? help")
	term.resize(100, 30)
	// While something is computed ctrl+c would only stop that.
	term.waitFor("nearest")
	term.waitGone("→ –")
	term.press("ctrl+c")
	if err := term.end(); err != nil {
		t.Error(err)
	}
	if got := term.saved.last(); got.Screen != "texts" || got.Candidates[0] != "local/use-lite@256" {
		t.Errorf("remembered are screen %s and candidates %v", got.Screen, got.Candidates)
	}
}
