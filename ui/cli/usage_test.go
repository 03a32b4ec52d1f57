package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// Every wrong call ends with its code and one line that says what failed and what
// to do, and prints nothing else.
func TestOneLineSaysWhatIsWrong(t *testing.T) {
	good := file(t, "good.txt", "east\nnorth\n")
	for _, c := range []struct {
		name, line string
		code       int
		want       []string
	}{
		{"unknown flag", "models --jsno", ExitUsage, []string{"--jsno", "vecscope models --help"}},
		{"unknown flag of the explorer", "--colour", ExitUsage, []string{"--colour", "vecscope --help"}},
		{"unknown short flag", "-x", ExitUsage, []string{"-x", "vecscope --help"}},
		{"flag without its value", "models --provider", ExitUsage, []string{"--provider", "--help"}},
		{"unknown command", "modles", ExitUsage, []string{`"modles"`, "vecscope models"}},
		{"a command called like the screen", "verdict tickets.csv", ExitUsage, []string{`"verdict"`, "vecscope evaluate?"}},
		{"unknown command like no other", "xyzzy", ExitUsage, []string{`"xyzzy"`, "vecscope --help"}},
		{"unknown command to help with", "help xyzzy", ExitUsage, []string{`"xyzzy"`, "vecscope --help"}},
		{"unknown shell", "completion tcsh", ExitUsage, []string{`"tcsh"`, "bash, fish"}},
		{"unknown part of config", "config edit", ExitUsage, []string{`"edit"`, "init or path"}},
		{"unknown theme", "--theme pink " + good, ExitUsage, []string{"auto, dark or light"}},
		{"unknown provider", "models --provider openai", ExitUsage, []string{`"openai"`, "local or nanogpt"}},
		{"unknown set", "compare --set polisemy", ExitUsage, []string{`"polisemy"`, "polysemy"}},
		{"a set by its name alone", "sets polysemy", ExitUsage, []string{`"polysemy"`, "--set"}},
		{"a set and a file", "compare --set polysemy " + good, ExitUsage, []string{"give one of them"}},
		{"two formats", "compare --json --markdown " + good, ExitUsage, []string{"--json and --markdown"}},
		{"an unknown format", "embed --model local/compass --format csv " + good, ExitUsage, []string{"jsonl, npy or tsv"}},
		{"no model to embed with", "embed " + good, ExitUsage, []string{"--model local/use-lite"}},
		{"no file to compare", "compare", ExitUsage, []string{"no texts", "--set"}},
		{"no file to embed", "embed --model local/compass", ExitUsage, []string{"no texts"}},
		{"no file for duplicates", "duplicates", ExitUsage, []string{"no texts"}},
		{"an empty list of models", "compare --models , " + good, ExitUsage, []string{"local/use-lite"}},
		{"an unknown model", "compare --models local/compas " + good, ExitUsage, []string{"local/compas;", "did you mean local/compass?"}},
		{"an unknown model to embed with", "embed --model bge-m3 " + good, ExitUsage, []string{"did you mean nanogpt/BAAI/bge-m3?"}},
		{"impossible dimensions", "compare --models local/compass@4 " + good, ExitUsage, []string{"4 dimensions", "1 to 3"}},
		{"dimensions that are no number", "compare --models local/compass@many " + good, ExitUsage, []string{"local/compass@256"}},
		{"the reranker", "duplicates --models nanogpt/BAAI/bge-reranker-large " + good, ExitUsage, []string{"choose an embedding model"}},
		{"an impossible threshold", "duplicates --threshold 95 " + good, ExitUsage, []string{`"95"`, "from -1 to 1"}},
		{"a threshold that is no number", "duplicates --threshold NaN " + good, ExitUsage, []string{"from -1 to 1"}},
		{"an argument to the cache", "cache stats now", ExitUsage, []string{`stats takes no arguments, but there is "now"`}},
		{"an argument to prune", "cache prune now", ExitUsage, []string{`prune takes no arguments, but there is "now"`}},
		{"an argument to clear", "cache clear --yes now", ExitUsage, []string{`clear takes no arguments, but there is "now"`}},
		{"an unknown part of the cache", "cache vacuum", ExitUsage, []string{`"vacuum"`, "stats, prune or clear"}},
		{"clearing without a word", "cache clear", ExitUsage, []string{"add --yes"}},
		{"all vectors of a model, and some", "cache prune --model nanogpt/BAAI/bge-m3 --unused 9d", ExitUsage, []string{"leave out --unused and --max-size"}},
		{"all vectors of a model, up to a size", "cache prune --model nanogpt/BAAI/bge-m3 --max-size 9", ExitUsage, []string{"leave out --unused and --max-size"}},
		{"an argument to usage", "usage now", ExitUsage, []string{`usage takes no arguments, but there is "now"`}},
		{"an argument to models", "models now", ExitUsage, []string{`models takes no arguments, but there is "now"`}},
		{"an argument to providers", "providers now", ExitUsage, []string{`providers takes no arguments, but there is "now"`}},
		{"an argument to config", "config path now", ExitUsage, []string{`config path takes no arguments, but there is "now"`}},
		{"a completion without a shell", "completion", ExitUsage, []string{"bash, fish, powershell or zsh"}},
		{"a start without an explorer", "--filter east " + good, ExitUsage, []string{"--filter is for the explorer"}},
		{"a role and a prefix", "embed --model local/compass --role query --prefix q " + good, ExitUsage, []string{"--role and --prefix exclude each other"}},
		{"a query and a role", "embed --model local/compass --query --role document " + good, ExitUsage, []string{"--query and --role exclude each other"}},
		{"an unknown role", "embed --model local/compass --role answer " + good, ExitUsage, []string{"query", "document"}},
		{"several models to embed with", "embed --model local/compass,local/mirror " + good, ExitUsage, []string{"embed takes one model"}},
		{"a format and JSON", "embed --model local/compass --format tsv --json " + good, ExitUsage, []string{"--format and --json exclude each other"}},
		{"JSON and lines", "duplicates --json --tsv " + good, ExitUsage, []string{"--json and --tsv exclude each other"}},
		{"a threshold of another model", "duplicates --models local/compass --threshold local/mirror=0.9 " + good, ExitUsage, []string{"local/mirror, which --models does not name"}},
		{"an impossible threshold of a model", "duplicates --threshold local/compass=9 " + good, ExitUsage, []string{"from -1 to 1"}},
		{"a price under nothing", "evaluate --max-price -1 " + good, ExitUsage, []string{"a limit under 0 leaves no model"}},
		{"dimensions under nothing", "evaluate --max-dimensions -1 " + good, ExitUsage, []string{"a limit under 0 leaves no model"}},
		{"a latency under nothing", "evaluate --max-latency -1 " + good, ExitUsage, []string{"a limit under 0 leaves no model"}},
		{"documents under nothing", "evaluate --documents -5 " + good, ExitUsage, []string{"--documents -5 are too few"}},
		{"one resample too few", "evaluate --resamples 19 " + good, ExitUsage, []string{"use at least 20"}},
		{"resamples in words", "evaluate --resamples many " + good, ExitUsage, []string{"for --resamples: use a whole number"}},
		{"resamples beyond counting", "evaluate --resamples 99999999999999999999 " + good, ExitUsage, []string{"that is too large a number"}},
		{"a price in words", "evaluate --max-price cheap " + good, ExitUsage, []string{"for --max-price: use a number such as 0.5"}},
		{"a weight without end", "evaluate --bm25-weight Inf " + good, ExitUsage, []string{"is no weight"}},
		{"a weight that is none", "evaluate --bm25-weight NaN " + good, ExitUsage, []string{"is no weight"}},
		{"unknown roles", "evaluate --roles maybe " + good, ExitUsage, []string{"on, off or both"}},
		{"both roles of a search", "search --query east --roles both " + good, ExitUsage, []string{"on or off"}},
		{"an unknown encoding", "compare --encoding klingon " + good, ExitUsage, []string{"windows-1252"}},
		{"an unknown format of standard input", "compare --stdin-format pdf -", ExitUsage, []string{"csv", "jsonl"}},
		{"a negative cost", "compare --max-cost -1 " + good, ExitUsage, []string{"use US dollars as a number"}},
		{"a cost beyond sense", "compare --max-cost 1000001 " + good, ExitUsage, []string{"use US dollars as a number"}},
		{"a set twice", "compare --set faq --set polysemy", ExitUsage, []string{"it is given twice: take one set"}},
		{"standard input twice", "compare - -", ExitFailed, []string{"standard input: there are no texts"}},

		{"a missing file", "compare missing.txt", ExitFailed, []string{"missing.txt", "no such file"}},
		{"a missing file for the explorer", "missing.txt", ExitFailed, []string{"missing.txt", "no such file"}},
		{"a binary file", "compare " + file(t, "a.txt", "east\x00"), ExitFailed, []string{"a.txt, line 1, column 5", "not a text file"}},
		{"an empty file", "compare " + file(t, "b.txt", ""), ExitFailed, []string{"b.txt", "no texts"}},
		{"a missing column", "compare " + file(t, "c.csv", "id,alpha\n1,x\n"), ExitFailed, []string{"c.csv, line 1", `column "text"`, "--text-column"}},
		{"a file of another kind", "compare " + file(t, "d.pdf", "%PDF"), ExitFailed, []string{"d.pdf", ".csv"}},
		{"a directory", "compare " + t.TempDir(), ExitFailed, []string{"directory"}},
		{"the same id in two files", "compare " + file(t, "e.csv", "id,text\nx,east\n") + " " + file(t, "f.csv", "id,text\nx,up\n"), ExitFailed, []string{"f.csv", `"x"`, "e.csv"}},
		{"a missing key", "embed --model nanogpt/BAAI/bge-m3 " + good, ExitFailed, []string{"NANOGPT_API_KEY"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSession(t)
			if out := s.expect(t, c.code, c.line); out != "" {
				t.Errorf("standard output has\n%s", out)
			}
			line := s.err.String()
			if !strings.HasPrefix(line, "vecscope: ") || strings.Count(line, "\n") != 1 {
				t.Errorf("not one line:\n%s", line)
			}
			for _, want := range c.want {
				if !strings.Contains(line, want) {
					t.Errorf("%q does not say %q", line, want)
				}
			}
		})
	}
}

func TestACandidateThatFailsHidesNoOther(t *testing.T) {
	s := newSession(t).piped("east\nnorth\n")
	out := s.expect(t, ExitFailed, "compare --json --models nanogpt/BAAI/bge-m3,local/compass -")
	if !strings.Contains(out, `"id":"local/compass@3"`) ||
		!strings.Contains(out, `{"candidate":"nanogpt/BAAI/bge-m3@1024","message":"nanogpt needs a key: set NANOGPT_API_KEY","texts":[]}`) {
		t.Error(out)
	}
	if got, want := s.err.String(), "vecscope: nanogpt/BAAI/bge-m3@1024: nanogpt needs a key: set NANOGPT_API_KEY\n"; got != want {
		t.Errorf("standard error %q, want %q", got, want)
	}
}

func TestTheSameCandidateIsComparedOnce(t *testing.T) {
	s := newSession(t).piped("east\nnorth\n")
	out := s.expect(t, ExitDone, "compare --json --models local/compass,local/compass@3 -")
	if n := strings.Count(out, `"id":"local/compass@3"`); n != 1 {
		t.Errorf("%d times", n)
	}
}

func TestSeveralFilesAreReadOneAfterTheOther(t *testing.T) {
	s := newSession(t).piped("north\n")
	line := "embed --model local/compass --format tsv " + file(t, "a.txt", "east\n") + " - " + file(t, "b.txt", "up\n")
	var texts []string
	for row := range strings.Lines(s.expect(t, ExitDone, line)) {
		texts = append(texts, strings.Split(row, "\t")[1])
	}
	if got := strings.Join(texts, " "); got != "text east north up" {
		t.Errorf("texts %s", got)
	}
	again := newSession(t).piped("north\n")
	if code := again.do(t, "compare - -"); code != ExitUsage || !strings.Contains(again.err.String(), "twice") {
		t.Errorf("- twice: exit code %d, %s", code, again.err.String())
	}
}

func TestSeveralFilesHaveNoMoreTextsThanOneMay(t *testing.T) {
	var half strings.Builder
	for n := range corpus.MaxTexts/2 + 1 {
		half.WriteString(strconv.Itoa(n) + "\n")
	}
	s := newSession(t)
	s.expect(t, ExitFailed, "compare "+file(t, "a.txt", half.String())+" "+file(t, "b.txt", half.String()))
	if got := s.err.String(); !strings.Contains(got, "a.txt, b.txt: together there are more than 100000 texts; take a part of them") {
		t.Errorf("it says %q", got)
	}
}

func TestPipedLinesAreTexts(t *testing.T) {
	s := newSession(t).piped("east\n\nnorth\n")
	out := s.expect(t, ExitDone, "compare")
	if !strings.HasPrefix(out, "Comparison of 2 texts from standard input\n") {
		t.Error(out)
	}
}

// refusing is a stream that nothing can be written to.
type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// refusedLines are command lines that write something, whatever form it has; GALES and
// ASKED stand for labelled texts and for queries about them.
var refusedLines = []string{
	"models", "models --json", "sets", "sets --json", "providers", "providers --json", "cache", "cache stats --json", "usage", "usage --json",
	"config path", "config init", "cache clear --yes", "cache prune --unused 1d", "serve-test --fault list",
	"compare -", "compare --json -", "compare --markdown -", "-", "compare --dry-run -", "compare --dry-run --json -",
	"duplicates -", "duplicates --json -", "duplicates --tsv -",
	"duplicates --clusters -", "duplicates --clusters --json -", "duplicates --keep-one --tsv -",
	"embed --model local/compass -", "embed --model local/compass --json -",
	"embed --model local/compass --format npy -", "embed --model local/compass --format tsv -",
	"search --query east -", "search --query east --json -", "search --query east --tsv -", "search --query east --trec -",
	"evaluate --resamples 20 GALES", "evaluate --resamples 20 --json GALES", "evaluate --resamples 20 --markdown GALES",
	"evaluate --resamples 20 --queries ASKED GALES",
}

func TestAFullDiskIsReported(t *testing.T) {
	files := strings.NewReplacer("GALES", file(t, "gales.csv", gales), "ASKED", file(t, "asked.csv", "query,relevant\neast rain,e1\nnorth gale,n2\n"))
	for _, line := range refusedLines {
		s := newSession(t).piped("east\nnorth\n")
		s.Out = refusing{}
		result := !strings.HasPrefix(line, "config")
		if code := s.do(t, files.Replace(line)); code != ExitFailed || !strings.Contains(s.err.String(), "no space left") || strings.Contains(s.err.String(), "write them to another place") != result {
			t.Errorf("vecscope %s: exit code %d, %s", line, code, s.err.String())
		}
	}
}

func TestInterruptWhileEmbedding(t *testing.T) {
	for _, line := range []string{
		"compare -", "compare --json -", "duplicates -", "duplicates --clusters --json -", "embed --model local/compass -", "embed --model local/compass --json -",
		"search --query east -", "search --query east --json -", "evaluate --groups " + file(t, "gales.csv", gales), "-",
	} {
		s := newSession(t).piped("east\n")
		provider := compass{started: make(chan struct{})}
		s.providers = []api.Backend{provider}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-provider.started
			cancel()
		}()
		if code := s.run(ctx, strings.Fields(line)); code != ExitInterrupted {
			t.Errorf("vecscope %s: exit code %d", line, code)
		}
		if s.out.String() != "" || s.err.String() != "vecscope: interrupted\n" {
			t.Errorf("vecscope %s: %q, %q", line, s.out.String(), s.err.String())
		}
	}
}

func TestInterruptWhileReadingAPipe(t *testing.T) {
	in, never := io.Pipe()
	s := newSession(t)
	s.In = in
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code := s.run(ctx, []string{"compare"})
	if err := never.Close(); err != nil { // ends the read that was left behind
		t.Fatal(err)
	}
	if code != ExitInterrupted || s.err.String() != "vecscope: interrupted\n" {
		t.Errorf("exit code %d, %q", code, s.err.String())
	}
}

func TestConfig(t *testing.T) {
	s := newSession(t)
	path := strings.TrimSuffix(s.expect(t, ExitDone, "config path"), "\n")
	if filepath.Base(path) != "config.toml" || strings.Contains(path, "\n") {
		t.Fatalf("path %q", path)
	}
	s.out.Reset()
	if out := s.expect(t, ExitDone, "config init"); !strings.Contains(out, path) {
		t.Errorf("init says %q", out)
	}
	written, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(written), "threshold") {
		t.Errorf("%v, %s", err, written)
	}
	if s.do(t, "config init") != ExitFailed || !strings.Contains(s.err.String(), "exists already") {
		t.Errorf("a second init: %s", s.err.String())
	}
	homeless := newSession(t)
	homeless.Environ = nil
	if homeless.do(t, "config path") != ExitFailed || strings.Count(homeless.err.String(), "\n") != 1 {
		t.Errorf("without a home: %s", homeless.err.String())
	}
}

func TestStandardInputIsReadAsToldAndHintsAtItsFormat(t *testing.T) {
	const hint = "vecscope: standard input was read as one text a line, but looks like csv: --stdin-format csv reads it as such\n"
	for _, c := range []struct{ line, in, err, text string }{
		{"compare --json -", "id,text\ne,east\n", hint, `"text":"e,east"`},
		{"compare --json", "id,text\ne,east\n", hint, `"text":"e,east"`},
		{"compare --json --stdin-format csv -", "id,text\ne,east\n", "", `{"id":"e","text":"east"`},
		{"compare --json --stdin-format tsv", "id\ttext\ne\teast\n", "", `{"id":"e","text":"east"`},
		{"duplicates --json --stdin-format jsonl", `{"id":"e","text":"east"}`, "", `{"id":"e","text":"east"`},
		{"embed --model local/compass --stdin-format csv", "id,text\ne,east\n", "", `{"id":"e","text":"east"`},
		{"compare --json --stdin-format txt", "id,text\neast\n", "", `"text":"id,text"`},
		{"compare --json", "east\nnorth\n", "", `"text":"east"`},
	} {
		s := newSession(t).piped(c.in)
		s.do(t, c.line)
		got := s.err.String()
		if c.err == "" && strings.Contains(got, "looks like") || !strings.HasPrefix(got, c.err) {
			t.Errorf("vecscope %s says %q, want %q", c.line, got, c.err)
		}
		if !strings.Contains(s.out.String(), c.text) {
			t.Errorf("vecscope %s does not read %s:\n%s", c.line, c.text, s.out.String())
		}
	}
}

func TestConfigSaysWhichPlacesItIgnores(t *testing.T) {
	s := newSession(t)
	s.Environ = append(s.Environ, "XDG_CACHE_HOME=here")
	s.expect(t, ExitDone, "config path")
	if said := s.err.String(); !strings.Contains(said, "XDG_CACHE_HOME is ignored") {
		t.Errorf("of a place that is ignored it says %q", said)
	}
}

// Where the rest has no place, the settings may have one.
func TestThePathOfTheSettingsIsToldWithoutAHome(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // where these variables say nothing
	}
	s := newSession(t)
	s.Environ = []string{"XDG_CONFIG_HOME=/etc/mine"}
	if out := s.expect(t, ExitDone, "config path"); out != "/etc/mine/vecscope/config.toml\n" || s.err.Len() > 0 {
		t.Errorf("%q, %q", out, s.err.String())
	}
	s = newSession(t)
	s.Environ = nil
	if out := s.expect(t, ExitFailed, "config path"); out != "" || s.err.Len() == 0 {
		t.Errorf("without any place: %q, %q", out, s.err.String())
	}
}
