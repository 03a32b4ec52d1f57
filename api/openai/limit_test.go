package openai

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestTheLimitIsReadFromWhatServersSay(t *testing.T) {
	for said, want := range map[string][2]int{
		"input (847 tokens) is too large to process. increase the physical batch size (current batch size: 512)":                            {512, 847},
		"input (9001 tokens) is larger than the max context size (8192 tokens). skipping":                                                   {8192, 9001},
		"the request (600 tokens) exceeds the available context size (512 tokens), try increasing it":                                       {512, 600},
		"request (600 tokens) exceeds the available context size (512 tokens)":                                                              {512, 600},
		"this model's maximum context length is 8192 tokens, however you requested 9000 tokens (9000 in your prompt; 0 for the completion)": {8192, 9000},
		"this model's maximum context length is 512 tokens. however, your request has 700 input tokens.":                                    {512, 700},
		"input validation error: `inputs` must have less than 512 tokens. given: 1000":                                                      {511, 1000},
		"the input length exceeds the context length":                                                                                       {},
		"requested 300001 tokens, max 300000 tokens per request":                                                                            {0, 300001},
		"maximum context length is 8192 tokens, however you requested 100 tokens":                                                           {},
		"maximum context length is 512 tokens, however you requested 512 tokens":                                                            {},
		"maximum context length is 512 tokens, however you requested 513 tokens":                                                            {512, 513},
		"context length: 100000000": {100_000_000, 0}, "context length: 100000001": {},
		"context length: 99999999999999999999":           {},
		"batch size 300 > maximum allowed batch size 32": {},
		"input exceeds maximum context length of 2048":   {2048, 0},
		"max_tokens: 512": {512, 0},
		"the maximum input length is 256 tokens, but the input contains 300 tokens":  {256, 300},
		"you passed 700 tokens in your input but the maximum sequence length is 512": {512, 700},
	} {
		if limit, given := limitIn(said); limit != want[0] || given != want[1] {
			t.Errorf("%s: reads %d of %d, want %v", said, limit, given, want)
		}
	}
}

func TestAToldLimitIsLearntAndToldOn(t *testing.T) {
	const body = `{"error":{"code":500,"message":"input (847 tokens) is too large to process. increase the physical batch size (current batch size: 512)","type":"server_error"}}`
	g := &grumpy{status: 500, body: body, refuses: func(_ int, texts []string) bool { return strings.Contains(strings.Join(texts, ""), "long") }}
	texts := append(numbered(6), "long "+words(900), "long "+words(901))
	got, _, err := g.embed(t, Config{Profile: profile(t, "llamacpp")}, api.Request{Texts: texts})
	if err != nil || len(got.Failed) != 2 {
		t.Fatalf("%v, %v", got.Failed, err)
	}
	for _, at := range []int{6, 7} {
		var limit *api.LimitError
		var server *api.ServerError
		if !errors.As(got.Failed[at], &limit) || limit.Limit != 512 || limit.Tokens != 847 || !errors.As(got.Failed[at], &server) || !strings.Contains(got.Failed[at].Error(), "shorten the text") {
			t.Errorf("text %d: %v", at, got.Failed[at])
		}
	}
}

func TestTheListIsCorrectedByAToldLimit(t *testing.T) {
	requests := 0
	c := serve(t, "llamacpp", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"data":[{"id":"m","meta":{"n_ctx_train":8192}}]}`)
			return
		}
		requests++
		w.WriteHeader(500)
		fmt.Fprint(w, `{"error":{"message":"input (847 tokens) is too large to process. increase the physical batch size (current batch size: 512)"}}`)
	})
	if _, err := embed(c, words(900)); err != nil {
		t.Fatal(err)
	}
	models, err := c.Models(t.Context())
	if err != nil || models[0].MaxTokens != 512 || len(models[0].Notes) != 1 {
		t.Errorf("%+v, %v", models, err)
	}
	// What is surely longer is not sent to be refused.
	requests = 0
	got, err := embed(c, words(2*512), words(3000))
	var limit *api.LimitError
	if err != nil || requests != 0 || got.Failed[0] == nil || !errors.As(got.Failed[1], &limit) || limit.Limit != 512 {
		t.Errorf("%d requests, %v, %v", requests, got.Failed, err)
	}
	if _, err := embed(c, words(2*512-1)); err != nil || requests == 0 { // which an estimate may be off by
		t.Errorf("what may fit is sent %d times, %v", requests, err)
	}
}
