package texts

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestFilesAreOpened(t *testing.T) {
	path := uitest.File(t, "faq.csv", "id,text,group\n1,How do I pay?,money\n2,Where is it?,place\n")
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	uitest.WantWords(t, a, "How do I pay?", "Where is it?")
	uitest.WantNotice(t, a, "faq.csv: 2 texts. u brings your own texts back.")
	uitest.WantShown(t, a, "faq.csv · 2 texts", "group", "money")
	uitest.Press(t, a, "d")
	uitest.WantShown(t, a, "faq.csv, edited · 1 text ")
	uitest.Press(t, a, "u", "u")
	uitest.WantWords(t, a, "mine")
}

func TestAReplacedSetIsNotMourned(t *testing.T) {
	path := uitest.File(t, "one.txt", "one\n")
	o := uitest.LocalOptions(t)
	a := textsApp(t, 80, 24, o)
	a.SetScreen(ID)
	uitest.OpenPath(t, a, path)
	uitest.WantNotice(t, a, "one.txt: 1 text.")
	if strings.Contains(a.Notice().Text, "brings") {
		t.Errorf("a built-in set is spoken of as the person's own texts: %q", a.Notice().Text)
	}
}

func TestAFileThatCannotBeReadIsNamedWhereItCanBeMended(t *testing.T) {
	path := uitest.File(t, "bad.csv", "text,group\n\n,b\n")
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	top, ok := a.Top().(*widget.PathPrompt)
	if !ok {
		t.Fatalf("no question for a path is open; the notice is %q", a.Notice().Text)
	}
	if want := `bad.csv, line 3, column "text": the text is empty; write one or delete the row`; !strings.HasSuffix(top.Problem, want) || strings.Contains(top.Problem, "\n") {
		t.Errorf("the problem is %q, want … %q", top.Problem, want)
	}
	if top.Input.Value() != path {
		t.Errorf("the path became %q", top.Input.Value())
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 100, H: 24})
	uitest.Press(t, a, "x", "enter")
	if top, ok := a.Top().(*widget.PathPrompt); !ok || !strings.Contains(top.Problem, "there is no such file; check the path") {
		t.Error("a file that is not there is not spoken of")
	}
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "mine")
}

func TestAnErrorThatComesLateIsANotice(t *testing.T) {
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.Press(t, a, "a", "x")
	uitest.Happen(t, a, func() tea.Cmd { return a.Screen(ID).(*Screen).Opened("f.txt", nil, os.ErrNotExist) })
	uitest.WantNotice(t, a, "file does not exist")
	uitest.WantWords(t, a, "mine", "x")
}

func TestATextBeingWrittenIsKeptWhenAFileArrives(t *testing.T) {
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.Press(t, a, "a", "x")
	uitest.Send(t, a, uitest.OpenTexts(a, "f.txt", uitest.Texts("new")...))
	uitest.WantWords(t, a, "new")
	if a.Screen(ID).(ui.Typer).Typing() {
		t.Error("the editor stays open over other texts")
	}
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "mine", "x")
}

func TestPathsAreCompleted(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"notes.txt", "picture.png", ".hidden.txt", "with\x1bescape.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("one"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Press(t, a, "o")
	uitest.Send(t, a, tea.PasteMsg{Content: dir + string(filepath.Separator)})
	p := a.Top().(*widget.PathPrompt)
	slash := string(filepath.Separator)
	if got, want := p.Input.AvailableSuggestions(), []string{dir + slash + "folder" + slash, dir + slash + "notes.txt"}; !slices.Equal(got, want) {
		t.Fatalf("completions are %q, want %q", got, want)
	}
	uitest.Press(t, a, "n", "tab", "enter")
	uitest.WantWords(t, a, "one")
}

func TestHomeIsWrittenAsATilde(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, "mine.txt"), []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Press(t, a, "o", "~", "/", "m", "tab", "enter")
	uitest.WantWords(t, a, "one")
	uitest.Press(t, a, "o", "enter")
	uitest.WantShown(t, a, "Type the path of a file")
}
