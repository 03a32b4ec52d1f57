package openai

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

// quirk is something in which a kind of server differs, and what must come of it.
type quirk struct {
	name    string
	dialect apitest.Dialect
	profile string // of the client; empty is the dialect's
	model   string // empty is the server's first
	texts   []string
	ask     int // dimensions
	fault   apitest.Fault

	length   int    // of the vectors; 0 is the model's
	requests int    // that the server sees
	refused  int    // of these
	inputs   int    // the most texts in one
	encoding string // encoding_format sent
	guessed  bool   // the tokens are an estimate
	err      string
}

var quirks = []quirk{
	{name: "LM Studio ignores base64 and dimensions, and counts no tokens", dialect: apitest.LMStudio, texts: numbered(3), ask: 256, requests: 1, inputs: 3, guessed: true},
	{name: "LM Studio asked for base64 all the same", dialect: apitest.LMStudio, profile: "nanogpt", texts: numbered(3), requests: 1, inputs: 3, encoding: "base64", guessed: true},
	{name: "text-embeddings-inference takes 32 texts", dialect: apitest.TEI, texts: numbered(100), requests: 4, inputs: 32, encoding: "base64"},
	{name: "the same, taken for a generic server", dialect: apitest.TEI, profile: "generic", texts: numbered(100), requests: 6, refused: 2, inputs: 100},
	{name: "text-embeddings-inference shortens every model's vectors", dialect: apitest.TEI, texts: numbered(3), ask: 256, length: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "text-embeddings-inference refuses longer vectors with 422", dialect: apitest.TEI, texts: numbered(3), ask: 4096, requests: 1, refused: 1, inputs: 3, encoding: "base64", err: "at most 1024"},
	{name: "Mistral takes 512 texts", dialect: apitest.Mistral, texts: numbered(513), requests: 2, inputs: 512, encoding: "base64"},
	{name: "Mistral calls it output_dimension", dialect: apitest.Mistral, model: "codestral-embed", texts: numbered(3), ask: 256, length: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "Voyage takes 1000 texts and counts a total", dialect: apitest.Voyage, texts: numbered(1001), requests: 2, inputs: 1000, encoding: "base64"},
	{name: "Voyage calls it output_dimension", dialect: apitest.Voyage, texts: numbered(3), ask: 256, length: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "Jina rejects encoding_format", dialect: apitest.Jina, texts: numbered(3), ask: 256, length: 256, requests: 1, inputs: 3},
	{name: "Jina says what is wrong in a list of details", dialect: apitest.Jina, profile: "nanogpt", texts: numbered(3), requests: 1, refused: 1, inputs: 3, encoding: "base64", err: "encoding_format: Extra inputs are not permitted"},
	{name: "llama.cpp ignores dimensions", dialect: apitest.LlamaCPP, texts: numbered(3), ask: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "llama.cpp fails for good with 500 at long texts", dialect: apitest.LlamaCPP, texts: []string{"a", words(2000)}, requests: 3, refused: 2, inputs: 2, encoding: "base64"},
	{name: "the same behind something else", dialect: apitest.LlamaCPP, profile: "generic", texts: []string{"a", words(2000)}, requests: 3, refused: 2, inputs: 2},
	{name: "vLLM refuses dimensions for most models", dialect: apitest.VLLM, model: "BAAI/bge-m3", texts: numbered(3), ask: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "vLLM's flat errors", dialect: apitest.VLLM, model: "nobody", texts: numbered(3), requests: 1, refused: 1, inputs: 3, encoding: "base64", err: `The model "nobody" does not exist`},
	{name: "Ollama reads the beginning of long texts without a word", dialect: apitest.Ollama, texts: []string{words(9000)}, requests: 1, inputs: 1, encoding: "base64"},
	{name: "LM Studio's errors are a text", dialect: apitest.LMStudio, model: "nobody", texts: numbered(3), requests: 1, refused: 1, inputs: 3, err: `The model "nobody" does not exist`},
	{name: "Ollama's errors have a null for a code", dialect: apitest.Ollama, model: "nobody", texts: numbered(3), requests: 1, refused: 1, inputs: 3, encoding: "base64", err: `The model "nobody" does not exist`},
	{name: "OpenRouter's 200 without data", dialect: apitest.OpenRouter, texts: numbered(3), fault: apitest.NullData(), requests: 1, inputs: 3, err: "the answer holds no vectors; " + faultyAnswer},
	{name: "OpenRouter's 200 with an empty list", dialect: apitest.OpenRouter, texts: numbered(3), fault: apitest.NoVectors(), requests: 1, inputs: 3, err: "the answer holds no vectors; " + faultyAnswer},
	{name: "OpenRouter's 200 with an error", dialect: apitest.OpenRouter, texts: numbered(3), fault: apitest.ErrorIn200(), requests: 2, inputs: 3},
	{name: "OpenAI's ada takes no dimensions, as its name tells", dialect: apitest.OpenAI, model: "text-embedding-ada-002", texts: numbered(3), ask: 256, requests: 1, inputs: 3, encoding: "base64"},
	{name: "a base64 vector where numbers were expected", dialect: apitest.Generic, texts: numbered(3), fault: apitest.Base64ForNumbers(), requests: 1, inputs: 3},
}

func TestQuirksThatBrokeOtherClients(t *testing.T) {
	for _, q := range quirks {
		t.Run(q.name, func(t *testing.T) {
			t.Parallel()
			s := apitest.New(t, apitest.Options{Dialect: q.dialect, Quick: true})
			s.Fail(q.fault)
			c, log := patient(t, s)
			if q.profile != "" {
				c = asIf(t, c, q.profile, s)
			}
			if c.cfg.Profile.list != nil && q.profile == "" {
				if _, err := c.Models(t.Context()); err != nil { // which model shortens its vectors
					t.Fatal(err)
				}
			}
			q.check(t, s, c, log)
		})
	}
}

// asIf is a client like that one which takes the server for another kind.
func asIf(t *testing.T, like *Client, kind string, s *apitest.Server) *Client {
	t.Helper()
	cfg := like.cfg
	p := profile(t, kind)
	c := newClient(t, Config{Profile: p, BaseURL: s.URL, Key: cfg.Key, RequestsPerSecond: 1e6, HTTP: cfg.HTTP})
	if c.cfg.Key.Empty() && p.NeedsKey {
		c.cfg.Key = api.NewSecret("unneeded")
	}
	return c
}

func (q quirk) check(t *testing.T, s *apitest.Server, c *Client, log *lockedBuilder) {
	t.Helper()
	model := embedder(t, s)
	for _, m := range s.Models() {
		if m.ID == q.model {
			model = m
		}
	}
	id := model.ID
	if q.model != "" {
		id = q.model
	}
	got, err := c.Embed(t.Context(), api.Request{Model: id, Dimensions: q.ask, Texts: q.texts})
	asked := s.Embeddings()
	most := 0
	for _, r := range asked {
		most = max(most, len(r.Inputs))
		if r.Encoding != q.encoding {
			t.Errorf("asked for the encoding %q, want %q", r.Encoding, q.encoding)
		}
	}
	if len(asked) != q.requests || most != q.inputs {
		t.Errorf("%d requests of up to %d texts, want %d of %d\n%s", len(asked), most, q.requests, q.inputs, log)
	}
	if q.err != "" {
		if err == nil || !strings.Contains(err.Error(), q.err) {
			t.Errorf("error %v, want %q", err, q.err)
		}
		return
	}
	length := q.length
	if length == 0 {
		length = model.Dimensions
	}
	if err != nil || got.Dimensions != length || got.Usage.Estimated != q.guessed || got.Usage.Tokens == 0 {
		t.Errorf("%d dimensions, %+v, %v", got.Dimensions, got.Usage, err)
	}
	if q.fault.Name() == "" && got.Usage.Failed != q.refused {
		t.Errorf("%d requests failed, want %d", got.Usage.Failed, q.refused)
	}
}
