package apitest_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/vecscope/vecscope/api/apitest"
)

// triplet is a text, another that means the same in other words, and one with
// many of its words that means something else.
type triplet struct{ text, paraphrase, trap string }

func triplets() []triplet {
	return []triplet{
		{"How do I reset my password?", "I forgot my login and need a new one.", "How do I reset my router?"},
		{"The cat sat on the mat.", "A kitten was resting on the rug.", "The cat food is on the list."},
		{"The flight was delayed by bad weather.", "Our plane left late because of the storm.", "The delivery was delayed by bad roads."},
		{"She bought a cheap used car.", "She purchased an inexpensive second-hand vehicle.", "She sold a cheap used phone."},
		{"The doctor prescribed antibiotics.", "The physician gave her medicine for the infection.", "The doctor cancelled appointments."},
		{"He lost his job last month.", "He has been unemployed for some weeks.", "He lost his keys last month."},
		{"Where can I get my money back?", "How do I ask for a refund?", "Where can I get my car washed?"},
		{"The company made a huge profit.", "The firm earned a lot of money this year.", "The company made a huge mistake."},
		{"Children are playing in the park.", "Kids are having fun outdoors.", "Cars are parking in the children's street."},
		{"The soup is too salty.", "There is far too much salt in this broth.", "The exam is too difficult."},
		{"Turn off the lights before you leave.", "Switch the lamps off when you go.", "Turn off the highway before the bridge."},
		{"My laptop does not start any more.", "The notebook computer will not boot.", "My day does not start before nine."},
		{"The film was boring and far too long.", "It was a dull movie that would not end.", "The film crew was away far too long."},
		{"We need more staff in the kitchen.", "The restaurant must hire additional cooks.", "We need more chairs in the kitchen."},
		{"The bank raised its interest rates.", "Borrowing money has become more expensive.", "The bank of the river was raised."},
		{"Our house was sold within a week.", "Somebody bought our home in a few days.", "Our house was cold all week."},
	}
}

// embedTriplets gives three vectors for each.
func embedTriplets(t *testing.T, s *apitest.Server, body fields) [][]float32 {
	t.Helper()
	var texts []string
	for _, tr := range triplets() {
		texts = append(texts, tr.text, tr.paraphrase, tr.trap)
	}
	body["input"] = texts
	return post(t, s, body).vectors(t)
}

// similarities gives those of all pairs.
func similarities(v [][]float32) []float64 {
	var out []float64
	for i := range v {
		for j := range i {
			out = append(out, cosine(v[i], v[j]))
		}
	}
	return out
}

// margin tells how much nearer a paraphrase is than a trap on average, in standard
// deviations of all similarities.
func margin(v [][]float32) float64 {
	spread, sum := stat.StdDev(similarities(v), nil), 0.0
	for i := 0; i < len(v); i += 3 {
		sum += (cosine(v[i], v[i+1]) - cosine(v[i], v[i+2])) / spread
	}
	return sum / float64(len(v)/3)
}

func TestSimilarTextsHaveSimilarVectors(t *testing.T) {
	s := apitest.New(t, apitest.Options{})
	texts := []string{
		"How do I reset my password?",
		"How can I reset my password?",
		"I forgot my login and need a new one.",
		"Add two cups of flour and stir.",
	}
	for _, model := range []string{small, "text-embedding-3-large", "BAAI/bge-m3", "jina-embeddings-v2-base-en"} {
		v := post(t, s, fields{"model": model, "input": texts}).vectors(t)
		same, near, alike, far := cosine(v[0], v[0]), cosine(v[0], v[1]), cosine(v[0], v[2]), cosine(v[0], v[3])
		if !(same > near && near > alike && alike > far+0.05) {
			t.Errorf("%s: itself %.3f, nearly the same %.3f, a paraphrase %.3f, another topic %.3f", model, same, near, alike, far)
		}
	}
}

func TestLargerModelsAreBetter(t *testing.T) {
	s := apitest.New(t, apitest.Options{})
	before := math.Inf(-1)
	for _, model := range []string{"jina-embeddings-v2-base-en", "BAAI/bge-m3", small, "text-embedding-3-large"} {
		got := margin(embedTriplets(t, s, fields{"model": model}))
		if got <= before {
			t.Errorf("%s: %.3f, no more than the %.3f of a smaller model", model, got, before)
		}
		before = got
	}
}

func TestCuttingLosesLittleAtFirst(t *testing.T) {
	s := apitest.New(t, apitest.Options{})
	full := similarities(embedTriplets(t, s, fields{"model": "text-embedding-3-large"}))
	before := 1.0
	for _, tt := range []struct {
		dimensions int
		least      float64
	}{{1536, 0.97}, {512, 0.92}, {256, 0.85}, {64, 0.6}, {16, 0.3}} {
		cut := similarities(embedTriplets(t, s, fields{"model": "text-embedding-3-large", "dimensions": tt.dimensions}))
		got := stat.Correlation(full, cut, nil)
		if got < tt.least || got >= before {
			t.Errorf("%d dimensions: the similarities correlate %.3f with those of all; want %.2f to %.3f", tt.dimensions, got, tt.least, before)
		}
		before = got
	}
}

func TestEveryModelHasItsOwnSpace(t *testing.T) {
	s := apitest.New(t, apitest.Options{})
	a := embedTriplets(t, s, fields{"model": "BAAI/bge-m3"})
	b := embedTriplets(t, s, fields{"model": "BAAI/bge-large-en-v1.5"})
	if got := math.Abs(cosine(a[0], b[0])); got > 0.2 {
		t.Errorf("the vectors of one text under two models have the cosine %.3f", got)
	}
	c := embedTriplets(t, s, fields{"model": "BAAI/bge-base-en-v1.5"})
	if one, other := stat.Mean(similarities(a), nil), stat.Mean(similarities(c), nil); other-one < 0.2 {
		t.Errorf("unrelated texts score %.3f and %.3f; a threshold would suit both", one, other)
	}
}

func TestTwoServersMakeTheSameVectors(t *testing.T) {
	texts := []string{"the first text", "the second text", "日本語のテキスト", " ", "🙂"}
	var vectors [2][][]float32
	for i := range vectors {
		s := apitest.New(t, apitest.Options{})
		// The second time the meanings are remembered.
		for range 2 {
			vectors[i] = post(t, s, fields{"model": small, "input": texts}).vectors(t)
		}
	}
	for i, text := range texts {
		if !slices.Equal(vectors[0][i], vectors[1][i]) {
			t.Errorf("%q has two vectors", text)
		}
		if got := cosine(vectors[0][i], vectors[0][i]); math.Abs(got-1) > 1e-5 {
			t.Errorf("%q: squared length %v", text, got)
		}
		for j := range i {
			if got := cosine(vectors[0][i], vectors[0][j]); got > 0.99 {
				t.Errorf("%q and %q are the same: %v", text, texts[j], got)
			}
		}
	}
}
