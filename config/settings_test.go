package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/vecscope/vecscope/config"
)

func file(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	changed := func(change func(*config.Settings)) config.Settings {
		s := config.Defaults()
		change(&s)
		return s
	}
	for name, tt := range map[string]struct {
		content string
		want    config.Settings
	}{
		"empty":             {"", config.Defaults()},
		"one setting":       {`theme = "dark"`, changed(func(s *config.Settings) { s.Theme = "dark" })},
		"byte order mark":   {"\uFEFFmouse = false\r\n", changed(func(s *config.Settings) { s.Mouse = false })},
		"a whole threshold": {"threshold = 1", changed(func(s *config.Settings) { s.Threshold = 1 })},
		"everything": {
			"theme = 'light'\ncolor_scale = 'grey'\ncells = 'half-blocks'\nmouse = false\nthreshold = -0.5\ndiscover = false",
			config.Settings{Theme: "light", ColorScale: "grey", Cells: "half-blocks", Mouse: false, Threshold: -0.5, Spending: config.Defaults().Spending},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := config.Load(file(t, tt.content))
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

// They are what the README and the example promise.
func TestDefaults(t *testing.T) {
	want := config.Settings{
		Theme: "auto", ColorScale: "viridis", Cells: "auto", Mouse: true, Threshold: 0.95, Discover: true,
		Spending: config.Spending{PerRun: 0.10, PerSession: 1, PerQuery: 0.001},
	}
	if got := config.Defaults(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWithoutASettingsFileTheDefaultsHold(t *testing.T) {
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none", "config.toml"), filepath.Join(file(t, ""), "config.toml")} {
		if got, err := config.Load(path); err != nil || !reflect.DeepEqual(got, config.Defaults()) {
			t.Errorf("%q: %+v, %v", path, got, err)
		}
	}
}

func TestWrongSettingsAreReportedWithTheirLine(t *testing.T) {
	for _, tt := range []struct{ content, want string }{
		{"mouse = true\ntheme = dark", "line 2, column 9: "},
		{"theme = ", "line 1, column 8: expected value"},
		{"\n\ncolour = 1", `line 3, column 1: there is no setting "colour": use cells, color_scale, discover, mouse, provider, spending, theme or threshold`},
		{"[theme]\na = 1", `line 1, column 2: theme cannot be a table: use "auto", "dark" or "light"`},
		{`theme = "` + strings.Repeat("darker ", 20) + `"`, `line 1, column 1: theme cannot be "darker darker darker darker darker darke": use "auto"`},
		{"theme.x = 1", `line 1, column 1: theme cannot be a table`},
		{"[[server]]\nname = 'x'", `line 1, column 3: there is no setting "server"`},
		{"# a\ntheme = 'pink'", `line 2, column 1: theme cannot be "pink": use "auto", "dark" or "light"`},
		{"color_scale = 3", `color_scale cannot be 3: use "viridis", "cividis" or "grey"`},
		{"cells = []", `cells cannot be a list: use "auto", "numbers", "colors" or "half-blocks"`},
		{"mouse = 'yes'", `mouse cannot be "yes": use true or false`},
		{"discover = 'no'", `discover cannot be "no": use true or false`},
		{"threshold = 1.01", "threshold cannot be 1.01: use a number from -1 to 1"},
		{"threshold = nan", "threshold cannot be NaN"},
		{"threshold = '0.9'", `threshold cannot be "0.9"`},
		{"mouse = true\nmouse = false", "line 2, column 1: key mouse is already defined"},
		{"theme = 'x'\ncells = 'y'", `line 2, column 1: cells cannot be "y"`},
		{"spending = {z = 1, b = 2}\nmouse = 1", `line 1, column 13: there is no setting "z": use per_query, per_run or per_session; line 1, column 20: there is no setting "b"`},
		{"g = 1\nf = 1\ne = 1\ntheme = 'x'\nc = 1", `: line 1, column 1: there is no setting "g"`},
		{strings.Repeat("k", 100) + " = 1", `there is no setting "` + strings.Repeat("k", 40) + `": use`},
		{"\"\\u001b[2J\" = 1", `there is no setting "\x1b[2J"`},
		{"a\x00b", "line 1"},
		{"\"\\u001b\" = 1\n\"\\u001b\" = 2", `\x1b is already defined`},
		{"a=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1", "; and 2 more"},
		{strings.Repeat("# \n", 1<<19), "larger than 1 MB"},
	} {
		path := file(t, tt.content)
		got, err := config.Load(path)
		var settings *config.SettingsError
		if !errors.As(err, &settings) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.40q: %v\nwant %q", tt.content, err, tt.want)
			continue
		}
		if strings.ContainsAny(err.Error(), "\n\x1b") || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%q is not one line that names the file", err)
		}
		if !slices.IsSortedFunc(settings.Problems, func(a, b config.Problem) int { return a.Line - b.Line }) {
			t.Errorf("%.40q: not in the order of the file: %v", tt.content, err)
		}
		want := config.Defaults()
		if settings.Cosmetic() { // what is right counts
			want.Theme, want.Mouse = got.Theme, got.Mouse
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%.40q: %+v, want the defaults beside the error", tt.content, got)
		}
	}
}

func TestOnlyFaultsAboutServersAndMoneyAreMoreThanCosmetic(t *testing.T) {
	const fine = "\n[spending]\nper_run = 0.01\n[[provider]]\nname = 'own'\nbase_url = 'http://127.0.0.1:1/v1'\n"
	for content, cosmetic := range map[string]bool{
		"mouse = 'yes'":                         true,
		"theme = ['dark']":                      true,
		"colour = 1":                            true,
		"colour = 1\ntheme = 'pink'":            true,
		"[theme]\na = 1":                        true,
		strings.Repeat("long", 40) + " = 1":     true,
		"colour = 1\nper_run = 0.02":            false, // a limit outside of its table
		"base_url = 'http://127.0.0.1:2/v1'":    false,
		"[[providers]]\nname = 'other'":         false,
		"[limits]\nper_run = 0.02":              false,
		"discover = 'no'":                       false,
		"mouse = 'yes'\n[spending]\nper_run=-1": false,
		"mouse = 'yes'\n[[provider]]\nx = 1":    false,
		"mouse = ":                              false,
		"mouse = 1\n[[provider]]\nname = 'a'\n[[provider]]\nname = 'a'": false,
		"spending = 3 # and no [spending]":                              false,
		"provider = 'a' # and no [spending]":                            false,
		"models = 3":                                                    false,
		"headers = 3":                                                   false,
	} {
		if !strings.Contains(content, "[spending]") && !strings.HasSuffix(content, "= ") {
			content += fine
		}
		got, err := config.Load(file(t, "threshold = 0.5\n"+content))
		var wrong *config.SettingsError
		if !errors.As(err, &wrong) || wrong.Cosmetic() != cosmetic {
			t.Errorf("%q: %v", content, err)
			continue
		}
		if cosmetic && (got.Threshold != 0.5 || got.Spending.PerRun != 0.01 || len(got.Providers) != 1) {
			t.Errorf("%q: %+v, want what is right", content, got)
		}
		if !cosmetic && !reflect.DeepEqual(got, config.Defaults()) {
			t.Errorf("%q: %+v, want the defaults", content, got)
		}
	}
}

func TestWhatIsJustAllowedIsTakenAsItIs(t *testing.T) {
	words := strings.Repeat("x", 2000)
	got, err := config.Load(file(t, "\ufeff[spending]\nper_run = 0\nper_session = 1000000\nper_query = 1e6\n[[provider]]\nname = 'a'\nbase_url = 'HTTPS://example.com/v1'\n"+
		"requests_per_second = 0.001\nconcurrency = 1\nmax_inputs = 10000000\ntimeout = 86400\n[[provider.models]]\nid = '"+words+"'\nprice = 0\n"+
		"[[provider]]\nname = 'b'\nprofile = 'any'\nbase_url = ' example.com/v1?api-version=2024-02-01 '\nkey_env = 'AZ_OUR_KEY09'\nrequests_per_second = 10000\ntimeout = '24h'\nfree = true\n"+
		"models = [{id = 'x', price = 0}, {id = 'y'}]\nheaders = {x-long = '"+strings.Repeat("y", 4000)+"'}"))
	if err != nil || len(got.Providers) != 2 || len(got.Warnings) != 0 {
		t.Fatalf("%d providers, %q, %v", len(got.Providers), got.Warnings, err)
	}
	if want := (config.Spending{PerRun: 0, PerSession: 1e6, PerQuery: 1e6}); got.Spending != want {
		t.Errorf("%+v, want %+v", got.Spending, want)
	}
	a, b := got.Providers[0], got.Providers[1]
	if a.RequestsPerSecond != 0.001 || a.Concurrency != 1 || a.MaxInputs != 10_000_000 || a.Timeout != 24*time.Hour || a.Models[0].ID != words || *a.Models[0].Price != 0 {
		t.Errorf("%+v", a)
	}
	if b.BaseURL == "" || b.Profile != "any" || b.KeyEnv != "AZ_OUR_KEY09" || b.RequestsPerSecond != 10_000 || b.Timeout != 24*time.Hour || len(b.Headers) != 1 {
		t.Errorf("%+v", b)
	}
	for _, content := range []string{
		"concurrency = 0", "concurrency = 10000001", "requests_per_second = 0.0009", "requests_per_second = 10001", "timeout = 86401", "models = [{id = '" + words + "x'}]", "models = [{id = ''}]",
		"base_url = 'https://example.com/v1#x'", "base_url = 'https://example.com/v1?key=x'", "base_url = 'https://'", "key_env = 'SK-KEY'", "key_env = '9KEYS'", "key_env = ''", "key_env = 'A B'", "key_env = '0KEYS'", "key_env = 'KEY[1]'", "key_env = 'KEY:1'", "key_env = 'Key'",
		"key = ''", "key = ' '", "models = [{id = 'x', query_prefix = 1}]", "models = [{id = 'x', role_field = ''}]", "models = [{id = 'x', role_field = 'input'}]", "models = [{id = 'x', role_field = 1}]",
		"requests_per_second = '1'", "name = 'b'",
		"headers = {x-long = '" + strings.Repeat("y", 4001) + "'}", "models = [{id = 'x', price = 1000001}]",
	} {
		if _, err := config.Load(file(t, "[[provider]]\nname = 'a'\n"+content)); err == nil {
			t.Errorf("%.60s is taken", content)
		}
	}
}

func TestAProblemNamesItsFileAsATerminalCanShowIt(t *testing.T) {
	if got := (&config.ExistsError{Path: "a\x1b[2J.toml"}).Error(); strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
	err := &config.SettingsError{Path: "a\x1b[2J.toml", Problems: []config.Problem{{Line: 1, Column: 2, Why: "no"}, {Line: 2, Why: "no"}, {Why: "no"}, {Why: "no"}, {Why: "no"}, {Why: "no"}}}
	if got := err.Error(); got != `"a\x1b[2J.toml": line 1, column 2: no; line 2, column 0: no; no; no; no; and 1 more` {
		t.Error(got)
	}
	err.Problems = err.Problems[:5]
	if got := err.Error(); strings.Contains(got, "more") {
		t.Errorf("five are all: %s", got)
	}
}

func TestWhatIsSaidOfAFileUnderAnyNameIsSafe(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there are no such names
	}
	path := filepath.Join(t.TempDir(), "a\x1b[2J", "b\x1b]0;x\a.toml")
	if err := config.WriteAtomic(path, []byte("[spending]\nper_run = 5\n[[provider]]\nname = 'a'\nkey = '"+secret+"'"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := config.Load(path)
	if err != nil || len(s.Warnings) != 2 {
		t.Fatalf("%q, %v", s.Warnings, err)
	}
	_, notice, err := config.LoadState(path)
	if err != nil || !strings.Contains(notice, `it was kept as "b\x1b`) {
		t.Errorf("%q, %v", notice, err)
	}
	if err := os.MkdirAll(filepath.Join(path, "below"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, unread := config.Load(path)
	_, _, state := config.LoadState(path)
	if unread == nil || state == nil {
		t.Fatalf("%v, %v", unread, state)
	}
	for _, said := range append(s.Warnings, notice, unread.Error(), state.Error(), config.WriteAtomic(path, nil, 0o600).Error()) {
		if strings.ContainsFunc(said, unicode.IsControl) || !strings.Contains(said, `\x1b`) {
			t.Errorf("%q", said)
		}
	}
}

func TestALimitWithoutEffectIsWarnedOf(t *testing.T) {
	if got, err := config.Load(file(t, "[spending]\nper_run = 1\nper_session = 1")); err != nil || len(got.Warnings) != 0 {
		t.Errorf("both the same: %v, %v", got.Warnings, err)
	}
	got, err := config.Load(file(t, "[spending]\nper_run = 5"))
	if err != nil || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "per_run is more than per_session") {
		t.Errorf("%v, %v", got.Warnings, err)
	}
}

func TestADirectoryIsNoSettingsFile(t *testing.T) {
	_, err := config.Load(t.TempDir())
	var settings *config.SettingsError
	if !errors.As(err, &settings) || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("%v", err)
	}
}

func TestTheExampleShowsEverySettingAtItsDefault(t *testing.T) {
	example := config.Example()
	if !strings.HasPrefix(example, "# Settings of vecscope. A line that begins with # has no effect") || !strings.Contains(example, "Remove the # to change a setting") {
		t.Errorf("the example begins with %.200q", example)
	}
	if got, err := config.Load(file(t, example)); err != nil || !reflect.DeepEqual(got, config.Defaults()) {
		t.Errorf("as it is: %+v, %v", got, err)
	}
	var live []string
	for line := range strings.Lines(example) {
		if setting, ok := strings.CutPrefix(line, "# "); ok && (strings.Contains(setting, " = ") || strings.HasPrefix(setting, "[")) {
			live = append(live, setting)
		}
	}
	got, err := config.Load(file(t, strings.Join(live, "")), "openai")
	if err != nil || len(got.Providers) != 1 || len(got.Providers[0].Models) != 1 {
		t.Fatalf("with every line live: %+v, %v", got, err)
	}
	if got.Providers = nil; !reflect.DeepEqual(got, config.Defaults()) {
		t.Errorf("with every line live: %+v", got)
	}
	// An unknown key is answered with all that are known.
	for _, in := range []string{"", "[spending]\n", "[[provider]]\nname = 'p'\n", "[[provider]]\nname = 'p'\n[[provider.models]]\nid = 'm'\n"} {
		_, err := config.Load(file(t, in+"x = 1"))
		_, known, _ := strings.Cut(err.Error(), ": use ")
		names := strings.FieldsFunc(strings.ReplaceAll(known, " or ", ","), func(r rune) bool { return r == ',' || r == ' ' })
		if len(names) == 0 {
			t.Errorf("%q: %v", in, err)
		}
		for _, name := range names {
			if !strings.Contains(example, "\n# "+name+" = ") && !strings.Contains(example, name+"]") && !strings.Contains(example, "as "+name+",") {
				t.Errorf("%s is not in the example", name)
			}
		}
	}
}

func TestWriteExample(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "vecscope", "config.toml")
	if err := config.WriteExample(path); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != config.Example() {
		t.Errorf("%q, %v", data, err)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)

	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var exists *config.ExistsError
	if err := config.WriteExample(path); !errors.As(err, &exists) || exists.Path != path || !strings.HasPrefix(err.Error(), path+" exists already and was left as it is") {
		t.Errorf("a file there: %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "mine" {
		t.Errorf("overwritten with %q", data)
	}
	var write *config.WriteError
	dangling := filepath.Join(t.TempDir(), "linked.toml")
	if err := os.Symlink(filepath.Join(t.TempDir(), "nowhere.toml"), dangling); err == nil {
		if err := config.WriteExample(dangling); !errors.As(err, &exists) {
			t.Errorf("a link that leads nowhere: %v", err)
		}
	}
	if err := config.WriteExample(""); !errors.As(err, &write) || !strings.Contains(err.Error(), "no place to write to") {
		t.Errorf("nowhere: %v", err)
	}
	for _, path := range []string{"", filepath.Join(path, "below-a-file.toml")} {
		if err := config.WriteExample(path); !errors.As(err, &write) {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{"", "theme = 'dark'", "theme = 5", "[a]\nb=1", "[[theme]]", "threshold = nan", "\"\" = 1", "a.b.c = []", "x = {", "\x00"} {
		f.Add(seed)
	}
	path := filepath.Join(f.TempDir(), "config.toml")
	f.Fuzz(func(t *testing.T, content string) {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(path)
		if err != nil {
			var wrong *config.SettingsError
			if strings.ContainsAny(err.Error(), "\n\x1b") || !errors.As(err, &wrong) || !wrong.Cosmetic() && !reflect.DeepEqual(s, config.Defaults()) {
				t.Fatalf("%+v, %q", s, err)
			}
		}
		if s.Threshold < -1 || s.Threshold > 1 || s.Theme == "" || s.Cells == "" || s.ColorScale == "" {
			t.Fatalf("%+v", s)
		}
	})
}
