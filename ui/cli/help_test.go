package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// flagHead is the first line of a flag in the help: its name, what it takes, and the first
// words of what it does.
var flagHead = regexp.MustCompile(`^    --([a-z0-9-]+)( [A-Z]+)? {2,}(\S.*)$`)

// flagsOf reads the help of a command: what stands behind the name of each flag, and all
// that is said of it.
func flagsOf(t *testing.T, command string) (takes, says map[string]string) {
	t.Helper()
	takes, says = map[string]string{}, map[string]string{}
	_, flags, _ := strings.Cut(newSession(t).expect(t, ExitDone, command+" --help"), "FLAGS")
	name := ""
	for line := range strings.Lines(flags) {
		if head := flagHead.FindStringSubmatch(strings.TrimRight(line, " \n")); head != nil {
			name = head[1]
			takes[name], says[name] = strings.TrimSpace(head[2]), head[3]
		} else if strings.HasPrefix(line, "        ") && name != "" {
			says[name] += " " + strings.TrimSpace(line)
		} else {
			name = ""
		}
	}
	return takes, says
}

func TestTheHelpNamesWhatEveryFlagTakes(t *testing.T) {
	const reading = "set NAME, stdin-format FORMAT, text-column NAME, id-column NAME, group-column NAME, encoding NAME, strict, debug FILE, allow-insecure-key"
	const asking = reading + ", yes, max-cost USD, dry-run, unlisted, long-texts WORD, fresh, json"
	for command, want := range map[string]string{
		"":            reading + ", theme WORD, screen WORD, filter TEXT, threshold NUMBER, order WORD",
		"models":      "provider NAME, json, refresh, all, debug FILE, allow-insecure-key",
		"embed":       asking + ", model MODEL, format FORMAT, query, role WORD, prefix TEXT",
		"compare":     asking + ", models MODELS, markdown",
		"duplicates":  asking + ", models MODELS, threshold NUMBER, clusters, keep-one, tsv",
		"search":      asking + ", models MODELS, query TEXT, queries FILE, top NUMBER, bm25-weight NUMBER, roles WORD, tsv, trec",
		"evaluate":    asking + ", models MODELS, groups FILE, pairs FILE, corpus FILE, queries FILE, beir FOLDER, per-item FILE, seed NUMBER, resamples NUMBER, documents NUMBER, max-price NUMBER, max-dimensions NUMBER, max-latency NUMBER, local-only, bm25-weight NUMBER, no-cuts, roles WORD, markdown",
		"cache prune": "unused TIME, max-size MB, model MODEL, debug FILE, allow-insecure-key",
		"cache clear": "yes, debug FILE, allow-insecure-key",
		"serve-test":  "port NUMBER, fault NAME, latency TIME, dialect NAME, debug FILE, allow-insecure-key",
	} {
		takes, _ := flagsOf(t, command)
		for flag := range strings.SplitSeq(want, ", ") {
			name, value, _ := strings.Cut(flag, " ")
			if got, there := takes[name]; !there || got != value {
				t.Errorf("vecscope %s --help: --%s takes %q (it is there: %t), want %q", command, name, got, there, value)
			}
		}
	}
}

// What happens without a flag is said where that is anything.
func TestTheHelpNamesDefaultsThatDoSomething(t *testing.T) {
	for command, want := range map[string]map[string]string{
		"":           {"screen": "(default where you left)", "threshold": "", "stdin-format": "(default txt, one a line)", "filter": "", "strict": ""},
		"embed":      {"format": "(default jsonl)", "role": "(default document)", "prefix": "", "max-cost": "", "yes": ""},
		"duplicates": {"threshold": "(default 0.95)", "models": "(default the built-in models)"},
		"search":     {"top": "(default 5)", "bm25-weight": "(default 1)", "roles": "(default on)", "models": "(default the built-in models and local/bm25)"},
		"evaluate": {"seed": "(default 1)", "resamples": "(default 2000)", "documents": "", "max-price": "", "max-dimensions": "", "max-latency": "",
			"local-only": "", "bm25-weight": "(default 1)", "roles": "(default on)", "models": "(default the built-in models)"},
		"cache prune": {"unused": "", "max-size": ""},
		"serve-test":  {"dialect": "(default nanogpt)", "port": "", "latency": "", "fault": ""},
	} {
		_, says := flagsOf(t, command)
		for flag, end := range want {
			got, there := says[flag]
			if !there || end == "" && strings.Contains(got, "(default") || strings.Count(got, "(default") > 1 || !strings.HasSuffix(got, end) {
				t.Errorf("vecscope %s --help says of --%s %q, want it to end with %q", command, flag, got, end)
			}
		}
	}
}

// Without a flag a command does what the help says that it does.
func TestDefaultsAreWhatTheHelpSays(t *testing.T) {
	texts := " " + file(t, "gales.csv", gales)
	for command, explicit := range map[string]string{
		"duplicates" + texts:                                      "--threshold 0.95",
		"search --query east" + texts:                             "--top 5 --bm25-weight 1 --roles on --models local/compass,local/mirror,local/bm25",
		"search --models local/compass+bm25 --query east" + texts: "--bm25-weight 1",
		"evaluate --json" + texts:                                 "--seed 1 --resamples 2000 --roles on --models local/compass,local/mirror",
		"embed --model local/compass" + texts:                     "--format jsonl",
		"embed --json --model local/compass" + texts:              "--role document",
	} {
		var got [2]string
		for i, line := range []string{command, command + " " + explicit} {
			s := newSession(t)
			s.do(t, line)
			got[i] = times.ReplaceAllString(s.out.String(), "")
		}
		if got[0] != got[1] || got[0] == "" {
			t.Errorf("vecscope %s prints\n%s\nand with %s\n%s", command, got[0], explicit, got[1])
		}
	}
}

func TestHelpIsAsWideAsTheTerminalUpToALimit(t *testing.T) {
	for columns, want := range map[int]int{-1: 80, 0: 80, 1: 1, 60: 60, 119: 119, 120: 120, 121: 120, 300: 120} {
		if got := widthFor(columns); got != want {
			t.Errorf("of %d columns help takes %d, want %d", columns, got, want)
		}
	}
	for _, width := range []int{60, 80, 120} {
		cmd, _, err := newSession(t).root().Find([]string{"evaluate"})
		if err != nil {
			t.Fatal(err)
		}
		widest := 0
		copied := shown(cmd, width)
		for line := range strings.Lines(copied.Long) {
			widest = max(widest, helpMargin+len(strings.TrimRight(line, "\n")))
		}
		space := 0
		copied.Flags().VisitAll(func(f *pflag.Flag) { space = max(space, len("--"+f.Name)) })
		copied.Flags().VisitAll(func(f *pflag.Flag) {
			for line := range strings.Lines(f.Usage) {
				widest = max(widest, helpMargin+space+helpGap+len(strings.TrimRight(line, "\n")))
			}
		})
		if widest > width || widest < width-6 {
			t.Errorf("of %d columns help fills %d", width, widest)
		}
	}
}

func TestWordsAreWrappedAtBlanksAlone(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"one two":                 "one two",
		"one two three":           "one two\nthree",
		"a  b\n\nc":               "a b\n\nc",
		"--a-flag-longer-still x": "--a-flag-longer-still\nx",
		"日本 日本 x":                 "日本\n日本 x",
	} {
		if got := wrap(text, 7); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
