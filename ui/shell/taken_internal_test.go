package shell

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/widget"
)

// Labels that a folder names are opened where they can be read and the start has brought no
// others; what goes before texts is put into what the model says itself.
func TestWhatAFolderNamesIsTaken(t *testing.T) {
	const pairs = "a,b,score\n1,2,1\n1,3,0\n"
	for name, c := range map[string]struct {
		file, labels string
		given        bool
		opened       bool
		said         string
	}{
		"nothing":           {"", "", false, false, ""},
		"labels":            {"labels = \"pairs.csv\"\n", pairs, false, true, ".vecscope.toml beside the texts: labels of pairs.csv."},
		"which are none":    {"labels = \"pairs.csv\"\n", "one\ntwo\n", false, false, "pairs.csv holds no labels that can be read."},
		"others were given": {"labels = \"pairs.csv\"\n", pairs, true, false, ""},
		"prefixes":          {"[[prefixes]]\nmodel = \"shop/paid\"\nquery = \"ask: \"\n", "", false, false, ".vecscope.toml beside the texts: prefixes of shop/paid."},
	} {
		folder := t.TempDir()
		for file, content := range map[string]string{config.FolderFile: c.file, "pairs.csv": c.labels} {
			if err := os.WriteFile(filepath.Join(folder, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		a := withModels(t)
		files := &taking{still: still{id: "files"}}
		a.screens = []ui.Screen{files}
		texts := corpus.FilesAt(corpus.Options{}, filepath.Join(folder, "a.csv"))
		a.Session.Restore().Texts([]corpus.Text{{Text: "one"}, {Text: "two"}, {Text: "three"}}, corpus.Origin{Files: texts})
		if c.given {
			a.options.Open, a.options.Files = filepath.Join(folder, "a.csv"), texts
		}
		m, err := a.Session.Engine().Catalog.Find("shop/paid")
		if err != nil {
			t.Fatal(err)
		}
		a.Session.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "mine: "}, Document: api.Manner{Prefix: "d: "}})
		a.followFolder()().(loop.Done)()
		if opened := slices.Equal(files.taken, []string{filepath.Join(folder, "pairs.csv")}); opened != c.opened || len(files.taken) > 1 || a.Notice().Text != c.said {
			t.Errorf("%s: opened are %q, and it says %q", name, files.taken, a.Notice().Text)
		}
		want := api.Roles{Query: api.Manner{Prefix: "mine: "}, Document: api.Manner{Prefix: "d: "}}
		if name == "prefixes" {
			want = api.Roles{Query: api.Manner{Prefix: "ask: "}}
		}
		if got := a.Session.Roles(m); got.Query != want.Query || got.Document != want.Document {
			t.Errorf("%s: before queries goes %q, before documents %q", name, got.Query.Prefix, got.Document.Prefix)
		}
	}
}

// What is kept for a folder is asked about and named whole, safe for the terminal; what could not
// be written is said.
func TestKeepingForAFolderIsAskedAndTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for folder, there := range map[string]bool{t.TempDir(): true, filepath.Join(file, "te\x1b[1mxts"): false} {
		a := withBoxes(t)
		a.Session.Restore().Texts([]corpus.Text{{Text: "one"}}, corpus.Origin{Files: corpus.FilesAt(corpus.Options{}, filepath.Join(folder, "a.csv"))})
		a.askKeepFolder()
		asked := strings.Join(topLines(a, 400, 20), "|")
		want := "Keep these choices for this folder?|0 models, thresholds go to " + strings.Replace(filepath.Join(folder, config.FolderFile), "\x1b[1m", "", 1) + ".|"
		if !strings.HasPrefix(asked, want) {
			t.Errorf("it asks %q, want %q", asked, want)
		}
		a.Top().(*widget.Choice).Update(tea.KeyPressMsg{Code: 'y', Text: "y"})().(loop.Done)()
		if _, err := os.Stat(filepath.Join(folder, config.FolderFile)); (err == nil) != there || strings.HasPrefix(a.Notice().Text, "Wrote ") != there || a.Notice().Level == ui.NoticeError == there {
			t.Errorf("there is a folder: %t; it says %q; %v", there, a.Notice().Text, err)
		}
	}
}

// leftOut is a screen that is told of rows that were left out.
type leftOut struct {
	still
	name    string
	rows    int
	reasons []error
}

func (l *leftOut) TakeLeftOut(name string, rows int, reasons []error) {
	l.name, l.rows, l.reasons = name, rows, reasons
}

// Rows that were left out are told with how many they are and why the first of them were.
func TestRowsOfTheStartThatWereLeftOutAreTold(t *testing.T) {
	a, _ := withoutScreens(t)
	shows := &leftOut{still: still{id: "texts"}}
	a.screens = []ui.Screen{still{id: "one"}, shows}
	if a.tellLeftOut(); shows.name != "" {
		t.Error("of nothing something is told")
	}
	why := &corpus.ReadError{Err: errors.New("empty")}
	a.options.Source, a.options.LeftOut = "faq.csv", &corpus.Reading{Left: 12, Reasons: []*corpus.ReadError{why, why}}
	if a.tellLeftOut(); shows.name != "faq.csv" || shows.rows != 12 || len(shows.reasons) != 2 {
		t.Errorf("told are %d rows of %q with the reasons %v", shows.rows, shows.name, shows.reasons)
	}
}

// The limits of the settings are those of the session, each for what it is for.
func TestLimitsAreThoseOfTheSettings(t *testing.T) {
	o := Options{Settings: config.Settings{Spending: config.Spending{PerRun: 1, PerSession: 2, PerQuery: .5}}}
	if c := o.session(); c.Limits != (spending.Limits{PerRun: 1, PerSession: 2}) || c.PerQuery != .5 {
		t.Errorf("they are %+v, and %g a query", c.Limits, c.PerQuery)
	}
}

// Labels of the last session that cannot be taken up are named by their file.
func TestLabelsThatAreGoneAreNamed(t *testing.T) {
	a, _ := withScreens(t)
	seed := uint64(7)
	a.restoreDecision(config.State{Labels: &config.Labels{Content: []byte(`{"Pairs":7}`), File: "pairs.csv", Path: "/x/pairs.csv"}, Trial: config.Trial{Seed: &seed}})
	if got := a.Notice(); !strings.HasPrefix(got.Text, "The labels of pairs.csv are not there any more: ") || got.Level != ui.NoticeWarn {
		t.Errorf("it says %q", got.Text)
	}
}

// What an action lacks is said in the palette, and a suspension is possible in every box.
func TestThePaletteSaysWhatIsLacking(t *testing.T) {
	a, _ := withScreens(t)
	why := func() string { return "no texts" }
	for _, it := range a.paletteItems([]ui.Action{{ID: "x", Key: ui.Bind("x", "export", "x"), Guard: why}, {ID: "y", Key: ui.Bind("y", "copy", "y")}}, nil) {
		if want := map[string]string{"export": "no texts", "copy": ""}[it.Label]; it.Reason != want {
			t.Errorf("of %s it says %q, want %q", it.Label, it.Reason, want)
		}
	}
	a.globals = a.globalActions()
	var always []string
	for _, act := range a.always() {
		always = append(always, act.ID)
	}
	if !slices.Equal(always, []string{"suspend", "interrupt"}) {
		t.Errorf("in every box there are %q", always)
	}
	for id, want := range map[string]string{"anew": "no models: select some on Models", "recompute": "no models: select some on Models", "embed": "no models: select some on Models", "view.back": "no view was visited before this one", "help": ""} {
		if act, _, _ := a.actionByID(id); act.Reason() != want {
			t.Errorf("%s says %q, want %q", id, act.Reason(), want)
		}
	}
	a.Session.Restore().Candidate(api.Candidate{Model: "local/glove", Dimensions: 100})
	if act, _, _ := a.actionByID("anew"); act.Reason() != "no selected model is on a server; the built-in models always give the same" {
		t.Errorf("of models inside the program it says %q", act.Reason())
	}
}

// far is a server whose key would cross a network in the clear.
type far struct {
	api.Provider
	name string
}

func (f far) Blocked() error {
	return &api.InsecureKeyError{Provider: f.name, Host: f.name + ".example.com"}
}

// Each consent that is lacking is asked for in the order of the models, one after the other, and
// then what was to be done is.
func TestConsentsAreAskedForOneAfterTheOther(t *testing.T) {
	a := withBoxes(t)
	a.Session.Engine().Catalog = catalog.New([]api.Model{{Provider: "one", ID: "m", Kind: api.KindEmbedding, Dimensions: 4}, {Provider: "two", ID: "m", Kind: api.KindEmbedding, Dimensions: 4}})
	a.Session.Engine().Providers = map[string]api.Provider{"one": far{name: "one"}, "two": far{name: "two"}}
	for _, id := range []string{"one/m@4", "two/m@4"} {
		c, err := api.ParseCandidate(id)
		if err != nil {
			t.Fatal(err)
		}
		a.Session.Restore().Candidate(c)
	}
	done := 0
	then := func() tea.Cmd { done++; return nil }
	if a.consentThen(then); a.Top() != nil || done != 1 {
		t.Fatalf("where nobody can consent it is asked for: %t, and done %d times", a.Top() != nil, done)
	}
	a.options.AllowInsecure = func(string) error { return nil }
	a.consentThen(then)
	for _, provider := range []string{"one", "two"} {
		if done != 1 {
			t.Fatal("it is done before all is asked")
		}
		a.closeOverlays()
		asked := topLines(a, 120, 20)[0]
		if want := "The key for " + provider + " would go unencrypted to " + provider + ".example.com. Send it for this session?"; asked != want {
			t.Errorf("it asks %q, want %q", asked, want)
		}
		a.Top().Update(tea.KeyPressMsg{Code: 'n', Text: "n"})
	}
	if a.closeOverlays(); done != 2 || a.Top() != nil {
		t.Errorf("in the end it is done %d times", done)
	}
}
