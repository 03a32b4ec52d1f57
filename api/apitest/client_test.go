package apitest_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/vecscope/vecscope/api/apitest"
)

// another makes a client that others wrote, the one most used in Go, for a server: only if
// that understands the server, what the server says is the protocol. (OpenAI's own would
// say so too, but to compile it takes minutes of a processor.)
func another(s *apitest.Server, key string) *openai.Client {
	config := openai.DefaultConfig(key)
	config.BaseURL = s.URL
	config.HTTPClient = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return openai.NewClientWithConfig(config)
}

func TestAnotherClientEmbeds(t *testing.T) {
	for _, d := range []apitest.Dialect{apitest.NanoGPT, apitest.OpenAI} {
		s, _ := of(t, d)
		input := []string{"How do I reset my password?", "Pizza with extra cheese"}
		want := post(t, s, fields{"model": small, "input": input, "dimensions": 256}).vectors(t)
		for _, format := range []openai.EmbeddingEncodingFormat{"", openai.EmbeddingEncodingFormatFloat, openai.EmbeddingEncodingFormatBase64} {
			got, err := another(s, s.Key).CreateEmbeddings(t.Context(), openai.EmbeddingRequestStrings{
				Model: openai.SmallEmbedding3, Input: input, Dimensions: 256, EncodingFormat: format,
			})
			if err != nil {
				t.Fatalf("%s %q: %v", d, format, err)
			}
			if len(got.Data) != 2 || got.Object != "list" || got.Model != small || got.Usage.PromptTokens != 11 || got.Usage.TotalTokens != 11 {
				t.Errorf("%s %q: %d vectors of %s in a %s, usage %+v", d, format, len(got.Data), got.Model, got.Object, got.Usage)
			}
			for i, e := range got.Data {
				if e.Index != i || e.Object != "embedding" || !slices.Equal(e.Embedding, want[i]) {
					t.Errorf("%s %q: text %d is %q with index %d, or another vector", d, format, i, e.Object, e.Index)
				}
			}
		}
	}
}

func TestAnotherClientTakesOneText(t *testing.T) {
	s := quick(t)
	got, err := another(s, s.Key).CreateEmbeddings(t.Context(), openai.EmbeddingRequest{Model: "BAAI/bge-m3", Input: "one text"})
	if err != nil || len(got.Data) != 1 || len(got.Data[0].Embedding) != 1024 {
		t.Errorf("%d vectors, %v", len(got.Data), err)
	}
}

func TestAnotherClientListsModels(t *testing.T) {
	for _, d := range []apitest.Dialect{apitest.NanoGPT, apitest.OpenAI, apitest.Ollama, apitest.LlamaCPP, apitest.VLLM, apitest.Mistral} {
		s, _ := of(t, d)
		list, err := another(s, s.Key).ListModels(t.Context())
		if err != nil || len(list.Models) == 0 {
			t.Errorf("%s: %d models, %v", d, len(list.Models), err)
			continue
		}
		if m := list.Models[0]; m.ID == "" || m.CreatedAt == 0 || m.OwnedBy == "" {
			t.Errorf("%s: %+v", d, m)
		}
	}
}

func TestAnotherClientUnderstandsErrors(t *testing.T) {
	for _, tt := range []struct {
		name   string
		model  openai.EmbeddingModel
		input  string
		fault  apitest.Fault
		key    string // not the right one
		status int
		code   any // 0 where none is told
	}{
		{"an unknown model", "nope", "x", apitest.Fine(), "", 404, "model_not_found"},
		{"an empty text", small, "", apitest.Fine(), "", 400, "invalid_parameter_value"},
		{"a wrong key", small, "x", apitest.Fine(), "sk-wrong", 401, "invalid_api_key"},
		{"too many requests", small, "x", apitest.RateLimitedFor(7), "", 429, "rate_limit_exceeded"},
		{"a fault of the server", small, "x", apitest.ServerError(), "", 500, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := quick(t)
			s.Fail(tt.fault)
			key := s.Key
			if tt.key != "" {
				key = tt.key
			}
			_, err := another(s, key).CreateEmbeddings(t.Context(), openai.EmbeddingRequest{Model: tt.model, Input: tt.input})
			var failed *openai.APIError
			if !errors.As(err, &failed) || failed.HTTPStatusCode != tt.status || failed.Code != tt.code || failed.Message == "" {
				t.Errorf("%+v, %v; want status %d, code %v", failed, err, tt.status, tt.code)
			}
		})
	}
}

// An error that is a string, or a page, is not OpenAI's protocol: another client fails, as
// it must, but is told no more than the status.
func TestAnotherClientIsToldOnlyTheStatus(t *testing.T) {
	for status, fault := range map[int]apitest.Fault{402: apitest.Unpaid(), 404: apitest.NotFoundPage()} {
		s := quick(t)
		s.Fail(fault)
		_, err := another(s, s.Key).CreateEmbeddings(t.Context(), openai.EmbeddingRequest{Model: small, Input: "x"})
		var failed *openai.RequestError
		if !errors.As(err, &failed) || failed.HTTPStatusCode != status {
			t.Errorf("%d: error %v", status, err)
		}
	}
}

func TestAnotherClientStreams(t *testing.T) {
	s := quick(t)
	client := another(s, s.Key)
	request := openai.ChatCompletionRequest{
		Model:         "gpt-4o-mini",
		Messages:      []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, Content: "hello there"}},
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
	}
	said, tokens, end := stream(t, client, request)
	if said != "You said: hello there" || tokens != 6 || end != "stop" {
		t.Errorf("said %q with %d tokens, ended with %q", said, tokens, end)
	}
	request.StreamOptions = nil
	whole, err := client.CreateChatCompletion(t.Context(), request)
	if err != nil || len(whole.Choices) != 1 || whole.Choices[0].Message.Content != said || whole.Usage.TotalTokens != tokens {
		t.Errorf("at once: %+v, %v", whole, err)
	}
	var failed *openai.APIError
	if _, err := client.CreateChatCompletion(t.Context(), openai.ChatCompletionRequest{Model: "gpt-4o-mini"}); !errors.As(err, &failed) || failed.Code != "missing_required_parameter" {
		t.Errorf("without a message: %v", err)
	}
}

// stream reads a stream to its end.
func stream(t *testing.T, client *openai.Client, request openai.ChatCompletionRequest) (said string, tokens int, end openai.FinishReason) {
	t.Helper()
	events, err := client.CreateChatCompletionStream(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := events.Close(); err != nil {
			t.Error(err)
		}
	}()
	for {
		chunk, err := events.Recv()
		if errors.Is(err, io.EOF) {
			return said, tokens, end
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, choice := range chunk.Choices {
			said += choice.Delta.Content
			if choice.FinishReason != "" {
				end = choice.FinishReason
			}
		}
		if chunk.Usage != nil {
			tokens += chunk.Usage.TotalTokens
		}
	}
}
