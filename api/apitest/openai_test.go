//go:build !race

// To compile this client for the race detector takes minutes of a processor, and
// what it does to the server our own client's tests do with the detector on.

package apitest_test

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/vecscope/vecscope/api/apitest"
)

// official makes OpenAI's own client for a server: only if that understands the
// server, what the server says is the protocol.
func official(s *apitest.Server, options ...option.RequestOption) openai.Client {
	transport := &http.Transport{DisableKeepAlives: true}
	return openai.NewClient(append([]option.RequestOption{
		option.WithBaseURL(s.URL),
		option.WithAPIKey(s.Key),
		option.WithMaxRetries(0),
		option.WithHTTPClient(&http.Client{Transport: transport}),
	}, options...)...)
}

func texts(list ...string) openai.EmbeddingNewParamsInputUnion {
	return openai.EmbeddingNewParamsInputUnion{OfArrayOfStrings: list}
}

func TestTheOfficialClientEmbeds(t *testing.T) {
	for _, d := range []apitest.Dialect{apitest.NanoGPT, apitest.OpenAI} {
		s, _ := of(t, d)
		client := official(s)
		input := []string{"How do I reset my password?", "Pizza with extra cheese"}
		want := post(t, s, fields{"model": small, "input": input, "dimensions": 256}).vectors(t)
		for _, format := range []openai.EmbeddingNewParamsEncodingFormat{openai.EmbeddingNewParamsEncodingFormatFloat, openai.EmbeddingNewParamsEncodingFormatBase64} {
			got, err := client.Embeddings.New(t.Context(), openai.EmbeddingNewParams{
				Model:          openai.EmbeddingModelTextEmbedding3Small,
				Input:          texts(input...),
				Dimensions:     openai.Int(256),
				EncodingFormat: format,
			})
			if err != nil {
				t.Fatalf("%s %s: %v", d, format, err)
			}
			if len(got.Data) != 2 || got.Model != small || got.Usage.PromptTokens != 11 || got.Usage.TotalTokens != 11 {
				t.Errorf("%s %s: %d vectors of %s, usage %+v", d, format, len(got.Data), got.Model, got.Usage)
			}
			for i, e := range got.Data {
				if e.Index != int64(i) || !equal(e.Embedding, want[i]) {
					t.Errorf("%s %s: text %d has index %d, or another vector", d, format, i, e.Index)
				}
			}
		}
	}
}

// equal tells whether numbers are the same but for the rounding of float32.
func equal(a []float64, b []float32) bool {
	return slices.EqualFunc(a, b, func(x float64, y float32) bool { return math.Abs(x-float64(y)) < 1e-7 })
}

func TestTheOfficialClientTakesOneText(t *testing.T) {
	client := official(quick(t))
	got, err := client.Embeddings.New(t.Context(), openai.EmbeddingNewParams{
		Model: "BAAI/bge-m3",
		Input: openai.EmbeddingNewParamsInputUnion{OfString: openai.String("one text")},
	})
	if err != nil || len(got.Data) != 1 || len(got.Data[0].Embedding) != 1024 {
		t.Errorf("%v", err)
	}
}

func TestTheOfficialClientListsModels(t *testing.T) {
	for _, d := range []apitest.Dialect{apitest.NanoGPT, apitest.OpenAI, apitest.Ollama, apitest.LlamaCPP, apitest.VLLM, apitest.Mistral} {
		s, _ := of(t, d)
		client := official(s)
		page, err := client.Models.List(t.Context())
		if err != nil || len(page.Data) == 0 || page.Data[0].ID == "" || page.Data[0].Created == 0 || page.Data[0].OwnedBy == "" {
			t.Errorf("%s: %+v, %v", d, page, err)
		}
	}
}

func TestTheOfficialClientUnderstandsErrors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		model  string
		input  string
		fault  apitest.Fault
		option option.RequestOption
		status int
		code   string
	}{
		{"an unknown model", "nope", "x", apitest.Fine(), nil, 404, "model_not_found"},
		{"an empty text", small, "", apitest.Fine(), nil, 400, "invalid_parameter_value"},
		{"a wrong key", small, "x", apitest.Fine(), option.WithAPIKey("sk-wrong"), 401, "invalid_api_key"},
		{"too many requests", small, "x", apitest.RateLimitedFor(7), nil, 429, "rate_limit_exceeded"},
		{"a fault of the server", small, "x", apitest.ServerError(), nil, 500, ""},
		{"a page", small, "x", apitest.NotFoundPage(), nil, 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := quick(t)
			s.Fail(tt.fault)
			var options []option.RequestOption
			if tt.option != nil {
				options = append(options, tt.option)
			}
			client := official(s, options...)
			_, err := client.Embeddings.New(t.Context(), openai.EmbeddingNewParams{Model: tt.model, Input: texts(tt.input)})
			var failed *openai.Error
			if !errors.As(err, &failed) {
				t.Fatalf("error %v", err)
			}
			if failed.StatusCode != tt.status || failed.Code != tt.code {
				t.Errorf("status %d, code %q; want %d, %q", failed.StatusCode, failed.Code, tt.status, tt.code)
			}
		})
	}
}

// An error that is a string is not OpenAI's protocol but NanoGPT's: the official
// client fails, as it must, but cannot tell why.
func TestTheOfficialClientDoesNotUnderstandA402(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.Unpaid())
	client := official(s)
	_, err := client.Embeddings.New(t.Context(), openai.EmbeddingNewParams{Model: small, Input: texts("x")})
	var failed *openai.Error
	if err == nil || errors.As(err, &failed) {
		t.Errorf("error %v", err)
	}
}

func TestTheOfficialClientTriesAgain(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.RateLimitedFor(0), apitest.RateLimitedFor(0))
	client := official(s, option.WithMaxRetries(2))
	if _, err := client.Embeddings.New(t.Context(), openai.EmbeddingNewParams{Model: small, Input: texts("x")}); err != nil {
		t.Error(err)
	}
	if n := len(s.Embeddings()); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
}

func TestTheOfficialClientStreams(t *testing.T) {
	s := quick(t)
	client := official(s)
	params := openai.ChatCompletionNewParams{
		Model:         "gpt-4o-mini",
		Messages:      []openai.ChatCompletionMessageParamUnion{openai.UserMessage("hello there")},
		StreamOptions: openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
	}
	said, tokens, end := stream(t.Context(), t, client, params)
	if said != "You said: hello there" || tokens != 6 || end != "stop" {
		t.Errorf("said %q with %d tokens, ended with %q", said, tokens, end)
	}
	params.StreamOptions = openai.ChatCompletionStreamOptionsParam{}
	whole, err := client.Chat.Completions.New(t.Context(), params)
	if err != nil || whole.Choices[0].Message.Content != said || whole.Usage.TotalTokens != tokens {
		t.Errorf("at once: %+v, %v", whole, err)
	}
	var failed *openai.Error
	if _, err := client.Chat.Completions.New(t.Context(), openai.ChatCompletionNewParams{Model: "gpt-4o-mini"}); !errors.As(err, &failed) || failed.Code != "missing_required_parameter" {
		t.Errorf("without a message: %v", err)
	}
}

// stream reads a stream to its end.
func stream(ctx context.Context, t *testing.T, client openai.Client, params openai.ChatCompletionNewParams) (said string, tokens int64, end string) {
	t.Helper()
	events := client.Chat.Completions.NewStreaming(ctx, params)
	defer func() {
		if err := events.Close(); err != nil {
			t.Error(err)
		}
	}()
	for events.Next() {
		chunk := events.Current()
		for _, choice := range chunk.Choices {
			said += choice.Delta.Content
			if choice.FinishReason != "" {
				end = string(choice.FinishReason)
			}
		}
		tokens += chunk.Usage.TotalTokens
	}
	if err := events.Err(); err != nil {
		t.Error(err)
	}
	return said, tokens, end
}
