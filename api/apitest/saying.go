package apitest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Cause is what a refusal is really about, whatever its words.
type Cause int

// The causes.
const (
	// CauseText is one text: it is too long, or cannot be read.
	CauseText Cause = iota
	// CauseBatch is that there are too many texts in a request.
	CauseBatch
	// CauseMoment is something that passes by itself, such as a model being loaded.
	CauseMoment
	// CauseServer is the server or the model: no text will ever be embedded there.
	CauseServer
)

// Saying is a refusal in the very words of a real server.
type Saying struct {
	// Name tells the server and the case: "llamacpp-context".
	Name string
	// Status and Body are the answer. A Body in braces is JSON.
	Status int
	Body   string
	// Cause is what it is about, which decides which requests it refuses.
	Cause Cause
	// Limit is the number of tokens that the words say the model reads in a text;
	// 0 where they do not.
	Limit int
}

// Said is part of the text that sayings with CauseText are about.
const Said = "the text at fault"

// most is how many texts sayings with CauseBatch take in a request.
const most = 4

// Fault answers so whenever the cause is there: to a request with a text that holds
// Said, or with more than four texts, or always.
func (s Saying) Fault() Fault {
	return instead(s.Name, func(x *exchange) reply {
		inputs := x.request.Inputs
		switch {
		case s.Cause == CauseText && !slices.ContainsFunc(inputs, func(text string) bool { return strings.Contains(text, Said) }),
			s.Cause == CauseBatch && len(inputs) <= most:
			return x.route()
		}
		contentType := jsonType
		if !strings.HasPrefix(s.Body, "{") {
			contentType = "text/plain; charset=utf-8"
		}
		return newReply(s.Status, contentType, []byte(s.Body))
	})
}

// openAIForm writes an error as OpenAI does, with a status as its code where code is empty.
func openAIForm(message, kind string, code any) string {
	return string(appendJSON(nil, object{"error": object{"message": message, "type": kind, "param": nil, "code": code}}))
}

// llamaForm is llama.cpp's.
func llamaForm(status int, message, kind string, more ...any) string {
	e := object{"code": status, "message": message, "type": kind}
	for i := 0; i+1 < len(more); i += 2 {
		e[fmt.Sprint(more[i])] = more[i+1]
	}
	return string(appendJSON(nil, object{"error": e}))
}

// swapForm is llama-swap's own.
func swapForm(message, kind, code string) string {
	return string(appendJSON(nil, object{"src": "llama-swap", "error": object{"message": message, "type": kind, "param": nil, "code": code}}))
}

// teiForm is that of text-embeddings-inference.
func teiForm(status int, message, kind string) string {
	return string(appendJSON(nil, object{"message": message, "code": status, "type": kind}))
}

// Sayings lists refusals as real servers write them, taken from their sources and from
// what people reported of them.
func Sayings() []Saying {
	return slices.Concat(llamaSayings(), swapSayings(), ollamaSayings(), teiSayings(), vllmSayings(), otherSayings())
}

func llamaSayings() []Saying {
	const serverError, context = "server_error", "exceed_context_size_error"
	return []Saying{
		{Name: "llamacpp-batch", Status: 500, Cause: CauseText, Limit: 512,
			Body: llamaForm(500, "input (847 tokens) is too large to process. increase the physical batch size (current batch size: 512)", serverError)},
		{Name: "llamacpp-batch-old", Status: 500, Cause: CauseText,
			Body: llamaForm(500, "input is too large to process. increase the physical batch size", serverError)},
		{Name: "llamacpp-context", Status: 400, Cause: CauseText, Limit: 512,
			Body: llamaForm(400, "input (847 tokens) is larger than the max context size (512 tokens). skipping", context, "n_prompt_tokens", 847, "n_ctx", 512)},
		{Name: "llamacpp-context-old", Status: 500, Cause: CauseText,
			Body: llamaForm(500, "input is larger than the max context size. skipping", serverError)},
		{Name: "llamacpp-request", Status: 400, Cause: CauseText, Limit: 512,
			Body: llamaForm(400, "request (847 tokens) exceeds the available context size (512 tokens), try increasing it", context, "n_prompt_tokens", 847, "n_ctx", 512)},
		{Name: "llamacpp-exceeded", Status: 500, Cause: CauseText, Body: llamaForm(500, "Context size has been exceeded.", serverError)},
		{Name: "llamacpp-compute", Status: 500, Cause: CauseText, Body: llamaForm(500, "Compute error.", serverError)},
		{Name: "llamacpp-no-embeddings", Status: 501, Cause: CauseServer,
			Body: llamaForm(501, "This server does not support embeddings. Start it with `--embeddings`", "not_supported_error")},
		{Name: "llamacpp-pooling", Status: 400, Cause: CauseServer,
			Body: llamaForm(400, "Pooling type 'none' is not OAI compatible. Please use a different pooling type", "invalid_request_error")},
		{Name: "llamacpp-logits", Status: 500, Cause: CauseServer,
			Body: llamaForm(500, "the current context does not logits computation. skipping", serverError)},
		{Name: "llamacpp-no-model", Status: 400, Cause: CauseServer, Body: llamaForm(400, "model 'nobody' not found", "invalid_request_error")},
		{Name: "llamacpp-not-loaded", Status: 400, Cause: CauseServer, Body: llamaForm(400, "model is not loaded", "invalid_request_error")},
		{Name: "llamacpp-loading", Status: 503, Cause: CauseMoment, Body: llamaForm(503, "Loading model", "unavailable_error")},
	}
}

func swapSayings() []Saying {
	const serverError = "server_error"
	return []Saying{
		{Name: "llamaswap-no-model", Status: 404, Cause: CauseServer, Body: swapForm("no router for requested model", "invalid_request_error", "not_found")},
		{Name: "llamaswap-no-local-model", Status: 404, Cause: CauseServer, Body: swapForm("no local server found for requested model", "invalid_request_error", "not_found")},
		{Name: "llamaswap-exited", Status: 500, Cause: CauseServer, Body: swapForm("unspecific error: upstream command exited prematurely", serverError, "internal_error")},
		{Name: "llamaswap-exited-old", Status: 502, Cause: CauseServer, Body: "unable to start process: upstream command exited prematurely"},
		{Name: "llamaswap-unhealthy", Status: 500, Cause: CauseServer, Body: swapForm("unspecific error: health check timed out after 2m0s", serverError, "internal_error")},
		{Name: "llamaswap-no-command", Status: 500, Cause: CauseServer,
			Body: swapForm("unspecific error: failed to start command 'llama-server --port 5800': exec: \"llama-server\": executable file not found in $PATH", serverError, "internal_error")},
		{Name: "llamaswap-not-ready", Status: 503, Cause: CauseMoment, Body: swapForm("[embed] process is not ready", serverError, "service_unavailable")},
		{Name: "llamaswap-busy", Status: 429, Cause: CauseMoment, Body: swapForm("Too many requests", "rate_limit_error", "concurrency_limit")},
	}
}

func ollamaSayings() []Saying {
	return []Saying{
		{Name: "ollama-no-model", Status: 404, Cause: CauseServer, Body: openAIForm(`model "nobody" not found, try pulling it first`, "not_found_error", nil)},
		{Name: "ollama-long", Status: 400, Cause: CauseText, Body: openAIForm("the input length exceeds the context length", "invalid_request_error", nil)},
		{Name: "ollama-nan", Status: 400, Cause: CauseText, Body: openAIForm("embedding contains NaN or Inf values", "invalid_request_error", nil)},
		{Name: "ollama-nan-old", Status: 500, Cause: CauseText, Body: openAIForm("json: unsupported value: NaN", "api_error", nil)},
		{Name: "ollama-chat-model", Status: 501, Cause: CauseServer,
			Body: openAIForm("This server does not support embeddings. Start it with `--embeddings`", "api_error", nil)},
		{Name: "ollama-not-supported", Status: 400, Cause: CauseServer, Body: openAIForm(`"nobody" does not support embeddings`, "invalid_request_error", nil)},
		{Name: "ollama-terminated", Status: 500, Cause: CauseServer,
			Body: openAIForm("llama runner process has terminated: error loading model: llama_model_loader: failed to load model", "api_error", nil)},
		{Name: "ollama-busy", Status: 503, Cause: CauseMoment, Body: openAIForm("server busy, please try again.  maximum pending requests exceeded", "api_error", nil)},
	}
}

func teiSayings() []Saying {
	return []Saying{
		{Name: "tei-many", Status: 413, Cause: CauseBatch, Body: teiForm(413, "batch size 8 > maximum allowed batch size 4", "Validation")},
		{Name: "tei-many-old", Status: 422, Cause: CauseBatch, Body: teiForm(422, "batch size 8 > maximum allowed batch size 4", "Validation")},
		{Name: "tei-long", Status: 413, Cause: CauseText, Limit: 511, Body: teiForm(413, "Input validation error: `inputs` must have less than 512 tokens. Given: 847", "Validation")},
		{Name: "tei-body", Status: 413, Cause: CauseBatch, Body: "Failed to buffer the request body: length limit exceeded"},
		{Name: "tei-backend", Status: 424, Cause: CauseText, Body: teiForm(424, "inference failed", "Backend")},
		{Name: "tei-memory", Status: 424, Cause: CauseBatch, Body: teiForm(424, `DriverError(CUDA_ERROR_OUT_OF_MEMORY, "out of memory")`, "Backend")},
		{Name: "tei-tokenizer", Status: 422, Cause: CauseText, Body: teiForm(422, "Tokenizer error: sequence is too strange", "Tokenizer")},
		{Name: "tei-busy", Status: 429, Cause: CauseMoment, Body: teiForm(429, "Model is overloaded", "Overloaded")},
		{Name: "tei-unhealthy", Status: 503, Cause: CauseMoment, Body: teiForm(503, "unhealthy", "Unhealthy")},
	}
}

func vllmSayings() []Saying {
	const badRequest = "BadRequestError"
	flat := func(status int, message, kind string) string {
		return string(appendJSON(nil, object{"object": "error", "message": message, "type": kind, "param": nil, "code": status}))
	}
	const long = "This model's maximum context length is 512 tokens. However, you requested 847 tokens in the input for embedding generation. Please reduce the length of the input."
	return []Saying{
		{Name: "vllm-long", Status: 400, Cause: CauseText, Limit: 512, Body: openAIForm(long, badRequest, 400)},
		{Name: "vllm-long-old", Status: 400, Cause: CauseText, Limit: 512, Body: flat(400, long, badRequest)},
		{Name: "vllm-long-decoder", Status: 400, Cause: CauseText, Limit: 512,
			Body: openAIForm("The decoder prompt (length 847) is longer than the maximum model length of 512. Make sure that `max_model_len` is no smaller than the number of text tokens.", badRequest, 400)},
		{Name: "vllm-long-new", Status: 400, Cause: CauseText, Limit: 512,
			Body: openAIForm("You passed 847 input tokens and requested 0 output tokens. However, the model's context length is only 512 tokens, resulting in a maximum input length of 512 tokens. Please reduce the length of the input prompt.", badRequest, 400)},
		{Name: "vllm-no-model", Status: 404, Cause: CauseServer, Body: openAIForm("The model `nobody` does not exist.", "NotFoundError", 404)},
		{Name: "vllm-chat-model", Status: 400, Cause: CauseServer, Body: openAIForm("The model does not support Embeddings API", badRequest, 400)},
	}
}

func otherSayings() []Saying {
	return []Saying{
		{Name: "lmstudio-no-model", Status: http.StatusBadRequest, Cause: CauseServer,
			Body: `{"error":"No models loaded. Please load a model in the developer page or use the 'lms load' command."}`},
		{Name: "lmstudio-not-embedding", Status: 400, Cause: CauseServer,
			Body: `{"error":{"message":"Failed to load model \"nobody\". Error: Model is not embedding.","type":"invalid_request_error","param":"model","code":"model_not_found"}}`},
		{Name: "lmstudio-unloaded", Status: 400, Cause: CauseServer, Body: `{"error":"Model is unloaded."}`},
		{Name: "localai-load", Status: 500, Cause: CauseServer,
			Body: llamaForm(500, "could not load model: rpc error: code = Unavailable desc = error reading from server: EOF", "")},
		{Name: "localai-backend", Status: 500, Cause: CauseServer,
			Body: llamaForm(500, "failed to load model with internal loader: backend not found: /usr/share/local-ai/backend-assets/grpc/string", "")},
		{Name: "infinity-no-model", Status: 400, Cause: CauseServer,
			Body: openAIForm("Invalid model: Engine for model name `nobody` not found. Available model names are ['somebody'].", "", 400)},
		{Name: "infinity-reranker", Status: 400, Cause: CauseServer,
			Body: openAIForm("ModelNotDeployedError: model=`nobody` does not support `embed` for modality `text`. Reason: the loaded model cannot fulfill `embed`.", "", 400)},
		{Name: "infinity-many", Status: 422, Cause: CauseBatch,
			Body: `{"detail":[{"type":"too_long","loc":["body","input"],"msg":"List should have at most 4 items after validation, not 8","ctx":{"field_type":"List","max_length":4,"actual_length":8}}]}`},
		{Name: "infinity-busy", Status: 429, Cause: CauseMoment, Body: openAIForm("model nobody is currently overloaded", "", 429)},
		{Name: "siliconflow-many", Status: 413, Cause: CauseBatch, Body: `{"code":20042,"message":"input batch size 8 > maximum allowed batch size 4","data":null}`},
		{Name: "dashscope-many", Status: 400, Cause: CauseBatch,
			Body: openAIForm("<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 4.: input.contents", "InvalidParameter", "InvalidParameter")},
	}
}
