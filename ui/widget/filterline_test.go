package widget_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestTheLineOfAFilterIsBegunKeptAndCleared(t *testing.T) {
	a := boxesApp(t)
	f := widget.FilterLine{}
	state := func(step string, words string, typing, shown bool) {
		t.Helper()
		if f.Words() != words || f.Typing() != typing || f.Shown() != shown {
			t.Errorf("%s: the words are %q, typing %t, shown %t; want %q, %t, %t", step, f.Words(), f.Typing(), f.Shown(), words, typing, shown)
		}
	}
	drawn := func() string { return uitest.Flat(ansi.Strip(f.Draw(a.Theme, 1, 2, ", about", 60))) }
	state("at first", "", false, false)
	f.Start(a.Theme, "what to type")
	state("begun", "", true, true)
	if got := drawn(); !strings.HasPrefix(got, "/ ") || !strings.Contains(got, "what to type") || !strings.HasSuffix(got, "1 of 2, about") {
		t.Errorf("an empty line is drawn as %q", got)
	}
	f.Update(tea.PasteMsg{Content: " two   words "})
	state("typed", "two words", true, true)
	f.Keep()
	state("kept", "two words", false, true)
	f.Start(a.Theme, "what to type")
	state("begun anew", "two words", true, true)
	f.Clear()
	state("cleared", "", false, false)
	f.Start(a.Theme, "what to type")
	if got := drawn(); strings.Contains(got, "words") {
		t.Errorf("what was cleared is there again: %q", got)
	}
	f.Clear()
	f.Set(a.Theme, "given")
	state("given", "given", false, true)
}

// A word that stands within the first three quarters of the line is seen from the beginning; one
// behind that has a quarter of the line before it.
func TestAFoundWordIsSeenInItsLine(t *testing.T) {
	const text = "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd" // 40 bytes
	for at, want := range map[int]string{
		-1: "aaaaaaaaaabbbbbbbbb…", 0: "aaaaaaaaaabbbbbbbbb…", 15: "aaaaaaaaaabbbbbbbbb…", 16: "…bbbbbbbbbccccccccc…", 39: "…dddddd", 40: "aaaaaaaaaabbbbbbbbb…",
	} {
		if got := widget.FoundExcerpt(text, at, 20); got != want {
			t.Errorf("found at %d: %q, want %q", at, got, want)
		}
	}
}
