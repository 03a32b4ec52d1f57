package app

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestFirstRunShowsMatricesOfSeveralModels(t *testing.T) {
	term := start(t, 120, 40, uitest.LocalOptions(t))
	term.WaitFor("local/use-lite@512", "local/glove@100", "local/ngrams@4096", "AUC")
	term.Press("q")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if got := len(term.Saved.Last().Texts); got != 36 {
		t.Errorf("the first run's %d texts were remembered, want 36", got)
	}
}

func TestPanicRestoresTheTerminalAndSaysSo(t *testing.T) {
	o := uitest.LocalOptions(t)
	saves := 0
	o.Save = func(config.State) error {
		saves++
		if saves == 1 {
			panic("a fault on purpose")
		}
		return nil
	}
	term := start(t, 80, 24, o)
	err := term.End()
	if err == nil || !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("a panic ends the explorer with %v", err)
	}
	if saves != 2 {
		t.Errorf("the session was saved %d times, want once more after the panic", saves-1)
	}
	if term.Screen.IsAltScreen() {
		t.Error("the terminal is left on the other screen")
	}
}

func TestWholeWay(t *testing.T) {
	term := start(t, 100, 30, uitest.LocalOptions(t))
	term.WaitFor("local/use-lite@512", "AUC")
	term.Press("{")
	term.WaitFor("use-lite@256", "derived")
	term.Press("1")
	term.WaitFor("text-embedding-3-small", "27 models")
	term.Press("4")
	term.WaitFor("0.95")
	term.Press("2")
	term.WaitFor("The shop refunded")
	term.Press("?")
	term.WaitFor("Keys on Texts")
	term.Press("esc")
	term.WaitGone("Keys on Texts")
	term.Resize(40, 10)
	term.WaitFor("? help")
	term.Resize(100, 30)
	// While something is computed ctrl+c would only stop that.
	term.WaitFor("nearest")
	term.WaitGone("→ embedding")
	term.WaitGone("→ …")
	term.Press("ctrl+c")
	if err := term.End(); err != nil {
		t.Error(err)
	}
	if got := term.Saved.Last(); got.Screen != "texts" || got.Candidates[0] != "local/use-lite@256" {
		t.Errorf("remembered are screen %s and candidates %v", got.Screen, got.Candidates)
	}
}
