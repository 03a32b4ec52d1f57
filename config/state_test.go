package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/vecscope/vecscope/config"
)

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return // Windows has no such bits
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}

// names lists what is in a directory.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

var session = config.State{
	Texts:      []config.Text{{ID: "a", Text: "one <&> \x1b[31m \"ü\"\n", Group: "g"}, {Text: "two"}},
	Set:        "polysemy",
	Source:     "Words with two meanings",
	Candidates: []string{"local/use-lite@512", "local/glove@100"},
	Threshold:  0.9,
	Thresholds: map[string]float64{"local/glove@100": 0.99}, ThresholdEach: true,
	Screen: "matrices",
	Theme:  "dark",
	Screens: map[string]json.RawMessage{
		"matrices":   json.RawMessage(`{"color_scale":"grey","cells":"numbers"}`),
		"duplicates": json.RawMessage(`{"sort":"local/glove@100","reversed":true,"disagree":true}`),
	},
	QueryPrefixes: map[string]string{"nanogpt/BAAI/bge-m3": "find:\n ", "nanogpt/x": ""},
	Order:         "group",
	Marks:         []config.Mark{{A: "one", B: "two", Verdict: "same"}, {A: "two", B: "three", Verdict: "unsure"}},
	Labels:        &config.Labels{File: "pairs.csv", Source: "faq.csv", Content: json.RawMessage(`{"pairs":[{"a":"1","b":"2","score":1}]}`)},
	Asked:         []config.Asked{{Of: "faq.csv", Text: "how?", Source: "two", Graded: []config.Graded{{Text: "one", Grade: 2}, {Text: "two"}}, Pool: 10, Complete: true}},
	Trial:         config.Trial{Task: "pairs", Seed: new(uint64), MaxPrice: 0.02, LocalOnly: true},
	Replaced:      &config.Replaced{Texts: []config.Text{{ID: "1", Text: "typed"}}, Source: "faq.csv", Edited: true},
}

func TestWhatIsSavedIsLoaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "state.json")
	if err := config.SaveState(path, session); err != nil {
		t.Fatal(err)
	}
	got, notice, err := config.LoadState(path)
	want := session
	want.Version = got.Version
	if err != nil || notice != "" || got.Version < 1 || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %q, %v\nwant %+v", got, notice, err, want)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

func TestTheFirstRunRemembersNothing(t *testing.T) {
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none", "state.json"), blocked(t)} {
		got, notice, err := config.LoadState(path)
		if err != nil || notice != "" || !reflect.DeepEqual(got, config.State{}) {
			t.Errorf("%q: %+v, %q, %v", path, got, notice, err)
		}
	}
}

func TestAStateThatCannotBeReadIsSetAside(t *testing.T) {
	for _, tt := range []struct{ name, content, why string }{
		{"empty", "", "damaged"},
		{"cut off", `{"version":1,"texts":[{"te`, "damaged"},
		{"binary", "\x00\x1b[2J\xff", "damaged"},
		{"of another shape", `{"version":1,"texts":"none"}`, "damaged"},
		{"of another program", `{"hello":"world"}`, "no state file"},
		{"a list", `[]`, "damaged"},
		{"of a newer version", `{"version":999,"future":true}`, "newer version"},
		{"of the next version", fmt.Sprintf(`{"version":%d}`, config.StateVersion+1), "newer version"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "state.json")
			for n := 1; n <= 2; n++ {
				if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
					t.Fatal(err)
				}
				got, notice, err := config.LoadState(path)
				if err != nil || !reflect.DeepEqual(got, config.State{}) {
					t.Fatalf("%+v, %v", got, err)
				}
				aside := fmt.Sprintf("state.json.corrupt-%d", n)
				if !strings.Contains(notice, tt.why) || !strings.HasSuffix(notice, "it was kept as "+aside+".") || strings.ContainsAny(notice, "\n\x1b") {
					t.Errorf("notice %q", notice)
				}
				if data, err := os.ReadFile(filepath.Join(dir, aside)); err != nil || string(data) != tt.content {
					t.Errorf("%s holds %q, %v", aside, data, err)
				}
			}
			if err := config.SaveState(path, session); err != nil {
				t.Fatal(err)
			}
			if _, notice, err := config.LoadState(path); notice != "" || err != nil {
				t.Errorf("after a new save: %q, %v", notice, err)
			}
		})
	}
}

func TestAStateFromTheFutureKeepsWhatIsKnownOfThisVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(path, []byte(`{"version":1,"screen":"texts","added later":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, notice, err := config.LoadState(path); got.Screen != "texts" || notice != "" || err != nil {
		t.Errorf("%+v, %q, %v", got, notice, err)
	}
}

func TestEveryPartOfWhatWasReplacedComesBack(t *testing.T) {
	texts := []config.Text{{ID: "1", Text: "a <b>"}, {Text: "c"}}
	path := filepath.Join(t.TempDir(), "state.json")
	for _, want := range []config.Replaced{{}, {Texts: texts}, {Set: "emotions"}, {Texts: texts, Source: "faq.csv", Edited: true}} {
		for _, now := range [][]config.Text{nil, texts} {
			if err := config.SaveState(path, config.State{Texts: now, Replaced: &want}); err != nil {
				t.Fatal(err)
			}
			// No text is written twice, for they may be very many.
			if data, err := os.ReadFile(path); err != nil || strings.Count(string(data), "a <b>") != min(1, len(now))+min(1, len(want.Texts)) {
				t.Errorf("%v: written is %s", err, data)
			}
			got, notice, err := config.LoadState(path)
			if err != nil || notice != "" || got.Replaced == nil || !reflect.DeepEqual(*got.Replaced, want) || !reflect.DeepEqual(got.Texts, now) {
				t.Errorf("%+v comes back as %+v, %q, %v", want, got.Replaced, notice, err)
			}
		}
	}
}

func TestImpossibleThresholdsAreReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(path, []byte(`{"version":1,"threshold":7,"thresholds":{"a":-2,"b":0.5},"trial":{"max_price":-1,"max_dimensions":-2,"max_milliseconds":-3}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _, err := config.LoadState(path)
	if err != nil || got.Threshold != 0.95 || !reflect.DeepEqual(got.Thresholds, map[string]float64{"b": 0.5}) || got.Trial != (config.Trial{}) {
		t.Errorf("%+v, %v", got, err)
	}
	// Every cosine can be one.
	for _, threshold := range []float64{-1, -0.2, 0, 0.2, 1} {
		want := config.State{Version: config.StateVersion, Threshold: threshold, Thresholds: map[string]float64{"a": threshold, "b": -threshold}}
		if err := config.SaveState(path, want); err != nil {
			t.Fatal(err)
		}
		if got, notice, err := config.LoadState(path); err != nil || notice != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%g comes back as %+v (%q, %v)", threshold, got, notice, err)
		}
	}
}

// blocked is a path whose directory is a file, which nobody can write to, the
// superuser included.
func blocked(t *testing.T) string {
	t.Helper()
	return filepath.Join(file(t, ""), "state.json")
}

func TestWhereNothingCanBeWrittenTheErrorSaysSo(t *testing.T) {
	var write *config.WriteError
	err := config.SaveState(blocked(t), session)
	if !errors.As(err, &write) || !strings.Contains(err.Error(), "cannot be written") || strings.Contains(err.Error(), "\n") {
		t.Errorf("below a file: %v", err)
	}
	if err := config.SaveState("", session); !errors.As(err, &write) || !strings.Contains(err.Error(), "home directory") {
		t.Errorf("nowhere: %v", err)
	}
}

func TestAFailedSaveKeepsWhatWasThereAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.json")
	if err := config.SaveState(path, session); err != nil {
		t.Fatal(err)
	}
	if err := config.SaveState(path, config.State{Threshold: math.NaN()}); err == nil {
		t.Error("a state that cannot be written was")
	}
	if got, _, err := config.LoadState(path); err != nil || got.Screen != session.Screen {
		t.Errorf("%+v, %v", got, err)
	}
	// A file cannot be renamed over a directory.
	taken := filepath.Join(dir, "taken")
	if err := os.Mkdir(taken, 0o700); err != nil {
		t.Fatal(err)
	}
	var write *config.WriteError
	if err := config.WriteAtomic(taken, []byte("x"), 0o600); !errors.As(err, &write) {
		t.Errorf("over a directory: %v", err)
	}
	if got := names(t, dir); len(got) != 2 {
		t.Errorf("left behind: %v", got)
	}
}

func TestAStateThatCannotEvenBeSetAsideIsAnError(t *testing.T) {
	// A directory can be neither read as a state nor renamed over a file.
	path := t.TempDir()
	_, notice, err := config.LoadState(path)
	var state *config.StateError
	if !errors.As(err, &state) || notice != "" || strings.Contains(err.Error(), "\n") {
		t.Errorf("%q, %v", notice, err)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	// No name is left that is not too long.
	path = filepath.Join(t.TempDir(), strings.Repeat("s", 250))
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err = config.LoadState(path); !errors.As(err, &state) || !errors.Is(err, syscall.ENAMETOOLONG) && runtime.GOOS != "windows" {
		t.Errorf("with the longest name: %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "{" {
		t.Errorf("it holds %q now", got)
	}
}

func TestSavesAtTheSameTimeLeaveOneWholeState(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state.json")
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			texts := make([]config.Text, 1000*(n+1))
			for i := range texts {
				texts[i].Text = fmt.Sprint(n)
			}
			if err := config.SaveState(path, config.State{Screen: fmt.Sprint(n), Texts: texts}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s config.State
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	for _, text := range s.Texts {
		if text.Text != s.Screen {
			t.Fatalf("texts of %s in the state of %s", text.Text, s.Screen)
		}
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

func TestALinkedStateStaysALink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "real.json"), filepath.Join(dir, "state.json")
	if err := config.SaveState(target, config.State{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := config.SaveState(link, session); err != nil {
		t.Fatal(err)
	}
	if got, _, err := config.LoadState(target); err != nil || got.Screen != session.Screen {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := os.Readlink(link); err != nil || got != target {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzLoadState(f *testing.F) {
	for _, seed := range []string{`{"version":1}`, `{"version":2}`, `{"version":3}`, `{"version":1,"pair_sort":7}`, `{"version":2,"screens":{"texts":[]}}`, `{"version":1,"threshold":1e400}`, `{"version":-1}`, "", "null", `{"version":1,"thresholds":{"a":9}}`, `{"version":2,"marks":[{"a":1}],"labels":[],"trial":{"seed":-1}}`} {
		f.Add(seed)
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "state.json")
	f.Fuzz(func(t *testing.T, content string) {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s, notice, err := config.LoadState(path)
		if err != nil || (notice == "") != (s.Version == config.StateVersion) || strings.ContainsAny(notice, "\n\x1b") {
			t.Fatalf("%+v, %q, %v", s, notice, err)
		}
		if notice == "" {
			return
		}
		aside := path + ".corrupt-1"
		if data, err := os.ReadFile(aside); err != nil || string(data) != content {
			t.Fatalf("set aside %q, %v", data, err)
		}
		if err := os.Remove(aside); err != nil {
			t.Fatal(err)
		}
	})
}
