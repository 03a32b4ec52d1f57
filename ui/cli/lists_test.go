package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

func TestProvidersAreCheckedWithoutSpending(t *testing.T) {
	good := apitest.New(t, apitest.Options{Quick: true, Balance: 7})
	gone := apitest.New(t, apitest.Options{Quick: true})
	gone.Close()
	s := withServer(t, good, "[[provider]]\nname = \"gone\"\nbase_url = \""+gone.URL+"\"\n"+
		"[[provider]]\nname = \"plain\"\nbase_url = \"http://203.0.113.7/v1\"\nkey = \"sk-plain-do-not-print\"\n"+
		"[[provider]]\nname = \"voyage\"\n")
	text := s.expect(t, ExitFailed, "providers")
	for _, want := range []string{"nanogpt", "$7.00", "Not set up\nvoyage needs a key: set VOYAGE_API_KEY\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %q", text, want)
		}
	}
	for _, want := range []string{"vecscope: gone", "over plain http"} {
		if strings.Contains(text, want) || strings.Count(s.err.String(), want) != 1 {
			t.Errorf("standard error does not say once %q:\n%s\n%s", want, text, s.err.String())
		}
	}
	next := s.again(t)
	var rows []struct {
		Name                  string
		Reachable, Authorised bool
		Models                int
		BalanceUSD            *float64 `json:"balance_usd"`
		KeySet                bool     `json:"key_set"`
		Error                 string
	}
	if err := json.Unmarshal([]byte(next.expect(t, ExitFailed, "providers --json")), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5 || rows[0].Name != "local" || rows[0].Models != 2 || !rows[0].Reachable {
		t.Fatalf("%+v", rows)
	}
	if r := rows[1]; !r.Reachable || !r.Authorised || r.Models != 23 || r.BalanceUSD == nil || *r.BalanceUSD != 7 || r.Error != "" || !r.KeySet {
		t.Errorf("%+v", r)
	}
	if r := rows[2]; r.Reachable || r.Error == "" {
		t.Errorf("%+v", r)
	}
	if len(good.Embeddings()) != 0 {
		t.Error("checking embedded something")
	}
	for _, key := range []string{good.Key, "sk-plain-do-not-print"} {
		if strings.Contains(s.out.String()+s.err.String()+next.out.String()+next.err.String(), key) {
			t.Errorf("%s was printed", key)
		}
	}
}

func TestListsAreRefreshedAndRemembered(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	sources := func(s *session, line string) map[string]string {
		var rows []struct{ ID, Source string }
		if err := json.Unmarshal([]byte(s.expect(t, ExitDone, line)), &rows); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range rows {
			got[r.ID] = r.Source
		}
		return got
	}
	const small = "nanogpt/text-embedding-3-small"
	if got := sources(s, "models --json"); got[small] != "snapshot" || len(server.Requests()) != 0 {
		t.Errorf("before: %s, %d requests", got[small], len(server.Requests()))
	}
	price := 0.5
	models := server.Models()
	for i := range models {
		if models[i].ID == "text-embedding-3-small" {
			models[i].Price = &price
		}
	}
	server.SetModels(append(models[:len(models)-1:len(models)-1], api.Model{ID: "new/one", Kind: api.KindEmbedding, Dimensions: 64, Price: &price}))
	refreshed := s.again(t)
	got := sources(refreshed, "models --json --refresh")
	if got[small] != "live" || got["nanogpt/new/one"] != "live" || got["nanogpt/"+models[len(models)-1].ID] != "snapshot" {
		t.Errorf("refreshed: %v", got)
	}
	if said := refreshed.err.String(); !strings.Contains(said, "the list of nanogpt: 1 new, 1 changed, 1 vanished") {
		t.Errorf("said %q", said)
	}
	requests := len(server.Requests())
	later := s.again(t)
	if got := sources(later, "models --json"); got[small] != "cached" || got["nanogpt/new/one"] != "cached" || len(server.Requests()) != requests {
		t.Errorf("later: %v", got)
	}
	server.Close()
	offline := s.again(t)
	offline.expect(t, ExitFailed, "models --refresh")
	if !strings.Contains(offline.out.String(), "nanogpt/new/one") || strings.Count(offline.err.String(), "\n") != 1 {
		t.Errorf("offline: %s", offline.err.String())
	}
	offline.keepsSecret(t, server.Key)
}

func TestTheListOfAServerIsAskedForWhenItIsNeeded(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.OpenAI})
	s := newSession(t)
	s.Environ = append(s.Environ, "OPENAI_API_KEY="+server.Key)
	s.settings(t, "[[provider]]\nname = \"openai\"\nbase_url = \""+server.URL+"\"\n")
	s.expect(t, ExitDone, "embed --yes --model openai/text-embedding-3-small "+file(t, "texts.csv", winds))
	if n := len(server.Embeddings()); n != 1 {
		t.Errorf("%d requests", n)
	}
	s.expect(t, ExitUsage, "embed --yes --model openai/text-embedding-9 "+file(t, "texts.csv", winds))
}

func TestTheServerToTry(t *testing.T) {
	for _, word := range []string{"list", "help"} {
		if out := newSession(t).expect(t, ExitDone, "serve-test --fault "+word); !strings.Contains(out, "rate-limited\n") {
			t.Errorf("%s", out)
		}
	}
	for _, line := range []string{"serve-test --fault none", "serve-test --fault cut:x", "serve-test --fault cut:0", "serve-test --dialect klingon", "serve-test now", "serve-test --fault none --debug " + filepath.Join(t.TempDir(), "log")} {
		newSession(t).expect(t, ExitUsage, line)
	}
	if out := newSession(t).expect(t, ExitDone, "--help"); strings.Contains(out, "serve-test") {
		t.Error("the hidden command is in the help")
	}
}
