package uitest

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
)

// PairScreen is what the box of a pair shows in that room, without its colours.
func PairScreen(a *shell.App, p *pair.View, s ui.Size) string {
	p.Fit(s, a.Theme)
	return ansi.Strip(strings.Join(p.View(s, a.Theme), "\n"))
}

// Plain is what the window shows, without its colours.
func Plain(a *shell.App) string { return ansi.Strip(a.Draw()) }

// WantWords fails unless the texts are these, in this order.
func WantWords(t *testing.T, a *shell.App, want ...string) {
	t.Helper()
	if got := words(a); !slices.Equal(got, want) {
		t.Fatalf("the texts are %q, want %q", got, want)
	}
}

// WantShown fails for each of these that the window does not show.
func WantShown(t *testing.T, a *shell.App, want ...string) {
	t.Helper()
	screen := ansi.Strip(a.Draw())
	for _, w := range want {
		if !strings.Contains(screen, w) {
			t.Errorf("the screen lacks %q:\n%s", w, screen)
		}
	}
}

// WantNotice fails unless the person is told this, perhaps among other words.
func WantNotice(t *testing.T, a *shell.App, want string) {
	t.Helper()
	if !strings.Contains(a.Notice().Text, want) {
		t.Errorf("the notice is %q, want %q", a.Notice().Text, want)
	}
}

// Flat is a drawing as one line without its colours and its runs of blanks.
func Flat(drawing string) string { return strings.Join(strings.Fields(ansi.Strip(drawing)), " ") }

// LineWith gives the only line of the window that contains all of these.
func LineWith(t *testing.T, a *shell.App, parts ...string) string {
	t.Helper()
	var found []string
	for line := range strings.SplitSeq(Plain(a), "\n") {
		if !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(line, part) }) {
			found = append(found, line)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d lines have %q:\n%s", len(found), parts, Plain(a))
	}
	return found[0]
}

// ClickOn clicks on the first place of the window that shows a text.
func ClickOn(t *testing.T, a *shell.App, text string) {
	t.Helper()
	Send(t, a, Click(PlaceOf(t, a, text)))
}

// PlaceOf is the cell of the window in which a text first begins.
func PlaceOf(t *testing.T, a *shell.App, text string) (x, y int) {
	t.Helper()
	for y, line := range strings.Split(Plain(a), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return term.Width(line[:at]), y
		}
	}
	t.Fatalf("the window does not show %q:\n%s", text, Plain(a))
	return 0, 0
}
