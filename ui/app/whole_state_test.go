package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// everything is a state that has something in every field that is written.
func everything() config.State {
	seed := uint64(7)
	files := func(name string) *config.Files {
		return &config.Files{Paths: []string{"/x/" + name}, TextColumn: "body", IDColumn: "nr", GroupColumn: "topic", Encoding: "windows-1252"}
	}
	return config.State{
		Version: config.StateVersion,
		Texts:   []config.Text{{ID: "a", Text: "one", Group: "g", Lang: "en"}, {ID: "b", Text: "two", Group: "h", Lang: "de"}, {Text: "three"}},
		Set:     "polysemy", Source: "faq.csv", Edited: true, Files: files("faq.csv"),
		Replaced:   &config.Replaced{Texts: []config.Text{{ID: "z", Text: "mine", Group: "m", Lang: "fr"}}, Set: "faq", Source: "old.csv", Edited: true, Files: files("old.csv")},
		Candidates: []string{"local/ngrams@64", "local/glove@50"},
		Roles:      map[string]api.Roles{"local/ngrams": {Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}, From: api.RolesEdited}},
		Threshold:  .625, Thresholds: map[string]float64{"local/glove@50": .75}, ThresholdEach: true,
		Screen: "duplicates", Theme: "light", LightBackground: true, Order: "by group",
		Marks:  []config.Mark{{A: "one", B: "two", Verdict: "same"}, {A: "one", B: "three", Verdict: "unsure"}},
		Asked:  []config.Asked{{Of: "faq.csv", Text: "which?", Source: "one", Graded: []config.Graded{{Text: "two", Grade: 2}, {Text: "three", Grade: 0}}, Pool: 10, Complete: true}},
		Labels: &config.Labels{File: "pairs.csv", Path: "/x/pairs.csv", Source: "faq.csv", Set: "polysemy", Content: json.RawMessage(`{"pairs":[{"a":"a","b":"b","score":1}]}`)},
		Trial:  config.Trial{Task: "groups", Seed: &seed, MaxPrice: .02, MaxDimensions: 512, MaxMilliseconds: 300, LocalOnly: true},
	}
}

// isWhole fails for every field of a value that is empty but for those named.
func isWhole(t *testing.T, where string, v reflect.Value, but ...string) {
	t.Helper()
	for i := range v.NumField() {
		name, f := v.Type().Field(i).Name, v.Field(i)
		if slices.Contains(but, name) {
			continue
		}
		if f.IsZero() {
			t.Errorf("%s.%s is empty: nothing tells whether it is remembered", where, name)
		}
		for f.Kind() == reflect.Pointer || f.Kind() == reflect.Slice && f.Len() > 0 && f.Index(0).Kind() == reflect.Struct {
			if f.Kind() == reflect.Pointer {
				f = f.Elem()
			} else {
				f = f.Index(0)
			}
		}
		if f.Kind() == reflect.Struct {
			isWhole(t, where+"."+name, f, but...)
		}
	}
}

// What a session leaves is what the next one leaves again, whole.
func TestEverythingThatIsRememberedComesBack(t *testing.T) {
	st := everything()
	isWhole(t, "State", reflect.ValueOf(st), "QueryPrefixes", "Screens")
	o := uitest.LocalOptions(t)
	o.State = st
	written := func(s config.State) string {
		s.Screens = nil
		b, err := json.MarshalIndent(s, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// What is remembered of screens is words of their own.
	a := settled(t, 100, 30, o)
	if got, want := written(a.State()), written(everything()); got != want {
		for i, line := range strings.Split(want, "\n") {
			if lines := strings.Split(got, "\n"); i >= len(lines) || lines[i] != line {
				t.Fatalf("from line %d on it leaves\n%s\nwant\n%s", i+1, strings.Join(lines[min(i, len(lines)):min(i+8, len(lines))], "\n"), line)
			}
		}
		t.Fatalf("it leaves more:\n%s", got)
	}
}

func TestPrefixesThatCannotBeAreLeftOutAndNamed(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Numbered(3), "local/ngrams@64")
	good := api.Roles{Query: api.Manner{Prefix: "q: "}, From: api.RolesEdited}
	bad := api.Roles{Query: api.Manner{Prefix: strings.Repeat("q", 2001)}, From: api.RolesEdited}
	if bad.Problem() == "" || good.Problem() != "" {
		t.Fatal("the roles are not as they should be")
	}
	o.State.Roles = map[string]api.Roles{"local/ngrams": good, "local/glove": bad, "shop/gone": good}
	o.State.QueryPrefixes = map[string]string{"local/use-lite": "old: ", "local/ngrams": "older: "}
	a := settled(t, 100, 30, o)
	got := a.Session.Choices().Roles
	if len(got) != 3 || got["local/ngrams"].Query.Prefix != "q: " || got["shop/gone"].Query.Prefix != "q: " || got["local/use-lite"].Query.Prefix != "old: " || got["local/use-lite"].From != api.RolesEdited {
		t.Errorf("the roles are %+v", got)
	}
	if said := a.Notice().Text; !strings.HasPrefix(said, "Left out of the remembered prefixes: local/glove: ") || strings.Contains(said, "ngrams") {
		t.Errorf("it says %q", said)
	}
}

func TestCandidatesThatCanNeverBeAreLeftOutAndNamed(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Numbered(3), "local/ngrams@64", "no reference", "gone/model@8", "local/glove@99999")
	a := settled(t, 160, 30, o)
	var ids []string
	for _, c := range a.Session.Candidates() {
		ids = append(ids, c.ID())
	}
	if !slices.Equal(ids, []string{"local/ngrams@64", "gone/model@8"}) {
		t.Errorf("the candidates are %q", ids)
	}
	if said := a.Notice().Text; !strings.HasPrefix(said, "Left out of the remembered models: ") || !strings.Contains(said, "no reference") || !strings.Contains(said, "glove") {
		t.Errorf("it says %q", said)
	}
}

// A folder may name more models than take part; the others are named, not counted as taken.
func TestAFolderThatNamesTooManyModelsSaysWhichAreNotTaken(t *testing.T) {
	var refs []string
	for _, n := range []string{"64", "128", "256", "512", "1024", "2048", "4096"} {
		refs = append(refs, "local/ngrams@"+n)
	}
	a := folderOf(t, "models = [\""+strings.Join(append(refs[:1:1], refs...), "\", \"")+"\"]\n")
	if n := len(a.Session.Candidates()); n != 6 || a.Session.Candidates()[0].ID() != refs[0] || a.Session.Candidates()[5].ID() != refs[5] {
		t.Errorf("%d take part: %v", n, a.Session.Candidates())
	}
	if said := a.Notice().Text; !strings.Contains(said, "6 models") || !strings.Contains(said, "not selected: local/ngrams@4096 (") {
		t.Errorf("it says %q", said)
	}
}

func TestWhatAFolderNamesIsTakenUpAndSaid(t *testing.T) {
	const models = "models = [\"local/ngrams@64\"]\n"
	for name, c := range map[string]struct {
		file      string
		want      string // the notice
		not       string
		threshold float64
		each      bool
		of        float64 // of ngrams@64
	}{
		"models":              {models, "1 model", "thresholds", .95, false, .95},
		"a threshold":         {models + "threshold = 0.5\n", "1 model, thresholds.", "not selected", .5, false, .5},
		"one of each":         {models + "threshold = 0.5\n[thresholds]\n\"local/ngrams@64\" = 0.25\n", "1 model, thresholds.", "", .5, true, .25},
		"prefixes":            {models + "[[prefixes]]\nmodel = \"local/ngrams\"\nquery = \"q: \"\n", "prefixes of local/ngrams", "thresholds", .95, false, .95},
		"labels that are not": {models + "labels = \"gone.csv\"\n", "gone.csv holds no labels that can be read", "labels of", .95, false, .95},
	} {
		t.Run(name, func(t *testing.T) {
			a := folderOf(t, c.file)
			th := a.Session.Thresholds()
			if th.Common() != c.threshold || th.Each() != c.each || th.Of("local/ngrams@64") != c.of {
				t.Errorf("the threshold is %g, each %t, %g", th.Common(), th.Each(), th.Of("local/ngrams@64"))
			}
			if said := a.Notice().Text; !strings.Contains(said, c.want) || c.not != "" && strings.Contains(said, c.not) {
				t.Errorf("it says %q, want %q", said, c.want)
			}
		})
	}
}

// folderOf is the explorer after a file was opened beside which those choices are kept.
func folderOf(t *testing.T, choices string) *shell.App {
	t.Helper()
	path := uitest.File(t, "faq.txt", "one\ntwo\nthree\n")
	writeBeside(t, path, config.FolderFile, choices)
	a := textsApp(t, 200, 30, uitest.OptionsWith(t, uitest.Texts("mine"), "local/glove@50"))
	uitest.OpenPath(t, a, path)
	return a
}

// writeBeside writes a file into the folder of another.
func writeBeside(t *testing.T, path, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
