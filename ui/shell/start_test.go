package shell_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// filtered is a page that is started with a filter.
type filtered struct {
	page
	words string
}

func (f *filtered) Filter(words string) { f.words = words }

// begun is the explorer with two screens that can be filtered, and "matrices" that cannot, as it
// is before anything is computed.
func begun(t *testing.T, o shell.Options) (a *shell.App, list, search *filtered) {
	t.Helper()
	o.Save = func(config.State) error { return nil }
	o.After = func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil }
	list, search = &filtered{page: page{id: "list"}}, &filtered{page: page{id: "search"}}
	var screens []func(*ui.Context) ui.Screen
	for _, s := range []ui.Screen{list, search, &page{id: "matrices"}} {
		screens = append(screens, func(*ui.Context) ui.Screen { return s })
	}
	return shell.New(t.Context(), o, screens), list, search
}

// What a start names takes the place of what is remembered; what it does not name stays.
func TestAStartNamesWhereToBegin(t *testing.T) {
	const ngrams = "local/ngrams@64"
	at, zero := .25, .0
	for name, c := range map[string]struct {
		start      shell.Start
		models     []string
		screen     string
		threshold  float64
		each       bool
		order      session.OrderMode
		list, asks string
	}{
		"nothing":         {shell.Start{}, []string{uitest.Use}, "list", .9, true, session.OrderGroup, "", ""},
		"models":          {shell.Start{Models: []string{ngrams, uitest.Glove}}, []string{ngrams, uitest.Glove}, "list", .9, true, session.OrderGroup, "", ""},
		"a model":         {shell.Start{Models: []string{ngrams}}, []string{ngrams}, "list", .9, true, session.OrderGroup, "", ""},
		"a screen":        {shell.Start{Screen: "matrices"}, []string{uitest.Use}, "matrices", .9, true, session.OrderGroup, "", ""},
		"none such":       {shell.Start{Screen: "gone"}, []string{uitest.Use}, "list", .9, true, session.OrderGroup, "", ""},
		"a filter":        {shell.Start{Filter: "cat"}, []string{uitest.Use}, "list", .9, true, session.OrderGroup, "cat", ""},
		"a query":         {shell.Start{Filter: "cat", Screen: "search"}, []string{uitest.Use}, "search", .9, true, session.OrderGroup, "", "cat"},
		"without a field": {shell.Start{Filter: "cat", Screen: "matrices"}, []string{uitest.Use}, "matrices", .9, true, session.OrderGroup, "", ""},
		"a threshold":     {shell.Start{Threshold: &at}, []string{uitest.Use}, "list", .25, false, session.OrderGroup, "", ""},
		"that is zero":    {shell.Start{Threshold: &zero}, []string{uitest.Use}, "list", 0, false, session.OrderGroup, "", ""},
		"by itself":       {shell.Start{Order: "auto"}, []string{uitest.Use}, "list", .9, true, session.OrderAuto, "", ""},
		"as given":        {shell.Start{Order: "given"}, []string{uitest.Use}, "list", .9, true, session.OrderGiven, "", ""},
		"by group":        {shell.Start{Order: "group"}, []string{uitest.Use}, "list", .9, true, session.OrderGroup, "", ""},
		"by similarity":   {shell.Start{Order: "similarity"}, []string{uitest.Use}, "list", .9, true, session.OrderSimilarity, "", ""},
	} {
		o := uitest.OptionsWith(t, uitest.Numbered(3), uitest.Use)
		o.State.Threshold, o.State.ThresholdEach, o.State.Thresholds = .9, true, map[string]float64{uitest.Use: .7}
		o.State.Order, o.State.Screen = session.OrderGroup.Key(), "list"
		o.Start = c.start
		a, list, search := begun(t, o)
		chosen := a.Session.Choices()
		got := fmt.Sprint(session.CandidateIDs(a.Session.Candidates()), a.Current().Info().ID, chosen.Threshold, chosen.PerCandidate, chosen.Order, list.words, "/", search.words)
		if want := fmt.Sprint(c.models, c.screen, c.threshold, c.each, c.order, c.list, "/", c.asks); got != want {
			t.Errorf("%s: it begins with %s, want %s", name, got, want)
		}
		if a.Session.Unsaved() {
			t.Errorf("%s: what was remembered is to be saved again", name)
		}
	}
}

// The first run is remembered even where nothing was done in it.
func TestTheFirstRunIsRemembered(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.State = config.State{}
	if a, _, _ := begun(t, o); !a.Session.Unsaved() || a.State().Set != "paraphrase-traps" || len(a.Session.Candidates()) != 3 {
		t.Errorf("to be saved: %t, of the set %q with %d models", a.Session.Unsaved(), a.State().Set, len(a.Session.Candidates()))
	}
}

// Colours that were chosen win over those of the settings, and these over what the terminal had
// last time.
func TestAStartHasTheColoursThatWereChosen(t *testing.T) {
	for _, c := range []struct {
		settings, chosen string
		lightBefore      bool
		dark             bool
		kept             string // what is chosen for the next start
	}{
		{"auto", "", false, true, ""}, {"auto", "", true, false, ""}, {"auto", "light", false, false, "light"}, {"auto", "dark", true, true, "dark"},
		{"dark", "", true, true, ""}, {"light", "", false, false, ""}, {"dark", "light", false, false, "light"}, {"light", "dark", true, true, "dark"}, {"light", "light", false, false, ""},
	} {
		o := uitest.OptionsWith(t, nil)
		o.Settings.Theme, o.State.Theme, o.State.LightBackground = c.settings, c.chosen, c.lightBefore
		a, _, _ := begun(t, o)
		if st := a.State(); a.Theme.Dark != c.dark || st.Theme != c.kept || st.LightBackground != c.lightBefore {
			t.Errorf("%+v: drawn for dark %t, kept is %q and a light background %t", c, a.Theme.Dark, st.Theme, st.LightBackground)
		}
	}
}

// The folder of texts that are given to a start is read, and not that of texts of last time, which
// has had its say.
func TestTheFolderOfGivenTextsIsRead(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, config.FolderFile), []byte("threshold = 0.25\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "faq.csv")
	for given, want := range map[bool]float64{true: .25, false: .9} {
		o := uitest.OptionsWith(t, uitest.Numbered(3))
		o.State.Source, o.State.Files, o.State.Threshold = "faq.csv", &config.Files{Paths: []string{path}}, .9
		if given {
			o.Texts, o.Source, o.Files = uitest.Numbered(3), "faq.csv", corpus.FilesAt(corpus.Options{}, path)
		}
		a, _, _ := begun(t, o)
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 20}))
		if got := a.Session.Thresholds().Common(); got != want {
			t.Errorf("texts are given: %t; the threshold is %g, want %g", given, got, want)
		}
		if a.Body != (ui.Size{W: 100, H: 17}) {
			t.Errorf("screens are drawn in %v", a.Body)
		}
	}
}

// Only the left button clicks.
func TestOnlyTheLeftButtonClicks(t *testing.T) {
	for button, want := range map[tea.MouseButton]string{tea.MouseLeft: "matrices", tea.MouseRight: "list", tea.MouseMiddle: "list", tea.MouseBackward: "list"} {
		a, _, _ := begun(t, uitest.OptionsWith(t, nil))
		a.Go("list")
		uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 20}))
		x, y := uitest.PlaceOf(t, a, "3 Matrices")
		uitest.Send(t, a, tea.MouseClickMsg{X: x, Y: y, Button: button})
		if got := a.Current().Info().ID; got != want {
			t.Errorf("button %v on a tab shows %s, want %s", button, got, want)
		}
	}
}

// The first run with texts that are given begins on these, with nothing in the way of what is
// exported.
func TestAFirstRunWithGivenTextsBeginsOnThem(t *testing.T) {
	for given, want := range map[int]int{0: 2, 3: 1} {
		o := uitest.LocalOptions(t)
		o.State, o.Texts = config.State{}, uitest.Numbered(given)
		a, _, _ := begun(t, o)
		if a.Session.CursorA() != 0 || a.Session.CursorB() != want {
			t.Errorf("with %d given texts the cursor is on %d and %d", given, a.Session.CursorA(), a.Session.CursorB())
		}
		if !a.Exports().Free() {
			t.Error("without a box nothing can be asked for an export")
		}
		if a.Open(widget.NewQuestion(&a.Context, "What?", nil)); a.Exports().Free() {
			t.Error("over a box an export is asked about")
		}
	}
}
