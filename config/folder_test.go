package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vecscope/vecscope/api"
)

func folderWith(t *testing.T, content string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, FolderFile), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestTheFileOfAFolderIsReadAsItWasWritten(t *testing.T) {
	half, query := 0.5, "query: "
	want := Folder{
		Models: []string{"local/use-lite@512", "nanogpt/BAAI/bge-m3@256"}, Threshold: &half, Thresholds: map[string]float64{"local/glove@100": 0.9, "local/use-lite@512": -1},
		Prefixes: map[string]Prefixes{"nanogpt/BAAI/bge-m3": {Query: &query}, "a/x": {Document: &query}, "m/x": {Symmetric: &query}, "z/x": {}}, Labels: "pairs.csv",
	}
	folder := t.TempDir()
	if _, err := SaveFolder(folder, want); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(folder, FolderFile)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Errorf("those who share the folder cannot read it: %v, %v", info, err)
	}
	written, err := os.ReadFile(filepath.Join(folder, FolderFile))
	if at := regexp.MustCompile(`model = '(\w+)/`).FindAllString(string(written), -1); err != nil || len(at) != 4 || !slices.IsSorted(at) {
		t.Errorf("the same choice is written in different ways: %q, %v", at, err)
	}
	got, problem := LoadFolder(folder)
	if problem != "" || !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v, %s", got, problem)
	}
	roles := got.Prefixes["nanogpt/BAAI/bge-m3"].Apply(api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}})
	if roles.Query.Prefix != query || roles.Document.Prefix != "d: " {
		t.Errorf("roles %+v", roles)
	}
	most := make([]string, maxModels)
	for i := range most {
		most[i] = fmt.Sprintf("local/%0*d", maxRef-len("local/"), i)
	}
	text := "\ufeffmodels = ['" + strings.Join(most, "','") + "']\n"
	if got, problem := LoadFolder(folderWith(t, text+strings.Repeat("#", maxFolder-len(text)))); problem != "" || !reflect.DeepEqual(got.Models, most) {
		t.Errorf("as much as may be: %d models, %s", len(got.Models), problem)
	}
	if got, problem := LoadFolder(t.TempDir()); problem != "" || !got.Empty() {
		t.Errorf("without a file: %+v, %s", got, problem)
	}
}

// TestTheFileOfAFolderNamesNoServerKeyOrCommand: it may come from a stranger.
func TestTheFileOfAFolderNamesNoServerKeyOrCommand(t *testing.T) {
	for _, content := range []string{
		"base_url = 'http://evil.example'", "[[provider]]\nname = 'nanogpt'\nbase_url = 'http://evil.example'\n", "key_env = 'HOME'", "key = 'secret'",
		"[headers]\nx = 'y'\n", "[spending]\nper_run = 100\n", "command = 'rm'", "discover = false",
		"labels = '../../etc/passwd'", "labels = '/etc/passwd'", "labels = 'a\\b'", "models = 'http://evil.example'", "models = [1]", "threshold = 7", "threshold = nan",
		"[thresholds]\nx = 0.5\n", "[[prefixes]]\nquery = 'q'\n", "[[prefixes]]\nmodel = 'local/glove'\nrole_field = 'x'\n", "models = [", "\x00", strings.Repeat("#", maxFolder+1),
		"[[prefixes]]\nmodel = 'local/glove'\nquery = 5\n", "[[prefixes]]\nmodel = 'local/glove'\nquery = '{text} x'\n", "models = [1, 'local/glove']",
		"models = [\"local/\\u001b]0;x\\u0007\"]", "models = [" + strings.Repeat("'local/ngrams@9',", maxModels+1) + "]", "models = ['local/" + strings.Repeat("x", maxRef) + "']",
		"[thresholds]\n\"local/\\u001b[31m\" = 0.5\n", "\"\\u001b]0;x\\u0007\\n\" = 1", "[[prefixes]]\nmodel = \"local/\\u009b2J\"\n", "models = " + strings.Repeat("[", 60_000),
	} {
		got, problem := LoadFolder(folderWith(t, content))
		if _, nameless := got.Prefixes[""]; nameless {
			t.Errorf("%.40q: a prefix of no model", content)
		}
		got.Prefixes = nil
		if !got.Empty() || problem == "" || strings.ContainsFunc(problem, unicode.IsControl) || !strings.Contains(problem, "no effect") {
			t.Errorf("%.40q: %+v, %q", content, got, problem)
		}
	}
	got, problem := LoadFolder(folderWith(t, "threshold = 0.8\nhue = 'red'\nmodels = ['local/glove']\n"))
	if got.Threshold == nil || *got.Threshold != 0.8 || len(got.Models) != 1 || !strings.Contains(problem, "hue") {
		t.Errorf("what is right beside an unknown key: %+v, %q", got, problem)
	}
}

func TestTheFileOfAFolderIsNotWrittenThroughALink(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // links need rights there
	}
	folder := t.TempDir()
	target := filepath.Join(t.TempDir(), "profile")
	if err := os.WriteFile(target, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(folder, FolderFile)); err != nil {
		t.Fatal(err)
	}
	_, err := SaveFolder(folder, Folder{Labels: "x.csv"})
	if left, _ := os.ReadFile(target); err == nil || string(left) != "mine" {
		t.Errorf("%v, the target holds %q", err, left)
	}
}

func TestWhyAFileOfAFolderHasNoEffectIsSaidInOneSafeLine(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there are no such names
	}
	odd := filepath.Join(t.TempDir(), "a\x1b[2J")
	if err := os.MkdirAll(filepath.Join(odd, "taken", FolderFile), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(content string) string {
		if err := os.WriteFile(filepath.Join(odd, FolderFile), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return odd
	}
	for want, folder := range map[string]func() string{
		`cannot be read (it is larger than 64 kB) and has no effect`: func() string { return write(strings.Repeat("#", maxFolder+1)) },
		`cannot be read (it is no regular file) and has no effect`:   func() string { return filepath.Join(odd, "taken") },
		`.vecscope.toml" has no effect: expected `:                   func() string { return write("models = 'a' x") },
		`\x1b is already defined`:                                    func() string { return write("\"\\u001b\" = 1\n\"\\u001b\" = 2") },
	} {
		if _, problem := LoadFolder(folder()); !strings.Contains(problem, want) || strings.ContainsFunc(problem, unicode.IsControl) {
			t.Errorf("%q, want %q", problem, want)
		}
	}
}

func TestAFolderWithAnyChoiceIsNotEmpty(t *testing.T) {
	half := 0.5
	for _, f := range []Folder{
		{Models: []string{"local/glove"}}, {Threshold: &half}, {Thresholds: map[string]float64{"local/glove": 1}}, {Prefixes: map[string]Prefixes{"local/glove": {}}}, {Labels: "l.csv"},
	} {
		if f.Empty() {
			t.Errorf("%+v is empty", f)
		}
	}
	if !(Folder{Models: []string{}}).Empty() {
		t.Error("nothing is something")
	}
}

func TestLabelsAreKeptUnderNamesThatAreReadAgain(t *testing.T) {
	for name, want := range map[string]bool{"pairs.csv": true, "größer.tsv": true, "a:b.csv": false, `a\b.csv`: false, "bad\xff": false, "..": false, ".": false, "": false} {
		if got := CanKeepLabels(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
		f, _ := LoadFolder(folderWith(t, fmt.Sprintf("labels = %q\n", name)))
		if (f.Labels == name && name != "") != want {
			t.Errorf("%q is read as %q", name, f.Labels)
		}
	}
}

func TestPrefixesOfAFolderTakeThePlaceOfAModels(t *testing.T) {
	own := api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}}
	query, document, symmetric, none := "ask: ", "doc: ", "sym: ", ""
	for name, c := range map[string]struct {
		prefixes Prefixes
		want     [3]string
	}{
		"none":         {Prefixes{}, [3]string{"q: ", "d: ", "s: "}},
		"of queries":   {Prefixes{Query: &query}, [3]string{"ask: ", "d: ", "s: "}},
		"of documents": {Prefixes{Document: &document}, [3]string{"q: ", "doc: ", "s: "}},
		"of texts":     {Prefixes{Symmetric: &symmetric}, [3]string{"q: ", "d: ", "sym: "}},
		"of all":       {Prefixes{Query: &query, Document: &document, Symmetric: &symmetric}, [3]string{"ask: ", "doc: ", "sym: "}},
		"taken away":   {Prefixes{Query: &none, Document: &none}, [3]string{"", "", "s: "}},
	} {
		got := c.prefixes.Apply(own)
		if have := [3]string{got.Query.Prefix, got.Document.Prefix, got.Symmetric.Prefix}; have != c.want {
			t.Errorf("%s: %q, want %q", name, have, c.want)
		}
	}
}
