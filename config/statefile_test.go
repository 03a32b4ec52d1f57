package config_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
)

// A session outlives the program that wrote it: whoever changes a name in the file has to
// read the old one too.
func TestWhatStandsInAStateIsReadUnderItsNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	const written = `{"version":2,"set":"polysemy","source":"<s>","edited":true,` +
		`"files":{"paths":["/a.csv"],"text_column":"t","id_column":"i","group_column":"g","encoding":"latin1"},"candidates":["local/glove@100"],` +
		`"roles":{"mine/m":{"query":{"prefix":"q: ","field":{"name":"task","value":"find"}},"document":{"prefix":"d: "},"symmetric":{"prefix":"s: "},"from":"preset"}},` +
		`"query_prefixes":{"mine/old":"find: "},"threshold":0.9,"thresholds":{"local/glove@100":0.8},"threshold_each":true,"screen":"matrices","screens":{"texts":{"x":1}},` +
		`"theme":"dark","light_background":true,"order":"group","marks":[{"a":"one","b":"two","verdict":"same"}],` +
		`"asked":[{"of":"s","text":"how","source":"one","graded":[{"text":"two","grade":2}],"pool":10,"complete":true}],` +
		`"labels":{"file":"l.csv","path":"/l.csv","source":"s","set":"polysemy","content":{"pairs":[]}},` +
		`"trial":{"task":"pairs","seed":7,"max_price":0.5,"max_dimensions":256,"max_milliseconds":20,"local_only":true},` +
		`"texts":[{"id":"a","text":"one <b>","group":"g","lang":"en"}],` +
		`"replaced":{"set":"emotions","source":"r","edited":true,"files":{"paths":["/b.csv"]},"texts":[{"text":"typed"}]}}`
	if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	got, notice, err := config.LoadState(path)
	if err != nil || notice != "" {
		t.Fatal(notice, err)
	}
	seed := uint64(7)
	want := config.State{
		Version: 2, Texts: []config.Text{{ID: "a", Text: "one <b>", Group: "g", Lang: "en"}}, Set: "polysemy", Source: "<s>", Edited: true,
		Files:      &config.Files{Paths: []string{"/a.csv"}, TextColumn: "t", IDColumn: "i", GroupColumn: "g", Encoding: "latin1"},
		Replaced:   &config.Replaced{Texts: []config.Text{{Text: "typed"}}, Set: "emotions", Source: "r", Edited: true, Files: &config.Files{Paths: []string{"/b.csv"}}},
		Candidates: []string{"local/glove@100"},
		Roles: map[string]api.Roles{"mine/m": {
			Query:    api.Manner{Prefix: "q: ", Field: api.Field{Name: "task", Value: "find"}},
			Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}, From: api.RolesPreset,
		}},
		QueryPrefixes: map[string]string{"mine/old": "find: "},
		Threshold:     0.9, Thresholds: map[string]float64{"local/glove@100": 0.8}, ThresholdEach: true,
		Screen: "matrices", Screens: map[string]json.RawMessage{"texts": json.RawMessage(`{"x":1}`)}, Theme: "dark", LightBackground: true, Order: "group",
		Marks:  []config.Mark{{A: "one", B: "two", Verdict: "same"}},
		Asked:  []config.Asked{{Of: "s", Text: "how", Source: "one", Graded: []config.Graded{{Text: "two", Grade: 2}}, Pool: 10, Complete: true}},
		Labels: &config.Labels{File: "l.csv", Path: "/l.csv", Source: "s", Set: "polysemy", Content: json.RawMessage(`{"pairs":[]}`)},
		Trial:  config.Trial{Task: "pairs", Seed: &seed, MaxPrice: 0.5, MaxDimensions: 256, MaxMilliseconds: 20, LocalOnly: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	for i, v := 0, reflect.ValueOf(want); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("the file of this test has no %s: add it", v.Type().Field(i).Name)
		}
	}
	if err := config.SaveState(path, want); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || !sameJSON(t, string(data), written) || !strings.Contains(string(data), "one <b>") || !strings.Contains(string(data), `"<s>"`) {
		t.Errorf("written is %s, %v", data, err)
	}
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := errors.Join(json.Unmarshal([]byte(a), &x), json.Unmarshal([]byte(b), &y)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}

func TestAStateOfTheVersionBeforeIsConverted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	const before = `{"version":1,"texts":[{"id":"a","text":"one"}],"candidates":["local/glove@100"],"threshold":0.9,` +
		`"pair_sort":"local/glove@100","pair_sort_reversed":true,"disagree":false,"screen":"duplicates","theme":"dark","color_scale":"grey","cells":"numbers","order":"group"}`
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	got, notice, err := config.LoadState(path)
	if err != nil || notice != "" {
		t.Fatal(notice, err)
	}
	want := config.State{
		Version: config.StateVersion, Texts: []config.Text{{ID: "a", Text: "one"}}, Candidates: []string{"local/glove@100"}, Threshold: 0.9,
		Screen: "duplicates", Theme: "dark", Order: "group",
		Screens: map[string]json.RawMessage{
			"matrices":   json.RawMessage(`{"cells":"numbers","color_scale":"grey"}`),
			"duplicates": json.RawMessage(`{"disagree":false,"reversed":true,"sort":"local/glove@100"}`),
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}
