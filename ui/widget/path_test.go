package widget_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// done does the work of a command, and of those that it leads to.
func done(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case loop.Done:
		done(msg())
	case tea.BatchMsg:
		for _, c := range msg {
			done(c)
		}
	}
}

// fileTree is a directory with files of several kinds.
func fileTree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "ab.txt", "b.txt", "notes.md", ".hidden.txt", "red\x1b[31m.txt", "sub/deep.txt", ".folder/x.txt"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"to-a.md": "notes.md", "to-sub": "sub"} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// pathPrompt asks for a file of a directory, and keeps what was taken.
func pathPrompt(th *theme.Theme, dir string, taken *string) *widget.PathPrompt {
	p := widget.NewPathPrompt(th, "Open", "a file of texts", "path", func(path string) (tea.Cmd, string) {
		*taken += "<" + path + ">"
		return nil, ""
	})
	p.Lists = true
	p.Offers = func(name string) bool { return strings.HasSuffix(name, ".txt") }
	p.Path = func(typed string) string { return filepath.Join(dir, typed) }
	return p
}

// namesOf are the names that the prompt shows, with "*" before the one that enter takes and
// ">" before the one under the cursor.
func namesOf(p *widget.PathPrompt, room ui.Size, th *theme.Theme) (names []string) {
	p.Fit(room, th)
	for _, l := range p.View(room, th) {
		name, ok := strings.CutPrefix(ansi.Strip(l), "  ")
		if !ok || strings.TrimSpace(name) == "" {
			continue
		}
		switch name = strings.TrimRight(name, " "); {
		case strings.HasPrefix(l, th.Codes.Selected):
			name = ">" + name
		case strings.HasPrefix(l, th.Codes.Strong):
			name = "*" + name
		}
		names = append(names, name)
	}
	return names
}

func TestNamesGoOnWithWhatIsTypedAndAreChosenByKeysAndClicks(t *testing.T) {
	a, dir := boxesApp(t), fileTree(t)
	z := ui.Size{W: 80, H: 30}
	for _, c := range []struct{ keys, shown, value, taken string }{
		{"", "a.txt ab.txt b.txt sub/ to-sub/", "", ""},
		{"b", "*b.txt ab.txt sub/ to-sub/", "b", ""},
		{"B", "*b.txt ab.txt sub/ to-sub/", "B", ""},
		{".", "*.folder/ .hidden.txt a.txt ab.txt b.txt", ".", ""},
		{"z", "", "z", ""},
		{"s u b /", "deep.txt", "sub/", ""},
		{"down", ">a.txt ab.txt b.txt sub/ to-sub/", "", ""},
		{"down down up", ">a.txt ab.txt b.txt sub/ to-sub/", "", ""},
		{"down up", "a.txt ab.txt b.txt sub/ to-sub/", "", ""},
		{"up", "a.txt ab.txt b.txt sub/ to-sub/", "", ""},
		{"down down b", "*b.txt ab.txt sub/ to-sub/", "b", ""},
		{"down down enter", "a.txt *ab.txt", "ab.txt", "<ab.txt>"},
		{"b enter", "b.txt ab.txt", "b.txt", "<b.txt>"},
		{"s enter", "deep.txt", "sub/", ""},
		{"t o enter", "deep.txt", "to-sub/", ""},
		{"s enter enter", ">deep.txt", "sub/", ""},
		{"s enter enter enter", "deep.txt", "sub/deep.txt", "<sub/deep.txt>"},
		{"s enter backspace backspace", "*sub/ to-sub/", "su", ""},
		{"z enter", "", "z", "<z>"},
	} {
		taken := ""
		p := pathPrompt(a.Theme, dir, &taken)
		done(p.List())
		namesOf(p, z, a.Theme)
		for _, k := range strings.Fields(c.keys) {
			done(p.Update(uitest.KeyPress(k)))
		}
		shown := strings.Join(namesOf(p, z, a.Theme), " ")
		if c.taken != "" { // the box is closed
			shown = c.shown
		}
		if shown != c.shown || p.Input.Value() != c.value || taken != c.taken || p.Closed() != (taken != "") {
			t.Errorf("%q: shown are %q, typed is %q, taken %q, closed %v; want %q, %q, %q", c.keys, shown, p.Input.Value(), taken, p.Closed(), c.shown, c.value, c.taken)
		}
	}
	taken := ""
	p := pathPrompt(a.Theme, dir, &taken)
	done(p.List())
	if clickIn(t, p, z, a.Theme, "ab.txt"); taken != "<ab.txt>" {
		t.Errorf("a click takes %q", taken)
	}
	p = pathPrompt(a.Theme, dir, &taken)
	done(p.List())
	p.Fit(z, a.Theme)
	p.Mouse(ui.Mouse{Wheel: 1})
	if p.Mouse(ui.Mouse{Wheel: 1}); strings.Join(namesOf(p, z, a.Theme), " ") != "a.txt >ab.txt b.txt sub/ to-sub/" {
		t.Errorf("the wheel leads to %q", namesOf(p, z, a.Theme))
	}
}

// What a directory has comes later than what is typed.
func TestNamesOfADirectoryThatWasLeftAreNotOffered(t *testing.T) {
	a, dir, taken := boxesApp(t), fileTree(t), ""
	z := ui.Size{W: 80, H: 30}
	p := pathPrompt(a.Theme, dir, &taken)
	first := p.List()
	p.Input.SetValue("sub/")
	second := p.List()
	if done(first); len(namesOf(p, z, a.Theme)) != 0 {
		t.Errorf("in the folder below stand %q", namesOf(p, z, a.Theme))
	}
	if done(second); strings.Join(namesOf(p, z, a.Theme), " ") != "deep.txt" {
		t.Errorf("the folder has %q", namesOf(p, z, a.Theme))
	}
	p.Input.SetValue("")
	again := p.List()
	if names := namesOf(p, z, a.Theme); len(names) != 0 {
		t.Errorf("until the names are known stand %q", names)
	}
	if done(again); p.List() != nil {
		t.Error("a directory that is listed is read again")
	}
}

// The names give way to the window, and are no more than can be looked through.
func TestAsManyNamesAreShownAsHaveRoom(t *testing.T) {
	a, dir, taken := boxesApp(t), t.TempDir(), ""
	for i := range 15 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p := pathPrompt(a.Theme, dir, &taken)
	done(p.List())
	for h, want := range map[int]int{30: 12, 17: 12, 16: 11, 6: 1, 5: 0} {
		z := ui.Size{W: 80, H: h}
		if got := len(namesOf(p, z, a.Theme)); got != want || len(p.View(z, a.Theme)) > h {
			t.Errorf("in %d lines there are %d names and %d lines, want %d", h, got, len(p.View(z, a.Theme)), want)
		}
	}
}

func TestTheHomeDirectoryIsWrittenShort(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for path, want := range map[string]string{
		"~/texts.csv": filepath.Join(home, "texts.csv"), "~/": home, "~": "~", "a~/b": "a~/b", "~other/b": "~other/b", "": "",
	} {
		if got := widget.ExpandHome(path); got != want {
			t.Errorf("%q is %q, want %q", path, got, want)
		}
	}
	for path, want := range map[string]string{"": "", "a": "", "a/": "a/", "a/b/c.txt": "a/b/", "/": "/"} {
		if got := widget.DirectoryOf(path); got != want {
			t.Errorf("the directory of %q is %q, want %q", path, got, want)
		}
	}
}
