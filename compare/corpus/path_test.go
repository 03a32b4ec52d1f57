package corpus_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestPathsAreTakenAsTheyAreTypedPastedAndDropped(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	odd := filepath.Join(home, `'odd\ name'.txt`)
	if err := os.WriteFile(odd, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"a b.csv":                         "a b.csv",
		`"/tmp/my file.csv"`:              "/tmp/my file.csv",
		`'/tmp/my file.csv' `:             "/tmp/my file.csv",
		`/tmp/my\ file\ \(1\).csv`:        "/tmp/my file (1).csv",
		"file:///tmp/my%20file.csv":       "/tmp/my file.csv",
		"file://localhost/tmp/%C3%BC.csv": "/tmp/ü.csv",
		`"file:///tmp/a.csv"`:             "/tmp/a.csv",
		"~/a.csv":                         filepath.Join(home, "a.csv"),
		"~a.csv":                          "~a.csv",
		`"~/my file.csv"`:                 filepath.Join(home, "my file.csv"),
		"file:///tmp/100%.csv":            "/tmp/100%.csv",
		"file:///tmp/a+b.csv":             "/tmp/a+b.csv",
		odd:                               odd,
		"":                                "",
		"-":                               "-",
	} {
		if got := corpus.PathOf(typed); got != want {
			t.Errorf("%s is %q, want %q", typed, got, want)
		}
	}
}
