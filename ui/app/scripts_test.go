package app

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestEveryScriptIsWholeAndReadable looks at the windows as the two kinds of terminals
// draw them: those that add up characters get the syllables as they are written.
func TestEveryScriptIsWholeAndReadable(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("पानी की कीमत क्या है", "किताब मेज़ पर है", "ราคาน้ำมันวันนี้", "தமிழ் மொழி", "English only line here"), "local/ngrams@4096")
	o.Settings.Threshold = 0.001
	for _, s := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		a := settled(t, s.W, s.H, o)
		for _, keys := range [][]string{{"2"}, {"3"}, {"4"}, {"enter"}} {
			uitest.Press(t, a, keys...)
			frame := a.View().Content
			requireWidth(t, frame, s.W, ansi.StringWidthWc)
			if strings.Contains(frame, "\u200b") {
				t.Errorf("after %v syllables are parted:\n%s", keys, ansi.Strip(frame))
			}
		}
		uitest.Press(t, a, "esc", "2")
		if frame := a.View().Content; !strings.Contains(frame, "पानी की कीमत क्या है") || !strings.Contains(frame, "ราคาน้ำมันวันนี้") {
			t.Errorf("the texts are shown as\n%s", ansi.Strip(frame))
		}
		uitest.Send(t, a, tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		for _, keys := range [][]string{{"2"}, {"3"}, {"4"}, {"enter"}} {
			uitest.Press(t, a, keys...)
			requireWidth(t, a.View().Content, s.W, ansi.StringWidth)
		}
	}
}

func TestATerminalThatDoesNotKnowClustersAddsUpCharacters(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("पानी की कीमत", "मेज़ पर"), "local/ngrams@4096"))
	uitest.Press(t, a, "2")
	uitest.Send(t, a, tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized})
	uitest.Send(t, a, tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
	if frame := a.View().Content; strings.Contains(frame, "\u200b") {
		t.Errorf("syllables are parted:\n%s", ansi.Strip(frame))
	}
}

// requireWidth fails unless all lines have that many columns.
func requireWidth(t *testing.T, frame string, w int, width func(string) int) {
	t.Helper()
	for _, l := range strings.Split(frame, "\n") {
		if got := width(l); got != w {
			t.Errorf("a line is %d columns wide, not %d: %q", got, w, ansi.Strip(l))
		}
	}
}
