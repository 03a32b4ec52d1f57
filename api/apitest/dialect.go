package apitest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// Dialect names whose protocol a server speaks. The names are those of the
// settings file's profiles.
type Dialect string

// The dialects.
const (
	NanoGPT    Dialect = "nanogpt"
	OpenAI     Dialect = "openai"
	Ollama     Dialect = "ollama"
	LlamaCPP   Dialect = "llamacpp"
	LlamaSwap  Dialect = "llamaswap"
	LMStudio   Dialect = "lmstudio"
	VLLM       Dialect = "vllm"
	TEI        Dialect = "tei" // text-embeddings-inference
	OpenRouter Dialect = "openrouter"
	Mistral    Dialect = "mistral"
	Voyage     Dialect = "voyage"
	Jina       Dialect = "jina"
	Generic    Dialect = "generic" // embeddings and nothing else that can be relied on
	// Azure is OpenAI's protocol at an address of Azure's, for which there is no profile:
	// URL is that of a deployment, to which a client adds AzureVersion.
	Azure Dialect = "azure"
)

// AzureVersion is what every address of Azure's older API ends with.
const AzureVersion = "?api-version=2024-02-01"

// Dialects lists every dialect that has a profile of its own.
func Dialects() []Dialect {
	return []Dialect{NanoGPT, OpenAI, Ollama, LlamaCPP, LlamaSwap, LMStudio, VLLM, TEI, OpenRouter, Mistral, Voyage, Jina, Generic}
}

// dialect is what sets a kind of server apart.
type dialect struct {
	// base is the path of its base URL.
	base string
	// keyed tells that its servers ask for a key.
	keyed bool
	// keyHeader may hold the key; empty is X-Api-Key. headerOnly tells that a bearer
	// token is none, and query is what must stand in every address.
	keyHeader, query string
	headerOnly       bool
	// models lists what it has by itself.
	models func() ([]api.Model, error)
	// others are its endpoints besides embeddings and chat.
	others []endpoint
	// failure puts a failure into its words.
	failure func(failure) any
	// notFound answers at a path that it does not have.
	notFound func(*exchange) reply
	embeds   embedding
}

// embedding is how a dialect takes requests for embeddings.
type embedding struct {
	maxInputs   int // 0 is no limit
	manyStatus  int // what more inputs answer with
	maxTokens   int // of all inputs together; 0 is no limit
	dimensions  dimensionsRule
	base64      base64Rule
	long        longRule
	anyModel    bool // the model that a request names does not matter
	emptyIsText bool // an empty input is embedded like any other
	usage       func(tokens int) any
}

// dimensionsRule is what becomes of a wish for shorter vectors.
type dimensionsRule int

const (
	dimensionsByModel    dimensionsRule = iota // where the model supports it, else 400
	dimensionsIgnored                          // the full length comes back
	dimensionsCut                              // of every model; above its length 422
	dimensionsOutputName                       // is named output_dimension; dimensions is 400
)

// base64Rule is what becomes of encoding_format.
type base64Rule int

const (
	base64Encodes  base64Rule = iota // either format
	base64Ignored                    // numbers come back
	base64Only                       // "base64" or nothing; "float" is 400
	base64Rejected                   // encoding_format is 422
)

// longRule is what becomes of a text with more tokens than the model reads.
type longRule int

const (
	longRefused longRule = iota // 400 context_length_exceeded
	longCut                     // read as far as it goes, without a word
	longFails                   // 500 "too large to process", every time
	longInvalid                 // 422
)

// endpoint is one method at one path.
type endpoint struct {
	method, path string
	// open needs no key.
	open bool
	// apiKeyOnly takes the key in the dialect's header for keys alone.
	apiKeyOnly bool
	answer     func(*exchange) reply
}

// endpoints lists all that the dialect answers.
func (d dialect) endpoints() []endpoint {
	return append(slices.Clone(d.others),
		endpoint{method: http.MethodPost, path: d.base + "/embeddings", answer: (*exchange).embed},
		endpoint{method: http.MethodPost, path: d.base + "/chat/completions", answer: (*exchange).chat},
	)
}

// get is an endpoint that lists something.
func get(path string, list func(*exchange) any) endpoint {
	return endpoint{method: http.MethodGet, path: path, answer: func(x *exchange) reply {
		return jsonReply(http.StatusOK, list(x))
	}}
}

// speech gives a dialect by its name. Where servers differ by version, it is the
// version that is harder to deal with.
func speech(name Dialect) (d dialect, ok bool) {
	const v1 = "/v1"
	// Most of the small ones are like this.
	d = dialect{
		base:     v1,
		others:   []endpoint{get(v1+"/models", listModels)},
		failure:  errorObject,
		notFound: failedNotFound,
		embeds:   embedding{manyStatus: http.StatusBadRequest, usage: promptUsage},
		models:   func() ([]api.Model, error) { return builtIn(name), nil },
	}
	switch name {
	case NanoGPT:
		return nanoGPT(d), true
	case OpenAI:
		d.keyed = true
		d.embeds.maxInputs, d.embeds.maxTokens = 2048, 300_000
	case Ollama:
		d.others = append(d.others, get("/api/tags", listTags))
		d.notFound = plainNotFound
		d.embeds.dimensions, d.embeds.long, d.embeds.emptyIsText = dimensionsCut, longCut, true
	case LlamaCPP:
		d.others = []endpoint{get(v1+"/models", listLlama)}
		d.failure = numberedError
		d.embeds.dimensions, d.embeds.long = dimensionsIgnored, longFails
	case LlamaSwap:
		d.others = []endpoint{get(v1+"/models", listLlamaSwap), get("/running", listRunning)}
		d.failure, d.notFound = swapError, plainNotFound
		d.embeds.dimensions, d.embeds.long = dimensionsIgnored, longFails
	case LMStudio:
		d.others = append(d.others, get("/api/v1/models", listLMStudio))
		d.failure, d.notFound = errorString, notFoundIn200
		d.embeds = embedding{dimensions: dimensionsIgnored, base64: base64Ignored, long: longCut, emptyIsText: true, usage: noUsage}
	case VLLM:
		d.others = []endpoint{get(v1+"/models", listVLLM)}
		d.failure, d.notFound = flatError, fastAPINotFound
	case TEI:
		d.others = []endpoint{get("/info", info)}
		d.failure, d.notFound = shortFlatError, emptyNotFound
		d.embeds = embedding{maxInputs: 32, manyStatus: http.StatusUnprocessableEntity, dimensions: dimensionsCut, long: longInvalid, usage: promptUsage}
	case OpenRouter:
		return openRouter(d), true
	case Mistral:
		d.keyed = true
		d.others = []endpoint{get(v1+"/models", listMistral)}
		d.failure, d.notFound = flatError, fastAPINotFound
		d.embeds.maxInputs, d.embeds.dimensions = 512, dimensionsOutputName
	case Voyage:
		d.keyed, d.others = true, nil
		d.failure, d.notFound = detail, fastAPINotFound
		d.embeds = embedding{maxInputs: 1000, manyStatus: http.StatusBadRequest, dimensions: dimensionsOutputName, base64: base64Only, long: longCut, usage: totalUsage}
	case Jina:
		d.keyed, d.others = true, nil
		d.failure, d.notFound = detail, fastAPINotFound
		d.embeds = embedding{maxInputs: 2048, manyStatus: http.StatusUnprocessableEntity, base64: base64Rejected, usage: promptUsage}
	case Azure:
		return azure(d), true
	case Generic:
		d.embeds.dimensions = dimensionsIgnored
	default:
		return dialect{}, false
	}
	return d, true
}

// nanoGPT has its catalog open to everybody and its balance beside /v1.
func nanoGPT(d dialect) dialect {
	d.base = "/api/v1"
	d.keyed = true
	d.models = catalog.Snapshot
	embeddingModels := get(d.base+"/embedding-models", listCatalog)
	embeddingModels.open = true
	d.others = []endpoint{
		embeddingModels,
		get(d.base+"/models", listChatModels),
		{method: http.MethodPost, path: "/api/check-balance", apiKeyOnly: true, answer: (*exchange).balance},
	}
	d.notFound = pageNotFound
	d.embeds.maxInputs, d.embeds.maxTokens = 2048, 300_000
	return d
}

// azure has the key in a header of its own, and one deployment at the address, whatever
// model a request names.
func azure(d dialect) dialect {
	d.base, d.others = "/openai/deployments/small", nil
	d.keyed, d.keyHeader, d.headerOnly = true, "Api-Key", true
	d.query = strings.TrimPrefix(AzureVersion, "?")
	d.failure, d.notFound = azureError, azureNotFound
	d.embeds.maxInputs, d.embeds.maxTokens, d.embeds.anyModel = 2048, 300_000, true
	return d
}

// openRouter lists prices per token.
func openRouter(d dialect) dialect {
	d.base = "/api/v1"
	d.keyed = true
	embeddingModels := get(d.base+"/embeddings/models", listOpenRouter)
	embeddingModels.open = true
	d.others = []endpoint{
		embeddingModels,
		get(d.base+"/models", listChatModels),
		get(d.base+"/credits", credits),
	}
	d.failure, d.notFound = numberedError, pageNotFound
	return d
}

func fastAPINotFound(*exchange) reply {
	return jsonReply(http.StatusNotFound, object{"detail": "Not Found"})
}
