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
		"a b.csv":                          "a b.csv",
		`"/data/my file.csv"`:              "/data/my file.csv",
		`'/data/my file.csv' `:             "/data/my file.csv",
		`/data/my\ file\ \(1\).csv`:        "/data/my file (1).csv",
		"file:///data/my%20file.csv":       "/data/my file.csv",
		"file://localhost/data/%C3%BC.csv": "/data/ü.csv",
		`"file:///data/a.csv"`:             "/data/a.csv",
		"~/a.csv":                          filepath.Join(home, "a.csv"),
		"~a.csv":                           "~a.csv",
		`"~/my file.csv"`:                  filepath.Join(home, "my file.csv"),
		"file:///data/100%.csv":            "/data/100%.csv",
		"file:///data/a+b.csv":             "/data/a+b.csv",
		odd:                                odd,
		"":                                 "",
		"-":                                "-",
	} {
		if got := corpus.PathOf(typed); got != want {
			t.Errorf("%s is %q, want %q", typed, got, want)
		}
	}
}
