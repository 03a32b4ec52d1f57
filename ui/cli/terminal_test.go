package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/app"
)

// commands are all there are, for what must hold for every one.
var commands = []string{
	"", "models", "embed", "compare", "duplicates", "search", "evaluate", "sets", "config", "config init", "config path",
	"providers", "cache", "cache stats", "cache prune", "cache clear", "usage", "serve-test", "completion", "completion bash", "help",
}

func TestEveryCommandHasHelp(t *testing.T) {
	for _, command := range commands {
		out := newSession(t).expect(t, ExitDone, command+" --help")
		if !strings.Contains(out, "USAGE") || !strings.Contains(out, "vecscope "+command) {
			t.Errorf("vecscope %s --help:\n%s", command, out)
		}
	}
	for _, command := range []string{"", "models", "embed", "compare", "duplicates", "search", "evaluate", "sets", "config", "providers", "cache", "usage"} {
		if out := newSession(t).expect(t, ExitDone, "help "+command); !strings.Contains(out, "EXAMPLES") {
			t.Errorf("vecscope help %s has no examples:\n%s", command, out)
		}
	}
}

func TestHelpFitsAndNamesTheValuesOfFlags(t *testing.T) {
	for _, command := range commands {
		s := newSession(t)
		out := s.expect(t, ExitDone, command+" --help")
		if strings.Contains(out, "`") && !strings.HasPrefix(command, "completion") {
			t.Errorf("vecscope %s --help has quotes that mean nothing:\n%s", command, out)
		}
		asks := 1 // what has nothing to do with servers has no use for their flags
		if word, _, _ := strings.Cut(command, " "); word == "config" || word == "completion" || word == "help" {
			asks = 0
		}
		if strings.Count(out, " --debug FILE ") != asks || strings.Count(out, "--debug") != asks || strings.Count(out, "--allow-insecure-key") != asks {
			t.Errorf("vecscope %s --help does not say as it should what --debug takes:\n%s", command, out)
		}
		if strings.HasPrefix(command, "completion") {
			continue // cobra's own words
		}
		for line := range strings.Lines(out) {
			if line = strings.TrimRight(line, " \n"); ansi.StringWidth(line) > 80 {
				t.Errorf("vecscope %s --help is too wide: %q", command, line)
			}
			// fang cuts examples that it has no room for at 80 columns.
			if strings.Contains(line, "    vecscope ") && ansi.StringWidth(line) > 76 {
				t.Errorf("vecscope %s --help: the example is too wide: %q", command, line)
			}
		}
	}
	out := newSession(t).expect(t, ExitDone, "compare --help")
	for _, want := range []string{
		"--max-cost USD ", "--models MODELS ", "--long-texts WORD ", "--stdin-format FORMAT ", "--yes ",
		"$0.10", "vecscope help money",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("compare --help lacks %q:\n%s", want, out)
		}
	}
	for _, command := range []string{"help money", "money"} {
		out := newSession(t).expect(t, ExitDone, command)
		for _, want := range []string{"per_run under [spending]", "1.5 times", "--dry-run", "Lost answers"} {
			if !strings.Contains(out, want) {
				t.Errorf("vecscope %s lacks %q:\n%s", command, want, out)
			}
		}
		if words := strings.Join(strings.Fields(out), " "); !strings.Contains(words, "per_run under [spending] in the settings, else $0.10; never more than per_session, else $1.00.") {
			t.Errorf("vecscope %s says of the limits:\n%s", command, out)
		}
	}
}

func TestHelpIsColouredOnlyWhereItMayBe(t *testing.T) {
	t.Setenv("CLICOLOR_FORCE", "1") // makes the help coloured in a test's buffer
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("COLORTERM", "truecolor")
	for _, c := range []struct {
		name     string
		terminal bool
		noColor  string
		coloured bool
	}{
		{"a terminal", true, "", true},
		{"a pipe", false, "", false},
		{"a terminal with NO_COLOR=1", true, "1", false},
		{"a terminal with NO_COLOR=yes", true, "yes", false},
		{"a terminal with NO_COLOR=0", true, "0", false},
	} {
		for _, command := range commands {
			s := newSession(t)
			if c.terminal {
				s.onTerminal(&s.out)
			}
			s.Environ = append(s.Environ, "NO_COLOR="+c.noColor)
			out := s.expect(t, ExitDone, command+" --help")
			if got := strings.Contains(out, "\x1b"); got != c.coloured {
				t.Errorf("%s, vecscope %s --help: coloured is %v", c.name, command, got)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	out := newSession(t).expect(t, ExitDone, "--version")
	if !strings.HasPrefix(out, "vecscope version ") || strings.Count(out, "\n") != 1 {
		t.Errorf("%q", out)
	}
}

func TestCompletionKnowsWhatCanBeWritten(t *testing.T) {
	for line, want := range map[string]string{
		"__complete mo":                            "models",
		"__complete compare --set po":              "polysemy",
		"__complete compare --models local/mi":     "local/mirror",
		"__complete compare --models a,local/mi":   "a,local/mirror",
		"__complete compare --models a,b,local/mi": "a,b,local/mirror\n",
		"__complete evaluate --roles b":            "both\n",
		"__complete search --roles o":              "on\noff\n",
		"__complete compare --long-texts s":        "skip\n",
		"__complete embed --role s":                "symmetric\n",
		"__complete --order s":                     "similarity\n",
		"__complete embed --format n":              "npy",
		"__complete models --provider na":          "nanogpt",
		"__complete --theme d":                     "dark",
		"completion zsh":                           "#compdef vecscope",
		"completion fish":                          "vecscope",
		"__complete embed --model nanogpt/Qwen/Q ": "",
	} {
		if out := newSession(t).expect(t, ExitDone, line); !strings.Contains(out, want) {
			t.Errorf("vecscope %s:\n%s", line, out)
		}
	}
}

func TestTheExplorerOpensOnATerminal(t *testing.T) {
	texts := file(t, "mine.txt", "east\nnorth\n")
	for _, c := range []struct {
		name, line, piped string
		inTerminal        bool
		texts             int
		source            string
	}{
		{"alone", "", "", true, 0, ""},
		{"with a file", texts, "", true, 2, "mine.txt"},
		{"with a file, no input", texts, "", false, 2, "mine.txt"},
		{"with piped lines", "", "east\nup\nnorth\n", false, 3, "standard input"},
		{"with piped lines by name", "-", "east\n", false, 1, "standard input"},
		{"with an input that is empty", "", "", false, 0, ""},
		{"with a built-in set", "--set polysemy", "", true, 30, "Words with two meanings"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSession(t).piped(c.piped)
			terminals := []any{&s.out, &s.err}
			if c.inTerminal {
				terminals = append(terminals, s.In)
			}
			s.onTerminal(terminals...)
			if out := s.expect(t, ExitDone, c.line); out != "" {
				t.Errorf("printed %q", out)
			}
			if len(s.explored) != 1 {
				t.Fatalf("opened %d times", len(s.explored))
			}
			o := s.explored[0]
			if len(o.Texts) != c.texts || (c.texts > 0 && o.Source != c.source) {
				t.Errorf("%d texts from %q", len(o.Texts), o.Source)
			}
			if o.Engine == nil || o.Counter == nil || o.Save == nil || len(o.Notices) > 0 || o.Settings.Theme != "auto" {
				t.Errorf("options %+v", o)
			}
		})
	}
}

func TestABuiltInSetBringsItsLabels(t *testing.T) {
	s := newSession(t)
	s.onTerminal(&s.out, &s.err, s.In)
	s.expect(t, ExitDone, "--set faq")
	if len(s.explored) != 1 || s.explored[0].Set != "faq" {
		t.Fatalf("explored %+v", s.explored)
	}
	s.explored = nil
	s.expect(t, ExitDone, file(t, "mine.txt", "east\nnorth\n"))
	if len(s.explored) != 1 || s.explored[0].Set != "" {
		t.Errorf("a file is taken for the set %q", s.explored[0].Set)
	}
}

func TestPlainResultsWithoutATerminal(t *testing.T) {
	texts := file(t, "mine.txt", "east\nnorth\n")
	for _, c := range []struct{ name, line, piped, want string }{
		{"a file", texts, "", "Comparison of 2 texts from mine.txt\n"},
		{"piped lines", "", "east\nup\n", "Comparison of 2 texts from standard input\n"},
		{"nothing", "", "", "USAGE"},
	} {
		s := newSession(t).piped(c.piped)
		if out := s.expect(t, ExitDone, c.line); !strings.Contains(out, c.want) || len(s.explored) > 0 {
			t.Errorf("%s: opened %d times,\n%s", c.name, len(s.explored), out)
		}
	}
	dumb := newSession(t)
	dumb.onTerminal(dumb.In, &dumb.out, &dumb.err)
	dumb.Environ = append(dumb.Environ, "TERM=dumb")
	if out := dumb.expect(t, ExitDone, texts); !strings.HasPrefix(out, "Comparison") || len(dumb.explored) > 0 {
		t.Errorf("a terminal that can only print lines: opened %d times,\n%s", len(dumb.explored), out)
	}
}

// explore opens the explorer and gives what it was started with.
func (s *session) openExplorer(t *testing.T, line string) app.Options {
	t.Helper()
	s.onTerminal(s.In, &s.out, &s.err)
	s.expect(t, ExitDone, line)
	return s.explored[len(s.explored)-1]
}

func TestTheThemeFlagWins(t *testing.T) {
	s := newSession(t)
	first := s.openExplorer(t, "")
	if err := first.Save(config.State{Theme: "light", Threshold: 0.9}); err != nil {
		t.Fatal(err)
	}
	if o := s.openExplorer(t, ""); o.State.Theme != "light" || o.State.Threshold != 0.9 {
		t.Errorf("remembered %+v", o.State)
	}
	if o := s.openExplorer(t, "--theme dark"); o.State.Theme != "dark" || o.Settings.Theme != "dark" {
		t.Errorf("theme %s, %s", o.State.Theme, o.Settings.Theme)
	}
}

func TestTheExplorerOpensWhateverItsFilesHold(t *testing.T) {
	s := newSession(t)
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{paths.Settings, paths.State} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{ not right"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := s.openExplorer(t, "")
	if len(o.Notices) != 2 || !reflect.DeepEqual(o.Settings, config.Defaults()) {
		t.Errorf("notices %q, settings %+v", o.Notices, o.Settings)
	}
	if err := o.Save(config.State{}); err != nil {
		t.Errorf("saving: %v", err)
	}
	// What cannot be read at all is not replaced either.
	if err := os.RemoveAll(paths.State); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(paths.State, 0o700); err != nil {
		t.Fatal(err)
	}
	if o := s.openExplorer(t, ""); len(o.Notices) != 1 || o.Save(config.State{}) != nil {
		t.Errorf("with a folder in the place of the state: notices %q", o.Notices)
	}
	homeless := newSession(t)
	homeless.Environ = nil
	if o := homeless.openExplorer(t, ""); len(o.Notices) != 1 || o.Save(config.State{}) != nil {
		t.Errorf("without a home: notices %q", o.Notices)
	}
}

// What a newer program has left is not lost when this one saves.
func TestAStateThatCannotBeReadIsSaidAndKept(t *testing.T) {
	const newer = `{"version":99}`
	s := newSession(t)
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := config.WriteAtomic(paths.State, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	o := s.openExplorer(t, "")
	if len(o.Notices) != 1 || !strings.Contains(o.Notices[0], filepath.Base(paths.State)) || o.State.Version != 0 {
		t.Errorf("notices %q, state %+v", o.Notices, o.State)
	}
	if err := o.Save(config.State{Version: config.StateVersion}); err != nil {
		t.Errorf("saving: %v", err)
	}
	_, kept, ok := strings.Cut(strings.TrimSuffix(o.Notices[0], "."), "it was kept as ")
	if content, err := os.ReadFile(filepath.Join(filepath.Dir(paths.State), kept)); err != nil || string(content) != newer || !ok {
		t.Errorf("%q: %s, %v", kept, content, err)
	}
	if content, err := os.ReadFile(paths.State); err != nil || !strings.Contains(string(content), `"version":2`) {
		t.Errorf("saved is %s, %v", content, err)
	}
}

func TestHowTheExplorerEnds(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		want string
	}{
		{nil, ExitDone, ""},
		{app.ErrInterrupted, ExitInterrupted, "vecscope: interrupted\n"},
		{errors.New("showing the explorer: no terminal"), ExitFailed, "vecscope: showing the explorer: no terminal\n"},
	} {
		s := newSession(t)
		s.onTerminal(s.In, &s.out, &s.err)
		s.explore = func(context.Context, app.Options) error { return c.err }
		if code := s.do(t, ""); code != c.code || s.err.String() != c.want {
			t.Errorf("%v: exit code %d, %q", c.err, code, s.err.String())
		}
	}
}

func TestNPYIsKeptFromTheTerminal(t *testing.T) {
	s := newSession(t).piped("east\n")
	s.onTerminal(&s.out)
	if out := s.expect(t, ExitUsage, "embed --model local/compass --format npy -"); out != "" {
		t.Errorf("printed %q", out)
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	s := newSession(t)
	quiet := s.newProgress()
	s.onTerminal(&s.err)
	shown := s.newProgress()
	for _, g := range []*progress{quiet, shown} {
		g.start("embedding", 3)
		g.next = g.next.Add(-progressAfter)
		g.report(1)
		g.report(2) // too soon after the first to be shown
		g.start("comparing", 3)
		g.end()
	}
	if got, want := s.err.String(), clearLine+"embedding: 1 of 3 texts"+clearLine+"comparing"+clearLine; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
