package apitest

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
)

// How a text becomes a vector of some model that is not here:
//
//  1. The models inside the binary look at it: use-lite at its meaning, glove at
//     its topic, ngrams at its spelling. Each gives a part of unit length.
//  2. The parts are put into the model's dimensions. Meaning and topic lie in the
//     first half and spelling everywhere, so that cutting the vector loses little,
//     as with models trained for it. Which number lies where and with which sign
//     is drawn from the model's name: vectors of two models cannot be compared.
//  3. The longer the model's vectors, the more meaning counts beside spelling:
//     larger models are a little better.
//  4. A direction that all texts share is added, its size drawn from the model's
//     name: two unrelated texts score 0.1 with one model and 0.5 with another, as
//     they do with real ones.
//
// All of it is the same in every run and on every machine.

// maxRemembered is how many texts' meanings are kept, because several models are
// commonly asked about the same ones: about 50 MB.
const maxRemembered = 20_000

// encoder makes the vectors of all models of a server.
type encoder struct {
	quick bool
	local *local.Provider

	mu     sync.Mutex // guards the rest
	spaces map[string]*space
	senses map[string]sense
}

// sense is what the models inside the binary see in a text, whatever its vector
// is for. Parts without anything to see are nil.
type sense struct{ meaning, topic []float32 }

func newEncoder(quick bool) *encoder {
	return &encoder{quick: quick, local: local.New(), spaces: map[string]*space{}, senses: map[string]sense{}}
}

// embed gives vectors of unit length and that many dimensions, one a text.
func (e *encoder) embed(ctx context.Context, m api.Model, dimensions int, texts []string) ([][]float32, error) {
	s := e.space(m)
	senses, err := e.sense(ctx, texts)
	if err != nil {
		return nil, err
	}
	spelling, err := e.look(ctx, "ngrams", s.spelling, texts)
	if err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		v := s.vector(senses[i], spelling[i])[:dimensions]
		if !normalise(v) {
			v = anyDirection(m.ID+"\n"+text, dimensions)
		}
		vectors[i] = v
	}
	return vectors, nil
}

// sense finds what the texts mean. In haste nothing means anything.
func (e *encoder) sense(ctx context.Context, texts []string) ([]sense, error) {
	senses := make([]sense, len(texts))
	if e.quick {
		return senses, nil
	}
	var missing []string
	e.mu.Lock()
	for _, text := range texts {
		if _, known := e.senses[text]; !known {
			missing = append(missing, text)
		}
	}
	e.mu.Unlock()
	meanings, err := e.look(ctx, "use-lite", 0, missing)
	if err != nil {
		return nil, err
	}
	topics, err := e.look(ctx, "glove", 0, missing)
	if err != nil {
		return nil, err
	}
	fresh := make(map[string]sense, len(missing))
	for i, text := range missing {
		fresh[text] = sense{meanings[i], topics[i]}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, text := range texts {
		s, ok := fresh[text]
		if !ok {
			s = e.senses[text]
		}
		senses[i] = s
	}
	if len(e.senses)+len(fresh) > maxRemembered {
		clear(e.senses)
	}
	for text, s := range fresh {
		e.senses[text] = s
	}
	return senses, nil
}

// look asks a model inside the binary. Texts in which it sees nothing have a nil
// vector.
func (e *encoder) look(ctx context.Context, model string, dimensions int, texts []string) ([][]float32, error) {
	result, err := e.local.Embed(ctx, api.Request{Model: model, Dimensions: dimensions, Texts: texts})
	if err != nil {
		return nil, fmt.Errorf("make vectors: %w", err)
	}
	return result.Vectors, nil
}

// space is where a model puts what is seen in a text.
type space struct {
	places   []place   // one a dimension
	common   []float32 // what every text has
	spelling int       // how many places spelling takes
}

// place is what one dimension shows: a number of one part, weighed.
type place struct {
	part   part
	number int
	weight float32
}

type part int

const (
	meaning part = iota
	topic
	spelling
)

// The lengths of what use-lite and glove give.
const (
	meanings = 512
	topics   = 100
)

// space gives the model's space, making it at the first time.
func (e *encoder) space(m api.Model) *space {
	e.mu.Lock()
	defer e.mu.Unlock()
	// A list that changed may give the model another length.
	limit := max(m.Limit(), fullLength(m))
	key := fmt.Sprintf("%s\n%d", seedOf(m), limit)
	s, ok := e.spaces[key]
	if !ok {
		s = newSpace(seedOf(m), limit)
		e.spaces[key] = s
	}
	return s
}

func newSpace(id string, dimensions int) *space {
	random := newRandom(id)
	length := [3]int{meaning: min(meanings, dimensions*5/8), topic: min(topics, dimensions/8)}
	length[spelling] = dimensions - length[meaning] - length[topic]
	share := shares(dimensions)
	shared := 0.05 + 0.45*random.Float64()

	type spot struct {
		place
		at float64 // from 0, the first dimension, to 1, the last
		// size is the square that the number has on average; all of them add up to 1.
		size float64
	}
	spots := make([]spot, 0, dimensions)
	for p, n := range length {
		for number := range n {
			at, size := (float64(number)+random.Float64())/float64(n), share[p]/float64(n)
			if part(p) == spelling {
				// As much larger in front as the other parts are denser there.
				size /= 2 * math.Sqrt(at)
			} else {
				at *= at
			}
			weight := sign(random) * float32(math.Sqrt(size*float64(n)*(1-shared)))
			spots = append(spots, spot{place{part(p), number, weight}, at, size})
		}
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(a.at, b.at) })

	s := &space{places: make([]place, dimensions), common: make([]float32, dimensions), spelling: length[spelling]}
	for i, spot := range spots {
		s.places[i] = spot.place
		s.common[i] = sign(random) * float32(math.Sqrt(spot.size*shared))
	}
	return s
}

// shares tells how much of the similarity each part decides, in all 1. Meaning
// counts between 58% with 384 dimensions and 84% with 4096.
func shares(dimensions int) [3]float64 {
	size := math.Log2(float64(dimensions)/384) / math.Log2(4096.0/384)
	size = min(1, max(0, size))
	share := [3]float64{meaning: 0.58 + 0.26*size, topic: 0.08}
	share[spelling] = 1 - share[meaning] - share[topic]
	return share
}

// vector puts what was seen in a text into the model's dimensions, all of them.
func (s *space) vector(seen sense, spelt []float32) []float32 {
	parts := [3][]float32{meaning: seen.meaning, topic: seen.topic, spelling: spelt}
	v := make([]float32, len(s.places))
	any := false
	for i, p := range s.places {
		if p.number < len(parts[p.part]) {
			v[i] = p.weight * parts[p.part][p.number]
			any = any || v[i] != 0
		}
	}
	if !any {
		return v
	}
	for i, c := range s.common {
		v[i] += c
	}
	return v
}

// normalise makes a vector unit length; false means that it has no direction.
func normalise(v []float32) bool {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return false
	}
	factor := 1 / math.Sqrt(square)
	for i, x := range v {
		v[i] = float32(float64(x) * factor)
	}
	return true
}

// anyDirection is for texts in which nothing can be seen, such as a space: real
// models have a vector for those too.
func anyDirection(seed string, dimensions int) []float32 {
	random := newRandom(seed)
	v := make([]float32, dimensions)
	for i := range v {
		v[i] = sign(random) / float32(math.Sqrt(float64(dimensions)))
	}
	return v
}

// newRandom draws the same numbers for the same name, everywhere.
func newRandom(name string) *rand.Rand {
	h := fnv.New64a()
	// Writing to a hash does not fail.
	_, _ = h.Write([]byte(name))
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

func sign(random *rand.Rand) float32 {
	if random.Uint64()&1 == 0 {
		return -1
	}
	return 1
}
