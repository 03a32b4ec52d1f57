package cli

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/config"
)

// withServer is a session whose settings say that NanoGPT is at that server, whose
// key is in the environment; more is added to the settings.
func withServer(t *testing.T, server *apitest.Server, more string) *session {
	t.Helper()
	s := newSession(t)
	s.Environ = append(s.Environ, "NANOGPT_API_KEY="+server.Key)
	s.settings(t, "[[provider]]\nname = \"nanogpt\"\nbase_url = \""+server.URL+"\"\n"+more)
	return s
}

// settings writes the settings file.
func (s *session) settings(t *testing.T, content string) {
	t.Helper()
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := config.WriteAtomic(paths.Settings, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// again is another run of the program in the same home.
func (s *session) again(t *testing.T) *session {
	t.Helper()
	next := newSession(t)
	next.Environ = s.Environ
	return next
}

// keepsSecret searches everything that was printed and every file in the home
// directory for the key.
func (s *session) keepsSecret(t *testing.T, key string) {
	t.Helper()
	search := func(where, content string) {
		for _, form := range []string{key, hex.EncodeToString([]byte(key))} {
			if strings.Contains(content, form) {
				t.Errorf("the key is in %s", where)
			}
		}
	}
	search("standard output", s.out.String())
	search("standard error", s.err.String())
	files := 0
	err := filepath.WalkDir(s.getenv("HOME"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "config.toml" {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		search(path, string(data))
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files were searched: %v", files, err)
	}
}

const twoPaid = "--models nanogpt/text-embedding-3-small,nanogpt/BAAI/bge-m3@512"

func TestWhatWasPaidForIsNotAskedForAgain(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.csv", winds)
	first := s.expect(t, ExitDone, "compare --yes --json "+twoPaid+" "+texts)
	if n := len(server.Embeddings()); n != 2 {
		t.Fatalf("%d requests for two models", n)
	}
	for _, r := range server.Embeddings() {
		if len(r.Inputs) != 4 || r.Dimensions != 0 {
			t.Errorf("%s was asked for %d texts at %d dimensions", r.Model, len(r.Inputs), r.Dimensions)
		}
	}
	next := s.again(t)
	second := next.expect(t, ExitDone, "compare --json "+twoPaid+" "+texts)
	if n := len(server.Embeddings()); n != 2 {
		t.Errorf("the second run asked again: %d requests", n)
	}
	similarities := func(out string) string {
		var doc struct {
			Candidates []struct {
				ID         string          `json:"id"`
				Background json.RawMessage `json:"background"`
			} `json:"candidates"`
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Candidates) != 2 {
			t.Fatalf("%v in %s", err, out)
		}
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if a, b := similarities(first), similarities(second); a != b {
		t.Errorf("other results from the cache:\n%s\n%s", a, b)
	}
	next.keepsSecret(t, server.Key)
	s.keepsSecret(t, server.Key)
}

func TestNothingPaidIsSentUnasked(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		code       int
		want       string // on either stream
		sends      bool
	}{
		{"without a word", "compare " + twoPaid, ExitUsage, "allow it with --yes or --max-cost 0.00", false},
		{"duplicates", "duplicates " + twoPaid, ExitUsage, "allow it with --yes", false},
		{"embed", "embed --model nanogpt/BAAI/bge-m3", ExitUsage, "allow it with --yes", false},
		{"a limit that does not cover it", "compare --max-cost 0.0000001 " + twoPaid, ExitUsage, "more than --max-cost $0.0000001: nothing was sent", false},
		{"a limit of nothing", "compare --max-cost 0 " + twoPaid, ExitUsage, "more than --max-cost", false},
		{"a limit that is no number", "compare --max-cost lots " + twoPaid, ExitUsage, "use US dollars", false},
		{"a dry run", "compare --dry-run " + twoPaid, ExitDone, "Nothing was sent", false},
		{"a dry run that is allowed", "embed --yes --dry-run --model nanogpt/BAAI/bge-m3", ExitDone, "nanogpt/BAAI/bge-m3", false},
		{"a limit that covers it", "compare --max-cost 0.01 " + twoPaid, ExitDone, "", true},
		{"with leave", "embed --yes --model nanogpt/BAAI/bge-m3", ExitDone, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Quick: true})
			s := withServer(t, server, "")
			s.expect(t, tt.code, tt.line+" "+file(t, "texts.csv", winds))
			if got := s.out.String() + s.err.String(); !strings.Contains(got, tt.want) {
				t.Errorf("%s\nlacks %q", got, tt.want)
			}
			if sent := len(server.Embeddings()) > 0; sent != tt.sends {
				t.Errorf("sent: %t", sent)
			}
		})
	}
}

func TestALimitCoversWhatAnEstimateMayMiss(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.txt", strings.Repeat("east wind and north wind and more of them\n", 3)+strings.Repeat("north ", 300))
	s.expect(t, ExitUsage, "embed --model nanogpt/BAAI/bge-m3 "+texts)
	_, rest, _ := strings.Cut(s.err.String(), "costs ≈$")
	about, rest, _ := strings.Cut(rest, ",")
	_, rest, _ = strings.Cut(rest, "--max-cost ")
	enough, _, _ := strings.Cut(rest, ",")
	if about == "" || enough == "" || about == enough || !strings.Contains(s.err.String(), "1.5 times") {
		t.Fatalf("%q", s.err.String())
	}
	refused := s.again(t)
	refused.expect(t, ExitUsage, "embed --max-cost "+about+" --model nanogpt/BAAI/bge-m3 "+texts)
	if !strings.Contains(refused.err.String(), "1.5 times") {
		t.Errorf("%q", refused.err.String())
	}
	s.again(t).expect(t, ExitDone, "embed --max-cost "+enough+" --model nanogpt/BAAI/bge-m3 "+texts)

	// The limit of the settings is for what is expected: what may come on top is paid with --yes.
	expected, err := strconv.ParseFloat(about, 64)
	most, err2 := strconv.ParseFloat(enough, 64)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	withServer(t, server, fmt.Sprintf("[spending]\nper_run = %.12f\n", (expected+most)/2)).expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+texts)
}

func TestATimeIsGivenInDaysOrHours(t *testing.T) {
	for word, ok := range map[string]bool{"90d": true, "0.5d": true, "12h": true, "36499d": true, "36500d": false, "0d": false, "-1d": false, "0h": false, "d": false, "90": false} {
		var a age
		if err := a.Set(word); (err == nil) != ok {
			t.Errorf("%s: %v, %v", word, time.Duration(a), err)
		}
	}
}

func TestVectorsOfAnotherLengthThanListedAreTaken(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	models := server.Models()
	for i := range models {
		if models[i].ID == "BAAI/bge-m3" {
			models[i].Dimensions = 768 // the list inside the binary says 1024
		}
	}
	server.SetModels(models)
	s := withServer(t, server, "")
	out := s.expect(t, ExitDone, "compare --yes --models nanogpt/BAAI/bge-m3,nanogpt/BAAI/bge-m3@1000 "+file(t, "texts.csv", winds))
	if strings.Count(out, "Similarity under nanogpt/BAAI/bge-m3@768\n") != 1 {
		t.Errorf("%s", out)
	}
	if line := s.err.String(); strings.Count(line, "1024") != 1 || !strings.Contains(line, "768") {
		t.Errorf("said %q", line)
	}
}

func TestAnUnknownPriceNeedsAYes(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = \"shop\"\nbase_url = \""+server.URL+"\"\nkey = \""+server.Key+"\"\n"+
		"[[provider.models]]\nid = \"text-embedding-3-small\"\ndimensions = 1536\n")
	texts := file(t, "texts.csv", winds)
	s.expect(t, ExitUsage, "compare --max-cost 5 --models shop/text-embedding-3-small "+texts)
	if !strings.Contains(s.err.String(), "price is unknown") || len(server.Embeddings()) != 0 {
		t.Errorf("%s", s.err.String())
	}
	next := s.again(t)
	next.expect(t, ExitDone, "compare --yes --models shop/text-embedding-3-small "+texts)
	next.keepsSecret(t, server.Key)
}

func TestAWrongKeyNamesItsPlaces(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	const wrong = "sk-wrong-91f3-key-do-not-print"
	s := withServer(t, server, "")
	s.Environ = append(s.Environ, "NANOGPT_API_KEY="+wrong)
	log := filepath.Join(s.getenv("HOME"), "debug.log")
	s.expect(t, ExitFailed, "compare --yes --debug "+log+" --models nanogpt/BAAI/bge-m3,local/compass "+file(t, "texts.csv", winds))
	for _, want := range []string{"401", "NANOGPT_API_KEY", "config.toml"} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q lacks %s", s.err.String(), want)
		}
	}
	if !strings.Contains(s.out.String(), "local/compass@3") {
		t.Error("the candidate that fails hides the other")
	}
	if data, err := os.ReadFile(log); err != nil || !strings.Contains(string(data), "/embeddings") || !strings.Contains(string(data), "401") {
		t.Errorf("the log: %s, %v", data, err)
	}
	s.keepsSecret(t, wrong)
}

func TestMistakesInTheSettingsAreToldAndHarmless(t *testing.T) {
	s := newSession(t)
	const key = "sk-settings-do-not-print"
	s.settings(t, "theme = 'dark'\n[[provider]]\nname = 'a'\nkey = '"+key+"'\nprofile = 'opnai'\n")
	out := s.expect(t, ExitDone, "models")
	if !strings.Contains(out, "local/compass") {
		t.Error("the catalog is not printed")
	}
	for _, want := range []string{"config.toml: line 5, column 1: profile", `"nanogpt", "openai"`, `"generic"`} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q lacks %q", s.err.String(), want)
		}
	}
	if strings.Contains(s.err.String()+out, key) {
		t.Error("the key was printed")
	}
}

// What keeps the servers from being known is an error of every command that needs them,
// and nothing is printed as if there were none.
func TestEveryCommandSaysWhatKeepsItFromTheServers(t *testing.T) {
	texts, log := file(t, "texts.csv", winds), filepath.Join(file(t, "no-folder", ""), "log")
	for _, line := range []string{
		"models", "models --refresh", "providers", "usage", "cache", "cache stats", "cache prune --unused 1d", "cache prune --model nanogpt/x", "cache clear --yes",
		"compare " + texts, "duplicates " + texts, "embed --model local/compass " + texts, "search --query east " + texts, "evaluate " + file(t, "gales.csv", gales),
	} {
		s := newSession(t)
		if out := s.expect(t, ExitFailed, line+" --debug "+log); out != "" || strings.Count(s.err.String(), "the file of --debug cannot be written") != 1 {
			t.Errorf("%s prints %q and says %q", line, out, s.err.String())
		}
	}
}

func TestTheCacheCommand(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.csv", winds)
	s.expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+texts)
	var stats struct {
		Entries int
		Models  []struct{ Model string }
	}
	if err := json.Unmarshal([]byte(s.again(t).expect(t, ExitDone, "cache stats --json")), &stats); err != nil {
		t.Fatal(err)
	}
	if stats.Entries != 4 || len(stats.Models) != 1 || stats.Models[0].Model != "BAAI/bge-m3" {
		t.Errorf("%+v", stats)
	}
	if out := s.again(t).expect(t, ExitDone, "cache"); !strings.Contains(out, "4 vectors") {
		t.Errorf("%s", out)
	}
	if a, b := s.again(t).expect(t, ExitDone, "cache --json"), s.again(t).expect(t, ExitDone, "cache stats --json"); a != b {
		t.Errorf("%s is not %s", a, b)
	}
	for line, want := range map[string]string{
		"cache prune":               "say what to remove",
		"cache prune --unused soon": "use a time above 0 such as 90d or 12h",
		"cache prune --unused -3d":  "use a time above 0",
		"cache prune --unused 1e9d": "use a time above 0",
		"cache prune --max-size -1": "use a whole number of megabytes from 1 on",
		"cache prune --max-size 0":  "use a whole number of megabytes from 1 on",
	} {
		wrong := s.again(t)
		if wrong.expect(t, ExitUsage, line); !strings.Contains(wrong.err.String(), want) || strings.Count(wrong.err.String(), "\n") != 1 {
			t.Errorf("%s: %q", line, wrong.err.String())
		}
	}
	if out := s.again(t).expect(t, ExitDone, "cache prune --unused 1.5d --max-size 900"); !strings.Contains(out, "Removed 0 vectors") {
		t.Errorf("%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "cache prune --unused 24h"); !strings.Contains(out, "Removed 0 vectors") {
		t.Errorf("%s", out)
	}
	s.again(t).expect(t, ExitUsage, "cache clear")
	if out := s.again(t).expect(t, ExitDone, "cache clear --yes"); !strings.Contains(out, "Removed 4 vectors") {
		t.Errorf("%s", out)
	}
	s.again(t).expect(t, ExitUsage, "cache empty")
}

func TestACacheThatCannotBeUsedStopsNothing(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := config.WriteAtomic(paths.Cache, nil, 0o600); err != nil { // a file where the directory would be
		t.Fatal(err)
	}
	// What was paid for and cannot be kept is a failure, though all is printed.
	out := s.expect(t, ExitFailed, "embed --yes --model nanogpt/BAAI/bge-m3 "+file(t, "texts.csv", winds))
	if told := s.err.String(); !strings.Contains(told, "kept in memory only") || !strings.Contains(told, "keeping vectors in") || strings.Count(out, "\n") != 4 {
		t.Errorf("%q", told)
	}
}

func TestUsageThatCannotBeReadIsNotCalledNothing(t *testing.T) {
	s := withServer(t, apitest.New(t, apitest.Options{Quick: true}), "")
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := config.WriteAtomic(paths.Cache, nil, 0o600); err != nil { // a file where the directory would be
		t.Fatal(err)
	}
	s.expect(t, ExitFailed, "usage")
	if s.out.String() != "" || !strings.Contains(s.err.String(), "opening the cache") {
		t.Errorf("it says %.200q and %q", s.out.String(), s.err.String())
	}
}

// Whether a key is set is told of each server, not that one could be.
func TestProvidersTellWhetherTheirKeyIsSet(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	for _, set := range []bool{true, false} {
		s := withServer(t, server, "")
		if !set {
			s.Environ = s.Environ[:len(s.Environ)-1]
		}
		var rows []struct {
			Name   string
			KeyEnv string `json:"key_env"`
			KeySet bool   `json:"key_set"`
		}
		if err := json.Unmarshal([]byte(s.expect(t, ExitDone, "providers --json")), &rows); err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, r := range rows {
			if r.Name == "nanogpt" {
				if told++; r.KeyEnv != "NANOGPT_API_KEY" || r.KeySet != set {
					t.Errorf("with a key %t it is told %+v", set, r)
				}
			}
		}
		if told != 1 {
			t.Errorf("nanogpt is told of %d times", told)
		}
	}
}
