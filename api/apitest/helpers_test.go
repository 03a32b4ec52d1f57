package apitest_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const small = "text-embedding-3-small"

// quick starts a NanoGPT whose vectors mean little.
func quick(t *testing.T) *apitest.Server {
	t.Helper()
	return apitest.New(t, apitest.Options{Quick: true})
}

// response is an answer that has been read.
type response struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request with the server's key, or with the headers given.
func send(t *testing.T, s *apitest.Server, method, url string, body any, headers ...string) response {
	t.Helper()
	r, err := try(t.Context(), s, method, url, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return r
}

func try(ctx context.Context, s *apitest.Server, method, url string, body any, headers ...string) (response, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return response{}, err
	}
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(encoded))
	if err != nil {
		return response{}, err
	}
	if len(headers) == 0 && s.Key != "" {
		headers = []string{"Authorization", "Bearer " + s.Key}
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return response{}, err
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	return response{resp.StatusCode, resp.Header, read}, err
}

// root is the server's address without the path of its base URL.
func root(s *apitest.Server) string {
	rest, _, _ := strings.Cut(strings.TrimPrefix(s.URL, "http://"), "/")
	return "http://" + rest
}

func post(t *testing.T, s *apitest.Server, body any, headers ...string) response {
	t.Helper()
	return send(t, s, http.MethodPost, s.URL+"/embeddings", body, headers...)
}

// fields are those of a request or an answer.
type fields = map[string]any

// decode reads the answer's JSON.
func (r response) decode(t *testing.T) fields {
	t.Helper()
	var out fields
	if err := json.Unmarshal(r.body, &out); err != nil {
		t.Fatalf("status %d, no JSON: %v: %.300s", r.status, err, r.body)
	}
	return out
}

// errorCode gives error.code, which OpenAI's form has.
func (r response) errorCode(t *testing.T) any {
	t.Helper()
	e, _ := r.decode(t)["error"].(fields)
	return e["code"]
}

// list gives a list of objects in the answer.
func (r response) list(t *testing.T, name string) []fields {
	t.Helper()
	var out []fields
	entries, _ := r.decode(t)[name].([]any)
	for _, e := range entries {
		out = append(out, e.(fields))
	}
	return out
}

// vectors reads the vectors in the order in which they stand.
func (r response) vectors(t *testing.T) [][]float32 {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("status %d: %.300s", r.status, r.body)
	}
	var out [][]float32
	for _, e := range r.list(t, "data") {
		out = append(out, vector(t, e["embedding"]))
	}
	return out
}

func vector(t *testing.T, embedding any) []float32 {
	t.Helper()
	var v []float32
	switch e := embedding.(type) {
	case string:
		raw, err := base64.StdEncoding.DecodeString(e)
		if err != nil {
			t.Fatal(err)
		}
		for ; len(raw) >= 4; raw = raw[4:] {
			v = append(v, math.Float32frombits(binary.LittleEndian.Uint32(raw)))
		}
	case []any:
		for _, x := range e {
			v = append(v, float32(x.(float64)))
		}
	}
	return v
}

// cosine is that of vectors of unit length.
func cosine(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
