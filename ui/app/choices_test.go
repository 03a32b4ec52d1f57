package app

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What a key changes of how a screen is drawn, sorted or filtered is saved soon, and taken up
// by the next session as it was left.
func TestEveryChoiceOfAScreenIsSavedAndTakenUp(t *testing.T) {
	for screen, keys := range map[string][][]string{
		matrices.ID:   {{"esc"}, {"v"}, {"V"}, {"|"}, {"v"}, {"V"}},
		duplicates.ID: {{"s"}, {"S"}, {"f"}, {"b"}, {"s"}, {"v"}, {"s"}, {"S"}},
		search.ID:     {{"["}, {"t", "7", "enter"}, {"v"}, {"]", "]"}},
		verdict.ID:    {{"v"}, {"t", "5", "0", "0", "enter"}},
	} {
		a := settled(t, 120, 40, uitest.OptionsWith(t, thirtySix(true)[:12], "local/ngrams@64", "local/ngrams@256"))
		a.SetScreen(screen)
		uitest.Happen(t, a, uitest.Nothing)
		if screen == search.ID { // of which the best can be told only when something is judged
			uitest.Press(t, a, "/", "c", "a", "t", "enter", "J", "2", "0", "1", "esc")
		}
		saved := func() string { return string(a.Screen(screen).(ui.Keeper).Save()) }
		for _, press := range keys {
			before := saved()
			a.Session.MarkSaved()
			uitest.Press(t, a, press...)
			if saved() == before {
				t.Errorf("%s: %q changes nothing of %s: %s", screen, press, before, a.Notice().Text)
			}
			if !a.Session.Unsaved() {
				t.Errorf("%s: nothing saves what %q has changed to %s", screen, press, saved())
			}
			next := settled(t, 120, 40, uitest.Again(t, a.State()))
			if got := string(next.Screen(screen).(ui.Keeper).Save()); got != saved() {
				t.Errorf("%s: after %q the next session has %s, want %s", screen, press, got, saved())
			}
		}
	}
}
