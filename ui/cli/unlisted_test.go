package cli

import (
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/config"
)

// withDeadServer is a session whose settings name a server where nothing answers.
func withDeadServer(t *testing.T) *session {
	t.Helper()
	gone := apitest.New(t, apitest.Options{Quick: true})
	gone.Close()
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = \"dead\"\nbase_url = \""+gone.URL+"\"\n")
	return s
}

func TestAServerThatCannotListItsModelsHidesNoOther(t *testing.T) {
	s := withDeadServer(t)
	texts := file(t, "texts.csv", "text\neast\nnorth\n")
	out := s.expect(t, ExitFailed, "compare --yes --models dead/foo,local/compass,dead/bar "+texts)
	if !strings.Contains(out, "local/compass@3") {
		t.Errorf("the other model is not printed:\n%s", out)
	}
	if said := s.err.String(); !strings.HasPrefix(said, "vecscope: dead/foo, dead/bar: nothing answers") || strings.Count(said, "\n") != 1 {
		t.Errorf("said %q", said)
	}

	var doc struct {
		Candidates []struct{ ID string }
		Errors     []struct{ Candidate, Message string }
	}
	if err := json.Unmarshal([]byte(s.again(t).expect(t, ExitFailed, "compare --json --models dead/foo,local/compass "+texts)), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Candidates) != 1 || len(doc.Errors) != 1 || doc.Errors[0].Candidate != "dead/foo" {
		t.Errorf("%+v", doc)
	}
	dry := s.again(t)
	if out := dry.expect(t, ExitFailed, "compare --dry-run --models dead/foo,local/compass "+texts); !strings.Contains(out, "local/compass") || !strings.Contains(dry.err.String(), "dead/foo: nothing answers") {
		t.Errorf("dry run: %s%s", out, dry.err.String())
	}
	alone := s.again(t)
	alone.expect(t, ExitFailed, "embed --yes --model dead/foo "+texts)
	if said := alone.err.String(); !strings.HasPrefix(said, "vecscope: dead/foo: nothing answers") {
		t.Errorf("alone: %q", said)
	}
	s.again(t).expect(t, ExitUsage, "compare --models nobody/foo,local/compass "+texts)
}

func TestAServerThatCannotBeTriedHidesNoOtherVerdict(t *testing.T) {
	s := withDeadServer(t)
	out := s.expect(t, ExitFailed, "evaluate --resamples 20 --models dead/foo,local/compass "+file(t, "gales.csv", gales))
	if said := s.err.String(); !strings.Contains(out, "local/compass@3") || !strings.HasPrefix(said, "vecscope: dead/foo: nothing answers") {
		t.Errorf("said %q:\n%s", said, out)
	}
}

func TestAServerWithoutAKeyIsNoFailure(t *testing.T) {
	gone := apitest.New(t, apitest.Options{Quick: true})
	gone.Close()
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = \"nanogpt\"\nbase_url = \""+gone.URL+"\"\n")
	if out := s.expect(t, ExitDone, "providers"); !strings.Contains(out, "Not set up\nnanogpt needs a key: set NANOGPT_API_KEY\n") || s.err.Len() > 0 {
		t.Errorf("%s%s", out, s.err.String())
	}
}

func TestAListThatWasNeverReadIsSaidToBeMissing(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.Ollama})
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = \"ollama\"\nbase_url = \""+server.URL+"\"\n")
	const want = "the list of ollama was never read: vecscope models --refresh --provider ollama asks for it"
	if s.expect(t, ExitDone, "models --provider ollama"); !strings.Contains(s.err.String(), want) {
		t.Errorf("%q", s.err.String())
	}
	refreshed := s.again(t)
	if refreshed.expect(t, ExitDone, "models --refresh --provider ollama"); refreshed.err.Len() > 0 {
		t.Errorf("%q", refreshed.err.String())
	}
	later := s.again(t)
	if later.expect(t, ExitDone, "models"); later.err.Len() > 0 {
		t.Errorf("%q", later.err.String())
	}
	// One that cannot be asked has no use for a list.
	locked := newSession(t)
	locked.settings(t, "[[provider]]\nname = \"other\"\nbase_url = \"http://203.0.113.7/v1\"\nkey = \"k\"\n")
	if locked.expect(t, ExitDone, "models"); locked.err.Len() > 0 {
		t.Errorf("where its key would go unencrypted: %q", locked.err.String())
	}
}

func TestOnlyWhatConcernsServersKeepsThemFromBeingAsked(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	nanogpt := "[[provider]]\nname = 'nanogpt'\nbase_url = '" + server.URL + "'\n"
	s.settings(t, "mouse = 'yes'\n"+nanogpt)
	texts := file(t, "texts.csv", winds)
	s.expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+texts)
	if !strings.Contains(s.err.String(), "line 1, column 1: mouse cannot be \"yes\"") {
		t.Errorf("%q", s.err.String())
	}
	asked := len(server.Requests())
	for _, wrong := range []string{nanogpt + "[spending]\nper_run = 'low'\n", nanogpt + "x = 1\n", "mouse = \n" + nanogpt} {
		s.settings(t, wrong)
		blocked := s.again(t)
		blocked.expect(t, ExitFailed, "embed --yes --model nanogpt/text-embedding-3-small "+texts)
		if !strings.Contains(blocked.err.String(), "no server is asked anything while the settings file cannot be used") {
			t.Errorf("%q", blocked.err.String())
		}
		other := s.again(t)
		other.expect(t, ExitFailed, "models --provider own")
		if strings.Contains(other.err.String(), "there is no provider") {
			t.Errorf("%q", other.err.String())
		}
	}
	if n := len(server.Requests()); n != asked {
		t.Errorf("%d requests beside faulty settings", n-asked)
	}
}

func TestAKeyOthersCanReadIsWarnedOfWhereServersAreChecked(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // Windows has no such bits
	}
	server := apitest.New(t, apitest.Options{Quick: true})
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'nanogpt'\nbase_url = '"+server.URL+"'\nkey = '"+server.Key+"'\n")
	paths, err := config.FindPaths(s.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(paths.Settings, 0o644); err != nil {
		t.Fatal(err)
	}
	if s.expect(t, ExitDone, "models"); s.err.Len() > 0 {
		t.Errorf("%q", s.err.String())
	}
	check := s.again(t)
	if check.expect(t, ExitDone, "providers"); !strings.Contains(check.err.String(), "chmod 600") {
		t.Errorf("%q", check.err.String())
	}
}

func TestAModelNamedTwiceIsTakenOnceWithAWord(t *testing.T) {
	s := newSession(t).piped("east\nnorth\n")
	out := s.expect(t, ExitDone, "compare --models local/compass,local/compass@3 -")
	if strings.Count(out, "Similarity under local/compass@3\n") != 1 || !strings.Contains(s.err.String(), "local/compass@3 is named twice") {
		t.Errorf("%s%s", out, s.err.String())
	}
}

func TestWhatEndsAnAskingIsToldOnceOfAllTextsItLeavesWithout(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "max_inputs = 1\nconcurrency = 1\n")
	server.FailWhen(apitest.WithText("north wind"), apitest.NoVectors())
	var doc struct {
		Errors []struct {
			Message string
			Texts   []string
		}
	}
	if err := json.Unmarshal([]byte(s.expect(t, ExitFailed, "compare --json --yes --models nanogpt/BAAI/bge-m3 "+file(t, "texts.csv", winds))), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Errors) != 1 || len(doc.Errors[0].Texts) != 2 || !strings.Contains(doc.Errors[0].Message, "2 texts have no vector (n, calm): the asking ended: nanogpt answered 200") {
		t.Errorf("%+v", doc)
	}
	if said := s.err.String(); !strings.Contains(said, "bge-m3@1024: 2 texts have no vector (n, calm): the asking ended: ") || strings.Count(said, "\n") != 2 {
		t.Errorf("%q", said)
	}
}

func TestRequestsThatFailAreCountedWhateverTheyCost(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	server.FailWhen(apitest.Always(), apitest.Unauthorized())
	s.expect(t, ExitFailed, "embed --yes --model nanogpt/BAAI/bge-m3 "+file(t, "texts.csv", winds))
	if said := s.err.String(); !strings.HasSuffix(said, "vecscope: spent $0 in 1 request; it failed\n") {
		t.Errorf("%q", said)
	}
}

func TestAThresholdMayHaveACommaOrBePerCent(t *testing.T) {
	with := func(threshold string) string {
		return newSession(t).piped("east\nnorth-east\nnorth\n").expect(t, ExitDone, "duplicates --models local/compass --threshold "+threshold+" -")
	}
	for _, same := range []string{"0,7", ".7", "70%"} {
		if with(same) != with("0.7") {
			t.Errorf("%s is not 0.7", same)
		}
	}
}

func TestConfigAloneShowsItsHelp(t *testing.T) {
	if out := newSession(t).expect(t, ExitDone, "config"); !strings.Contains(out, "vecscope config init") {
		t.Errorf("%s", out)
	}
}

func TestAThresholdOfOneModelMayLeaveOutItsLength(t *testing.T) {
	for _, model := range []string{"local/compass", "local/compass@3"} {
		out := newSession(t).piped("east\nnorth-east\nnorth\n").expect(t, ExitDone, "duplicates --json --models local/compass,local/mirror --threshold 0.7 --threshold "+model+"=0.5 -")
		if !strings.Contains(out, `"thresholds":{"local/compass@3":0.5,"local/mirror@3":0.7}`) || !strings.Contains(out, `"duplicate":{"local/compass@3":true,"local/mirror@3":false}`) {
			t.Errorf("with a threshold of %s: %s", model, out)
		}
	}
}
