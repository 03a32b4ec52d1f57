package cli

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/uitest"
)

// sharedFolder has texts, and choices for them that a team shares; it gives the path of
// the texts.
func sharedFolder(t *testing.T, choices string) string {
	t.Helper()
	path := file(t, "faq.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq))
	for name, content := range map[string]string{
		config.FolderFile: choices,
		"pairs.csv":       "a,b,score\na,b,1\nc,d,1\ne,f,1\ng,h,1\na,c,0\nb,e,0\nd,g,0\nf,h,0\na,e,0\nc,g,0\n",
	} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

const sharedChoices = `models = ["local/ngrams@512", "local/use-lite@128"]
threshold = 0.6
labels = "pairs.csv"
[thresholds]
"local/ngrams@512" = 0.3
[[prefixes]]
model = "local/use-lite"
symmetric = "about: "
`

func TestTheExplorerTakesUpWhatAFolderKeeps(t *testing.T) {
	path := sharedFolder(t, sharedChoices)
	a := onFile(t, matrices.ID, path)
	var ids []string
	for _, c := range a.Session.Ready() {
		ids = append(ids, c.ID())
	}
	if got := strings.Join(ids, " "); got != "local/ngrams@512 local/use-lite@128" {
		t.Errorf("the models are %s", got)
	}
	thresholds := a.Session.Thresholds()
	if thresholds.Of("local/ngrams@512") != 0.3 || thresholds.Of("local/use-lite@128") != 0.6 {
		t.Errorf("thresholds %g and %g", thresholds.Of("local/ngrams@512"), thresholds.Of("local/use-lite@128"))
	}
	if roles := a.Session.Choices().Roles["local/use-lite"]; roles.Symmetric.Prefix != "about: " {
		t.Errorf("roles %+v", roles)
	}
	if got := a.Session.Labels().Path(); filepath.Base(got) != "pairs.csv" || len(a.Session.Labels().Tied().Pairs) != 10 {
		t.Errorf("labels of %q", got)
	}
	if _, lacks := command(t, a, matrices.ID); !strings.Contains(lacks, "only if .vecscope.toml beside the texts keeps them: local/use-lite") {
		t.Errorf("the copied command lacks %q", lacks)
	}
	if a = onFile(t, matrices.ID, "--threshold", "0.9", path); a.Session.Thresholds().Of("local/ngrams@512") != 0.9 {
		t.Error("the flag does not win")
	}
	a = onFile(t, matrices.ID, path, file(t, "own.csv", "a,b,score\na,b,1\nc,d,0\n"))
	if said := a.Notice().Text; !strings.Contains(said, "2 models, thresholds") || strings.Contains(said, "labels of") {
		t.Errorf("labels named at the start do not win: %s", said)
	}
}

func TestAFolderOfAStrangerSendsNothing(t *testing.T) {
	path := sharedFolder(t, "models = ['nanogpt/BAAI/bge-m3', 'elsewhere/free', 'local/glove']\nbase_url = 'http://evil.example'\n")
	a := onFile(t, matrices.ID, path)
	for _, c := range a.Session.States() {
		if c.Model == "elsewhere/free" {
			t.Error("a model that nobody knows is chosen")
		}
	}
	uitest.WantNotice(t, a, "not selected: ")
	uitest.WantNotice(t, a, "base_url")
	s := newSession(t)
	out := s.expect(t, ExitDone, "compare --max-cost 5 "+path, withLocal)
	if !strings.Contains(out, "local/glove@100") || strings.Contains(out, "bge-m3") || !strings.Contains(s.err.String(), "nanogpt/BAAI/bge-m3, elsewhere/free, which a server is asked for") {
		t.Errorf("%s\n%s", out, s.err.String())
	}
}

func TestAFolderThatNamesServersAloneLeavesTheUsualModels(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitDone, "compare "+sharedFolder(t, "models = ['nanogpt/BAAI/bge-m3']\n"), withLocal)
	if said := s.err.String(); !strings.Contains(out, "local/use-lite") || strings.Contains(said, "the models are those of") || !strings.Contains(said, "names nanogpt/BAAI/bge-m3, which a server is asked for") {
		t.Errorf("%s\n%s", out, said)
	}
}

func TestCommandsTakeUpWhatAFolderKeeps(t *testing.T) {
	path := sharedFolder(t, sharedChoices)
	s := newSession(t)
	out := s.expect(t, ExitDone, "duplicates --json "+path, withLocal)
	if !strings.Contains(out, `"thresholds":{"local/ngrams@512":0.3,"local/use-lite@128":0.6}`) || !strings.Contains(s.err.String(), `"about: " goes before every text`) {
		t.Errorf("%s\n%s", out, s.err.String())
	}
	if said := s.err.String(); strings.Count(said, "the models are those of .vecscope.toml beside the texts: local/ngrams@512, local/use-lite@128 (--models names others)") != 1 {
		t.Errorf("nothing tells where the models are from: %s", said)
	}
	s = newSession(t)
	out = s.expect(t, ExitDone, "duplicates --models local/glove --threshold 0.9 --json "+path, withLocal)
	if !strings.Contains(out, `"thresholds":{"local/glove@100":0.9}`) {
		t.Errorf("flags do not win: %s", out)
	}
	s = newSession(t)
	if out = s.expect(t, ExitDone, "evaluate --resamples 50 --json "+path, withLocal); !strings.Contains(out, `"task":"pairs"`) {
		t.Error(out)
	}
	if said := s.err.String(); strings.Count(said, "the models are those of") != 1 || !strings.Contains(said, "the labels are those that .vecscope.toml beside the texts names: pairs.csv") {
		t.Errorf("nothing tells where models and labels are from: %s", said)
	}
	s = newSession(t)
	if out = s.expect(t, ExitDone, "search --query order --json "+path, withLocal); !strings.Contains(out, "local/use-lite@128") || strings.Contains(out, "local/glove") {
		t.Error(out)
	}
}

// What a folder keeps counts for the models that nobody has named, too, and its labels
// may be queries.
func TestAFolderThatKeepsLittleIsTakenUp(t *testing.T) {
	for name, c := range map[string]struct{ choices, line, said, out string }{
		"prefixes": {"[[prefixes]]\nmodel = 'local/use-lite'\nsymmetric = 'about: '\n", "compare ", `local/use-lite: "about: " goes before every text`, "local/glove@100"},
		"queries":  {"labels = 'asked.csv'\n", "evaluate --resamples 20 --json --models local/ngrams@64 ", "names: asked.csv", `"task":"retrieval"`},
		"labels that are none": {"labels = 'faq.csv'\n", "evaluate --resamples 20 --json --models local/ngrams@64 ",
			".vecscope.toml names faq.csv, which holds no labels that can be read", `"task":"groups"`},
		"a model that is not": {"models = ['local/ngrams@64', 'local/nothing']\n", "compare ", ".vecscope.toml: ", "local/ngrams@64"},
	} {
		path := sharedFolder(t, c.choices)
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "asked.csv"), []byte("query,relevant\nwhere?,a\nwhen?,c\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s := newSession(t)
		if out := s.expect(t, ExitDone, c.line+path, withLocal); !strings.Contains(out, c.out) || !strings.Contains(s.err.String(), c.said) {
			t.Errorf("%s: it says %q and prints\n%.600s", name, s.err.String(), out)
		}
	}
}

func TestWhatIsChosenIsKeptForAFolderWhenThePersonSaysSo(t *testing.T) {
	path := file(t, "faq.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq))
	kept := filepath.Join(filepath.Dir(path), config.FolderFile)
	a := onFile(t, matrices.ID, path)
	uitest.Press(t, a, "ctrl+p")
	uitest.Letters(t, a, "keep these choices")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "Keep these choices for this folder?", "2 models, thresholds go to ")
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 80, H: 24}))
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "No key or server is") || strings.Contains(drawn, "No key or server is …") {
		t.Errorf("the question is cut:\n%s", drawn)
	}
	if _, err := os.Stat(kept); err == nil {
		t.Fatal("it was written before the answer")
	}
	uitest.Press(t, a, "y")
	f, problem := config.LoadFolder(filepath.Dir(path))
	if problem != "" || strings.Join(f.Models, " ") != "local/use-lite@256 local/glove@100" || *f.Threshold != 0.5 || len(f.Thresholds) != 0 {
		t.Errorf("kept is %+v, %s", f, problem)
	}

	// Thresholds of each model are kept while each has its own, not those of before.
	thresholds := a.Session.Thresholds()
	thresholds.SetEach(true)
	thresholds.Set("local/glove@100", 0.7)
	for _, each := range []bool{true, false} {
		thresholds.SetEach(each)
		uitest.Press(t, a, "ctrl+p")
		uitest.Letters(t, a, "keep these choices")
		uitest.Press(t, a, "enter", "y")
		if f, _ := config.LoadFolder(filepath.Dir(path)); (f.Thresholds["local/glove@100"] == 0.7) != each {
			t.Errorf("each has its own: %t; kept is %+v", each, f.Thresholds)
		}
	}
}

// Prefixes and thresholds of a folder are those of the model that they name.
func TestWhatAFolderKeepsIsForTheModelThatItNames(t *testing.T) {
	about, query := "about: ", "asked: "
	roles := func(symmetric string) api.Roles {
		return api.Roles{Query: api.Manner{Prefix: "q: "}, Symmetric: api.Manner{Prefix: symmetric}}
	}
	list := []chosen{
		{api.Candidate{Model: "s/a", Dimensions: 8}, api.Model{Roles: roles("a: ")}}, {api.Candidate{Model: "s/b", Dimensions: 8}, api.Model{Roles: roles("b: ")}},
		{api.Candidate{Model: "s/b", Dimensions: 4}, api.Model{Roles: roles("b: ")}}, {api.Candidate{Model: "s/c", Dimensions: 8}, api.Model{Roles: roles("c: ")}},
	}
	p := &program{folder: config.Folder{Prefixes: map[string]config.Prefixes{"s/b": {Query: &query}, "s/c": {Symmetric: &about}}, Thresholds: map[string]float64{"s/b@4": 0.25, "s/gone@8": 0.75}}}
	p.folderPrefixes(list)
	for i, want := range []string{"q: a: ", "asked: b: ", "asked: b: ", "q: about: "} {
		if got := list[i].model.Roles.Query.Prefix + list[i].model.Roles.Symmetric.Prefix; got != want {
			t.Errorf("%s is sent with %q, want %q", list[i].ID(), got, want)
		}
	}
	common := 0.5
	for _, given := range []bool{false, true} {
		cmd := &cobra.Command{}
		of := &thresholds{common: 0.9}
		cmd.Flags().Var(of, thresholdFlag, "")
		if p.folder.Threshold = &common; given {
			if err := cmd.Flags().Set(thresholdFlag, "0.8"); err != nil {
				t.Fatal(err)
			}
		}
		p.folderThresholds(cmd, of, &run{candidates: list})
		want := map[string]float64{"s/b@4": 0.25}
		if given {
			want = nil
		}
		if all := map[bool]float64{false: 0.5, true: 0.8}[given]; float64(of.common) != all || !maps.Equal(of.own, want) {
			t.Errorf("given by the flag %t: %v for all, %v for some", given, of.common, of.own)
		}
	}
}

// Search takes the models of the folder, and words beside them.
func TestSearchTakesTheModelsOfAFolder(t *testing.T) {
	path := sharedFolder(t, "models = [\"local/mirror\"]\n")
	for flags, want := range map[string]string{"": "local/mirror@3 local/bm25", " --models local/compass": "local/compass@3"} {
		var found struct{ Rows []struct{ ID string } }
		out := newSession(t).expect(t, ExitFailed, "search --json --query east"+flags+" "+path) // of its texts none names a direction
		if err := json.Unmarshal([]byte(out), &found); err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, r := range found.Rows {
			rows = append(rows, r.ID)
		}
		if got := strings.Join(rows, " "); got != want {
			t.Errorf("search%s has the rows %q, want %q", flags, got, want)
		}
	}
}
