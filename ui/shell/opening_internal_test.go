package shell

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
)

// taking is a screen that takes files and what is pasted.
type taking struct {
	still
	taken []string
}

func (k *taking) TakeFile(path string) tea.Cmd {
	k.taken = append(k.taken, path)
	return func() tea.Msg { return path }
}

func (k *taking) OpeningFile() bool { return false }

func (k *taking) Update(msg tea.Msg) tea.Cmd {
	if p, ok := msg.(tea.PasteMsg); ok {
		k.taken = append(k.taken, p.Content)
	}
	return nil
}

func (k *taking) Pastes() {}

// The file of a start is opened on the screen that opens files, which is shown unless another
// was asked for, and may open boxes over that one until the person has gone elsewhere.
func TestTheFileOfAStartIsOpenedByTheScreenForIt(t *testing.T) {
	for _, c := range []struct {
		open, screen string
		shown        string
		taken        int
		here         bool
	}{{"", "", "one", 0, false}, {"faq.csv", "", "files", 1, true}, {"faq.csv", "one", "one", 1, true}} {
		a, _ := withScreens(t)
		files := &taking{still: still{id: "files"}}
		a.screens = append(a.screens, files)
		a.options.Open, a.options.Start.Screen = c.open, c.screen
		cmd := a.openGiven()
		if a.current.Info().ID != c.shown || len(files.taken) != c.taken || (cmd != nil) != (c.taken > 0) || a.undisturbed("files") != c.here {
			t.Errorf("started with %q on %q: %s is shown, %q is taken, undisturbed: %t", c.open, c.screen, a.current.Info().ID, files.taken, a.undisturbed("files"))
		}
		if a.SetScreen("three"); a.undisturbed("files") {
			t.Error("a screen that was left opens boxes over another")
		}
	}
}

// All that a start has to say stands in one notice, and what was said already behind it.
func TestWhatAStartHasToSayIsOneNotice(t *testing.T) {
	for want, c := range map[string]struct {
		notices []string
		before  string
	}{"": {nil, ""}, "before": {nil, "before"}, "one": {[]string{"one"}, ""}, "one · two": {[]string{"one", "two"}, ""}, "one · two · before": {[]string{"one", "two"}, "before"}} {
		a, _ := withScreens(t)
		a.options.Notices = c.notices
		a.notice = Notice{Text: c.before}
		if a.restoreNotices(); a.notice.Text != want || len(c.notices) > 0 && a.notice.Level != ui.NoticeWarn || len(a.Session.Warnings()) != len(c.notices) || len(a.options.Notices) != len(c.notices) {
			t.Errorf("%q and %q are said as %q at level %v, and kept are %q", c.notices, c.before, a.notice.Text, a.notice.Level, a.Session.Warnings())
		}
	}
}

// A notice takes as many lines as there is room for, the last marked where there is more.
func TestANoticeFillsItsLines(t *testing.T) {
	a, _ := withScreens(t)
	a.Session.Restore().Texts([]corpus.Text{{Text: "one"}}, corpus.Origin{Source: "faq.csv"})
	a.setNotice(ui.NoticeInfo, "aaaa bbbb cccc dddd eeee")
	for room, want := range map[ui.Size]string{
		{W: 40, H: 5}: " aaaa bbbb cccc dddd eeee", {W: 25, H: 1}: " aaaa bbbb cccc dddd eeee", {W: 24, H: 2}: " aaaa bbbb cccc dddd| eeee", {W: 24, H: 1}: " aaaa bbbb cccc dddd…",
		{W: 10, H: 3}: " aaaa bbbb| cccc dddd| eeee", {W: 10, H: 2}: " aaaa bbbb| cccc ddd…", {W: 10, H: 1}: " aaaa bbb…",
	} {
		var got []string
		for _, l := range a.StatusLines(room) {
			got = append(got, strings.TrimRight(ansi.Strip(l), " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("in %v it is %q, want %q", room, strings.Join(got, "|"), want)
		}
	}
}

// What is pasted where nothing takes it is not lost without a word.
func TestWhatIsPastedWhereNothingTakesItIsSaid(t *testing.T) {
	const elsewhere, box1 = "What is pasted becomes texts on files: go there and paste again.", "What was pasted was not taken: esc closes the box, then paste again."
	for name, c := range map[string]struct {
		screen string
		box    *box
		want   string
	}{
		"on another screen": {"one", nil, elsewhere}, "on its screen": {"files", nil, ""},
		"over a box": {"files", &box{}, box1}, "over a box in which is typed": {"one", &box{types: true}, ""},
	} {
		a, _ := withScreens(t)
		files := &taking{still: still{id: "files"}}
		a.screens = append(a.screens, files)
		a.SetScreen(c.screen)
		if c.box != nil {
			a.overlays = []ui.Overlay{c.box}
		}
		a.pasted(tea.PasteMsg{Content: "words"})
		if taken := len(files.taken) == 1; a.notice.Text != c.want || taken != (c.screen == "files" && c.box == nil) {
			t.Errorf("%s: it says %q, taken: %t", name, a.notice.Text, taken)
		}
	}
}

// The start opens its file, and a notice takes up to half of a low screen and a line.
func TestTheStartOpensItsFile(t *testing.T) {
	a, _ := withScreens(t)
	files := &taking{still: still{id: "files"}}
	a.screens, a.options.Open = append(a.screens, files), "faq.csv"
	if a.Init() == nil || len(files.taken) != 1 {
		t.Errorf("opened are %q", files.taken)
	}
	a.current, a.globals = &drawn{still{id: "one"}}, a.globalActions()
	a.setNotice(ui.NoticeInfo, strings.Repeat("notice ", 60))
	for h, want := range map[int]int{10: 4, 11: 5, 24: 5} {
		a.window = ui.Size{W: 40, H: h}
		lines := 0
		for line := range strings.SplitSeq(ansi.Strip(a.Draw()), "\n") {
			if strings.Contains(line, "notice") {
				lines++
			}
		}
		if lines != want {
			t.Errorf("in %d lines it takes %d, want %d", h, lines, want)
		}
	}
}
