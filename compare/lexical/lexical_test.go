package lexical

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mustIndex(t testing.TB, texts ...string) *Index {
	t.Helper()
	x, err := NewIndex(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func wantScores(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-6 {
			t.Errorf("%s: text %d has %.8f, want %.8f", what, i, got[i], want[i])
		}
	}
}

func TestATextWithoutAWordOfTheQueryIsNotFound(t *testing.T) {
	x, err := NewIndex(t.Context(), []string{"the cat sat", "a dog"})
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]float64, 2)
	if x.Found("cat", scores); !(scores[0] > 0) || !math.IsInf(scores[1], -1) {
		t.Errorf("%v", scores)
	}
}

func TestGoldBM25(t *testing.T) {
	x := mustIndex(t, "the cat sat on the mat", "the dog sat on the log", "cats and dogs", "my cat is black, the cat is old")
	for query, want := range map[string][]float64{
		"cat mat":     {1.863966, 0, 0, .858586},
		"the the dog": {.969007, 2.151939, 0, .614915},
		"unheard of":  {0, 0, 0, 0},
		"":            {0, 0, 0, 0},
	} {
		scores := []float64{9, 9, 9, 9}
		x.Scores(query, scores)
		wantScores(t, query, scores, want)
	}
	if hits := x.Search("CAT, mat!", 5); len(hits) != 2 || hits[0].Text != 0 || hits[1].Text != 3 {
		t.Errorf("%v", hits)
	}
}

func TestGoldFusion(t *testing.T) {
	// Ranks 1 2 3 4 and 3 1 4 2, as the texts in their order.
	first, second := []int{0, 1, 2, 3}, []int{1, 3, 0, 2}
	for weight, want := range map[float64][]float64{
		1:  {.03226646, .03252247, .03149802, .03175403},
		.5: {.02432995, .02432575, .02368552, .02368952},
	} {
		scores := make([]float64, 4)
		Fuse(scores, first, 1)
		Fuse(scores, second, weight)
		for i := range want {
			if math.Abs(scores[i]-want[i]) > 5e-9 {
				t.Errorf("weight %v: text %d has %.8f, want %.8f", weight, i, scores[i], want[i])
			}
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"The CAT's 2nd-best mat, €5": "the cat s 2nd best mat 5",
		"Über Straße":                "über straße",
		"東京都に行くABC":                  "東京 京都 都に に行 行く abc",
		"猫 和 dog犬":                   "猫 和 dog 犬",
		"コーヒー":                       "コー ーヒ ヒー",
		"日本 ひら カタ":                   "日本 ひら カタ",
		"서울대학교 한국 강":                 "서울 울대 대학 학교 한국 강",
		"हिन्दी भाषा":                "हिन्दी भाषा",
		"  \n—!":                     "",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPlacesAreWhereWordsStand(t *testing.T) {
	for text, want := range map[string][]Place{
		"The CAT's  mat":     {{"the", 0, 3}, {"cat", 4, 7}, {"s", 8, 9}, {"mat", 11, 14}},
		"Über das":           {{"über", 0, 5}, {"das", 6, 9}},
		"go東京都へ":             {{"go", 0, 2}, {"東京", 2, 8}, {"京都", 5, 11}, {"都へ", 8, 14}},
		"か\u3099くせい":         {{"か\u3099く", 0, 9}, {"くせ", 6, 12}, {"せい", 9, 15}},
		"\u1100\u0300\u0300": {{"\u1100\u0300\u0300", 0, 7}},
		"…":                  nil,
	} {
		if got := Places(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		var words []string
		for _, p := range Places(text) {
			words = append(words, p.Word)
			if again := Words(text[p.From:p.To]); len(again) != 1 || again[0] != p.Word {
				t.Fatalf("%q at %d is %q by itself", p.Word, p.From, again)
			}
		}
		if !slices.Equal(words, Words(text)) {
			t.Fatalf("%q, want %q", words, Words(text))
		}
	})
}

func TestSearchIsTheHighestScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(-1, 9), func(k int) float64 { return float64(k) }), 0, 300).Draw(t, "scores")
		k := rapid.IntRange(0, 20).Draw(t, "k")
		var want []Hit
		for level := 9.0; level > 0; level-- {
			for text, s := range scores {
				if s == level && len(want) < k {
					want = append(want, Hit{text, s})
				}
			}
		}
		if got := Highest(scores, k); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

func TestIndexingStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := NewIndex(ctx, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if hits := mustIndex(t).Search("a", 3); len(hits) != 0 {
		t.Errorf("%v", hits)
	}
	if hits := mustIndex(t, "", "...").Search("a", 3); len(hits) != 0 {
		t.Errorf("%v", hits)
	}
}

// BenchmarkSearch asks for ten words, common ones among them, in 100,000 texts of 50
// words.
func BenchmarkSearch(bench *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprint("w", int(math.Exp(r.Float64()*11))) }
	texts := make([]string, 100_000)
	for i := range texts {
		words := make([]string, 50)
		for k := range words {
			words[k] = word()
		}
		texts[i] = strings.Join(words, " ")
	}
	x := mustIndex(bench, texts...)
	bench.Run("query", func(bench *testing.B) {
		for bench.Loop() {
			x.Search("w1 w2 w3 w10 w30 w100 w300 w1000 w3000 w10000", 10)
		}
	})
	bench.Run("index", func(bench *testing.B) {
		for bench.Loop() {
			mustIndex(bench, texts...)
		}
	})
}

func TestAWordThatStandsInMostTextsWeighsNextToNothing(t *testing.T) {
	texts := make([]string, 36)
	for i := range texts {
		texts[i] = fmt.Sprintf("the text number%d", i)
	}
	weights := mustIndex(t, texts...).Weights("The number7, the unheard")
	want := []Weight{{"the", 36, math.Log(1 + .5/36.5)}, {"number7", 1, math.Log(1 + 35.5/1.5)}, {"unheard", 0, 0}}
	if !slices.Equal(weights, want) || weights[0].Weight > weights[1].Weight/100 {
		t.Errorf("%v, want %v", weights, want)
	}
}

func TestAHitBelowTheBestOfVeryManyIsFound(t *testing.T) {
	scores := slices.Repeat([]float64{1}, 100)
	scores[0] = 10
	scores = append(scores, 5, 10)
	if got, want := Highest(scores, 3), []Hit{{0, 10}, {101, 10}, {100, 5}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestManyEqualHitsKeepTheirOrder(t *testing.T) {
	scores := make([]float64, 200)
	var want []Hit
	for i := range scores {
		scores[i] = float64(1 + i*7%3)
	}
	for level := 3.0; level > 0; level-- {
		for i, score := range scores {
			if score == level {
				want = append(want, Hit{i, score})
			}
		}
	}
	for _, k := range []int{0, -1} {
		if got := Highest(scores, k); got != nil {
			t.Errorf("of %d hits there are %v", k, got)
		}
	}
	for _, k := range []int{1, 20, 67, 68, 199, 200, 300} {
		if got := Highest(scores, k); !slices.Equal(got, want[:min(k, len(want))]) {
			t.Errorf("the first %d are %v", k, got)
		}
	}
}
