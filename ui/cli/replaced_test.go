package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// replace puts another model behind the first name of a server.
func replace(server *apitest.Server) {
	models := server.Models()
	models[0].Identity += "another"
	server.SetModels(models)
}

func TestAModelReplacedUnderItsNameIsNotMixed(t *testing.T) {
	for _, dialect := range []apitest.Dialect{apitest.Ollama, apitest.LlamaCPP, apitest.VLLM} {
		t.Run(string(dialect), func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
			s := newSession(t)
			s.settings(t, "[[provider]]\nname = \"mine\"\nprofile = \""+string(dialect)+"\"\nbase_url = \""+server.URL+"\"\n")
			model := "mine/" + server.Models()[0].ID
			four := file(t, "four.txt", "one\ntwo\nthree\nfour\n")
			all := file(t, "all.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n")
			s.expect(t, ExitDone, "embed --model "+model+" "+four)
			replace(server)
			next := s.again(t)
			got := next.expect(t, ExitDone, "embed --model "+model+" "+all)
			if line := next.err.String(); strings.Count(line, "is another model than before") != 1 {
				t.Errorf("standard error:\n%s", line)
			}
			if want := s.again(t).expect(t, ExitDone, "embed --fresh --model "+model+" "+all); got != want {
				t.Error("vectors of two models stand together")
			}
			before := len(server.Embeddings())
			if again := s.again(t).expect(t, ExitDone, "embed --model "+model+" "+all); again != got || len(server.Embeddings()) != before {
				t.Error("what was asked for anew is asked for again")
			}
		})
	}
}

func TestTwoComparisonsWithTheModelReplacedBetween(t *testing.T) {
	server := apitest.New(t, apitest.Options{Dialect: apitest.Ollama, Quick: true})
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = \"mine\"\nprofile = \"ollama\"\nbase_url = \""+server.URL+"\"\n")
	line := "compare --json --models mine/" + server.Models()[0].ID + " "
	server.Fail(apitest.ModelReplaced())
	s.expect(t, ExitDone, line+file(t, "four.txt", "one\ntwo\nthree\nfour\n"))
	all := file(t, "all.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n")
	next := s.again(t)
	next.expect(t, ExitDone, line+all)
	if said := next.err.String(); strings.Count(said, "is another model than before") != 1 {
		t.Errorf("standard error:\n%s", said)
	}
	asked := server.Embeddings()
	if last := asked[len(asked)-1]; len(last.Inputs) != 8 {
		t.Errorf("only %q were asked of the new model", last.Inputs)
	}
}

func TestFreshIsPaidForLikeAnythingElse(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	line := "embed --model nanogpt/BAAI/bge-m3 " + file(t, "a.txt", "one\ntwo\n")
	s.expect(t, ExitDone, line+" --yes")
	s.again(t).expect(t, ExitDone, line)
	s.again(t).expect(t, ExitUsage, line+" --fresh")
	sent := len(server.Embeddings())
	s.again(t).expect(t, ExitDone, line+" --fresh --yes")
	if got := len(server.Embeddings()) - sent; got != 1 {
		t.Errorf("%d requests were sent", got)
	}
}

func TestShorterVectorsOfAFreeServerAreDerivedForNothing(t *testing.T) {
	for _, dialect := range []apitest.Dialect{apitest.Ollama, apitest.Generic} {
		server := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
		s := newSession(t)
		s.settings(t, "[[provider]]\nname = \"mine\"\nprofile = \""+string(dialect)+"\"\nbase_url = \""+server.URL+"\"\n")
		model, texts := "mine/"+server.Models()[0].ID, file(t, "a.txt", "one\ntwo\nthree\n")
		s.expect(t, ExitDone, "compare --yes --models "+model+" "+texts)
		sent := len(server.Embeddings())
		for _, models := range []string{"@64", "@64," + model + "@128"} {
			next := s.again(t)
			out := next.expect(t, ExitDone, "compare --json --models "+model+models+" "+texts)
			if !strings.Contains(strings.ReplaceAll(out, " ", ""), `"derived":true`) || len(server.Embeddings()) != sent {
				t.Errorf("%s: %d requests were sent for %s: %s", dialect, len(server.Embeddings())-sent, models, next.err.String())
			}
		}
	}
}

// inExplorer starts the explorer as the command line does, on Texts under one model, and
// does something in it.
func (s *session) inExplorer(t *testing.T, model, path string, do func(a *shell.App)) {
	t.Helper()
	s.onTerminal(s.Out, s.In)
	s.explore = func(_ context.Context, o app.Options) error {
		o.State, o.Save = config.State{Version: 1, Threshold: 0.5, Screen: texts.ID, Candidates: []string{model}}, nil
		do(uitest.Settled(t, 120, 40, o, app.Screens()))
		return nil
	}
	s.expect(t, ExitDone, path)
}

// similarityOf is what compare prints of two texts.
func similarityOf(t *testing.T, out string, i, j int) float64 {
	t.Helper()
	var doc struct {
		Candidates []struct{ Similarity [][]float64 }
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Candidates) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	return doc.Candidates[0].Similarity[i][j]
}

func TestAModelReplacedWhileTheExplorerRunsIsNotMixed(t *testing.T) {
	for _, dialect := range []apitest.Dialect{apitest.Ollama, apitest.LlamaCPP, apitest.VLLM} {
		t.Run(string(dialect), func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Dialect: dialect, Quick: true})
			s := newSession(t)
			s.settings(t, "[[provider]]\nname = \"mine\"\nprofile = \""+string(dialect)+"\"\nbase_url = \""+server.URL+"\"\n")
			s.expect(t, ExitDone, "models --refresh")
			model := "mine/" + server.Models()[0].ID
			all := file(t, "all.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n")
			explorer := s.again(t)
			explorer.inExplorer(t, fmt.Sprintf("%s@%d", model, server.Models()[0].Dimensions), file(t, "four.txt", "one\ntwo\nthree\nfour\n"), func(a *shell.App) {
				if len(a.Session.Ready()) != 1 {
					t.Fatalf("not embedded: %s", uitest.Plain(a))
				}
				replace(server)
				uitest.OpenPath(t, a, all)
				if said := a.Notice().Text; strings.Count(said, model+" is another model than before") != 1 {
					t.Errorf("the notice is %q", said)
				}
				want := similarityOf(t, s.again(t).expect(t, ExitDone, "compare --fresh --json --models "+model+" "+all), 0, 7)
				if got, ok := a.Session.Ready()[0].Result.Matrix.At(0, 7); !ok || math.Abs(got-want) > 1e-6 {
					t.Errorf("the first and the last text are %g similar, want %g", got, want)
				}
				uitest.Press(t, a, "!")
				uitest.WantShown(t, a, "is another model than before")
			})
		})
	}
}

func TestOllamasNameWithoutATagIsTheLatestEverywhere(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	here := func(p *program) { p.places = []registry.Place{{Name: "ollama", BaseURLs: []string{server.URL}}} }
	path := file(t, "texts.csv", three)
	s := newSession(t)
	out := s.expect(t, ExitDone, "compare --models ollama/nomic-embed-text,ollama/nomic-embed-text:latest "+path, here)
	if !strings.Contains(out, "Similarity under ollama/nomic-embed-text:latest@768") || !strings.Contains(s.err.String(), "ollama/nomic-embed-text:latest is named twice: it is taken once") {
		t.Errorf("%s%s", out, s.err.String())
	}
	sent := len(server.Embeddings())
	next := s.again(t)
	here(next.program)
	next.inExplorer(t, "ollama/nomic-embed-text@768", path, func(a *shell.App) {
		uitest.Press(t, a, "1", "r") // as a start does
		if ready := a.Session.Ready(); len(ready) != 1 || ready[0].ID() != "ollama/nomic-embed-text:latest@768" {
			t.Errorf("ready: %v; %s", ready, uitest.Plain(a))
		}
	})
	if n := len(server.Embeddings()) - sent; n != 0 {
		t.Errorf("%d requests were sent for what was kept", n)
	}
}
