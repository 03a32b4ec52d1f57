package ui

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/openai"
)

// serverOptions are the explorer with a real client of a server in this process.
func serverOptions(t *testing.T, s *apitest.Server, candidates ...string) Options {
	t.Helper()
	profile, err := openai.FindProfile("nanogpt")
	if err != nil {
		t.Fatal(err)
	}
	client, err := openai.New(openai.Config{Name: "nanogpt", BaseURL: s.URL, Key: api.NewSecret(s.Key), KeyEnv: "NANOGPT_API_KEY", Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	models, err := client.Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o := optionsWith(t, shopTexts, candidates...)
	o.Engine.Catalog = catalog.New(models, o.Engine.Catalog.Models())
	o.Engine.Providers["nanogpt"] = client
	o.Engine.HasKey = func(string) bool { return true }
	return o
}

func TestServersRefusalOfOneModelLeavesTheOther(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.FailWhen(apitest.OfModel("text-embedding-3-large"), apitest.Unpaid())
	term := start(t, 140, 40, serverOptions(t, s, "nanogpt/text-embedding-3-small@1536", "nanogpt/text-embedding-3-large@3072"))
	term.waitFor("E shows its cost")
	if s.Spent() != 0 {
		t.Fatal("the server was paid unasked")
	}
	term.pay()
	term.waitFor("background: mean", "402")
	term.press("5")
	term.waitFor("  text-embedding-3-small", " left, asked at")
}

func TestServersWaitIsShownAndCtrlCEndsIt(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true})
	s.Fail(apitest.RateLimitedFor(30))
	term := start(t, 140, 40, serverOptions(t, s, "nanogpt/text-embedding-3-small@1536"))
	term.waitFor("E shows its cost")
	term.pay()
	term.waitFor("waits ", "429", "attempt 2")
	term.press("ctrl+c")
	term.waitFor("Stop?")
	term.press("y")
	term.waitFor("Stopped: 0 of 3 texts are kept")
	if s.Spent() != 0 {
		t.Errorf("$%v were spent", s.Spent())
	}
}
