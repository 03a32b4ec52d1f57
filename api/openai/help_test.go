package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testKey = "sk-nano-9f8e7d6c/5b4a+3210=distinct?ive"

func profile(t testing.TB, name string) Profile {
	t.Helper()
	p, err := FindProfile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// newClient makes a client of that kind; it never waits longer than told to.
func newClient(t testing.TB, cfg Config) *Client {
	t.Helper()
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// serve starts a server and makes a client of that kind for it.
func serve(t testing.TB, kind string, handler http.HandlerFunc) *Client {
	t.Helper()
	return serveConfig(t, Config{Profile: profile(t, kind), Key: api.NewSecret(testKey), RequestsPerSecond: 1e6}, handler)
}

func serveConfig(t testing.TB, cfg Config, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	cfg.BaseURL = server.URL + "/api/v1"
	cfg.HTTP = &http.Client{Transport: &http.Transport{}}
	return newClient(t, cfg)
}

// roundTrip answers requests without a network, so that time can be made up.
type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip takes the whole request before it is answered, as a network does.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return f(r)
}

// inside makes a client whose requests are answered without a network; its waits
// have no jitter.
func inside(t testing.TB, cfg Config, answer roundTrip) *Client {
	t.Helper()
	cfg.HTTP = &http.Client{Transport: answer}
	if cfg.Profile.Name == "" {
		cfg.Profile = profile(t, "nanogpt")
	}
	if cfg.BaseURL == "" && cfg.Profile.BaseURL == "" {
		cfg.BaseURL = "https://example.com"
	}
	if cfg.Key.Empty() {
		cfg.Key = api.NewSecret(testKey)
	}
	c := newClient(t, cfg)
	c.jitter = func(d time.Duration) time.Duration { return d }
	return c
}

// response makes an answer; headers are given as name, value, ….
func response(status int, body string, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

// asked is what a request for embeddings says.
type asked struct {
	Model           string   `json:"model"`
	Input           []string `json:"input"`
	EncodingFormat  *string  `json:"encoding_format"`
	Dimensions      *int     `json:"dimensions"`
	OutputDimension *int     `json:"output_dimension"`
}

func readAsked(t testing.TB, r *http.Request) asked {
	t.Helper()
	var a asked
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		t.Errorf("the request is no JSON: %v", err)
	}
	return a
}

// vectorOf is the vector that the tests' servers give a text: its length and its
// first byte tell it from others.
func vectorOf(text string) []float32 { return []float32{float32(len(text)), float32(text[0]), 1} }

// unitOf is the same vector at unit length.
func unitOf(text string) []float32 {
	v := vectorOf(text)
	answer.Normalise(v)
	return v
}

// answerTo answers with the vectors of all texts.
func answerTo(a asked) string {
	values := make([]string, len(a.Input))
	for i, text := range a.Input {
		values[i] = inNumbers(vectorOf(text))
	}
	return answerOf(values...)
}

// wellBehaved answers requests for embeddings as it should.
func wellBehaved(t testing.TB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, answerTo(readAsked(t, r))) }
}

func embed(c *Client, texts ...string) (api.Result, error) {
	return c.Embed(context.Background(), api.Request{Model: "m", Texts: texts})
}

// numbered makes different texts.
func numbered(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("text %d", i)
	}
	return texts
}

// lockedBuilder is a log that several goroutines may write.
type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// answerOf writes an answer with those values of "embedding", in their order.
func answerOf(values ...string) string {
	rows := make([]string, len(values))
	for i, v := range values {
		rows[i] = fmt.Sprintf(`{"object":"embedding","index":%d,"embedding":%s}`, i, v)
	}
	return `{"object":"list","data":[` + strings.Join(rows, ",") + `],"model":"m","usage":{"prompt_tokens":8,"total_tokens":9}}`
}
