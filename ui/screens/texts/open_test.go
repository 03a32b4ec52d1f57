package texts

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

const zendesk = "Ticket ID,Subject,Description,Type\n7,Order,Where is it?,question\n8,Login,I cannot log in,problem\n9,Nothing,,problem\n"

func TestColumnsAreShownAndAsked(t *testing.T) {
	for _, size := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		a := textsApp(t, size.W, size.H, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
		uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
		if _, ok := a.Top().(*columnBox); !ok {
			t.Fatalf("nobody asks for the columns; the notice is %q", a.Notice().Text)
		}
		uitest.CheckFrame(t, a.Draw(), size)
		uitest.WantShown(t, a, "Which columns of export.csv?", "Description", "enter open")
		if size.W >= 80 {
			uitest.WantShown(t, a, "● text", "Where is it? · I cannot log in", "● id", "7 · 8 · 9")
		}
		uitest.Press(t, a, "down", "g", "enter")
		uitest.WantWords(t, a, "Where is it?", "I cannot log in")
		if got := a.Session.Corpus().At(1); got.ID != "8" || got.Group != "problem" {
			t.Errorf("%+v", got)
		}
		uitest.WantNotice(t, a, "export.csv: 2 texts. u brings your own texts back. 1 row left out (line 4: the text is empty).")
		uitest.Press(t, a, "i")
		if size.W >= 80 {
			uitest.WantShown(t, a, "Rows left out of export.csv", `Line 4, column "Description": the text is empty`)
		}
		uitest.CheckFrame(t, a.Draw(), size)
	}
}

func TestOtherColumnsCanBeChosenOrNone(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
	// Subject takes the texts' place, the id goes, Type becomes the group after the id.
	uitest.Press(t, a, "up", "t", "up", "i", "G", "i", "g", "enter")
	uitest.WantWords(t, a, "Order", "Login", "Nothing")
	if got := a.Session.Corpus().At(0); got.ID != "" || got.Group != "question" {
		t.Errorf("%+v", got)
	}
	uitest.OpenPath(t, a, uitest.File(t, "unknown.jsonl", `{"eins":"a","zwei":"longer"}`))
	uitest.Press(t, a, "t", "enter")
	uitest.WantShown(t, a, "Say which column has the texts")
	uitest.Press(t, a, "t", "enter")
	uitest.WantWords(t, a, "longer")
	uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "longer")
}

func TestSeveralColumnsMakeOneText(t *testing.T) {
	for _, size := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		a := textsApp(t, size.W, size.H, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
		uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
		uitest.Press(t, a, "up", "space")
		uitest.CheckFrame(t, a.Draw(), size)
		if size.W >= 80 {
			uitest.WantShown(t, a, "● text 1  Description", "● text 2  Subject", "Description and Subject make one text, a line each.")
		}
		// The first is taken away and comes behind.
		uitest.Press(t, a, "down", "space", "space", "enter")
		uitest.WantWords(t, a, "Order\nWhere is it?", "Login\nI cannot log in", "Nothing")
		if size.W >= 80 {
			uitest.WantNotice(t, a, `export.csv: 3 texts. u brings your own texts back. Texts from "Subject" and "Description", ids from "Ticket ID".`)
			uitest.WantShown(t, a, "export.csv · Subject,Description")
		}
		if got := a.Session.Corpus().Origin().Files.Columns.Text; got != "Subject,Description" {
			t.Errorf("remembered is %q", got)
		}
	}
}

// What is only thought to have the ids, and has one twice, is none of ids: a file is read by enter
// as it is without the box. A column that was said to have them is taken at its word.
func TestAFileIsReadAsProposedAsItIsUnasked(t *testing.T) {
	const twice = "Ticket ID,Description,Type\n7,alpha,x\n7,beta,x\n8,gamma,y\n"
	for _, c := range []struct {
		content string
		keys    []string
		notice  string
	}{
		{twice, []string{"enter"}, `export.csv: 3 texts. No ids, since "Ticket ID" repeats.`},
		{twice, []string{"up", "i", "enter"}, `export.csv: 3 texts.`},
		{twice, []string{"down", "i", "enter"}, `export.csv: 2 texts. 1 row left out (line 3: line 2 has the same id "x").`},
		{zendesk, []string{"down", "g", "enter"}, `export.csv: 2 texts. 1 row left out (line 4: the text is empty).`},
	} {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
		path := uitest.File(t, "export.csv", c.content)
		uitest.OpenPath(t, a, path)
		uitest.Press(t, a, c.keys...)
		if got := a.Notice().Text; got != c.notice {
			t.Errorf("after %q it says %q, want %q", c.keys, got, c.notice)
		}
		unasked, err := corpus.LoadFile(t.Context(), path, corpus.Options{})
		if read := a.Session.Corpus().Texts(); err != nil || c.keys[0] == "enter" && !slices.Equal(read, unasked.Texts) {
			t.Errorf("read is %+v; unasked it is %+v, %v", read, unasked, err)
		}
	}
}

func TestOneColumnTakesThePlaceOfSeveral(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
	uitest.Press(t, a, "up", "space", "down", "g", "up", "up", "i", "space", "down", "down", "down", "t", "enter")
	uitest.WantWords(t, a, "question", "problem", "problem")
	if got := a.Session.Corpus().At(0); got.ID != "" || got.Group != "Where is it?" {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsCalledAsItIsMeantIsNotAsked(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	for name, content := range map[string]string{
		"a.csv": "id,text,group\n1,one,g\n", "b.csv": "text\none\n", "c.json": `["one"]`, "d.jsonl": `{"text":"one","group":"g","more":1}`, "e.txt": "one\n",
	} {
		uitest.OpenPath(t, a, uitest.File(t, name, content))
		uitest.WantWords(t, a, "one")
		uitest.Press(t, a, "u")
	}
}

func TestAnotherEncodingIsAskedByWhatItMakesOfTheFile(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "old.csv", "question,label\nplain,x\nGr\xfc\xdfe aus K\xf6ln,y\n"))
	uitest.WantShown(t, a, "How is old.csv written?", "Line 3 is not UTF-8", "windows-1252", "Grüße aus Köln")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
	p := a.Top().(*widget.Picker)
	if first, last := p.Matches[0].Item.Label, p.Matches[len(p.Matches)-1].Item.Label; first == corpus.Encodings()[0].Name || last == first {
		t.Errorf("of a file that is not UTF-8 %s is offered first, %s last", first, last)
	}
	for p.Matches[p.Cursor].Item.Label != "windows-1252" && p.Cursor < len(p.Matches)-1 {
		uitest.Press(t, a, "down")
	}
	uitest.Press(t, a, "enter", "enter")
	uitest.WantWords(t, a, "plain", "Grüße aus Köln")
	if a.Session.Corpus().At(1).Group != "y" {
		t.Error("the group is lost")
	}
	uitest.WantNotice(t, a, "Read as windows-1252.")
}

func TestReadingShowsItsProgressAndStopsOnEsc(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	path := uitest.File(t, "big.txt", strings.Repeat("some text\n", 1000))
	cmd := s.openFile(path, corpus.Options{})
	s.opening.options.Progress(420, 1000)
	if got := s.Status(); got != "Reading big.txt: 42% · esc stops" {
		t.Errorf("status %q", got)
	}
	ctx := s.opening.ctx
	uitest.Press(t, a, "esc")
	if ctx.Err() != context.Canceled || s.opening != nil {
		t.Error("the reading goes on")
	}
	uitest.WantNotice(t, a, "Stopped reading big.txt; the texts are as they were.")
	uitest.Happen(t, a, func() tea.Cmd { return cmd })
	uitest.WantWords(t, a, "mine")
}

func TestPathsMayBeQuotedEscapedOrURLs(t *testing.T) {
	path := uitest.File(t, "my file.txt", "one\n")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	for _, typed := range []string{`"` + path + `"`, strings.ReplaceAll(path, " ", `\ `), "file://" + strings.ReplaceAll(path, " ", "%20"), path} {
		uitest.OpenPath(t, a, typed)
		uitest.WantWords(t, a, "one")
		uitest.Press(t, a, "u")
	}
}

func TestTheOpenBoxListsFiles(t *testing.T) {
	dir := t.TempDir()
	slash := string(filepath.Separator)
	for name, content := range map[string]string{"faq.txt": "faq", "tickets.txt": "ticket", "picture.png": "", ".hidden.txt": "hidden"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "more", "last.txt"), []byte("last"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, size := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		a := textsApp(t, size.W, size.H, uitest.OptionsWith(t, nil, "local/ngrams@64"))
		uitest.Press(t, a, "o")
		uitest.WantShown(t, a, "faq.txt", "more"+slash)
		if strings.Contains(a.Draw(), "picture.png") || strings.Contains(a.Draw(), ".hidden") {
			t.Error("what cannot be meant is listed")
		}
		uitest.CheckFrame(t, a.Draw(), size)
		// The letters filter; enter takes what is left.
		uitest.Press(t, a, "c", "k", "e")
		if strings.Contains(a.Draw(), "faq.txt") {
			t.Error("faq.txt stays in the list")
		}
		uitest.Press(t, a, "enter")
		uitest.WantWords(t, a, "ticket")
		// The arrows go into a folder and to a file.
		uitest.Press(t, a, "o", "down", "down", "enter")
		uitest.WantShown(t, a, "last.txt")
		uitest.Press(t, a, "enter")
		if p, ok := a.Top().(*widget.PathPrompt); !ok || p.Problem != "" || p.Input.Value() != "more"+slash {
			t.Errorf("enter on a folder goes to none of its files: %+v", a.Top())
		}
		uitest.Press(t, a, "enter")
		uitest.WantWords(t, a, "last")
		// A path can be typed all the same.
		uitest.OpenPath(t, a, dir+slash+".hidden.txt")
		uitest.WantWords(t, a, "hidden")
	}
}

func TestAClickOpensAListedFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "faq.txt"), []byte("faq"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Press(t, a, "o")
	p := a.Top().(*widget.PathPrompt)
	lines := p.View(ui.Size{W: 80, H: 20}, a.Theme)
	for y, l := range lines {
		if strings.Contains(l, "  faq.txt") {
			uitest.Happen(t, a, func() tea.Cmd { return p.Mouse(ui.Mouse{X: 3, Y: y}) })
		}
	}
	uitest.WantWords(t, a, "faq")
}

func TestTheFileThatTheExplorerIsStartedWithIsAskedAbout(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64")
	o.Texts, o.Open = nil, uitest.File(t, "export.csv", zendesk)
	term := start(t, 80, 24, o)
	term.WaitFor("Which columns of export.csv?")
	term.Press("enter")
	term.WaitFor("export.csv · 2 texts", "I cannot log in")
	term.Quit()
}

func TestRowsLeftOutOfAFileThatTheExplorerWasStartedWithAreShown(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("one", "two"))
	o.Texts, o.Source = uitest.Texts("one", "two"), "a.csv, b.csv"
	o.LeftOut = &corpus.Reading{Left: 2, Reasons: []*corpus.ReadError{{Name: "a.csv", Row: 3, Why: "the text is empty"}, {Name: "b.csv", Row: 9, Why: "the text is empty"}}}
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "2", "i")
	uitest.WantShown(t, a, "Rows left out of a.csv, b.csv", "a.csv, line 3: the text is empty", "b.csv, line 9: the text is empty")
}
