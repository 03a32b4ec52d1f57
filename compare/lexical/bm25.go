package lexical

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// The constants of BM25, as Lucene and most others have them.
const (
	k1 = 1.2
	b  = .75
)

// Index finds texts by their words with BM25. It is never changed after it was made,
// and may be used by several goroutines at once.
type Index struct {
	texts int
	terms map[string]*term
}

// term is a word and the texts that have it.
type term struct {
	idf   float64
	texts []int32 // ascending
	parts []float32
}

// Hit is a text that was found and its score, over 0.
type Hit struct {
	Text  int
	Score float64
}

// NewIndex returns an index of texts. It returns the error of ctx when that ends first.
func NewIndex(ctx context.Context, texts []string) (*Index, error) {
	x := &Index{texts: len(texts), terms: map[string]*term{}}
	lengths := make([]int, len(texts))
	total := 0
	for i, text := range texts {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		lengths[i] = x.count(int32(i), text)
		total += lengths[i]
	}
	x.weigh(lengths, float64(total)/float64(max(1, len(texts))))
	return x, nil
}

// count counts the words of a text and returns how many they are.
func (x *Index) count(text int32, content string) int {
	length := 0
	var key []byte
	eachWord(content, func(word []rune, _, _ int) {
		length++
		key = key[:0]
		for _, r := range word {
			key = append(key, string(r)...)
		}
		t := x.terms[string(key)]
		if t == nil {
			t = &term{}
			x.terms[string(key)] = t
		}
		if n := len(t.texts); n == 0 || t.texts[n-1] != text {
			t.texts, t.parts = append(t.texts, text), append(t.parts, 0)
		}
		t.parts[len(t.parts)-1]++
	})
	return length
}

// weigh makes of every count what it adds to the score of its text, but for the rarity
// of the word.
func (x *Index) weigh(lengths []int, mean float64) {
	n := float64(x.texts)
	for _, t := range x.terms {
		df := float64(len(t.texts))
		t.idf = math.Log(1 + (n-df+.5)/(df+.5))
		for k, text := range t.texts {
			tf := float64(t.parts[k])
			t.parts[k] = float32(tf * (k1 + 1) / (tf + k1*(1-b+b*float64(lengths[text])/mean)))
		}
		t.texts, t.parts = slices.Clip(t.texts), slices.Clip(t.parts)
	}
}

// Len returns the number of texts.
func (x *Index) Len() int { return x.texts }

// Scores puts the score of every text for a query into scores, which has room for
// [Index.Len]: 0 for one that has none of its words. A word asked for twice counts
// twice.
func (x *Index) Scores(query string, scores []float64) {
	clear(scores)
	counts := map[*term]float64{}
	var order []*term // scores are summed up in the same order always
	for _, word := range Words(query) {
		if t := x.terms[word]; t != nil {
			if counts[t]++; counts[t] == 1 {
				order = append(order, t)
			}
		}
	}
	for _, t := range order {
		weight := t.idf * counts[t]
		for k, text := range t.texts {
			scores[text] += weight * float64(t.parts[k])
		}
	}
}

// Found is Scores with -Inf for a text that has none of the query's words: it is not found.
func (x *Index) Found(query string, scores []float64) {
	x.Scores(query, scores)
	for text, score := range scores {
		if score <= 0 {
			scores[text] = math.Inf(-1)
		}
	}
}

// Search returns the k texts with the highest scores for a query, or as many as have
// any of its words; equal ones in their order.
func (x *Index) Search(query string, k int) []Hit {
	scores := make([]float64, x.texts)
	x.Scores(query, scores)
	return Highest(scores, k)
}

// Highest returns the k texts with the highest scores over 0, or as many as there are;
// equal ones in their order.
func Highest(scores []float64, k int) []Hit {
	if k <= 0 {
		return nil
	}
	var hits []Hit
	enough := 0.0
	for text, score := range scores {
		if score <= enough {
			continue // an equal one that comes later has no place
		}
		if hits = append(hits, Hit{text, score}); len(hits) >= 2*k+64 {
			hits = firstHits(hits, k)
			enough = hits[k-1].Score
		}
	}
	return slices.Clip(firstHits(hits, k))
}

func firstHits(hits []Hit, k int) []Hit {
	slices.SortFunc(hits, func(x, y Hit) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Text, y.Text))
	})
	return hits[:min(k, len(hits))]
}
