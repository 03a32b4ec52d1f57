package apitest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

// of starts a server of that dialect and names its first model.
func of(t *testing.T, d apitest.Dialect) (s *apitest.Server, model string) {
	t.Helper()
	s = apitest.New(t, apitest.Options{Dialect: d, Quick: true})
	return s, s.Models()[0].ID
}

func TestEveryDialectEmbeds(t *testing.T) {
	for _, d := range apitest.Dialects() {
		t.Run(string(d), func(t *testing.T) {
			s, model := of(t, d)
			r := post(t, s, fields{"model": model, "input": []string{"one", "two"}})
			v := r.vectors(t)
			if len(v) != 2 || len(v[0]) != s.Models()[0].Dimensions {
				t.Errorf("%d vectors of %d numbers", len(v), len(v[0]))
			}
		})
	}
}

func TestKeysWhereServersHaveThem(t *testing.T) {
	keyed := map[apitest.Dialect]bool{apitest.NanoGPT: true, apitest.OpenAI: true, apitest.OpenRouter: true, apitest.Mistral: true, apitest.Voyage: true, apitest.Jina: true}
	for _, d := range apitest.Dialects() {
		s, model := of(t, d)
		want := http.StatusOK
		if keyed[d] {
			want = http.StatusUnauthorized
		}
		if r := post(t, s, fields{"model": model, "input": "x"}, "X-Nothing", "x"); r.status != want || (s.Key != "") != keyed[d] {
			t.Errorf("%s: status %d without a key, want %d", d, r.status, want)
		}
	}
	s := apitest.New(t, apitest.Options{Dialect: apitest.VLLM, Key: "secret", Quick: true})
	if r := post(t, s, fields{"model": s.Models()[0].ID, "input": "x"}, "Authorization", "Bearer wrong"); r.status != http.StatusUnauthorized {
		t.Errorf("a key that was set: status %d", r.status)
	}
}

func TestListsOfModels(t *testing.T) {
	for _, tt := range []struct {
		dialect    apitest.Dialect
		path       string
		field, id  string
		count      int
		name, like string // a field of the first row, as it is printed
	}{
		{apitest.OpenAI, "/v1/models", "data", "id", 5, "id", "text-embedding-3-small"},
		{apitest.Ollama, "/api/tags", "models", "name", 3, "capabilities", "[embedding]"},
		{apitest.Ollama, "/v1/models", "data", "id", 4, "object", "model"},
		{apitest.LlamaCPP, "/v1/models", "data", "id", 1, "meta", "n_embd:768"},
		{apitest.LlamaSwap, "/v1/models", "data", "id", 3, "owned_by", "llama-swap"},
		{apitest.LlamaSwap, "/running", "running", "model", 1, "state", "ready"},
		{apitest.LMStudio, "/api/v1/models", "models", "key", 2, "type", "embedding"},
		{apitest.VLLM, "/v1/models", "data", "id", 2, "max_model_len", "32768"},
		{apitest.OpenRouter, "/api/v1/embeddings/models", "data", "id", 3, "pricing", "prompt:0.00000002"},
		{apitest.Mistral, "/v1/models", "data", "id", 3, "capabilities", "completion_chat:false"},
	} {
		s, model := of(t, tt.dialect)
		rows := send(t, s, http.MethodGet, root(s)+tt.path, nil).list(t, tt.field)
		if len(rows) != tt.count || rows[0][tt.id] != model || !strings.Contains(fmt.Sprint(rows[0][tt.name]), tt.like) {
			t.Errorf("%s %s: %v", tt.dialect, tt.path, rows)
		}
	}
}

func TestTheOneModelOfTextEmbeddingsInference(t *testing.T) {
	s, model := of(t, apitest.TEI)
	body := send(t, s, http.MethodGet, root(s)+"/info", nil).decode(t)
	if body["model_id"] != model || body["max_client_batch_size"] != 32.0 || body["max_input_length"] != 512.0 {
		t.Errorf("%v", body)
	}
}

func TestOpenRoutersCredits(t *testing.T) {
	s, model := of(t, apitest.OpenRouter)
	post(t, s, fields{"model": model, "input": "hello world"})
	data := send(t, s, http.MethodGet, s.URL+"/credits", nil).decode(t)["data"].(fields)
	if data["total_credits"] != apitest.DefaultBalance || data["total_usage"] != s.Spent() || s.Spent() <= 0 {
		t.Errorf("%v after %v", data, s.Spent())
	}
}

func TestDialectsTakeRequestsInTheirWays(t *testing.T) {
	const floats, packed = "float", "base64"
	many := func(n int) []string {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = "x"
		}
		return texts
	}
	long := strings.Repeat("word ", 8192)
	for _, tt := range []struct {
		dialect  apitest.Dialect
		name     string
		extra    fields
		status   int
		contains string
		length   int // of the first vector, when the status is 200
	}{
		{apitest.OpenAI, "dimensions", fields{"dimensions": 64}, 200, "", 64},
		{apitest.OpenAI, "ada's dimensions", fields{"model": "text-embedding-ada-002", "dimensions": 64}, 400, `"code":"invalid_parameter_value"`, 0},
		{apitest.OpenAI, "2049 texts", fields{"input": many(2049)}, 400, `"param":"input"`, 0},
		{apitest.OpenAI, "an empty text", fields{"input": ""}, 400, `"param":"input"`, 0},
		{apitest.Ollama, "dimensions", fields{"dimensions": 64}, 200, "", 64},
		{apitest.Ollama, "base64", fields{"encoding_format": packed}, 200, `"embedding":"`, 768},
		{apitest.Ollama, "a long text", fields{"input": long}, 200, `"prompt_tokens":2048`, 768},
		{apitest.LlamaCPP, "dimensions", fields{"dimensions": 64}, 200, "", 768},
		{apitest.LlamaCPP, "base64", fields{"encoding_format": packed}, 200, `"embedding":"`, 768},
		{apitest.LlamaCPP, "a long text", fields{"input": long}, 500, "is too large to process", 0},
		{apitest.LMStudio, "dimensions", fields{"dimensions": 64}, 200, "", 768},
		{apitest.LMStudio, "base64", fields{"encoding_format": packed}, 200, `"embedding":[`, 768},
		{apitest.LMStudio, "usage", nil, 200, `"prompt_tokens":0`, 768},
		{apitest.LMStudio, "an unknown model", fields{"model": "nope"}, 404, `{"error":"`, 0},
		{apitest.VLLM, "dimensions of a Matryoshka model", fields{"dimensions": 64}, 200, "", 64},
		{apitest.VLLM, "dimensions of another", fields{"model": "BAAI/bge-m3", "dimensions": 64}, 400, `"object":"error"`, 0},
		{apitest.TEI, "32 texts", fields{"input": many(32)}, 200, "", 1024},
		{apitest.TEI, "33 texts", fields{"input": many(33)}, 422, `"message":"batch size 33 \u003e maximum allowed batch size 32","type":"Validation"`, 0},
		{apitest.TEI, "dimensions", fields{"dimensions": 64}, 200, "", 64},
		{apitest.TEI, "dimensions above", fields{"dimensions": 1025}, 422, `"code":422`, 0},
		{apitest.TEI, "a long text", fields{"input": long}, 422, `"code":422`, 0},
		{apitest.OpenRouter, "an unknown model", fields{"model": "nope"}, 404, `"error":{"code":404`, 0},
		{apitest.OpenRouter, "base64", fields{"encoding_format": packed}, 200, `"embedding":"`, 1536},
		{apitest.Mistral, "dimensions", fields{"dimensions": 64}, 400, "output_dimension", 0},
		{apitest.Mistral, "output_dimension", fields{"model": "codestral-embed", "output_dimension": 64}, 200, "", 64},
		{apitest.Mistral, "513 texts", fields{"input": many(513)}, 400, "", 0},
		{apitest.Voyage, "dimensions", fields{"dimensions": 64}, 400, `{"detail":"`, 0},
		{apitest.Voyage, "output_dimension", fields{"output_dimension": 256}, 200, `"usage":{"total_tokens":`, 256},
		{apitest.Voyage, "base64", fields{"encoding_format": packed}, 200, `"embedding":"`, 1024},
		{apitest.Voyage, "float", fields{"encoding_format": floats}, 400, `{"detail":"`, 0},
		{apitest.Voyage, "1001 texts", fields{"input": many(1001)}, 400, `{"detail":"`, 0},
		{apitest.Jina, "dimensions", fields{"dimensions": 64}, 200, "", 64},
		{apitest.Jina, "dimensions of an older one", fields{"model": "jina-embeddings-v2-base-en", "dimensions": 64}, 400, `{"detail":"`, 0},
		{apitest.Jina, "float", fields{"encoding_format": floats}, 422, `{"detail":[{"loc":["body","encoding_format"]`, 0},
		{apitest.Generic, "dimensions", fields{"dimensions": 64}, 200, "", 384},
		{apitest.Generic, "an unknown model", fields{"model": "nope"}, 404, `"code":"model_not_found"`, 0},
	} {
		t.Run(fmt.Sprintf("%s %s", tt.dialect, tt.name), func(t *testing.T) {
			s, model := of(t, tt.dialect)
			body := fields{"model": model, "input": []string{"one", "two"}}
			for name, value := range tt.extra {
				body[name] = value
			}
			r := post(t, s, body)
			if r.status != tt.status || !strings.Contains(string(r.body), tt.contains) {
				t.Fatalf("status %d, want %d with %s: %.300s", r.status, tt.status, tt.contains, r.body)
			}
			if tt.status == http.StatusOK {
				if v := r.vectors(t); len(v[0]) != tt.length {
					t.Errorf("%d dimensions, want %d", len(v[0]), tt.length)
				}
			}
		})
	}
}

func TestWrongPathsInEveryDialect(t *testing.T) {
	for d, want := range map[apitest.Dialect]struct {
		status int
		begins string
	}{
		apitest.NanoGPT:    {404, "<!DOCTYPE html>"},
		apitest.OpenRouter: {404, "<!DOCTYPE html>"},
		apitest.OpenAI:     {404, `{"error":{`},
		apitest.Ollama:     {404, "404 page not found"},
		apitest.LlamaCPP:   {404, `{"error":{"code":404`},
		apitest.LMStudio:   {200, `{"error":"Unexpected endpoint`},
		apitest.VLLM:       {404, `{"detail":"Not Found"}`},
		apitest.TEI:        {404, ""},
		apitest.Mistral:    {404, `{"detail":"Not Found"}`},
		apitest.Voyage:     {404, `{"detail":"Not Found"}`},
		apitest.Jina:       {404, `{"detail":"Not Found"}`},
		apitest.Generic:    {404, `{"error":{`},
	} {
		s, _ := of(t, d)
		if r := send(t, s, http.MethodGet, s.URL+"/nothing/here", nil); r.status != want.status || !strings.HasPrefix(string(r.body), want.begins) {
			t.Errorf("%s: status %d: %.100s", d, r.status, r.body)
		}
	}
}

func TestErrorsInEveryDialect(t *testing.T) {
	for d, begins := range map[apitest.Dialect]string{
		apitest.NanoGPT:    `{"error":{"code":null,"message":"`,
		apitest.OpenAI:     `{"error":{"code":null,"message":"`,
		apitest.Ollama:     `{"error":{"code":null,"message":"`,
		apitest.Generic:    `{"error":{"code":null,"message":"`,
		apitest.LlamaCPP:   `{"error":{"code":500,"message":"`,
		apitest.OpenRouter: `{"error":{"code":500,"message":"`,
		apitest.LMStudio:   `{"error":"`,
		apitest.VLLM:       `{"code":500,"message":"`,
		apitest.Mistral:    `{"code":500,"message":"`,
		apitest.TEI:        `{"code":500,"message":"`,
		apitest.Voyage:     `{"detail":"`,
		apitest.Jina:       `{"detail":"`,
	} {
		s, model := of(t, d)
		s.Fail(apitest.ServerError())
		if r := post(t, s, fields{"model": model, "input": "x"}); r.status != 500 || !strings.HasPrefix(string(r.body), begins) {
			t.Errorf("%s: status %d: %s", d, r.status, r.body)
		}
	}
}

// Every fault in every dialect ends, one way or another, and leaves the server
// able to answer.
func TestEveryFaultInEveryDialect(t *testing.T) {
	for _, d := range apitest.Dialects() {
		s, model := of(t, d)
		body := fields{"model": model, "input": []string{"one", "two"}}
		for _, fault := range apitest.Faults() {
			if strings.Contains(fault.Name(), "hang") || strings.Contains(fault.Name(), "huge") {
				continue // their own tests try them
			}
			s.Fail(fault)
			_, err := try(t.Context(), s, http.MethodPost, s.URL+"/embeddings", body)
			if cut := strings.HasPrefix(fault.Name(), "cut"); (err != nil) != cut {
				t.Errorf("%s in %s: %v", fault, d, err)
			}
			if r := post(t, s, body); r.status != http.StatusOK {
				t.Errorf("after %s in %s: status %d", fault, d, r.status)
			}
		}
	}
}

// Azure's older API has the version in the address, the key in a header of its own, and
// the model in the address too.
func TestAzureDeployment(t *testing.T) {
	s := apitest.New(t, apitest.Options{Dialect: apitest.Azure, Quick: true})
	body := fields{"model": "whatever", "input": []string{"one", "two"}}
	for _, tt := range []struct {
		name, url, header, key string
		status                 int
		says                   string
	}{
		{"as it is meant", s.URL + "/embeddings" + apitest.AzureVersion, "Api-Key", s.Key, 200, `"object":"list"`},
		{"a bearer token", s.URL + "/embeddings" + apitest.AzureVersion, "Authorization", "Bearer " + s.Key, 401, `{"error":{"code":"401","message":"Access denied due to invalid subscription key`},
		{"a wrong key", s.URL + "/embeddings" + apitest.AzureVersion, "Api-Key", "wrong", 401, `"code":"401"`},
		{"no version", s.URL + "/embeddings", "Api-Key", s.Key, 404, `{"error":{"code":"404","message":"Resource not found"}}`},
		{"another deployment", strings.Replace(s.URL, "small", "large", 1) + "/embeddings" + apitest.AzureVersion, "Api-Key", s.Key, 404, `{"error":{"code":"DeploymentNotFound"`},
		{"a list", s.URL + "/models" + apitest.AzureVersion, "Api-Key", s.Key, 404, "Resource not found"},
	} {
		r := send(t, s, http.MethodPost, tt.url, body, tt.header, tt.key)
		if r.status != tt.status || !strings.Contains(string(r.body), tt.says) {
			t.Errorf("%s: status %d, %.200s", tt.name, r.status, r.body)
		}
	}
}
