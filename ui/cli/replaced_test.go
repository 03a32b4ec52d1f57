package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
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
