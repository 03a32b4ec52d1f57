package local

import "github.com/vecscope/vecscope/api"

// maxPlaces is the most places that ngrams hashes into. With more, corpora of
// short texts would have nearly no two n-grams in one place, at a cost.
const maxPlaces = 65536

func useLiteRow() api.Model {
	m := row("use-lite", "Universal Sentence Encoder Lite", "google")
	m.Description = "A two-layer transformer that reads a sentence as a whole, so that order and context count."
	m.Dimensions, m.NativeDimensions = 512, 512
	m.MaxTokens = 128
	m.Languages = "English"
	m.Use = "similarity of English sentences"
	m.Notes = []string{
		"Reads the first 128 pieces of a text; the rest is ignored.",
		"Not trained for truncation, but holds up well: Spearman × 100 on English STS-B is 72.3, at 256 dimensions 71.4, at 64 dimensions 68.9.",
		"English only: similarities of other languages are unreliable; a text of which it knows less than a fifth has no vector.",
	}
	return m
}

func gloveRow() api.Model {
	m := row("glove", "GloVe word vectors, weighted mean", "stanford")
	m.Description = "The mean of the vectors of a text's words, rare words counting more; word order and context do not count."
	m.Dimensions, m.NativeDimensions = 100, 100
	m.Languages = "English"
	m.Use = "topics of English texts, very fast"
	m.Notes = []string{
		"Knows the 40,000 most frequent words; a text of which it knows less than a fifth has no vector.",
		"Not trained for truncation: its dimensions have no order of importance.",
		"Spearman × 100 on English STS-B is 57.1.",
	}
	return m
}

func ngramsRow() api.Model {
	m := row("ngrams", "Hashed character n-grams", "vecscope")
	m.Description = "Counts runs of 3 to 5 characters, hashed into places; compares spelling and learned nothing."
	m.Dimensions, m.MaxDimensions, m.SupportsDimensions = 4096, maxPlaces, true
	m.Languages = "any language"
	m.Use = "lexical baseline, near-duplicates"
	m.Notes = []string{
		"Computed anew at every number of dimensions; with fewer, more n-grams share a place.",
		"Its tokens are n-grams.",
		"Spearman × 100 on English STS-B is 66.2.",
	}
	return m
}

// row fills in what the models inside the binary have in common.
func row(id, name, owner string) api.Model {
	free := 0.0
	return api.Model{
		Provider:      Name,
		ID:            id,
		Name:          name,
		Owner:         owner,
		Kind:          api.KindEmbedding,
		MinDimensions: 1,
		Price:         &free,
		Source:        api.SourceBinary,
	}
}
