package widget_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// optionsOf are options with those keys; one in capitals cannot be chosen.
func optionsOf(chosen *string, keys ...string) (options []widget.Option) {
	for _, k := range keys {
		o := widget.Option{Key: strings.ToLower(k), Label: "the " + k, Run: func() tea.Cmd { *chosen += k; return nil }}
		if k != o.Key {
			o.Guard = func() string { return "not now" }
		}
		options = append(options, o)
	}
	return options
}

func TestAMenuIsDrawnInItsRoom(t *testing.T) {
	a, chosen := boxesApp(t), ""
	m := widget.NewMenu(&a.Context, "Copy", ui.KeyCopy, optionsOf(&chosen, "A", "b", "c", "d"))
	if got, want := strings.Join(drawnBox(m, ui.Size{W: 80, H: 20}, a.Theme), "|"),
		"Copy                          | a  the A                     | b  the b                     | c  the c                     | d  the d                     |? keys  enter choose  esc back"; got != want {
		t.Errorf("it is drawn as\n%s, want\n%s", got, want)
	}
	// In low windows options scroll, and the title and the keys stay.
	z := ui.Size{W: 80, H: 4}
	for range 2 {
		m.Update(uitest.KeyPress("down"))
	}
	lines := drawnBox(m, z, a.Theme)
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "Copy") || !strings.Contains(lines[2], "the d") || !strings.HasPrefix(lines[3], "?") {
		t.Errorf("in a low window it is %q", lines)
	}
	wide := widget.NewMenu(&a.Context, "Copy", ui.KeyCopy, []widget.Option{{Key: "a", Label: strings.Repeat("x", 40)}})
	for _, l := range drawnBox(wide, ui.Size{W: 80, H: 20}, a.Theme) {
		if len([]rune(l)) != 45 {
			t.Errorf("a line is %d columns wide: %q", len([]rune(l)), l)
		}
	}
}

// What is under the cursor looks so also where it cannot be chosen.
func TestTheCursorOfAMenuIsSeenOnEveryOption(t *testing.T) {
	a, chosen := boxesApp(t), ""
	m := widget.NewMenu(&a.Context, "Copy", ui.KeyCopy, optionsOf(&chosen, "a", "B", "c"))
	looks := func() (out string) {
		z := ui.Size{W: 80, H: 20}
		m.Fit(z, a.Theme)
		lines := m.View(z, a.Theme)
		for _, l := range lines[1 : len(lines)-1] {
			switch {
			case strings.HasPrefix(l, a.Theme.Codes.Selected):
				out += "s"
			case strings.HasPrefix(l, a.Theme.Codes.Dim):
				out += "d"
			default:
				out += "-"
			}
		}
		return out
	}
	for _, c := range []struct{ key, want string }{{"", "sd-"}, {"down", "-s-"}, {"down", "-ds"}, {"b", "-s-"}} {
		if c.key != "" {
			m.Update(uitest.KeyPress(c.key))
		}
		if got := looks(); got != c.want {
			t.Errorf("after %q the options look like %s, want %s", c.key, got, c.want)
		}
	}
}

func TestAChoiceSaysNothingOfWhatIsNoKey(t *testing.T) {
	a, chosen := boxesApp(t), ""
	m := widget.NewMenu(&a.Context, "Copy", ui.KeyCopy, optionsOf(&chosen, "a", "b"))
	m.Fit(ui.Size{W: 80, H: 20}, a.Theme)
	a.ClearNotice()
	for _, msg := range []tea.Msg{tea.PasteMsg{Content: "x"}, tea.FocusMsg{}, uitest.KeyPress("down"), uitest.KeyPress("b")} {
		if m.Update(msg); a.Notice().Text != "" {
			t.Errorf("after %T it says %q", msg, a.Notice().Text)
		}
	}
}

func TestAQuestionSaysWhatIsKnownAsFarAsItHasRoom(t *testing.T) {
	a, chosen := boxesApp(t), ""
	q := widget.NewQuestion(&a.Context, "Stop?", []string{"one", "two", "three four five six"}, optionsOf(&chosen, "y")...)
	for h, want := range map[int]string{
		9: "Stop?|one|two|three four five six|y the y|n no, leave everything as it is", 6: "Stop?|one|two|three four five six|y the y|n no, leave everything as it is",
		5: "Stop?|one|two|y the y|n no, leave everything as it is", 4: "Stop?|one|y the y|n no, leave everything as it is", 2: "Stop?|one|y the y|n no, leave everything as it is",
	} {
		var lines []string
		for _, l := range drawnBox(q, ui.Size{W: 80, H: h}, a.Theme) {
			lines = append(lines, strings.TrimRight(l, " "))
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("in %d lines it is %s, want %s", h, got, want)
		}
	}
	two := widget.NewQuestion(&a.Context, "Which?", nil, optionsOf(&chosen, "1", "2")...)
	if lines := drawnBox(two, ui.Size{W: 80, H: 9}, a.Theme); len(lines) != 4 || !strings.HasPrefix(lines[3], "esc cancel") {
		t.Errorf("a question with two answers is %q", lines)
	}
}

// promptOf asks for a line with that explanation, and has a problem with it.
func promptOf(th *theme.Theme, about, problem string) *widget.Prompt {
	p := widget.NewPrompt(th, "A number", about, "number", nil)
	p.Problem = problem
	return p
}

func TestAPromptGivesItsExplanationUpInLowWindows(t *testing.T) {
	th := boxesApp(t).Theme
	for _, c := range []struct {
		about, problem string
		room           ui.Size
		want           string
	}{
		{"from 1 to 9", "", ui.Size{W: 80, H: 5}, "A number|from 1 to 9|› number||F1 keys  enter OK  esc back"},
		{"from 1 to 9", "", ui.Size{W: 80, H: 4}, "A number|› number||F1 keys  enter OK  esc back"},
		{"from 1 to 9", "no number", ui.Size{W: 80, H: 5}, "A number|from 1 to 9|› number|no number|F1 keys  enter OK  esc back"},
		{"from 1 to 9", "no number", ui.Size{W: 80, H: 4}, "A number|› number|no number|F1 keys  enter OK  esc back"},
	} {
		var lines []string
		for _, l := range drawnBox(promptOf(th, c.about, c.problem), c.room, th) {
			lines = append(lines, strings.TrimRight(l, " "))
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%+v: it is\n%s, want\n%s", c, got, c.want)
		}
	}
	long := strings.Repeat("word ", 30)
	for about, want := range map[string]int{"short": 50, strings.Repeat("x", 70): 70, long: widget.PromptWidth} {
		for _, l := range drawnBox(promptOf(th, about, ""), ui.Size{W: 200, H: 20}, th) {
			if n := len([]rune(l)); n > want || strings.HasPrefix(l, "A number") && n != want {
				t.Errorf("%.20q: a line is %d columns wide, want %d", about, n, want)
			}
		}
	}
	p := promptOf(th, "about", "")
	p.Input.SetValue("7")
	for w, want := range map[int]string{80: "F1 keys  enter OK  ctrl+u clear the line  esc back", 45: "F1  enter OK  ctrl+u clear the line  esc back", 44: "F1 keys  enter OK  esc back"} {
		lines := drawnBox(p, ui.Size{W: w, H: 9}, th)
		if got := strings.TrimRight(lines[len(lines)-1], " "); got != want {
			t.Errorf("in %d columns its keys are %q, want %q", w, got, want)
		}
	}
}
