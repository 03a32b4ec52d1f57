package texts

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// begun is the explorer as it starts by itself, with all work of that done.
func begun(t *testing.T, o shell.Options) *shell.App {
	t.Helper()
	o.Save = func(config.State) error { return nil }
	o.After = func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil }
	a := shell.New(t.Context(), o, screens)
	uitest.Send(t, a, tea.WindowSizeMsg{Width: 100, Height: 30})
	uitest.Settle(t, a, a.Init())
	return a
}

// texts are all that were asked for.
func (l *library) texts() (all []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, req := range l.asked {
		all = append(all, req.Texts...)
	}
	return all
}

// While the file of the start is asked about, no server is sent the texts of before, which are
// about to give way.
func TestTheTextsOfBeforeAreNotSentWhileTheFileOfAStartIsAskedAbout(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		keys    []string
		want    []string
	}{
		"its columns are chosen":  {zendesk, []string{"enter"}, []string{"Where is it?", "I cannot log in"}},
		"its encoding is chosen":  {"id,text\n1,Gr\xfc\xdfe\n", []string{"enter"}, []string{"Grüße"}},
		"it is left":              {zendesk, []string{"esc"}, []string{"abba", "cd", "hhhh", "abcdefgh"}},
		"another model is chosen": {zendesk, nil, nil},
	} {
		l := &library{}
		o := libraryOptions(t, l, "library/gives@8")
		o.Open = uitest.File(t, "export.csv", c.content)
		a := begun(t, o)
		if sent := l.texts(); a.Top() == nil || len(sent) > 0 {
			t.Fatalf("%s: asked is nothing, or sent are %q", name, sent)
		}
		uitest.Settle(t, a, a.Session.Recompute())
		if uitest.Press(t, a, c.keys...); !slices.Equal(l.texts(), c.want) {
			t.Errorf("%s: sent are %q, want %q", name, l.texts(), c.want)
		}
	}
}

// Labels that are named beside a file whose columns are asked for are opened for its texts.
func TestLabelsOfAStartAreOpenedWithTheTextsThatAreAskedAbout(t *testing.T) {
	const waits, opened = "asked.csv waits for the texts of export.csv: o on Texts opens that.", "asked.csv: 1 query for 2 texts."
	o := uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64")
	o.Open, o.Labels = uitest.File(t, "export.csv", zendesk), uitest.File(t, "asked.csv", "query,relevant\nwhich?,7\n")
	o.Start.Screen = "matrices"
	decides := func(a *shell.App) bool {
		task, ok := a.Session.Labels().Task()
		return ok && task.Task == evaluate.Retrieval && task.From == "asked.csv"
	}
	a := begun(t, o)
	if uitest.Press(t, a, "enter"); a.Notice().Text != opened || !decides(a) {
		t.Errorf("the columns are chosen, and it says %q", a.Notice().Text)
	}
	a = begun(t, o)
	if uitest.Press(t, a, "esc"); a.Notice().Text != waits || decides(a) {
		t.Errorf("the columns are not chosen, and it says %q", a.Notice().Text)
	}
	a.SetScreen(ID)
	uitest.OpenPath(t, a, uitest.File(t, "other.txt", "some\nothers\n"))
	if decides(a) {
		t.Error("the labels decide of other texts")
	}
	uitest.OpenPath(t, a, o.Open)
	if uitest.Press(t, a, "enter"); a.Notice().Text != opened || !decides(a) {
		t.Errorf("the columns are chosen later, and it says %q", a.Notice().Text)
	}
	if uitest.Press(t, a, "u"); decides(a) {
		t.Error("without its texts the labels decide")
	}
}

// Labels that are named win over those that the folder of the texts names.
func TestLabelsOfAStartWinOverThoseOfTheFolder(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64")
	o.Open = uitest.File(t, "export.csv", zendesk)
	for name, content := range map[string]string{"of.csv": "query,relevant\nwhat?,8\n", config.FolderFile: "labels = \"of.csv\"\n"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(o.Open), name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o.Labels = uitest.File(t, "asked.csv", "query,relevant\nwhich?,7\n")
	a := begun(t, o)
	uitest.Press(t, a, "enter")
	if task, ok := a.Session.Labels().Task(); !ok || task.From != "asked.csv" {
		t.Errorf("%+v decides", task)
	}
}
