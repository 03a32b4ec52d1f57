package apitest_test

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestBothEncodingsSayTheSame(t *testing.T) {
	s := quick(t)
	texts := []string{"How do I reset my password?", "Pizza with extra cheese"}
	numbers := post(t, s, fields{"model": small, "input": texts, "encoding_format": "float"})
	packed := post(t, s, fields{"model": small, "input": texts, "encoding_format": "base64"})
	if _, isText := packed.list(t, "data")[0]["embedding"].(string); !isText {
		t.Fatalf("base64 is no string: %.100s", packed.body)
	}
	a, b := numbers.vectors(t), packed.vectors(t)
	for i := range texts {
		if !slices.Equal(a[i], b[i]) || len(a[i]) != 1536 {
			t.Errorf("text %d: %d and %d numbers differ", i, len(a[i]), len(b[i]))
		}
		if row := numbers.list(t, "data")[i]; row["index"] != float64(i) || row["object"] != "embedding" {
			t.Errorf("text %d: index %v, object %v", i, row["index"], row["object"])
		}
	}
	if body := numbers.decode(t); body["object"] != "list" || body["model"] != small {
		t.Errorf("object %v, model %v", body["object"], body["model"])
	}
	single := post(t, s, fields{"model": small, "input": texts[1]}).vectors(t)
	if len(single) != 1 || !slices.Equal(single[0], a[1]) {
		t.Error("one text as a string has another vector than in a list")
	}
}

func TestDimensionsCutAndNormalise(t *testing.T) {
	s := quick(t)
	full := post(t, s, fields{"model": small, "input": "a text"}).vectors(t)[0]
	short := post(t, s, fields{"model": small, "input": "a text", "dimensions": 256}).vectors(t)[0]
	if len(short) != 256 {
		t.Fatalf("%d dimensions", len(short))
	}
	var square float64
	for _, x := range full[:256] {
		square += float64(x) * float64(x)
	}
	for i := range short {
		if want := float64(full[i]) / math.Sqrt(square); math.Abs(float64(short[i])-want) > 1e-6 {
			t.Fatalf("number %d is %v, want %v", i, short[i], want)
		}
	}
	for name, v := range map[string][]float32{"full": full, "short": short} {
		if got := cosine(v, v); math.Abs(got-1) > 1e-5 {
			t.Errorf("%s has the squared length %v", name, got)
		}
	}
	// This one gives fewer unasked than it can.
	const qwen = "Qwen/Qwen3-Embedding-8B"
	if v := post(t, s, fields{"model": qwen, "input": "x"}).vectors(t)[0]; len(v) != 1536 {
		t.Errorf("unasked: %d dimensions", len(v))
	}
	if v := post(t, s, fields{"model": qwen, "input": "x", "dimensions": 4096}).vectors(t)[0]; len(v) != 4096 {
		t.Errorf("asked for 4096: %d dimensions", len(v))
	}
}

func TestWrongRequests(t *testing.T) {
	s := quick(t)
	many := make([]string, 2049)
	for i := range many {
		many[i] = "x"
	}
	long := strings.Repeat("hello world ", 8000)
	for _, tt := range []struct {
		name   string
		body   any
		status int
		code   any
	}{
		{"an unknown model", fields{"model": "nope", "input": "x"}, 404, "model_not_found"},
		{"no model", fields{"input": "x"}, 400, "missing_required_parameter"},
		{"a reranker", fields{"model": "BAAI/bge-reranker-large", "input": "x"}, 400, "model_not_allowed"},
		{"no input", fields{"model": small}, 400, "missing_required_parameter"},
		{"null for input", fields{"model": small, "input": nil}, 400, "invalid_parameter_value"},
		{"a number for input", fields{"model": small, "input": 7}, 400, "invalid_parameter_value"},
		{"no texts", fields{"model": small, "input": []string{}}, 400, "invalid_parameter_value"},
		{"an empty text", fields{"model": small, "input": ""}, 400, "invalid_parameter_value"},
		{"an empty text among others", fields{"model": small, "input": []string{"a", ""}}, 400, "invalid_parameter_value"},
		{"too many texts", fields{"model": small, "input": many}, 400, "invalid_parameter_value"},
		{"a text that is too long", fields{"model": small, "input": long}, 400, "context_length_exceeded"},
		{"a text that is far too long", fields{"model": small, "input": strings.Repeat("x", 4<<20)}, 400, "context_length_exceeded"},
		{"an unknown encoding", fields{"model": small, "input": "x", "encoding_format": "hex"}, 400, "invalid_parameter_value"},
		{"dimensions of a model without", fields{"model": "BAAI/bge-m3", "input": "x", "dimensions": 256}, 400, "invalid_parameter_value"},
		{"more dimensions than there are", fields{"model": small, "input": "x", "dimensions": 1537}, 400, "invalid_parameter_value"},
		{"no dimensions", fields{"model": small, "input": "x", "dimensions": 0}, 400, "invalid_parameter_value"},
		{"too few dimensions", fields{"model": "Qwen/Qwen3-Embedding-8B", "input": "x", "dimensions": 31}, 400, "invalid_parameter_value"},
		{"no object", []int{1}, 400, "invalid_parameter_value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if r := post(t, s, tt.body); r.status != tt.status || r.errorCode(t) != tt.code {
				t.Errorf("status %d, %.200s; want %d, %v", r.status, r.body, tt.status, tt.code)
			}
		})
	}
	if s.Spent() != 0 {
		t.Errorf("wrong requests cost %v", s.Spent())
	}
}

func TestTooManyTokensTogether(t *testing.T) {
	s := quick(t)
	texts := make([]string, 100)
	for i := range texts {
		texts[i] = strings.Repeat("hello world ", 1600)
	}
	if r := post(t, s, fields{"model": small, "input": texts}); r.errorCode(t) != "max_tokens_per_request" {
		t.Errorf("status %d: %.200s", r.status, r.body)
	}
	if v := post(t, s, fields{"model": small, "input": texts[:90], "dimensions": 4}).vectors(t); len(v) != 90 {
		t.Errorf("%d vectors", len(v))
	}
}

func TestTheLargestBatch(t *testing.T) {
	s := quick(t)
	texts := make([]string, 2048)
	for i := range texts {
		texts[i] = fmt.Sprintf("text number %d", i)
	}
	v := post(t, s, fields{"model": small, "input": texts, "encoding_format": "base64"}).vectors(t)
	last := post(t, s, fields{"model": small, "input": texts[2047]}).vectors(t)[0]
	if len(v) != 2048 || !slices.Equal(v[2047], last) {
		t.Errorf("%d vectors, or the last is not that of its text", len(v))
	}
}

func TestCompressedRequestsAreNotUnderstood(t *testing.T) {
	s := quick(t)
	r := post(t, s, fields{"model": small, "input": "x"}, "Authorization", "Bearer "+s.Key, "Content-Encoding", "gzip")
	if r.status != http.StatusBadRequest {
		t.Errorf("status %d", r.status)
	}
}

func TestARequestWithTooManyBytes(t *testing.T) {
	s := quick(t)
	if r := post(t, s, fields{"model": small, "input": strings.Repeat("x", 33<<20)}); r.status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", r.status)
	}
}

func BenchmarkLargestBatch(b *testing.B) {
	s := apitest.New(b, apitest.Options{Quick: true, Balance: 1e9})
	texts := make([]string, 2048)
	for i := range texts {
		texts[i] = fmt.Sprintf("text number %d", i)
	}
	for _, encoding := range []string{"float", "base64"} {
		b.Run(encoding, func(b *testing.B) {
			for b.Loop() {
				r, err := try(b.Context(), s, http.MethodPost, s.URL+"/embeddings", fields{"model": small, "input": texts, "encoding_format": encoding})
				if err != nil || r.status != http.StatusOK {
					b.Fatalf("status %d, %v", r.status, err)
				}
			}
		})
	}
}
