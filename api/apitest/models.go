package apitest

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// listed is when the built-in lists were made, in seconds since 1970: a fixed
// time, so that two runs answer alike.
const listed = 1_750_000_000

// chatModels stand in lists of all models and are none for embeddings.
func chatModels() []string { return []string{"gpt-4o-mini", "llama-3.3-70b-instruct"} }

// builtIn lists the models of a dialect other than NanoGPT.
func builtIn(d Dialect) []api.Model {
	switch d {
	case OpenAI:
		return []api.Model{
			cl100k(model("text-embedding-3-small", "openai", 1536, 8191, 0.02, true)),
			cl100k(model("text-embedding-3-large", "openai", 3072, 8191, 0.13, true)),
			cl100k(model("text-embedding-ada-002", "openai", 1536, 8191, 0.10, false)),
		}
	case Azure:
		return []api.Model{cl100k(model("text-embedding-3-small", "azure", 1536, 8191, 0.02, true))}
	case OpenRouter:
		return []api.Model{
			cl100k(model("openai/text-embedding-3-small", "openai", 1536, 8191, 0.02, true)),
			model("baai/bge-m3", "baai", 1024, 8192, 0.01, false),
			model("qwen/qwen3-embedding-8b", "qwen", 4096, 32768, 0.05, true),
		}
	case Mistral:
		return []api.Model{model("mistral-embed", "mistralai", 1024, 8192, 0.10, false), model("codestral-embed", "mistralai", 1536, 8192, 0.15, true)}
	case Voyage:
		return []api.Model{model("voyage-3.5", "voyageai", 1024, 32000, 0.06, true), model("voyage-3.5-lite", "voyageai", 1024, 32000, 0.02, true)}
	case Jina:
		return []api.Model{model("jina-embeddings-v3", "jina", 1024, 8192, 0.05, true), model("jina-embeddings-v2-base-en", "jina", 768, 8192, 0.05, false)}
	case Ollama:
		return []api.Model{model("nomic-embed-text:latest", "nomic", 768, 2048, 0, false), model("mxbai-embed-large:latest", "mixedbread", 1024, 512, 0, false)}
	case LlamaCPP:
		return []api.Model{model("nomic-embed-text-v1.5.Q8_0.gguf", "llamacpp", 768, 512, 0, false)}
	case LlamaSwap:
		return []api.Model{model("embed-nomic", "llama-swap", 768, 512, 0, false), model("embed-small", "llama-swap", 384, 512, 0, false), peer(model("far/embed-large", "llama-swap", 1024, 512, 0, false))}
	case LMStudio:
		return []api.Model{model("text-embedding-nomic-embed-text-v1.5", "nomic-ai", 768, 2048, 0, false)}
	case VLLM:
		return []api.Model{model("Qwen/Qwen3-Embedding-0.6B", "vllm", 1024, 32768, 0, true), model("BAAI/bge-m3", "vllm", 1024, 8192, 0, false)}
	case TEI:
		return []api.Model{model("BAAI/bge-large-en-v1.5", "baai", 1024, 512, 0, false)}
	default:
		return []api.Model{model("all-minilm-l6-v2", "sbert", 384, 512, 0, false)}
	}
}

// model makes a row; price is in US dollars per million tokens.
func model(id, owner string, dimensions, maxTokens int, price float64, shortens bool) api.Model {
	return api.Model{
		ID:                 id,
		Name:               id,
		Owner:              owner,
		Kind:               api.KindEmbedding,
		Dimensions:         dimensions,
		MaxTokens:          maxTokens,
		Price:              &price,
		SupportsDimensions: shortens,
	}
}

func cl100k(m api.Model) api.Model {
	m.Tokenizer = "cl100k_base"
	return m
}

// entries makes a list of something for every model.
func entries(x *exchange, entry func(api.Model) object) []object {
	list := []object{}
	for _, m := range x.server.Models() {
		list = append(list, entry(m))
	}
	return list
}

// dataList is OpenAI's form of a list.
func dataList(data []object) object { return object{"object": "list", "data": data} }

// basic is what OpenAI's own list tells of a model.
func basic(id, owner string) object {
	return object{"id": id, "object": "model", "created": listed, "owned_by": owner}
}

// listCatalog is NanoGPT's list of embedding models. What a row does not know is
// left out; a reranker stands among them with dimensions that it does not have.
func listCatalog(x *exchange) any {
	return dataList(entries(x, func(m api.Model) object {
		e := basic(m.ID, m.Owner)
		// The documentation says that created is the time of the answer.
		e["created"] = x.request.At.Unix()
		e["supports_dimensions"] = m.SupportsDimensions
		put(e, "name", m.Name)
		put(e, "description", m.Description)
		put(e, "dimensions", m.Dimensions)
		put(e, "max_dimensions", m.MaxDimensions)
		put(e, "max_tokens", m.MaxTokens)
		if m.Kind == api.KindReranker {
			e["dimensions"] = 1024
		}
		if m.Price != nil {
			e["pricing"] = object{"per_million_tokens": *m.Price, "currency": "USD"}
		}
		return e
	}))
}

// put sets a field unless the value says that it is unknown.
func put[V comparable](o object, field string, value V) {
	var unknown V
	if value != unknown {
		o[field] = value
	}
}

// listModels is OpenAI's list: names only, chat models among them.
func listModels(x *exchange) any {
	data := entries(x, func(m api.Model) object { return basic(m.ID, m.Owner) })
	return dataList(append(data, chatEntries()...))
}

// listChatModels is a list without any model for embeddings.
func listChatModels(*exchange) any { return dataList(chatEntries()) }

func chatEntries() []object {
	var data []object
	for _, id := range chatModels() {
		data = append(data, basic(id, "somebody"))
	}
	return data
}

// listTags is Ollama's own list.
func listTags(x *exchange) any {
	tag := func(id, identity, family, capability string) object {
		return object{
			"name": id, "model": id, "digest": digestOf(identity), "modified_at": "2025-06-15T12:00:00Z", "size": 274302450,
			"details":      object{"format": "gguf", "family": family, "parameter_size": "137M", "quantization_level": "F16"},
			"capabilities": []string{capability},
		}
	}
	models := entries(x, func(m api.Model) object { return tag(m.ID, seedOf(m), "nomic-bert", "embedding") })
	return object{"models": append(models, tag("llama3.3:latest", "llama", "llama", "completion"))}
}

// seedOf is what a model's vectors and its sum follow from: another model under the same
// name has another Identity.
func seedOf(m api.Model) string { return m.ID + string(m.Identity) }

// digestOf is the sum of a model as Ollama tells it.
func digestOf(seed string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(seed))) }

// listLlama is llama.cpp's list: one file, with the length of its vectors.
func listLlama(x *exchange) any {
	return dataList(entries(x, func(m api.Model) object {
		e := basic(m.ID, m.Owner)
		e["meta"] = object{"vocab_type": 3, "n_vocab": 30522, "n_ctx_train": m.MaxTokens, "n_embd": m.Dimensions, "n_params": 136727040, "size": 145389056 + len(m.Identity)}
		return e
	}))
}

// peer is a model that its server passes on to another.
func peer(m api.Model) api.Model {
	m.Elsewhere = true
	return m
}

// listLlamaSwap is llama-swap's list: names, those of its peers among them, and nothing
// of the models, whose servers may not be running.
func listLlamaSwap(x *exchange) any {
	return dataList(entries(x, func(m api.Model) object {
		e := basic(m.ID, "llama-swap")
		e["created"], e["status"] = x.request.At.Unix(), object{"value": "unloaded"}
		about := object{"type": "model"}
		if m.Elsewhere {
			about = object{"type": "peer", "peerID": "far"}
		}
		e["meta"] = object{"llamaswap": about}
		return e
	}))
}

// listRunning is what llama-swap tells of the servers that it has started.
func listRunning(x *exchange) any {
	models := x.server.Models()
	if len(models) == 0 {
		return object{"running": []any{}}
	}
	return object{"running": []object{{
		"model": models[0].ID, "state": "ready", "cmd": "llama-server --port 5800", "proxy": "http://localhost:5800", "ttl": 0, "name": "", "description": "",
	}}}
}

// listLMStudio is LM Studio's own list. Of a model that is loaded it tells how much it
// reads now, which may be less than it could.
func listLMStudio(x *exchange) any {
	models := entries(x, func(m api.Model) object {
		loaded := object{"id": m.ID, "config": object{"context_length": m.MaxTokens}}
		return object{
			"type": "embedding", "publisher": m.Owner, "key": m.ID, "display_name": m.Name,
			"quantization": object{"name": "Q8_0", "bits_per_weight": 8}, "size_bytes": 146146432, "params_string": nil,
			"loaded_instances": []any{loaded}, "max_context_length": 4 * m.MaxTokens, "format": "gguf",
		}
	})
	return object{"models": append(models, object{
		"type": "llm", "publisher": "meta", "key": "llama-3.3-70b-instruct", "display_name": "Llama 3.3 70B", "architecture": "llama",
		"quantization": object{"name": "Q4_K_M", "bits_per_weight": 4}, "size_bytes": 42520395520, "params_string": "70B",
		"loaded_instances": []any{}, "max_context_length": 131072, "format": "gguf",
		"capabilities": object{"vision": false, "trained_for_tool_use": true}, "description": nil,
	})}
}

// listVLLM is vLLM's list.
func listVLLM(x *exchange) any {
	return dataList(entries(x, func(m api.Model) object {
		e := basic(m.ID, "vllm")
		e["root"], e["parent"], e["max_model_len"] = m.ID, nil, m.MaxTokens
		return e
	}))
}

// info is what text-embeddings-inference tells of its one model.
func info(x *exchange) any {
	models := x.server.Models()
	if len(models) == 0 {
		return object{}
	}
	return object{
		"model_id": models[0].ID, "model_dtype": "float16", "model_type": object{"embedding": object{"pooling": "cls"}},
		"max_concurrent_requests": 512, "max_input_length": models[0].MaxTokens, "max_batch_tokens": 16384,
		"max_client_batch_size": x.server.speaks.embeds.maxInputs, "auto_truncate": false, "version": "1.8.0",
	}
}

// listOpenRouter has prices as strings of US dollars for one token.
func listOpenRouter(x *exchange) any {
	return object{"data": entries(x, func(m api.Model) object {
		e := object{
			"id": m.ID, "canonical_slug": m.ID, "name": m.Name, "created": listed, "context_length": m.MaxTokens,
			"architecture":         object{"modality": "text->embeddings", "input_modalities": []string{"text"}, "output_modalities": []string{"embeddings"}},
			"supported_parameters": []string{},
		}
		if m.Price != nil {
			e["pricing"] = object{"prompt": perToken(*m.Price), "completion": "0", "request": "0"}
		}
		return e
	})}
}

// perToken writes a price for a million tokens as one for a single token, without
// an exponent.
func perToken(perMillion float64) string {
	text := strconv.FormatFloat(math.Round(perMillion*1e6)/1e12, 'f', 12, 64)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// listMistral tells what each model can do, which for embeddings is nothing else.
func listMistral(x *exchange) any {
	data := entries(x, func(m api.Model) object {
		e := basic(m.ID, m.Owner)
		e["max_context_length"] = m.MaxTokens
		e["capabilities"] = object{"completion_chat": false, "completion_fim": false, "function_calling": false}
		return e
	})
	chat := basic("mistral-small-latest", "mistralai")
	chat["capabilities"] = object{"completion_chat": true, "completion_fim": false, "function_calling": true}
	return dataList(append(data, chat))
}

// balance is NanoGPT's: numbers as strings.
func (x *exchange) balance() reply {
	s := x.server
	return jsonReply(200, object{
		"usd_balance":        strconv.FormatFloat(s.options.Balance-s.Spent(), 'f', 8, 64),
		"nano_balance":       "26.71801147",
		"nanoDepositAddress": "nano_1111111111111111111111111111111111111111111111111111hifc8npp",
	})
}

// credits is OpenRouter's balance: what was bought and what was used.
func credits(x *exchange) any {
	return object{"data": object{"total_credits": x.server.options.Balance, "total_usage": x.server.Spent()}}
}

// unknownModel says that there is no such model.
func unknownModel(id string) failure {
	return failure{
		status:  404,
		kind:    "invalid_request_error",
		code:    "model_not_found",
		param:   "model",
		message: fmt.Sprintf("The model %q does not exist or you do not have access to it.", id),
	}
}
