package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestBatchesAreCutByCountAndTokens(t *testing.T) {
	sizes := func(batches []batch) (n []int) {
		for _, b := range batches {
			n = append(n, len(b))
		}
		return n
	}
	tokens := []int{5, 5, 5, 5, 5, 100, 1, 1}
	places := []int{0, 1, 2, 3, 4, 5, 6, 7}
	for _, c := range []struct {
		inputs, limit int
		want          []int
	}{{2048, 300_000, []int{8}}, {3, 300_000, []int{3, 3, 2}}, {1, 10, []int{1, 1, 1, 1, 1, 1, 1, 1}}, {8, 10, []int{2, 2, 1, 1, 2}}, {2, 12, []int{2, 2, 1, 1, 2}}} {
		if got := sizes(cutBatches(places, tokens, c.inputs, c.limit)); !slices.Equal(got, c.want) {
			t.Errorf("by %d texts and %d tokens: %v, want %v", c.inputs, c.limit, got, c.want)
		}
	}
	if got := cutBatches(nil, nil, 5, 5); got != nil {
		t.Errorf("no texts make %v", got)
	}
}

func TestBatchesRespectEveryCap(t *testing.T) {
	for _, p := range Profiles() {
		var mu sync.Mutex
		var most, requests int
		c := serve(t, p.Name, func(w http.ResponseWriter, r *http.Request) {
			a := readAsked(t, r)
			mu.Lock()
			most, requests = max(most, len(a.Input)), requests+1
			mu.Unlock()
			fmt.Fprint(w, answerTo(a))
		})
		got, err := embed(c, numbered(p.MaxInputs*2+1)...)
		if err != nil || most != p.MaxInputs || requests < 3 || got.Usage.Requests != requests || len(got.Usage.Latencies) != requests {
			t.Errorf("%s: %d requests of up to %d texts, usage %d, %v", p.Name, requests, most, got.Usage.Requests, err)
		}
	}
}

func TestTokensAreCountedAsTold(t *testing.T) {
	var requests atomic.Int64
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxTokens: 10, RequestsPerSecond: 1e6,
		Count: func(text string) int { return 4 + strings.Count(text, "Q") }}
	c := serveConfig(t, cfg, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		fmt.Fprint(w, strings.Replace(answerTo(readAsked(t, r)), `"usage"`, `"used"`, 1))
	})
	got, err := c.Embed(context.Background(), api.Request{Model: "m", Prefix: "Q", Texts: numbered(6)})
	if err != nil || requests.Load() != 3 || got.Usage.Tokens != 30 || !got.Usage.Estimated {
		t.Errorf("%d requests, usage %+v, %v", requests.Load(), got.Usage, err)
	}
}

func TestABatchIsHandedOverOnceAsSoonAsItIsComplete(t *testing.T) {
	cfg := Config{Profile: profile(t, "openai"), Key: api.NewSecret(testKey), MaxInputs: 3, RequestsPerSecond: 1e6}
	c := serveConfig(t, cfg, wellBehaved(t))
	texts := numbered(10)
	texts[4] = ""
	var mu sync.Mutex
	seen := map[int]int{}
	var progress []int
	_, err := c.Embed(context.Background(), api.Request{Model: "m", Texts: texts,
		Progress: func(done int) { progress = append(progress, done) },
		Arrived: func(at []int, vectors [][]float32) {
			mu.Lock()
			defer mu.Unlock()
			for i, place := range at {
				seen[place]++
				if !slices.Equal(vectors[i], unitOf(texts[place])) {
					t.Errorf("text %d arrived as another", place)
				}
			}
		}})
	if err != nil || len(seen) != 9 || seen[4] != 0 {
		t.Errorf("arrived: %v, %v", seen, err)
	}
	if !slices.IsSorted(progress) || progress[len(progress)-1] != 10 {
		t.Errorf("progress %v", progress)
	}
}

func TestTooLargeBatchesAreHalvedDownToTheTextAtFault(t *testing.T) {
	for _, c := range []struct {
		kind, body string
		status     int
	}{
		{"openai", `{"error":{"message":"This model's maximum context length is 8192 tokens","code":"context_length_exceeded"}}`, 400},
		{"nanogpt", `<html><h1>413 Request Entity Too Large</h1></html>`, 413},
		{"tei", "{\"message\":\"`inputs` must have less than 512 tokens. Given: 1000\",\"code\":413,\"type\":\"Validation\"}", 422},
		{"llamacpp", `{"error":{"code":500,"message":"input is too large to process. increase the physical batch size","type":"server_error"}}`, 500},
		{"ollama", `{"error":"the input length exceeds the context length"}`, 400},
	} {
		var requests atomic.Int64
		client := serve(t, c.kind, func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			a := readAsked(t, r)
			if slices.Contains(a.Input, "text 11") {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
				return
			}
			fmt.Fprint(w, answerTo(a))
		})
		got, err := embed(client, numbered(16)...)
		var text *api.TextError
		var server *api.ServerError
		if err != nil || len(got.Failed) != 1 || !errors.As(got.Failed[11], &text) || text.Index != 11 || !errors.As(got.Failed[11], &server) {
			t.Errorf("%s: %v, %v", c.kind, got.Failed, err)
		}
		if requests.Load() != 9 { // 16, then twice 8, 4, 2 and 1
			t.Errorf("%s took %d requests", c.kind, requests.Load())
		}
		for i, v := range got.Vectors {
			if i != 11 && !slices.Equal(v, unitOf("text "+strconv.Itoa(i))) {
				t.Errorf("%s: text %d is %v", c.kind, i, v)
			}
		}
	}
}

func TestHowManyTextsAreTooManyIsLearned(t *testing.T) {
	var refused, answered atomic.Int64
	c := serve(t, "generic", func(w http.ResponseWriter, r *http.Request) {
		a := readAsked(t, r)
		if len(a.Input) > 10 {
			refused.Add(1)
			w.WriteHeader(400)
			fmt.Fprint(w, `{"error":{"message":"batch size is invalid, it should not be larger than 10","code":"InvalidParameter"}}`)
			return
		}
		answered.Add(1)
		fmt.Fprint(w, answerTo(a))
	})
	for range 2 {
		if got, err := embed(c, numbered(256)...); err != nil || len(got.Failed) != 0 {
			t.Fatalf("%v, %v", got.Failed, err)
		}
	}
	if refused.Load() != 5 || answered.Load() != 64 { // 256, 128, 64, 32, 16; then always 8
		t.Errorf("%d requests were refused and %d answered", refused.Load(), answered.Load())
	}
}
