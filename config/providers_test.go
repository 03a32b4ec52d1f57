package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
)

const secret = "sk-config-4d1f-never-printed"

func TestProvidersOfTheSettings(t *testing.T) {
	got, err := config.Load(file(t, `
[spending]
per_run = 0.5
per_session = 3
per_query = 0.002

[[provider]]
name = "openai"
profile = "openai"
key = "`+secret+`"
requests_per_second = 2.5
timeout = "30s"

[[provider.models]]
id = "c"
price = 0.13
supports_dimensions = true
max_dimensions = 3072
query_prefix = "Instruct: find\nQuery: {text}"

[[provider.models]]
id = "d"
query_prefix = ""
document_prefix = "passage: {text}"
role_field = "input_type"
query_value = "q"

[[provider]]
name = "box"
base_url = "http://192.168.1.5:8080/v1"
key_env = "BOX_KEY"
allow_insecure_key = true
free = true
concurrency = 3
max_inputs = 10
max_tokens = 1000
timeout = 90
models = [{ id = "a/b", dimensions = 768, price = 0, max_tokens = 512, name = "AB" }]
`), "openai")
	if err != nil {
		t.Fatal(err)
	}
	if got.Spending != (config.Spending{PerRun: 0.5, PerSession: 3, PerQuery: 0.002}) {
		t.Errorf("spending %+v", got.Spending)
	}
	if len(got.Providers) != 2 || got.Providers[0].Key.Reveal() != secret {
		t.Fatalf("%+v", got.Providers)
	}
	got.Providers[0].Key = api.Secret{}
	price, free := 0.13, 0.0
	prefix, none, passage := "Instruct: find\nQuery: ", "", "passage: "
	want := []config.Provider{
		{Name: "openai", Profile: "openai", RequestsPerSecond: 2.5, Timeout: 30 * time.Second, Models: []config.ProviderModel{
			{ID: "c", Price: &price, SupportsDimensions: true, MaxDimensions: 3072, Roles: api.RoleSettings{Query: &prefix}},
			{ID: "d", Roles: api.RoleSettings{Query: &none, Document: &passage, Field: "input_type", QueryValue: "q"}},
		}},
		{Name: "box", BaseURL: "http://192.168.1.5:8080/v1", KeyEnv: "BOX_KEY", AllowInsecureKey: true, Free: true, Concurrency: 3, MaxInputs: 10,
			MaxTokens: 1000, Timeout: 90 * time.Second, Models: []config.ProviderModel{{ID: "a/b", Name: "AB", Dimensions: 768, MaxTokens: 512, Price: &free}}},
	}
	if !reflect.DeepEqual(got.Providers, want) {
		t.Errorf("%+v\nwant %+v", got.Providers, want)
	}
}

func TestWrongProvidersAreReportedWithTheirLine(t *testing.T) {
	const named = "[[provider]]\nname = 'a'\n"
	for _, tt := range []struct{ content, want string }{
		{"[[provider]]\nprofile = 'openai'", "line 1, column 3: name is missing"},
		{"mouse = true\n[[provider]]\nname = 'local'", `line 3, column 1: name cannot be "local"`},
		{"[[provider]]\nname = 'a/b'", `line 2, column 1: name cannot be "a/b": use up to 40 letters, digits`},
		{named + "profile = 'opnai'", `line 3, column 1: profile cannot be "opnai": use "openai" or "ollama"`},
		{named + "[[provider]]\nname = 'b'\nprofile = 3", `line 5, column 1: profile cannot be 3`},
		{named + "base_url = 5", `line 3, column 1: base_url is not right: use an address in quotes, such as "https`},
		{named + "base_url = 'ftp://x'", "line 3, column 1: base_url is not right"},
		{named + "base_url = 'https://u:" + secret + "@host/v1'", "line 3, column 1: base_url is not right"},
		{named + "base_url = 'https://host/v1#" + secret + "'", "line 3, column 1: base_url is not right"},
		{named + "base_url = 'https://host/v1?key=" + secret + "'", "line 3, column 1: base_url is not right"},
		{named + "base_url = 'https://'", "line 3, column 1: base_url is not right"},
		{named + "key_env = '" + secret + "'", "line 3, column 1: key_env is not right: use the name of an environment variable"},
		{named + "key = ['" + secret + "']", "line 3, column 1: key is not right"},
		{named + "key = " + secret, "line 3"},
		{named + "api_key = '" + secret + "'", `line 3, column 1: there is no setting "api_key": use allow_insecure_key, base_url, concurrency, free, headers, key, `},
		{named + "requests_per_second = 0", "line 3, column 1: requests_per_second cannot be 0"},
		{named + "requests_per_second = nan", "requests_per_second cannot be NaN"},
		{named + "concurrency = 1.5", "concurrency cannot be 1.5: use a whole number"},
		{named + "max_inputs = -1", "max_inputs cannot be -1"},
		{named + "timeout = 'soon'", `timeout cannot be "soon"`},
		{named + "timeout = '-3s'", `timeout cannot be "-3s"`},
		{named + "timeout = 0", `timeout cannot be`},
		{named + "timeout = '0s'", `timeout cannot be "0s"`},
		{named + "timeout = '24h1s'", `timeout cannot be "24h1s"`},
		{named + "timeout = 9223372036854775807", "timeout cannot be"},
		{named + "timeout = 18446744074", "timeout cannot be 18446744074"}, // in nanoseconds it wraps around to a third of a second
		{named + "models = 3", "line 3, column 1: models is a list of tables"},
		{named + "models = [3]", "line 3, column 1: models is a list of tables"},
		{named + "models = [\n  {id = 'a'},\n  {id = 'b', price = 'low'}]", `line 5, column 14: price cannot be "low"`},
		{named + "models = [{id = 'a', query_prefix = 'find {text}: '}]", "query_prefix cannot be \"find {text}: \": use a text in quotes (the text always comes last"},
		{named + "[[provider.models]]\ndimensions = 3", "line 3, column 3: id is missing"},
		{named + "models = [\n  {}]", "line 3, column 1: id is missing"},
		{"mouse = true\nprovider.name = 'a'\nprovider.profile = 'openai'", "line 2, column 1: provider is a list of tables"},
		{named + "models = [\n  {id = 'a'},\n  {dimensions = 3}]", "line 5, column 4: id is missing"},
		{named + "[[provider.models]]\nid = 'x'\n[[provider.models]]\nid = 'y'\ndimension = 3", `line 7, column 1: there is no setting "dimension"`},
		{named + "models = [{id = 'x'}, {id = 'x'}]", `line 1, column 3: a has the model "x" twice`},
		{named + "free = 'yes'", `free cannot be "yes": use true or false`},
		{named + "models = [{id = 'x', role_field = ''}]", `role_field cannot be "": use the name of a field in quotes, none that requests have already`},
		{named + "models = [{id = 'x', role_field = 'input'}]", `role_field cannot be "input"`},
		{named + "models = [{id = 'x', role_field = 3}]", `role_field cannot be 3`},
		{named + "models = [{id = 'x', query_value = 'q'}]", `line 1, column 3: the model "x" of a has values for roles but no role_field`},
		{named + "models = [{id = 'x', role_field = 'f'}, {id = 'y', symmetric_value = 's'}]", `the model "y" of a has values for roles but no role_field`},
		{named + "free = true\nmodels = [{id = 'x', price = 0.1}]", `line 1, column 3: a is free, but its model "x" has a price: leave one of them out`},
		{named + named, `line 3, column 3: there are two providers called "a"`},
		{named, `line 1, column 3: a has no base_url: write one such as "https://embeddings.example.com/v1"`},
		{named + "profile = 'openai'\n[[provider]]\nname = 'ollama'\n[[provider]]\nname = 'b'", `line 6, column 3: b has no base_url`},
		{"[[provider]]\nname = 'generic'", `line 1, column 3: generic has no base_url`},
		{"provider = 'openai'", "line 1, column 1: provider is a list of tables: write [[provider]]"},
		{"[provider]\nname = 'a'", "line 1, column 2: provider is a list of tables"},
		{"[spending]\nper_run = -1", "line 2, column 1: per_run cannot be -1: use US dollars"},
		{"spending = 3", "line 1, column 1: spending is a table"},
		{"spending.per_day = 3", `line 1, column 10: there is no setting "per_day": use per_query, per_run or per_session`},
	} {
		got, err := config.Load(file(t, tt.content), "openai", "ollama")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v\nwant %q", tt.content, err, tt.want)
			continue
		}
		if strings.Contains(err.Error(), secret) || strings.ContainsAny(err.Error(), "\n\x00") {
			t.Errorf("%q: %q", tt.content, err)
		}
		if !reflect.DeepEqual(got, config.Defaults()) {
			t.Errorf("%q: %+v beside the error", tt.content, got)
		}
	}
}

// After what is no table, the rest of a list is not read.
func TestAListWithSomethingElseInItIsToldOnce(t *testing.T) {
	_, err := config.Load(file(t, "[[provider]]\nname = 'a'\nprofile = 'openai'\nmodels = [3, {id = 'x', dimension = 3}, {}]"), "openai")
	if err == nil || !strings.Contains(err.Error(), "models is a list of tables") || strings.Contains(err.Error(), "dimension") || strings.Contains(err.Error(), "id is missing") {
		t.Error(err)
	}
}

func TestAKnownKindNeedsNoAddress(t *testing.T) {
	kinds := []string{"openai", "ollama", "generic"}
	got, err := config.Load(file(t, "[[provider]]\nname = 'ollama'\n[[provider]]\nname = 'mine'\nprofile = 'openai'\n[[provider]]\nname = 'x'\nprofile = 'generic'\nbase_url = 'x.example'"), kinds...)
	if err != nil || len(got.Providers) != 3 {
		t.Errorf("%+v, %v", got.Providers, err)
	}
	for _, content := range []string{"name = 'generic'", "name = 'ollama'\nprofile = 'generic'", "name = 'other'"} {
		if _, err := config.Load(file(t, "[[provider]]\n"+content), kinds...); err == nil || !strings.Contains(err.Error(), "has no base_url") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// What follows from a mistake that is told is no mistake of its own.
func TestAMistakeIsToldOnce(t *testing.T) {
	for content, want := range map[string]string{
		"[[provider]]\nname = 'local'\n[[provider]]\nname = 'a/b'": "name cannot be",
		"[[provider]]\nname = 'a'\nmodels = [3]":                   "models is a list of tables: write [[models]] and the settings of each below",
		"[[provider]]\nname = 'a'\nprofile = 3":                    `profile cannot be 3: use "openai"`,
	} {
		_, err := config.Load(file(t, content), "openai")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", content, err)
			continue
		}
		for _, part := range strings.Split(err.Error(), "; line ") {
			if !strings.Contains(part, want) {
				t.Errorf("%q is also told as: %s", content, part)
			}
		}
	}
}

func TestAKeyInAFileForAllToReadIsWarnedOf(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // Windows has no such bits
	}
	path := file(t, "[[provider]]\nname = 'a'\nkey = '"+secret+"'")
	if s, err := config.Load(path); err != nil || len(s.Warnings) != 0 {
		t.Errorf("for the user alone: %v, %v", s.Warnings, err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620, 0o602} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(path)
		if err != nil || len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "chmod 600") || strings.Contains(s.Warnings[0], secret) {
			t.Errorf("%o: %v, %v", mode, s.Warnings, err)
		}
	}
	open := file(t, "[[provider]]\nname = 'a'")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err := config.Load(open); err != nil || len(s.Warnings) != 0 {
		t.Errorf("without a key: %v, %v", s.Warnings, err)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	p := config.Provider{Name: "a", Key: api.NewSecret(" " + secret + "\n")}
	if p.Key.Reveal() != secret || p.Key.Empty() || !api.NewSecret(" ").Empty() {
		t.Error("the key is not what was given")
	}
	encoded, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		fmt.Sprint(p), fmt.Sprintf("%+v", p), fmt.Sprintf("%#v", p), fmt.Sprintf("%x", p.Key), p.Key.String(), string(encoded),
	} {
		if strings.Contains(said, secret) || strings.Contains(said, fmt.Sprintf("%x", secret)) {
			t.Errorf("printed as %s", said)
		}
	}
}

func TestTheKeysPlaceInTheEnvironment(t *testing.T) {
	getenv := func(name string) string {
		return map[string]string{"NANO_GPT_API_KEY": " " + secret + "\n"}[name]
	}
	if got := config.Key(getenv, "NANOGPT_API_KEY"); got.Reveal() != secret {
		t.Error("the other name is not looked at, or white space is kept")
	}
	both := func(name string) string { return "value of " + name }
	if got := config.Key(both, "NANOGPT_API_KEY"); got.Reveal() != "value of NANOGPT_API_KEY" {
		t.Errorf("of both names the other one counts: %s", got.Reveal())
	}
	if !config.Key(getenv, "OPENAI_API_KEY").Empty() || !config.Key(getenv, "").Empty() {
		t.Error("a key from nowhere")
	}
}
