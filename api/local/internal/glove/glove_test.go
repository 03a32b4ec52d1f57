package glove

import (
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/local/internal/pack"
)

// small knows three words in two dimensions.
func small(t *testing.T) *Model {
	t.Helper()
	data, err := Pack([]string{"the", "cat", "dog"}, pack.Floats{Cols: 2, Values: []float32{1, 1, 0, 127, 127, 0}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func committed(t *testing.T) *Model {
	t.Helper()
	data, err := os.ReadFile("../../weights/glove.pack")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEmbedByHand(t *testing.T) {
	vectors := [][2]float64{{1, 1}, {0, 127}, {127, 0}}
	var weights [3]float64
	var common [2]float64
	total := 0.0
	for rank := range weights {
		p := 1 / (float64(rank) + 2.7)
		weights[rank] = 1e-3 / (1e-3 + 0.08*p)
		total += p * weights[rank]
		common[0] += p * weights[rank] * vectors[rank][0]
		common[1] += p * weights[rank] * vectors[rank][1]
	}
	// "the cat, the cat" and a word that counts for nothing.
	x := (weights[0]*1+weights[1]*0)/(weights[0]+weights[1]) - common[0]/total
	y := (weights[0]*1+weights[1]*127)/(weights[0]+weights[1]) - common[1]/total
	a, err := small(t).Embed("The cat's mice: the CAT!")
	if err != nil {
		t.Fatal(err)
	}
	got := a.Vector
	if a.Words != 5 || !a.Share.InPart() { // mice are a fourth
		t.Errorf("%d words, want 5; known in part: %v", a.Words, a.Share.InPart())
	}
	length := math.Hypot(x, y)
	if math.Abs(float64(got[0])-x/length) > 1e-6 || math.Abs(float64(got[1])-y/length) > 1e-6 {
		t.Errorf("got %v, want %v %v", got, x/length, y/length)
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"Don't stop":             {"don't", "stop"},
		"the dog’s 'bone'":       {"the", "dog", "bone"},
		"state-of-the-art, 3.14": {"state", "of", "the", "art", "3", "14"},
		"Cafe\u0301 ＡＢＣ":         {"café", "abc"},
		"你好 мир":                 {"你好", "мир"},
		"'s ' --- !?":            {"s"},
		"bad\xffbytes":           {"bad", "bytes"},
		"":                       nil,
	} {
		if got := slices.Collect(wordsOf(text)); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTextsWithoutKnownWords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"names a few", "xyzzy xyzzy Plugh qux quux", `none of its words ("xyzzy", "plugh", "qux") is among the 3 that the model knows`},
		{"only signs", "?! …", "it has no words, only signs"},
		{"one among many", "the 密码 重置 " + strings.Repeat("密", 20), `the model knows only 1 of its 4 words (not "密码", "重置", "` + strings.Repeat("密", 20) + `")`},
		{"long words are cut", strings.Repeat("密", 100_000), `none of its words ("` + strings.Repeat("密", namedRunes) + `…") is among the 3 that the model knows`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := small(t).Embed(c.text)
			vector := a.Vector
			var unknown *UnknownWordsError
			if vector != nil || !errors.As(err, &unknown) || err.Error() != c.want {
				t.Errorf("got %v, %v", vector, err)
			}
		})
	}
}

func TestFrequentWordsWeighLess(t *testing.T) {
	previous := float32(0)
	for rank := range 40_000 {
		w := weight(rank)
		// Far down, neighbours differ by less than a float32 shows.
		if w < previous || rank < 1000 && w == previous {
			t.Fatalf("word %d weighs %v, the more frequent one before it %v", rank, w, previous)
		}
		previous = w
	}
	if first := weight(0); math.Abs(float64(first)-1e-3/(1e-3+0.08/2.7)) > 1e-7 || previous < 0.99 {
		t.Errorf("the first word weighs %v, the last %v", first, previous)
	}
}

func TestCommittedVectorsKnowTopics(t *testing.T) {
	m := committed(t)
	vector := func(text string) []float32 {
		a, err := m.Embed(text)
		v := a.Vector
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	similarity := func(a, b string) float64 {
		var sum float64
		va, vb := vector(a), vector(b)
		for i, v := range va {
			sum += float64(v) * float64(vb[i])
		}
		return sum
	}
	if len(m.ranks) != 40_000 || m.Dimensions() != 100 {
		t.Errorf("%d words of %d dimensions", len(m.ranks), m.Dimensions())
	}
	if same := similarity("a doctor", "the doctor"); same < 0.9 {
		t.Errorf("frequent words count too much: %v", same)
	}
	if order := similarity("the dog bit the man", "the man bit the dog"); order < 0.9999 {
		t.Errorf("word order counts: %v", order)
	}
	near, far := similarity("The physician treats a patient", "A doctor in the hospital"), similarity("The physician treats a patient", "Shares fell on Wall Street")
	if near < far+0.3 {
		t.Errorf("one topic %v, two topics %v", near, far)
	}
}

func TestDamagedWeightsAreErrors(t *testing.T) {
	good, err := Pack([]string{"a", "b"}, pack.Floats{Cols: 1, Values: []float32{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	for end := range len(good) {
		if _, err := Load(string(good[:end])); err == nil {
			t.Errorf("a file cut at byte %d of %d loads", end, len(good))
		}
	}
	for name, words := range map[string][]string{"too few words": {"a"}, "none": nil} {
		data, err := Pack(words, pack.Floats{Cols: 1, Values: []float32{1, 2}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Load(string(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
