package api

import (
	"strings"
	"testing"
)

// TestPresetsKnowModelsInAnySpelling has what the cards of models want, under the
// names that servers, files and people give them.
func TestPresetsKnowModelsInAnySpelling(t *testing.T) {
	const search = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
	const similar = "Instruct: Retrieve semantically similar text.\nQuery: "
	const sentence = "Represent this sentence for searching relevant passages: "
	for _, c := range []struct {
		query, document, symmetric string
		models                     []string
	}{
		{"query: ", "passage: ", "query: ", []string{
			"intfloat/e5-base-v2", "e5-small", "E5-Large-v2", "intfloat/multilingual-e5-large", "multilingual_e5_small", " e5-small\n", "/e5-base", "mye5-base-e5-base", "yxchia/multilingual-e5-base:latest",
			"hf.co/mradermacher/multilingual-e5-base-GGUF:Q8_0", "/models/e5-large-v2.Q4_K_M.gguf",
		}},
		{search + " ", "", similar, []string{
			"intfloat/multilingual-e5-large-instruct", "multilingual-e5-large-instruct-q8_0.gguf", "intfloat/e5-mistral-7b-instruct", "e5-mistral:7b",
		}},
		{"search_query: ", "search_document: ", "clustering: ", []string{
			"nomic-embed-text:latest", "nomic-embed-text", "nomic-ai/nomic-embed-text-v1", "nomic-ai/nomic-embed-text-v1.5", "nomic-ai/nomic-embed-text-v1.5-GGUF",
			"nomic-ai/nomic-embed-text-v2-moe", "nomic-embed-text-v2-moe:latest", "text-embedding-nomic-embed-text-v1.5", "nomic-embed-text-v1.5.Q8_0.gguf",
			"hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:F16", "NOMIC_EMBED_TEXT", `C:\models\nomic-embed-text-v1.5.f32.gguf`, "nomic-embed-text@q4_k_m", "nomic embed text v1.5",
		}},
		{"task: search result | query: ", "title: none | text: ", "task: sentence similarity | query: ", []string{
			"google/embeddinggemma-300m", "embeddinggemma", "embeddinggemma:300m-qat-q8_0", "text-embedding-embeddinggemma-300m", "ggml-org/embeddinggemma-300M-GGUF", "unsloth/embedding-gemma-300m",
		}},
		{sentence, "", "", []string{
			"BAAI/bge-small-en", "BAAI/bge-large-en-v1.5", "hf.co/BAAI/bge-base-en-v1.5", "@cf/baai/bge-base-en-v1.5", "CompendiumLabs/bge-small-en-v1.5-gguf", "bge-large:latest",
			"mixedbread-ai/mxbai-embed-large-v1", "mxbai-embed-large:335m", "Snowflake/snowflake-arctic-embed-m", "snowflake-arctic-embed:22m",
			"snowflake-arctic-embed-l", "Snowflake/snowflake-arctic-embed-m-v1.5", "snowflake-arctic-embed-m-long",
		}},
		{"为这个句子生成表示以用于检索相关文章：", "", "", []string{"BAAI/bge-large-zh-v1.5", "bge-small-zh", "quentinz/bge-base-zh-v1.5:latest"}},
		{"query: ", "", "", []string{"snowflake-arctic-embed2", "snowflake-arctic-embed2:568m", "Snowflake/snowflake-arctic-embed-l-v2.0", "snowflake_arctic_embed_m_v2.0"}},
		{search, "", "", []string{
			"Qwen/Qwen3-Embedding-0.6B", "qwen3-embedding:8b", "qwen3-embedding", "Qwen3-Embedding-4B-Q4_K_M.gguf", "dengcao/Qwen3-Embedding-8B:Q5_K_M", "accounts/fireworks/models/qwen3-embedding-8b",
		}},
		{search + " ", "", "", []string{"Alibaba-NLP/gte-Qwen2-7B-instruct", "gte_qwen2-1.5b-instruct"}},
	} {
		for _, model := range c.models {
			want := prefixes(c.query, c.document, c.symmetric)
			if got := PresetRoles(model); got != want {
				t.Errorf("%s: %+v, want %+v", model, got, want)
			}
		}
	}
}

func TestPresetsThatAreFields(t *testing.T) {
	for want, models := range map[Roles][]string{
		fields("task", "retrieval.query", "retrieval.passage", "text-matching"): {"jina-embeddings-v3", "jinaai/jina-embeddings-v4", "jina_embeddings_v3"},
		fields("input_type", "query", "document", ""): {
			"voyage-3", "voyage-3-large", "voyage-3.5-lite", "voyage-code-3", "voyageai/voyage-law-2", "voyage",
		},
		fields("input_type", "search_query", "search_document", "clustering"): {
			"embed-english-v3.0", "cohere/embed-v4.0", "embed-multilingual-light-v3.0", "cohere.embed-multilingual-v3:0", "Cohere-embed-v-4-0",
		},
	} {
		for _, model := range models {
			got := PresetRoles(model)
			if got != want {
				t.Errorf("%s: %+v, want %+v", model, got, want)
			}
			if bare := got.WithoutFields(); bare != (Roles{}) {
				t.Errorf("%s: without fields nothing is known, but there is %+v", model, bare)
			}
		}
	}
}

func TestModelsThatWantNothingAreKnown(t *testing.T) {
	for _, model := range []string{
		"BAAI/bge-m3", "bge-m3:567m", "jina/jina-embeddings-v2-base-de", "text-embedding-3-small", "openai/text-embedding-ada-002", "all-minilm:latest",
		"sentence-transformers/all-MiniLM-L6-v2", "multi-qa-MiniLM-L6-cos-v1", "paraphrase-multilingual:latest", "thenlper/gte-small", "granite-embedding:278m", "netease-youdao/bce-embedding-base_v1",
	} {
		if got := PresetRoles(model); got != (Roles{From: RolesPreset}) {
			t.Errorf("%s: %+v", model, got)
		}
	}
	for _, model := range []string{"", "own", "use-lite", "mye5-basement", "gte-modernbert-base", "nomic-embed-texture", "xvoyage-3", "e5-basez", "9e5-base", "e5-base9", "e5-base0", "voyage/own", "e5-base/own", "ae5-base", "embed-english-v2.0"} {
		if got := PresetRoles(model); got != (Roles{}) {
			t.Errorf("of %s nothing is known, but there is %+v", model, got)
		}
	}
}

func TestWhatAPersonSaysOfRolesCounts(t *testing.T) {
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		name  string
		model string
		says  RoleSettings
		want  Roles
	}{
		{"nothing", "nomic-embed-text", RoleSettings{}, prefixes("search_query: ", "search_document: ", "clustering: ")},
		{"one role", "nomic-embed-text", RoleSettings{Query: text("q: ")}, Roles{Manner{Prefix: "q: "}, Manner{Prefix: "search_document: "}, Manner{Prefix: "clustering: "}, RolesSettings}},
		{"none", "nomic-embed-text", RoleSettings{Query: text(""), Document: text(""), Symmetric: text("")}, Roles{From: RolesSettings}},
		{"documents of an unknown model, which are compared too", "own", RoleSettings{Document: text("d: ")}, Roles{Document: Manner{Prefix: "d: "}, Symmetric: Manner{Prefix: "d: "}, From: RolesSettings}},
		{"documents of a known model, whose other roles stay", "nomic-embed-text", RoleSettings{Document: text("d: ")},
			Roles{Manner{Prefix: "search_query: "}, Manner{Prefix: "d: "}, Manner{Prefix: "clustering: "}, RolesSettings}},
		{"queries of an unknown model", "own", RoleSettings{Query: text("q: ")}, Roles{Query: Manner{Prefix: "q: "}, From: RolesSettings}},
		{"all of an unknown model", "own", RoleSettings{Document: text("d: "), Symmetric: text("")}, Roles{Document: Manner{Prefix: "d: "}, From: RolesSettings}},
		{
			"a field", "own", RoleSettings{Field: "kind", QueryValue: "q", DocumentValue: "d"},
			Roles{Manner{Field: Field{"kind", "q"}}, Manner{Field: Field{"kind", "d"}}, Manner{Field: Field{"kind", "d"}}, RolesSettings},
		},
		{
			"a prefix beside a field that is known", "jina-embeddings-v3", RoleSettings{Query: text("q: ")},
			Roles{Manner{"q: ", Field{"task", "retrieval.query"}}, Manner{Field: Field{"task", "retrieval.passage"}}, Manner{Field: Field{"task", "text-matching"}}, RolesSettings},
		},
		{
			"another field, which one role does without", "jina-embeddings-v3", RoleSettings{Field: "kind", QueryValue: "q"},
			Roles{Query: Manner{Field: Field{"kind", "q"}}, From: RolesSettings},
		},
	} {
		if got := PresetRoles(c.model).With(c.says); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestRolesAreTheSameWhereEveryTextIsSentAlike(t *testing.T) {
	all := Roles{Manner{Prefix: "q"}, Manner{Prefix: "d"}, Manner{Prefix: "s"}, RolesPreset}
	if other := all; true {
		other.From = RolesEdited
		if !all.Same(other) {
			t.Error("who says so makes a difference")
		}
	}
	for _, change := range []func(*Roles){func(r *Roles) { r.Query.Prefix = "x" }, func(r *Roles) { r.Document.Prefix = "x" }, func(r *Roles) { r.Symmetric.Prefix = "x" }} {
		other := all
		if change(&other); all.Same(other) || other.Same(all) {
			t.Errorf("%+v is the same as %+v", other, all)
		}
	}
	mixed := Roles{Query: Manner{"q: ", Field{"task", "q"}}, From: RolesEdited}
	if got := mixed.WithoutFields(); got != (Roles{Query: Manner{Prefix: "q: "}, From: RolesEdited}) {
		t.Errorf("without fields %+v", got)
	}
	if got := (Roles{From: RolesPreset}).WithoutFields(); got.From != RolesPreset {
		t.Error("that it wants nothing is forgotten")
	}
}

func TestWhatCannotBeSentInARoleIsSaid(t *testing.T) {
	for want, m := range map[string]Manner{
		"":                                    {"find: ", Field{"task", "query"}},
		"a prefix must be UTF-8":              {Prefix: "\xff"},
		"a field of the request needs a name": {Field: Field{"", "query"}},
		"the request has a field dimensions already":                         {Field: Field{"dimensions", "8"}},
		"the text always comes last: leave {text} out, or put it at the end": {Prefix: "{text} x"},
	} {
		for _, r := range []Roles{{Query: m}, {Document: m}, {Symmetric: m}} {
			if got := r.Problem(); got != want {
				t.Errorf("%+v: %q, want %q", r, got, want)
			}
		}
	}
	long := strings.Repeat("x", longestPrefix)
	if got := (Roles{Query: Manner{Field: Field{"a", long[1:]}}}).Problem(); got != "" {
		t.Errorf("as long as may be: %q", got)
	}
	if got := (Roles{Query: Manner{Field: Field{"a", long}}}).Problem(); got == "" {
		t.Error("a field can be longer than anything")
	}
}

func TestMannersOfOneKeyAreTheSame(t *testing.T) {
	manners := []Manner{
		{}, {Prefix: "q"}, {Prefix: "task"}, {Field: Field{"task", "q"}}, {Field: Field{"task", "q2"}}, {Prefix: "q", Field: Field{"task", "q"}}, {Field: Field{"taskq", ""}},
	}
	seen := map[string]Manner{}
	for _, m := range manners {
		if other, taken := seen[m.Key()]; taken {
			t.Errorf("%+v and %+v have the key %q", m, other, m.Key())
		}
		seen[m.Key()] = m
	}
	if (Manner{Prefix: "query: "}).Key() != "query: " {
		t.Error("vectors with a prefix that are kept already are found no more")
	}
}
