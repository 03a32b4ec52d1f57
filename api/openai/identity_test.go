package openai

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestListsSayWhatIdentifiesAModel(t *testing.T) {
	for _, c := range []struct {
		kind, path, body string
		want             api.Identity
	}{
		{"ollama", "/api/api/tags", `{"models":[{"name":"a","model":"a","digest":"0a10","capabilities":["embedding"]}]}`, "digest:0a10"},
		{"llamacpp", "/api/v1/models", `{"data":[{"id":"a","created":7,"owned_by":"llamacpp","meta":{"n_embd":768,"n_params":136727040,"size":145389056}}]}`, "meta:size=145389056 n_params=136727040 n_embd=768"},
		{"llamacpp", "/api/v1/models", `{"data":[{"id":"a","created":7,"owned_by":"llamacpp","meta":null}]}`, ""},
		{"tei", "/api/info", `{"model_id":"a","model_sha":"d4aa"}`, "digest:d4aa"},
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","created":1750000000,"owned_by":"library"}]}`, "created:1750000000"},
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","created":1750000000,"owned_by":"somebody"}]}`, ""},
	} {
		if got := listed(t, c.kind, c.path, c.body); len(got) != 1 || got[0].Identity != c.want {
			t.Errorf("%s: %+v, want %q", c.kind, got, c.want)
		}
	}
}
