package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// listed reads a list the way that kind of server sends it.
func listed(t *testing.T, kind, path, body string, models ...api.Model) []api.Model {
	t.Helper()
	c := serveConfig(t, Config{Name: "mine", Profile: profile(t, kind), Models: models}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	})
	got, err := c.Models(context.Background())
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return got
}

func ids(models []api.Model) (ids []string) {
	for _, m := range models {
		ids = append(ids, m.ID)
	}
	return ids
}

func TestNanoGPTsListIsReadWhole(t *testing.T) {
	got := listed(t, "nanogpt", "/api/v1/embedding-models", `{"object":"list","data":[
		{"id":"text-embedding-3-small","object":"model","created":1,"owned_by":"openai","name":"3 Small","description":"Good.",
		 "dimensions":1536,"max_dimensions":1536,"supports_dimensions":true,"max_tokens":8191,"pricing":{"per_million_tokens":0.02,"currency":"USD"}},
		{"id":"BAAI/bge-reranker-large","object":"model","created":1,"owned_by":"baai","dimensions":1024,"max_dimensions":1024,"supports_dimensions":true},
		{"id":"bare"}]}`)
	if !slices.Equal(ids(got), []string{"text-embedding-3-small", "BAAI/bge-reranker-large", "bare"}) {
		t.Fatalf("%v", ids(got))
	}
	m := got[0]
	if m.Price == nil || *m.Price != 0.02 {
		t.Errorf("price %v", m.Price)
	}
	m.Price = nil
	if fmt.Sprint(m) != fmt.Sprint(api.Model{Provider: "mine", ID: "text-embedding-3-small", Name: "3 Small", Owner: "openai", Kind: api.KindEmbedding, Description: "Good.",
		Dimensions: 1536, MaxDimensions: 1536, SupportsDimensions: true, MaxTokens: 8191, KeyEnv: "NANOGPT_API_KEY", Source: api.SourceLive}) {
		t.Errorf("%+v", m)
	}
	if r := got[1]; r.Dimensions != 0 || r.MaxDimensions != 0 || r.SupportsDimensions {
		t.Errorf("what has no vectors: %+v", r)
	}
	if got[1].Kind != api.KindReranker || got[2].Kind != api.KindEmbedding || got[2].Price != nil || got[2].Name != "bare" {
		t.Errorf("%+v", got[1:])
	}
}

func TestWrongAndMissingFieldsNeverBreakTheList(t *testing.T) {
	got := listed(t, "nanogpt", "/api/v1/embedding-models", `{"object":7,"data":[
		null, 5, "x", [], {}, {"id":null}, {"id":5}, {"id":""}, {"id":"  "},
		{"id":"a","dimensions":"1024","max_tokens":"many","name":[],"description":{},"owned_by":3,"pricing":"free","supports_dimensions":"yes"},
		{"id":"b","dimensions":-5,"max_tokens":1e300,"pricing":{"per_million_tokens":-1},"max_dimensions":12.5},
		{"id":"c","dimensions":null,"pricing":{"per_million_tokens":"0.13"}},
		{"id":"d","pricing":{"per_million_tokens":0.5,"currency":"EUR"}},
		{"id":"e","pricing":{"per_million_tokens":null}},
		{"id":"f","pricing":{"per_million_tokens":0,"currency":"usd"}},
		{"id":"a","dimensions":7},
		{"id":"g\u001b[31m\n","name":"\u202eg"}],"extra":true}`)
	if !slices.Equal(ids(got), []string{"a", "b", "c", "d", "e", "f", "g"}) {
		t.Fatalf("%v", ids(got))
	}
	a, b, c, d, e, f, g := got[0], got[1], got[2], got[3], got[4], got[5], got[6]
	if a.Dimensions != 1024 || a.MaxTokens != 0 || a.Name != "a" || a.Owner != "" || a.Price != nil || a.SupportsDimensions {
		t.Errorf("%+v", a)
	}
	if b.Dimensions != 0 || b.MaxTokens != 0 || b.Price != nil || b.MaxDimensions != 0 {
		t.Errorf("%+v", b)
	}
	if c.Price == nil || *c.Price != 0.13 || d.Price != nil || e.Price != nil || !f.Free() || g.Name != "g" {
		t.Errorf("prices %v %v %v %v, name %q", c.Price, d.Price, e.Price, f.Price, g.Name)
	}
}

func TestAnswersThatAreNoListAreErrors(t *testing.T) {
	for body, want := range map[string]string{
		"<html>": "does not look like an embeddings API", `{"data":5}`: "no list of models", "5": "no list of models", "": "no list of models",
		`{"error":{"message":"not today"}}`: "not today", `{"data":[{"id":"a"`: "no list of models",
	} {
		c := serve(t, "nanogpt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		_, err := c.Models(context.Background())
		var e *api.ServerError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", body, err, want)
		}
	}
	if got := listed(t, "nanogpt", "/api/v1/embedding-models", `{"data":[]}`); len(got) != 0 {
		t.Errorf("an empty list holds %v", got)
	}
}

func TestEveryKindOfServerListsItsEmbeddingModels(t *testing.T) {
	for _, c := range []struct {
		kind, path, body string
		want             string
	}{
		{"openai", "/api/v1/models", `{"data":[{"id":"gpt-5"},{"id":"text-embedding-3-large"},{"id":"text-embedding-ada-002"}]}`,
			"text-embedding-3-large 0 0 true -, text-embedding-ada-002 0 0 false -, gpt-5 0 0 false -?"},
		{"ollama", "/api/api/tags", `{"models":[{"name":"llama3:8b","capabilities":["completion"]},{"name":"embeddinggemma:latest","model":"embeddinggemma:latest","capabilities":["embedding"],"details":{"embedding_length":768,"context_length":2048}}]}`,
			"embeddinggemma:latest 768 2048 true 0, llama3:8b 0 0 true 0?"},
		{"ollama", "/api/api/tags", `{"models":[{"name":"llama3:8b","details":{"family":"llama"}},{"name":"all-minilm:latest","details":{"family":"bert"}},{"name":"qwen3-embedding:4b","details":{"family":"qwen3"}}]}`,
			"all-minilm:latest 0 0 true 0, qwen3-embedding:4b 0 0 true 0, llama3:8b 0 0 true 0?"},
		{"llamacpp", "/api/v1/models", `{"models":[{"name":"x"}],"data":[{"id":"bge.gguf","meta":{"n_embd":1024,"n_ctx_train":8192}}]}`,
			"bge.gguf 1024 8192 false 0"},
		{"lmstudio", "/api/api/v1/models", `{"models":[{"type":"llm","key":"qwen"},{"type":"embedding","key":"text-embedding-nomic","display_name":"Nomic","max_context_length":2048}]}`,
			"text-embedding-nomic 0 2048 false 0"},
		{"vllm", "/api/v1/models", `{"data":[{"id":"intfloat/e5","max_model_len":512}]}`, "intfloat/e5 0 512 false 0"},
		{"tei", "/api/info", `{"model_id":"BAAI/bge-m3","max_input_length":8192,"model_type":{"embedding":{"pooling":"cls"}}}`, "BAAI/bge-m3 0 8192 true 0"},
		{"openrouter", "/api/v1/embeddings/models", `{"data":[{"id":"openai/text-embedding-3-small","name":"3 Small","context_length":8192,"pricing":{"prompt":"0.00000002"}}]}`,
			"openai/text-embedding-3-small 0 8192 false 0.02"},
		{"mistral", "/api/v1/models", `{"data":[{"id":"mistral-large"},{"id":"mistral-embed","max_context_length":8192}]}`, "mistral-embed 0 8192 false -, mistral-large 0 0 false -?"},
		{"voyage", "", "", ""},
		{"jina", "", "", ""},
		{"generic", "/api/v1/models", `{"data":[{"id":"gpt"},{"id":"my-embedder"}]}`, "my-embedder 0 0 false -, gpt 0 0 false -?"},
		{"generic", "/api/v1/models", `[{"id":"gpt"},{"id":"other"}]`, "gpt 0 0 false -, other 0 0 false -"},
	} {
		var rows []string
		for _, m := range listed(t, c.kind, c.path, c.body) {
			price := "-"
			if m.Price != nil {
				price = fmt.Sprintf("%.4g", *m.Price)
			}
			row := fmt.Sprint(m.ID, " ", m.Dimensions, " ", m.MaxTokens, " ", m.SupportsDimensions, " ", price)
			if m.Unlikely { // is listed all the same, behind the others
				row += "?"
			}
			rows = append(rows, row)
			if m.Provider != "mine" || m.Source != api.SourceLive || m.Name == "" || (m.KeyEnv != "") != profile(t, c.kind).NeedsKey {
				t.Errorf("%s: %+v", c.kind, m)
			}
		}
		if got := strings.Join(rows, ", "); got != c.want {
			t.Errorf("%s lists %s\nwant %s", c.kind, got, c.want)
		}
	}
	if m := listed(t, "tei", "/api/info", `{"model_id":"x","model_type":{"reranker":{}}}`); m[0].Kind != api.KindReranker {
		t.Errorf("%+v", m)
	}
}

func TestARemoteServerOfAKindUsuallyAtHomeIsNotCalledFree(t *testing.T) {
	c := inside(t, Config{Profile: profile(t, "vllm"), BaseURL: "https://rented.example"}, func(*http.Request) (*http.Response, error) {
		return response(200, `{"data":[{"id":"a"}]}`), nil
	})
	if models, err := c.Models(t.Context()); err != nil || models[0].Price != nil {
		t.Errorf("%+v, %v", models, err)
	}
}

func TestTheSettingsCompleteTheList(t *testing.T) {
	price := 0.5
	rows := []api.Model{{ID: "a", Price: &price, Dimensions: 8}, {ID: "only-here", Price: &price}, {ID: "orders", Kind: api.KindReranker}}
	got := listed(t, "openai", "/api/v1/models", `{"data":[{"id":"a"},{"id":"a-embedding"},{"id":"embedding-a"}]}`, rows...)
	if !slices.Equal(ids(got), []string{"a-embedding", "embedding-a", "a", "only-here", "orders"}) || got[4].Kind != api.KindReranker || got[3].Source != api.SourceConfig || got[3].Kind != api.KindEmbedding || got[3].Provider != "mine" {
		t.Errorf("%+v", got)
	}
	got = listed(t, "vllm", "/api/v1/models", `{"data":[{"id":"a","max_model_len":512}]}`, rows[0])
	if len(got) != 1 || got[0].Dimensions != 8 || *got[0].Price != 0.5 || got[0].MaxTokens != 512 || got[0].Source != api.SourceLive {
		t.Errorf("%+v", got)
	}
	if got := listed(t, "voyage", "", "", rows[0]); len(got) != 1 || got[0].Name != "a" || got[0].KeyEnv != "VOYAGE_API_KEY" {
		t.Errorf("%+v", got)
	}
}

func TestListsBelongToTheirCaller(t *testing.T) {
	c := serve(t, "nanogpt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"data":[{"id":"a"}]}`) })
	first, err := c.Models(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	first[0].ID = "changed"
	if second, err := c.Models(context.Background()); err != nil || second[0].ID != "a" {
		t.Errorf("%+v, %v", second, err)
	}
}

func TestAListThatIsNotThereIsNotBlamedOnAModel(t *testing.T) {
	c := serve(t, "openai", func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) })
	if _, err := c.Models(t.Context()); err == nil || strings.Contains(err.Error(), "model's name") || !strings.Contains(err.Error(), "check base_url (") {
		t.Errorf("%v", err)
	}
}

func TestAModelThatOllamaPassesOnToItsCloudIsNotFree(t *testing.T) {
	c := serve(t, "ollama", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"models":[{"name":"here:latest","model":"here:latest","capabilities":["embedding"]},`+
			`{"name":"far:cloud","model":"far:cloud","remote_model":"far","remote_host":"https://ollama.com:443","capabilities":["embedding"]}]}`)
	})
	models, err := c.Models(t.Context())
	if err != nil || len(models) != 2 || !models[0].Free() || models[1].Price != nil || !models[1].Elsewhere {
		t.Errorf("%+v, %v", models, err)
	}
}
