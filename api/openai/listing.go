package openai

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// listing is the way in which a kind of server lists its models.
type listing struct {
	path string
	// beside tells that the path is not under the API's version but beside it.
	beside bool
	// row reads one model; false leaves it out. Rows without an ID are left out
	// in any case.
	row func(answer.Fields) (api.Model, bool)
	// whole reads the entire answer in place of row.
	whole func([]byte) ([]api.Model, error)
	// otherwise, when set, is what versions have that lack this list.
	otherwise *listing
	// pick, when set, chooses among all rows.
	pick func([]api.Model) []api.Model
	// identifies tells that a row may say which model stands behind the name.
	identifies bool
	// refuses tells whether a model is known to refuse shorter vectors.
	refuses func(answer.Fields, api.Model) bool
}

var (
	nanoGPTList = &listing{path: "embedding-models", row: plainRow, refuses: func(f answer.Fields, _ api.Model) bool {
		supports, known := f.Flag("supports_dimensions")
		return known && !supports
	}}
	openAIList = &listing{path: "models", row: openAIRow, refuses: func(_ answer.Fields, m api.Model) bool {
		return !m.SupportsDimensions
	}}
	openRouterList = &listing{path: "embeddings/models", row: plainRow}
	mistralList    = &listing{path: "models", row: namedRow("embed")}
	ollamaList     = &listing{identifies: true, path: "api/tags", beside: true, row: ollamaRow}
	llamaList      = &listing{identifies: true, path: "models", row: llamaRow}
	llamaSwapList  = &listing{path: "models", row: llamaSwapRow, pick: likelyEmbeddings}
	lmStudioList   = &listing{identifies: true, path: "api/v1/models", beside: true, row: lmStudioRow, otherwise: guessedList}
	vllmList       = &listing{path: "models", row: plainRow}
	teiList        = &listing{identifies: true, path: "info", beside: true, whole: teiModels}
	guessedList    = &listing{identifies: true, path: "models", row: plainRow, pick: likelyEmbeddings}
)

var errNoList = errors.New("the answer is no list of models")

// read reads an answer. Only an answer that is no list at all is an error: rows
// that make no sense are left out, and of two with the same name the first stays.
func (l *listing) read(body []byte) (models []api.Model, refusing map[string]bool, err error) {
	refusing = map[string]bool{}
	if l.whole != nil {
		models, err = l.whole(body)
		return models, refusing, err
	}
	rows, err := listRows(body)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, raw := range rows {
		f := answer.ReadFields(raw)
		m, ok := l.row(f)
		if !ok || m.ID == "" || seen[m.ID] {
			continue
		}
		seen[m.ID] = true
		m.Identity = identityOf(f)
		models = append(models, m)
		if l.refuses != nil && l.refuses(f, m) {
			refusing[m.ID] = true
		}
	}
	if l.pick != nil {
		models = l.pick(models)
	}
	likelyFirst(models)
	return models, refusing, nil
}

// listRows finds the rows of a list: under "data" or "models", or the answer itself.
func listRows(body []byte) ([]json.RawMessage, error) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	var bare []json.RawMessage
	if json.Unmarshal(body, &bare) == nil && bare != nil {
		return bare, nil
	}
	f := answer.ReadFields(body)
	for _, key := range []string{"data", "models"} {
		if rows := f.List(key); rows != nil {
			return rows, nil
		}
	}
	return nil, errNoList
}

// plainRow reads what NanoGPT's list and its relatives say of a model.
func plainRow(f answer.Fields) (api.Model, bool) {
	m := api.Model{
		ID:          f.Text("id", "key", "name"),
		Name:        f.Text("display_name", "name"),
		Owner:       f.Text("owned_by", "publisher", "organization"),
		Kind:        api.KindEmbedding,
		Description: f.Text("description"),
		Dimensions:  f.Count("dimensions", "embedding_length"),
		MaxTokens:   f.Count("max_tokens", "context_length", "max_context_length", "max_model_len"),
		Price:       price(f.Object("pricing")),
	}
	m.Name = cmp.Or(m.Name, m.ID)
	m.MaxDimensions = f.Count("max_dimensions")
	m.SupportsDimensions, _ = f.Flag("supports_dimensions")
	if reranks(m) || strings.HasPrefix(strings.ToLower(f.Text("type")), "rerank") {
		m.Kind = api.KindReranker
		// Some lists name a length for it all the same, but it has no vectors.
		m.Dimensions, m.MaxDimensions, m.SupportsDimensions = 0, 0, false
	}
	return m, true
}

// reranks tells from a model's name whether it has no vectors.
func reranks(m api.Model) bool {
	return strings.Contains(strings.ToLower(m.ID+" "+m.Name), "rerank")
}

// price reads US dollars per million tokens: given as such, or for one token.
// Other currencies and negative numbers are unknown prices, which are not free.
func price(f answer.Fields) *float64 {
	if currency := f.Text("currency"); currency != "" && !strings.EqualFold(currency, "usd") {
		return nil
	}
	if usd, ok := f.Number("per_million_tokens"); ok && usd >= 0 {
		return &usd
	}
	if usd, ok := f.Number("prompt"); ok && usd >= 0 {
		usd *= 1e6
		return &usd
	}
	return nil
}

// namedRow marks the models whose name does not hold a word.
func namedRow(word string) func(answer.Fields) (api.Model, bool) {
	return func(f answer.Fields) (api.Model, bool) {
		m, ok := plainRow(f)
		m.Unlikely = !strings.Contains(strings.ToLower(m.ID), word)
		return m, ok
	}
}

func openAIRow(f answer.Fields) (api.Model, bool) {
	m, ok := namedRow("embedding")(f)
	m.SupportsDimensions = strings.HasPrefix(m.ID, "text-embedding-3")
	return m, ok
}

// ollamaRow reads a row of /api/tags. Versions that do not tell what a model can
// do tell at least its family.
func ollamaRow(f answer.Fields) (api.Model, bool) {
	m, _ := plainRow(f)
	details := f.Object("details")
	m.ID = f.Text("model", "name")
	m.Name = m.ID
	m.SupportsDimensions = true
	m.Elsewhere = f.Text("remote_host") != ""
	m.Dimensions = cmp.Or(m.Dimensions, details.Count("embedding_length"))
	m.MaxTokens = cmp.Or(m.MaxTokens, details.Count("context_length"))
	if capabilities := f.List("capabilities"); capabilities != nil {
		m.Unlikely = !slices.ContainsFunc(capabilities, func(c json.RawMessage) bool {
			return answer.Fields{"": c}.Text("") == "embedding"
		})
		return m, true
	}
	family := strings.ToLower(details.Text("family"))
	m.Unlikely = !strings.Contains(family, "bert") && !soundsLikeEmbedding(m.ID)
	return m, true
}

func llamaRow(f answer.Fields) (api.Model, bool) {
	m, ok := plainRow(f)
	meta := f.Object("meta")
	m.Dimensions = cmp.Or(m.Dimensions, meta.Count("n_embd"))
	m.MaxTokens = cmp.Or(m.MaxTokens, meta.Count("n_ctx", "n_ctx_train"))
	return m, ok
}

// llamaSwapRow reads a row of llama-swap, which starts the servers of its models as they
// are asked for, and passes requests for models of its peers on to them.
func llamaSwapRow(f answer.Fields) (api.Model, bool) {
	m, ok := plainRow(f)
	meta := f.Object("meta")
	m.MaxTokens = cmp.Or(m.MaxTokens, meta.Count("n_ctx"))
	m.Elsewhere = meta.Object("llamaswap").Text("type") == "peer"
	return m, ok
}

func lmStudioRow(f answer.Fields) (api.Model, bool) {
	m, _ := plainRow(f)
	m.ID = f.Text("key", "id")
	if loaded := f.List("loaded_instances"); len(loaded) > 0 { // which may read less than it could
		m.MaxTokens = cmp.Or(answer.ReadFields(loaded[0]).Object("config").Count("context_length"), m.MaxTokens)
	}
	kind := f.Text("type")
	return m, strings.HasPrefix(kind, "embedding")
}

// teiModels reads /info: text-embeddings-inference serves one model.
func teiModels(body []byte) ([]api.Model, error) {
	f := answer.ReadFields(body)
	id := f.Text("model_id")
	if id == "" {
		return nil, errNoList
	}
	m := api.Model{
		ID: id, Name: id, Kind: api.KindEmbedding, Identity: identityOf(f),
		MaxTokens: f.Count("max_input_length"), SupportsDimensions: true,
	}
	if f.Object("model_type")["reranker"] != nil || reranks(m) {
		m.Kind = api.KindReranker
	}
	return []api.Model{m}, nil
}

// likelyEmbeddings marks what seems to be no embedding model, unless that would be all:
// a server that serves one model may call it anything.
func likelyEmbeddings(models []api.Model) []api.Model {
	if !slices.ContainsFunc(models, func(m api.Model) bool { return soundsLikeEmbedding(m.ID) }) {
		return models
	}
	for i := range models {
		models[i].Unlikely = !soundsLikeEmbedding(models[i].ID)
	}
	return models
}

// likelyFirst orders those models last that may embed nothing. None is left out: a
// name tells little.
func likelyFirst(models []api.Model) {
	slices.SortStableFunc(models, func(a, b api.Model) int {
		switch {
		case a.Unlikely == b.Unlikely:
			return 0
		case b.Unlikely:
			return -1
		}
		return 1
	})
}

// embeddingNames are parts of the names that makers give to embedding models.
var embeddingNames = []string{"embed", "bge-", "e5-", "gte-", "minilm", "mpnet", "voyage-", "arctic", "sentence-", "bce-", "-clip-"}

func soundsLikeEmbedding(id string) bool {
	return containsAny(strings.ToLower(id), embeddingNames)
}
