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
	count int // of texts
	terms map[string]term
	// texts and parts are, of one word after the other, the texts that have it, ascending,
	// and what it adds to the score of each, but for its rarity.
	texts []int32
	parts []float32
}

// term is a word: how rare it is, and where its texts are.
type term struct {
	idf      float64
	from, to int
}

// Hit is a text that was found and its score, over 0.
type Hit struct {
	Text  int
	Score float64
}

// NewIndex returns an index of texts. It returns the error of ctx when that ends first.
func NewIndex(ctx context.Context, texts []string) (*Index, error) {
	words, lengths := counted{}, make([]int, len(texts))
	total := 0
	for i, text := range texts {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		lengths[i] = words.add(int32(i), text)
		total += lengths[i]
	}
	return words.index(lengths, float64(total)/float64(max(1, len(texts)))), nil
}

// counted are words on the way to be an index.
type counted map[string]*occurrences

// occurrences are the texts that have a word, ascending, and how often.
type occurrences struct {
	texts  []int32
	counts []float32
}

// add counts the words of a text and returns how many they are.
func (c counted) add(text int32, content string) int {
	length := 0
	var key []byte
	eachWord(content, func(word []rune, _, _ int) {
		length++
		key = key[:0]
		for _, r := range word {
			key = append(key, string(r)...)
		}
		o := c[string(key)]
		if o == nil {
			o = &occurrences{}
			c[string(key)] = o
		}
		if n := len(o.texts); n == 0 || o.texts[n-1] != text {
			o.texts, o.counts = append(o.texts, text), append(o.counts, 0)
		}
		o.counts[len(o.counts)-1]++
	})
	return length
}

// index makes of every count what it adds to the score of its text, and puts those of all
// words together: most are in few texts, and a list for each would take several times as
// much room.
func (c counted) index(lengths []int, mean float64) *Index {
	all := 0
	for _, o := range c {
		all += len(o.texts)
	}
	x := &Index{count: len(lengths), terms: make(map[string]term, len(c)), texts: make([]int32, 0, all), parts: make([]float32, 0, all)}
	n := float64(len(lengths))
	for word, o := range c {
		df := float64(len(o.texts))
		t := term{idf: math.Log(1 + (n-df+.5)/(df+.5)), from: len(x.texts)}
		for k, text := range o.texts {
			tf := float64(o.counts[k])
			x.parts = append(x.parts, float32(tf*(k1+1)/(tf+k1*(1-b+b*float64(lengths[text])/mean))))
		}
		x.texts = append(x.texts, o.texts...)
		t.to = len(x.texts)
		x.terms[word] = t
	}
	return x
}

// Len returns the number of texts.
func (x *Index) Len() int { return x.count }

// Scores puts the score of every text for a query into scores, which has room for
// [Index.Len]: 0 for one that has none of its words. A word asked for twice counts
// twice.
func (x *Index) Scores(query string, scores []float64) {
	clear(scores)
	counts := map[term]float64{}
	var order []term // scores are summed up in the same order always
	for _, word := range Words(query) {
		if t, found := x.terms[word]; found {
			if counts[t]++; counts[t] == 1 {
				order = append(order, t)
			}
		}
	}
	for _, t := range order {
		weight, parts := t.idf*counts[t], x.parts[t.from:t.to]
		for k, text := range x.texts[t.from:t.to] {
			scores[text] += weight * float64(parts[k])
		}
	}
}

// Weight is a word of a query: how many texts have it, and what it weighs in their scores.
// One that stands in most texts weighs next to nothing.
type Weight struct {
	Word   string
	Texts  int
	Weight float64
}

// Weights are those of the words of a query, each once, in their order.
func (x *Index) Weights(query string) []Weight {
	var list []Weight
	for _, word := range Words(query) {
		if slices.ContainsFunc(list, func(w Weight) bool { return w.Word == word }) {
			continue
		}
		t := x.terms[word]
		list = append(list, Weight{word, t.to - t.from, t.idf})
	}
	return list
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
	scores := make([]float64, x.count)
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
