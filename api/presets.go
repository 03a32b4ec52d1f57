package api

import "strings"

// preset is what the cards and documentation of models say of their roles.
type preset struct {
	roles Roles
	// names are the models' own names, without owner, host, tag and ending.
	names []string
}

// similarTask is the task of the instruct models for texts compared with each other.
const similarTask = "Retrieve semantically similar text."

// presets are all that is known. Models whose cards want nothing stand there too, so
// that it is known that nothing is missing.
var presets = []preset{
	{prefixes("query: ", "passage: ", "query: "), []string{
		"e5-small", "e5-base", "e5-large", "multilingual-e5-small", "multilingual-e5-base", "multilingual-e5-large",
	}},
	{prefixes("Instruct: "+webSearch+"\nQuery: ", "", "Instruct: "+similarTask+"\nQuery: "), []string{
		"multilingual-e5-large-instruct", "e5-mistral", "e5-mistral-7b-instruct",
	}},
	{prefixes("search_query: ", "search_document: ", "clustering: "), []string{
		"nomic-embed-text", "nomic-embed-text-v1", "nomic-embed-text-v1.5", "nomic-embed-text-v2", "nomic-embed-text-v2-moe",
	}},
	{prefixes("task: search result | query: ", "title: none | text: ", "task: sentence similarity | query: "), []string{
		"embeddinggemma", "embedding-gemma",
	}},
	{prefixes("Represent this sentence for searching relevant passages: ", "", ""), []string{
		"bge-small-en", "bge-base-en", "bge-large-en", "bge-large", "mxbai-embed-large",
		"snowflake-arctic-embed", "snowflake-arctic-embed-m-v1.5",
	}},
	{prefixes("为这个句子生成表示以用于检索相关文章：", "", ""), []string{"bge-small-zh", "bge-base-zh", "bge-large-zh"}},
	{prefixes("query: ", "", ""), []string{
		"snowflake-arctic-embed2", "snowflake-arctic-embed-m-v2", "snowflake-arctic-embed-l-v2",
	}},
	{prefixes("Instruct: "+webSearch+"\nQuery:", "", ""), []string{"qwen3-embedding"}},
	{prefixes("Instruct: "+webSearch+"\nQuery: ", "", ""), []string{"gte-qwen2"}},
	{fields("task", "retrieval.query", "retrieval.passage", "text-matching"), []string{"jina-embeddings-v3", "jina-embeddings-v4"}},
	{fields("input_type", "query", "document", ""), []string{"voyage"}},
	{fields("input_type", "search_query", "search_document", "clustering"), []string{
		"embed-english-v3", "embed-english-light-v3", "embed-multilingual-v3", "embed-multilingual-light-v3", "embed-v4", "embed-v-4",
	}},
	{prefixes("", "", ""), []string{
		"bge-m3", "jina-embeddings-v2", "text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002",
		"all-minilm", "multi-qa", "paraphrase", "gte-small", "gte-base", "gte-large", "granite-embedding", "bce-embedding",
		"embedding-2", "embedding-3", "baichuan-text-embedding", "baichuan-embeddings",
	}},
}

func prefixes(query, document, symmetric string) Roles {
	return Roles{Query: Manner{Prefix: query}, Document: Manner{Prefix: document}, Symmetric: Manner{Prefix: symmetric}, From: RolesPreset}
}

func fields(name, query, document, symmetric string) Roles {
	as := func(value string) Manner {
		if value == "" {
			return Manner{}
		}
		return Manner{Field: Field{name, value}}
	}
	return Roles{Query: as(query), Document: as(document), Symmetric: as(symmetric), From: RolesPreset}
}

// PresetRoles are what the program knows of a model by its name in any spelling: with
// or without an owner, a host, a tag, an ending, in whatever case, _ for -. Of several
// names that fit the longest counts. Nothing is known of others.
func PresetRoles(model string) Roles {
	name := ownName(model)
	best, longest := Roles{}, 0
	for _, p := range presets {
		for _, known := range p.names {
			if len(known) > longest && namesModel(name, known) {
				best, longest = p.roles, len(known)
			}
		}
	}
	return best
}

// ownName is a model's name without what people put around it.
func ownName(model string) string {
	name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(model)), "_", "-")
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name, _, _ = strings.Cut(name, ":")
	return strings.ReplaceAll(name, " ", "-")
}

// namesModel tells whether a known name stands in another as whole words.
func namesModel(name, known string) bool {
	for at := 0; ; {
		i := strings.Index(name[at:], known)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(known)
		if (at == 0 || !alphanumeric(name[at-1])) && (end == len(name) || !alphanumeric(name[end])) {
			return true
		}
		at++
	}
}

func alphanumeric(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
