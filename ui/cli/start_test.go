package cli

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// startedWith is the explorer as those words start it, in place of what a session on
// Usage left.
func startedWith(t *testing.T, words ...string) *shell.App {
	t.Helper()
	return onFileWith(t, config.State{
		Version: 1, Threshold: 0.5, ThresholdEach: true, Thresholds: map[string]float64{"local/glove@100": 0.7}, Order: "by group",
		Screen: "usage", Candidates: []string{"local/use-lite@256", "local/glove@100"},
	}, words...)
}

func TestFlagsSayWhereTheExplorerStarts(t *testing.T) {
	path := file(t, "faq.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq))
	current := func(a *shell.App) string { return a.State().Screen }
	if a := startedWith(t, path); current(a) != "usage" || !a.Session.Thresholds().Each() || a.State().Order != "by group" {
		t.Error("without flags the explorer is not where it was left")
	}
	a := startedWith(t, "--screen", "duplicates", "--threshold", "0.875", path)
	if current(a) != duplicates.ID || a.Session.Thresholds().Of("local/glove@100") != 0.875 {
		t.Errorf("on %s, threshold %g", current(a), a.Session.Thresholds().Of("local/glove@100"))
	}
	a = startedWith(t, "--screen", "matrices", "--order", "similarity", path)
	if current(a) != matrices.ID || a.State().Order != "by similarity" {
		t.Errorf("on %s, order %s", current(a), a.State().Order)
	}
	a = startedWith(t, "--screen", models.ID, "--filter", "glove", path)
	uitest.WantShown(t, a, "1 of ", "glove")
	a = startedWith(t, "--screen", texts.ID, "--filter", "parcel", path)
	uitest.WantShown(t, a, "2 of 8", "Where is my parcel?")
	a = startedWith(t, "--screen", search.ID, "--filter", "burning printer", path)
	uitest.WantShown(t, a, "burning printer", "The printer is on fire")
	a = startedWith(t, "--screen", duplicates.ID, "--threshold", "0.2", "--filter", "parcel", path)
	uitest.WantShown(t, a, "/ parcel", "Where is my parcel?")
	a = startedWith(t, "--screen", matrices.ID, "--filter", "parcel", path)
	uitest.WantShown(t, a, "/ parcel", "2 of 8", "Where is my parcel?")
	a = startedWith(t, "--screen", verdict.ID, "--filter", "use-lite", path)
	uitest.WantShown(t, a, "/ use-lite", "use-lite@256")
	a = startedWith(t, "--screen", "usage", "--filter", "use-lite", path)
	uitest.WantShown(t, a, "/ use-lite")
}

func TestTheExplorerStartsWithTheModelsNamed(t *testing.T) {
	path := file(t, "faq.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq))
	for models, want := range map[string]string{
		"":                "local/use-lite@256 local/glove@100",
		"local/ngrams@64": "local/ngrams@64",
		"local/use-lite, local/use-lite@64,local/use-lite@64,local/glove@50":                                  "local/use-lite@512 local/use-lite@64 local/glove@50",
		"local/use-lite,local/use-lite@1,local/use-lite@2,local/use-lite@3,local/use-lite@4,local/use-lite@5": "local/use-lite@512 local/use-lite@1 local/use-lite@2 local/use-lite@3 local/use-lite@4 local/use-lite@5",
		"nanogpt/BAAI/bge-m3": "nanogpt/BAAI/bge-m3@1024",
	} {
		words := []string{path}
		if models != "" {
			words = []string{"--models", models, path}
		}
		a := startedWith(t, words...)
		if got := strings.Join(a.State().Candidates, " "); got != want {
			t.Errorf("--models %q: %s", models, got)
		}
	}
}

// What the person names wins over what the folder of the texts says.
func TestModelsNamedWinOverThoseOfTheFolder(t *testing.T) {
	path := sharedFolder(t, "models = [\"local/ngrams@64\"]\nthreshold = 0.75\n")
	for models, want := range map[string]string{"": "local/ngrams@64", "local/glove@50": "local/glove@50"} {
		words := []string{path}
		if models != "" {
			words = []string{"--models", models, path}
		}
		a := startedWith(t, words...)
		uitest.Settle(t, a, a.Init())
		if got := strings.Join(a.State().Candidates, " "); got != want || a.Session.Thresholds().Common() != 0.75 {
			t.Errorf("--models %q: %s, threshold %g", models, got, a.Session.Thresholds().Common())
		}
	}
}

// Labels beside the texts, and texts of which something is to be asked, are opened by
// Texts; the person is on the screen that they asked for all the same.
func TestTheScreenAskedForStaysWhenAFileIsOpened(t *testing.T) {
	path := sharedFolder(t, "")
	pairs := filepath.Join(filepath.Dir(path), "pairs.csv")
	opened := func(words ...string) *shell.App {
		a := startedWith(t, words...)
		uitest.Settle(t, a, a.Init())
		return a
	}
	a := opened("--screen", duplicates.ID, path, pairs)
	if a.State().Screen != duplicates.ID || len(a.Session.Labels().Tied().Pairs) != 10 {
		t.Errorf("on %s with %d pairs", a.State().Screen, len(a.Session.Labels().Tied().Pairs))
	}
	if a = opened(path, pairs); a.State().Screen != texts.ID {
		t.Errorf("without --screen on %s", a.State().Screen)
	}
	unclear := file(t, "export.csv", "first,second\nWhere is my parcel,When does it come\nI want my money,back soon please\n")
	a = opened("--screen", duplicates.ID, unclear)
	if a.State().Screen != duplicates.ID || a.Top() == nil {
		t.Errorf("on %s, asked %v", a.State().Screen, a.Top() != nil)
	}
	uitest.Press(t, a, "esc", "7", "4")
	if a.Undisturbed(texts.ID) {
		t.Error("Texts may still ask over another screen")
	}
}

func TestScreensAreNamedOnTheCommandLineAsTheyAre(t *testing.T) {
	var ids []string
	for _, s := range startedWith(t).Screens() {
		ids = append(ids, s.Info().ID)
	}
	if !slices.Equal(ids, app.ScreenIDs()) {
		t.Errorf("the screens are %q, named are %q", ids, app.ScreenIDs())
	}
	if slices.Contains(app.OrderWords(), "") {
		t.Errorf("orders are called %q", app.OrderWords())
	}
}

func TestModelsOfTheStartMayHaveBlanksBetweenThem(t *testing.T) {
	s := newSession(t)
	s.onTerminal(&s.out)
	if code := s.run(t.Context(), []string{"--models", "local/compass, local/bm25"}); code != ExitUsage || !strings.Contains(s.err.String(), "local/bm25 searches by words") {
		t.Errorf("exit code %d, %s", code, s.err.String())
	}
	s = newSession(t)
	s.onTerminal(s.In, &s.out)
	code := s.run(t.Context(), []string{"--models", " local/mirror , local/compass, local/mirror"})
	if code != ExitDone || len(s.explored) != 1 || !slices.Equal(s.explored[0].Start.Models, []string{"local/mirror@3", "local/compass@3"}) {
		t.Errorf("exit code %d, %+v, %s", code, s.explored, s.err.String())
	}
}

func TestFlagsOfTheStartNameTheChoices(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"--screen matrix", "models, texts, matrices, duplicates, search, verdict or usage"},
		{"--order alphabet", "auto, given, group or similarity"},
		{"--threshold 9", "from -1 to 1"},
		{"--filter a --filter b", "twice"},
		{"--models ,", "a model is written provider/model, such as local/use-lite"},
		{"--models=", "--models names no model"},
		{"--models local/compas", "did you mean local/compass?"},
		{"--models local/compass@4", "1 to 3"},
		{"--models local/bm25", "searches by words"},
		{"--models local/use-lite+bm25", "searches by words"},
		{"--models local/compass@1,local/compass@2,local/compass@3,local/mirror,nanogpt/BAAI/bge-m3,nanogpt/BAAI/bge-m3@64,nanogpt/BAAI/bge-m3@128", "7 models: the explorer compares up to 6; vecscope compare takes any number"},
	} {
		s := newSession(t)
		s.onTerminal(&s.out)
		s.expect(t, ExitUsage, c.line)
		if !strings.Contains(s.err.String(), c.want) {
			t.Errorf("%s: %s", c.line, s.err.String())
		}
	}
	s := newSession(t)
	s.expect(t, ExitUsage, "--screen matrices --set polysemy")
	if !strings.Contains(s.err.String(), "--screen is for the explorer") {
		t.Error(s.err.String())
	}
	s = newSession(t)
	s.expect(t, ExitUsage, "--models local/use-lite --set polysemy")
	if !strings.Contains(s.err.String(), "which needs a terminal: vecscope compare --models prints") {
		t.Error(s.err.String())
	}
	s = newSession(t)
	if out := s.expect(t, ExitDone, "__complete --models local/mirror,"); !strings.Contains(out, "local/mirror,local/compass") {
		t.Error(out)
	}
	s = newSession(t)
	if out := s.expect(t, ExitDone, "__complete --screen d"); !strings.Contains(out, duplicates.ID) {
		t.Error(out)
	}
	s = newSession(t)
	help := s.expect(t, ExitDone, "--help")
	for _, flag := range []string{"--models", "--screen", "--filter", "--threshold", "--order", ".xlsx", ".json "} {
		if !strings.Contains(help, flag) {
			t.Errorf("the help lacks %s:\n%s", flag, help)
		}
	}
}

// A flag of the explorer needs a terminal, whichever it is, and a model named twice is one.
func TestFlagsOfTheExplorerNeedATerminal(t *testing.T) {
	path := file(t, "gales.csv", gales)
	for flag, value := range map[string]string{"screen": "texts", "filter": "east", "threshold": "0.5", "order": "group"} {
		s := newSession(t)
		want := "--" + flag + " is for the explorer, which needs a terminal; the commands print: vecscope help"
		if out := s.expect(t, ExitUsage, "--"+flag+" "+value+" "+path); out != "" || !strings.Contains(s.err.String(), want) {
			t.Errorf("--%s prints %q and says %s", flag, out, s.err.String())
		}
	}
	s := newSession(t)
	want := "--models starts the explorer with them, which needs a terminal: vecscope compare --models prints"
	if out := s.expect(t, ExitUsage, "--models local/compass "+path); out != "" || !strings.Contains(s.err.String(), want) {
		t.Errorf("--models prints %q and says %s", out, s.err.String())
	}
	s = newSession(t)
	s.onTerminal(s.Out)
	s.expect(t, ExitDone, "--order group --filter east --screen texts --threshold 0.5 --models local/mirror,local/compass,local/mirror@3,local/compass@2 "+path)
	at := s.explored[0].Start
	if got := strings.Join(at.Models, " "); got != "local/mirror@3 local/compass@3 local/compass@2" || at.Order != "group" || at.Filter != "east" || at.Screen != "texts" || at.Threshold == nil || *at.Threshold != .5 {
		t.Errorf("it starts with %+v", at)
	}
}
