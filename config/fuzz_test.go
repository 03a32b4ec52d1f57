package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

// FuzzSettings reads settings files of every kind: what cannot be used gives the
// defaults and one safe line, and nothing panics.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{
		config.Example(), strings.ReplaceAll(config.Example(), "# ", ""), "theme = 'dark'\n[[provider]]\nname = 'a'\nbase_url = 'http://x/v1'\nfree = true",
		"a.b.c = [[{d = 1}]]", "[[provider]]\n[[provider.models]]\nid = 1", "discover = 'no'", "\"\\u001b\" = 1", "mouse = ",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(path, "openai", "ollama")
		var wrong *config.SettingsError
		switch {
		case err == nil:
			if s.Threshold < -1 || s.Threshold > 1 || s.Spending.PerRun < 0 {
				t.Errorf("%+v", s)
			}
		case !errors.As(err, &wrong) || strings.ContainsAny(err.Error(), "\n\x1b\x00"):
			t.Errorf("%q", err)
		case !wrong.Cosmetic() && !reflect.DeepEqual(s, config.Defaults()):
			t.Errorf("beside %v: %+v", err, s)
		}
	})
}

// FuzzState reads what an earlier session left: a file that cannot be read is set aside
// whole, and what can be read is written and read again as it was.
func FuzzState(f *testing.F) {
	for _, seed := range []string{
		`{"version":2,"texts":[{"text":"a"}],"threshold":0.9,"candidates":["a/b@3"]}`, `{"version":1,"color_scale":"grey","threshold":7}`,
		`{"version":3}`, `{"version":2,"thresholds":{"a":9},"screens":{"x":{"y":1}}}`, `{`, `null`, `{"version":2,"replaced":{}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "state.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, notice, err := config.LoadState(path)
		if err != nil || strings.ContainsAny(notice, "\n\x1b") {
			t.Fatalf("%v, %q", err, notice)
		}
		if notice != "" {
			if kept, err := os.ReadFile(path + ".corrupt-1"); err != nil || string(kept) != string(data) {
				t.Errorf("set aside is %q, %v", kept, err)
			}
			return
		}
		if s.Threshold < -1 || s.Threshold > 1 {
			t.Errorf("the threshold is %g", s.Threshold)
		}
		if err := config.SaveState(path, s); err != nil {
			return // raw parts of screens can be what JSON cannot hold
		}
		again, notice, err := config.LoadState(path)
		if err != nil || notice != "" || again.Threshold != s.Threshold || len(again.Texts) != len(s.Texts) || !reflect.DeepEqual(again.Candidates, s.Candidates) {
			t.Errorf("%+v was read again as %+v (%q, %v)", s, again, notice, err)
		}
	})
}
