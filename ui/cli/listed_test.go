package cli

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/report"
)

// A report for people says by itself why texts have no vector; beside what programs read,
// standard error does.
func TestReasonsStandWhereAPersonReads(t *testing.T) {
	texts := file(t, "texts.csv", strings.TrimSuffix(winds, "\n")+"warm\n")
	const summed = "vecscope: local/compass@3: no vector for 1 of 4 texts; see Missing in the report\n"
	const told = "vecscope: local/compass@3: text 4 names no direction\n"
	for line, want := range map[string]string{
		"compare": summed, "compare --markdown": summed, "compare --json": told,
		"duplicates": summed, "duplicates --json": told, "duplicates --tsv": told,
		"duplicates --clusters": summed, "duplicates --clusters --json": told, "duplicates --clusters --tsv": told,
		"search --query east": summed, "search --query east --json": told, "search --query east --tsv": told, "search --query east --trec": told,
	} {
		command, flags, _ := strings.Cut(line, " ")
		s := newSession(t)
		if s.expect(t, ExitFailed, command+" --models local/compass "+flags+" "+texts); s.err.String() != want {
			t.Errorf("%s says\n%swant\n%s", line, s.err.String(), want)
		}
	}
}

func TestWhatIsLackingIsToldOfModelsFirst(t *testing.T) {
	failed := report.Comparison{Failures: []report.Failure{{Candidate: "p/m@3", Err: errors.New("no key")}}}
	err := lacking(failed, []string{"p/n@3: no vector for 1 of 4 texts"}, []error{nil, errors.New("not all pairs were kept")})
	var gaps *incompleteError
	if want := []string{"p/m@3: no key", "p/n@3: no vector for 1 of 4 texts", "not all pairs were kept"}; !errors.As(err, &gaps) || !slices.Equal(gaps.Problems, want) {
		t.Errorf("%+v, want %q", err, want)
	}
	if err := lacking(report.Comparison{}, nil, []error{nil}); err != nil {
		t.Errorf("of nothing: %v", err)
	}
}

// listedAs lists its vectors with another number of dimensions than they have; 0 is none.
type listedAs struct {
	compass
	dimensions int
}

func (l listedAs) Models(ctx context.Context) ([]api.Model, error) {
	models, err := l.compass.Models(ctx)
	for i := range models {
		models[i].Dimensions = l.dimensions
	}
	return models, err
}

func TestEveryCommandLearnsHowLongVectorsAre(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	for _, line := range []string{"embed --model local/compass", "compare --models local/compass", "search --query east --models local/compass", "evaluate --resamples 20 --models local/compass"} {
		s := newSession(t)
		s.providers = []api.Backend{listedAs{dimensions: 5}}
		if s.expect(t, ExitDone, line+" "+texts); strings.Count(s.err.String(), "vecscope: local/compass: the list says 5 dimensions, its vectors have 3\n") != 1 {
			t.Errorf("%s says %q", line, s.err.String())
		}
	}
}

// Of a model without a listed length it is said that vectors are shorter than was asked for, and
// nothing of a list.
func TestVectorsShorterThanAskedForAreNamedSo(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	for size, want := range map[string]string{"@5": "vecscope: local/compass: its vectors have 3 dimensions, not the 5 that were asked for\n", "@3": "", "@2": "", "": ""} {
		for _, line := range []string{"embed --model local/compass", "compare --models local/compass", "search --query east --models local/compass", "evaluate --resamples 20 --models local/compass"} {
			s := newSession(t)
			s.providers = []api.Backend{listedAs{}}
			if s.expect(t, ExitDone, line+size+" "+texts); strings.Count(s.err.String(), "dimensions") != strings.Count(want, "dimensions") || !strings.Contains(s.err.String(), want) {
				t.Errorf("%s%s says %q", line, size, s.err.String())
			}
		}
	}
}

// Who asks for the lists anew asks for the limits anew, too: a server may take more by now.
func TestARefreshForgetsHowFewTextsAServerTook(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	s.expect(t, ExitDone, "models --refresh")
	list := filepath.Join(s.servers.paths.Cache, "lists", "nanogpt.json")
	var kept map[string]any
	data, err := os.ReadFile(list)
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if err != nil {
		t.Fatal(err)
	}
	kept["inputs"], kept["learnt"] = 2, time.Now().Format(time.RFC3339)
	if data, err = json.Marshal(kept); err == nil {
		err = os.WriteFile(list, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	embeds := func(word string) int {
		before := len(server.Embeddings())
		s.again(t).expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+file(t, "texts.txt", word+" wind\n"+word+" gale\n"+word+" storm\n"+word+" breeze\n"))
		return len(server.Embeddings()) - before
	}
	if n := embeds("east"); n != 2 {
		t.Fatalf("two at a time, four texts are %d requests", n)
	}
	refreshed := s.again(t)
	refreshed.expect(t, ExitDone, "models --refresh")
	if n := embeds("north"); n != 1 {
		t.Errorf("afterwards four texts are %d requests", n)
	}
}

// Models that the settings name need no list.
func TestAServerWhoseModelsAreInTheSettingsLacksNoList(t *testing.T) {
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'own'\nbase_url = 'http://127.0.0.1:1/v1'\n[[provider.models]]\nid = 'mine'\ndimensions = 4\n")
	if out := s.expect(t, ExitDone, "models --provider own"); !strings.Contains(out, "own/mine") || s.err.Len() > 0 {
		t.Errorf("%s%q", out, s.err.String())
	}
}

func TestOnlyNamedFilesAreFilesOfASession(t *testing.T) {
	cmd := newSession(t).duplicatesCommand()
	for _, args := range [][]string{nil, {stdinName}, {"a.csv", stdinName}, {stdinName, "a.csv"}} {
		if got := filesOf(cmd, args); got != (corpus.Files{}) {
			t.Errorf("%q are %+v", args, got)
		}
	}
	if got := filesOf(cmd, []string{"a.csv", "b.csv"}); len(got.Paths()) != 2 {
		t.Errorf("two files are %+v", got)
	}
}

func TestLinkingFewPairsIsNotAnnounced(t *testing.T) {
	s := newSession(t)
	s.onTerminal(&s.err)
	if s.expect(t, ExitDone, "duplicates --clusters --models local/compass "+file(t, "gales.csv", gales)); strings.Contains(s.err.String(), "linking") {
		t.Errorf("it says %q", s.err.String())
	}
}

func TestWhatIsAnnouncedIsTakenAway(t *testing.T) {
	var out strings.Builder
	g := &progress{w: &out}
	g.start("linking", 0)
	g.announce()
	if g.end(); out.String() != clearLine+"linking"+clearLine {
		t.Errorf("it shows %q", out.String())
	}
}

func TestOneFileOfLabelsIsOpenedBesideTexts(t *testing.T) {
	texts, pairs, other := file(t, "texts.csv", three), file(t, "pairs.csv", "a,b,score\nx,y,1\n"), file(t, "queries.csv", "query,relevant\nq,1\n")
	gone := texts + ".gone"
	for name, c := range map[string]struct {
		files    []string
		texts    []string
		labelled string
		wrong    string
	}{
		"texts alone":     {[]string{texts}, []string{texts}, "", ""},
		"labels first":    {[]string{pairs, texts}, []string{texts}, pairs, ""},
		"labels last":     {[]string{texts, other}, []string{texts}, other, ""},
		"a missing file":  {[]string{gone, stdinName}, []string{gone, stdinName}, "", ""},
		"labels of two":   {[]string{pairs, texts, other}, nil, "", pairs + " and " + other + " both have labels: open one after the other; see duplicates --help"},
		"nothing at all":  {nil, nil, "", ""},
		"labels and gone": {[]string{pairs, gone}, []string{gone}, pairs, ""},
	} {
		got, labelled, err := labelsAmong(newSession(t).duplicatesCommand(), c.files)
		if !slices.Equal(got, c.texts) || labelled != c.labelled || (err != nil) != (c.wrong != "") || err != nil && err.Error() != c.wrong {
			t.Errorf("%s: texts %q, labels %q, %v", name, got, labelled, err)
		}
	}
}

func TestOfSeveralUnknownModelsTheListIsAskedForOnce(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.OpenAI})
	s := newSession(t)
	s.Environ = append(s.Environ, "OPENAI_API_KEY="+server.Key)
	s.settings(t, "[[provider]]\nname = \"openai\"\nbase_url = \""+server.URL+"\"\n")
	s.expect(t, ExitUsage, "compare --yes --models openai/one,openai/two,openai/three "+file(t, "texts.csv", three))
	if n := len(server.Requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}
