package openai

import (
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// unsafe finds what must not reach a terminal.
func unsafe(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) })
}

// FuzzList looks for lists of models whose rows make no sense, or show the key.
func FuzzList(f *testing.F) {
	f.Add([]byte(`{"data":[{"id":"m","dimensions":8,"pricing":{"per_million_tokens":0.1}}]}`))
	f.Add([]byte(`{"models":[{"model":"m:latest","details":{"family":"bert"},"capabilities":["embedding"],"digest":"0a"}]}`))
	f.Add([]byte(`[{"id":"a","meta":{"n_embd":4,"n_ctx_train":512}},{"id":"a"},null,7]`))
	f.Add([]byte(`{"model_id":"x","max_input_length":512,"model_type":{"reranker":{}}}`))
	f.Add([]byte(`{"models":[{"key":"` + testKey + `","type":"embedding"}]}`))
	c := inside(f, Config{}, func(*http.Request) (*http.Response, error) { return response(200, ""), nil })
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, p := range Profiles() {
			if p.list == nil {
				continue
			}
			rows, _, err := p.list.read(body)
			if err != nil {
				continue
			}
			for _, m := range c.finish(rows) {
				text := m.ID + m.Name + m.Owner + m.Description
				if m.ID == "" || unsafe(text) || strings.Contains(text, testKey) || m.Dimensions < 0 || m.MaxTokens < 0 || m.Price != nil && !(*m.Price >= 0) {
					t.Fatalf("%s: %+v", p.Name, m)
				}
			}
		}
	})
}

// FuzzFailure looks for failures that are said in a way that could harm, or that ask
// for a senseless wait.
func FuzzFailure(f *testing.F) {
	f.Add(429, []byte(`{"error":{"message":"Please try again in 1m20s","code":"rate_limit_exceeded"}}`), "1s")
	f.Add(500, []byte(`{"error":{"message":"input (847 tokens) is too large to process (current batch size: 512)"}}`), "6ms")
	f.Add(422, []byte(`{"detail":[{"loc":["body","input",0],"msg":"x"}]}`), "-3")
	f.Add(200, []byte("\x1b]0;"+testKey), "1e300")
	f.Add(524, []byte("error code: 524"), "Mon, 02 Jan 2006 15:04:05 GMT")
	c := inside(f, Config{Key: api.NewSecret(testKey)}, func(*http.Request) (*http.Response, error) { return response(200, ""), nil })
	f.Fuzz(func(t *testing.T, status int, body []byte, wait string) {
		header := http.Header{"Retry-After": {wait}, "Retry-After-Ms": {wait}, "X-Ratelimit-Reset-Tokens": {wait}, requestID: {wait}}
		for _, fault := range []*fault{c.answerFault(status, header, body), c.unreadable(reply{header: header, body: body}, answer.ErrCut)} {
			said := fault.Error()
			if unsafe(said) || strings.Contains(said, testKey) || fault.RetryAfter < 0 || fault.RetryAfter > farthest || fault.limit < 0 || fault.given < 0 {
				t.Fatalf("%d %q: %q, wait %s", status, body, said, fault.RetryAfter)
			}
			if fault.again && fault.Permanent {
				t.Fatalf("%d %q may pass and is permanent", status, body)
			}
		}
	})
}

// FuzzAddress looks for addresses that are not the same when read again.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"localhost:11434/api", "https://nano-gpt.com/api/v1/embeddings/", "http://[::1]:80", "https://x.azure.com/a/embeddings?api-version=1", "a/embeddings/embeddings"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := Address(text)
		if err != nil {
			return
		}
		u, err := baseURL(text)
		if err != nil || u.Hostname() == "" || u.User != nil || !strings.HasPrefix(u.JoinPath("embeddings").Path, "/") {
			t.Fatalf("%q is %v, %v", text, u, err)
		}
		if u.JoinPath("embeddings").String() == "" || !strings.HasPrefix(once, "http") {
			t.Fatalf("%q is %q", text, once)
		}
	})
}
