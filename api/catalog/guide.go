package catalog

import "github.com/vecscope/vecscope/api"

// UseCase answers one "which model for …?".
type UseCase struct {
	// Key names it on the command line and in files: "general-english".
	Key string
	// Question is what the person wants: "General English".
	Question string
	// Advice gives the reason for the first of Refs, in one line.
	Advice string
	// Price is what the first of Refs costs, in US dollars per million tokens: "$0.02 per 1M" or "free".
	Price string
	// Refs are the models to compare, the one that NanoGPT's guide names first.
	Refs []string
	// LocalAlternative is a model inside the binary that is worth comparing with
	// them; empty when none does this work or Refs are local already.
	LocalAlternative string
}

// Guide lists the use cases, the most common first. What it recommends follows
// NanoGPT's own guide; the models after the first share its purpose.
func Guide() []UseCase {
	return []UseCase{
		{
			Key:      "general-english",
			Question: "General English",
			Advice:   "text-embedding-3-small: a good all-rounder for little money, and it can be reduced to any length.",
			Price:    "$0.02 per 1M",
			Refs: []string{
				"nanogpt/text-embedding-3-small",
				"nanogpt/BAAI/bge-large-en-v1.5",
				"nanogpt/jina-embeddings-v2-base-en",
			},
			LocalAlternative: "local/use-lite",
		},
		{
			Key:      "highest-accuracy",
			Question: "Highest accuracy",
			Advice:   "text-embedding-3-large at its full 3072 dimensions: the most accurate, at a price to match.",
			Price:    "$0.13 per 1M",
			Refs: []string{
				"nanogpt/text-embedding-3-large",
				"nanogpt/gemini-embedding-001",
				"nanogpt/Qwen/Qwen3-Embedding-8B",
			},
		},
		{
			Key:      "multilingual",
			Question: "Many languages",
			Advice:   "BGE M3: more than 100 languages, texts of up to 8,192 tokens, lowest price band.",
			Price:    "$0.01 per 1M",
			Refs: []string{
				"nanogpt/BAAI/bge-m3",
				"nanogpt/Qwen/Qwen3-Embedding-0.6B",
				"nanogpt/Qwen/Qwen3-Embedding-4B",
				"nanogpt/Qwen/Qwen3-Embedding-8B",
				"nanogpt/jina-embeddings-v3",
				"nanogpt/gemini-embedding-001",
			},
		},
		{
			Key:      "code",
			Question: "Source code",
			Advice:   "Jina v2 Base Code: made for code and questions about it, in 30 programming languages.",
			Price:    "$0.05 per 1M",
			Refs: []string{
				"nanogpt/jina-embeddings-v2-base-code",
				"nanogpt/Qwen/Qwen3-Embedding-0.6B",
				"nanogpt/Qwen/Qwen3-Embedding-4B",
				"nanogpt/Qwen/Qwen3-Embedding-8B",
			},
			LocalAlternative: "local/ngrams",
		},
		{
			Key:      "budget",
			Question: "Lowest price",
			Advice:   "BGE Large English: a large retrieval model in the lowest price band.",
			Price:    "$0.01 per 1M",
			Refs: []string{
				"nanogpt/BAAI/bge-large-en-v1.5",
				"nanogpt/BAAI/bge-base-en-v1.5",
				"nanogpt/BAAI/bge-large-zh-v1.5",
				"nanogpt/BAAI/bge-m3",
				"nanogpt/Qwen/Qwen3-Embedding-0.6B",
			},
			LocalAlternative: "local/use-lite",
		},
		{
			Key:      "chinese",
			Question: "Chinese",
			Advice:   "BGE Large Chinese: made for Chinese search, lowest price band.",
			Price:    "$0.01 per 1M",
			Refs: []string{
				"nanogpt/BAAI/bge-large-zh-v1.5",
				"nanogpt/jina-embeddings-v2-base-zh",
				"nanogpt/BAAI/bge-m3",
				"nanogpt/netease-youdao/bce-embedding-base_v1",
				"nanogpt/zhipu-embedding-2",
				"nanogpt/Baichuan-Text-Embedding",
				"nanogpt/doubao-embedding-large-text-240915",
			},
		},
		{
			Key:      "german",
			Question: "German",
			Advice:   "Jina v2 Base German: made for German and English, also mixed; texts of up to 8,192 tokens.",
			Price:    "$0.05 per 1M",
			Refs: []string{
				"nanogpt/jina-embeddings-v2-base-de",
				"nanogpt/BAAI/bge-m3",
			},
			LocalAlternative: "local/ngrams",
		},
		{
			Key:      "spanish",
			Question: "Spanish",
			Advice:   "Jina v2 Base Spanish: made for Spanish and English, also mixed; texts of up to 8,192 tokens.",
			Price:    "$0.05 per 1M",
			Refs: []string{
				"nanogpt/jina-embeddings-v2-base-es",
				"nanogpt/BAAI/bge-m3",
			},
			LocalAlternative: "local/ngrams",
		},
		{
			Key:      "fast-search",
			Question: "Fast search, short vectors",
			Advice:   "A model that can be reduced, at 256–512 dimensions: search 2–4 times faster for a small loss.",
			Price:    "$0.02 per 1M",
			Refs: []string{
				"nanogpt/text-embedding-3-small",
				"nanogpt/text-embedding-3-large",
				"nanogpt/Qwen/Qwen3-Embedding-0.6B",
				"nanogpt/Qwen/Qwen3-Embedding-4B",
				"nanogpt/Qwen/Qwen3-Embedding-8B",
			},
			LocalAlternative: "local/use-lite",
		},
		{
			Key:      "offline",
			Question: "Offline, without a key",
			Advice:   "The built-in models: English meaning (use-lite), word vectors (glove), spelling (ngrams).",
			Price:    "free",
			Refs: []string{
				"local/use-lite",
				"local/glove",
				"local/ngrams",
			},
		},
	}
}

// PriceBand names where a model stands among the prices there are.
type PriceBand string

// The bands, with what they held when the snapshot was made.
const (
	BandUnknown PriceBand = "unknown"
	BandFree    PriceBand = "free"    // inside the binary
	BandLowest  PriceBand = "lowest"  // $0.01: BAAI, Qwen3 0.6B
	BandLow     PriceBand = "low"     // $0.02–0.03: text-embedding-3-small, BCE, Qwen3 4B
	BandMiddle  PriceBand = "middle"  // $0.04–0.05: Jina v2, Qwen3 8B
	BandHigh    PriceBand = "high"    // $0.07–0.10: Zhipu, Baichuan, Ada 002, Jina v3 and v4, Doubao
	BandHighest PriceBand = "highest" // $0.13–0.15: text-embedding-3-large, Gemini
)

// Band gives the model's price band. The limits lie between the prices of the
// snapshot, so that a live price that moves a little stays where it was.
func Band(m api.Model) PriceBand {
	switch {
	case m.Price == nil:
		return BandUnknown
	case *m.Price <= 0:
		return BandFree
	case *m.Price < 0.015:
		return BandLowest
	case *m.Price < 0.035:
		return BandLow
	case *m.Price < 0.06:
		return BandMiddle
	case *m.Price < 0.115:
		return BandHigh
	default:
		return BandHighest
	}
}
