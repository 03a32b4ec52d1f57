package search

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
)

func vectors(t testing.TB, rows ...[]float32) compare.Vectors {
	t.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func index(t testing.TB, texts ...string) *lexical.Index {
	t.Helper()
	x, err := lexical.NewIndex(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 || math.IsNaN(a) && math.IsNaN(b) }

func texts(hits []Hit) []int {
	var list []int
	for _, h := range hits {
		list = append(list, h.Index)
	}
	return list
}

func hits(texts ...int) []Hit {
	var list []Hit
	for i, text := range texts {
		list = append(list, Hit{Index: text, Score: 1 / float64(i+1)})
	}
	return list
}

func TestVectorsAreFoundByCosineTiesInOrderAndAbsentTextsNot(t *testing.T) {
	v := vectors(t, []float32{0, 2}, nil, []float32{3, 4}, []float32{6, 8}, []float32{1, 0})
	found, err := ByVectors(t.Context(), v, []float32{9, 0}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Hit{{4, 1}, {2, .6}, {3, .6}}; !slices.EqualFunc(found, want, func(a, b Hit) bool { return a.Index == b.Index && near(a.Score, b.Score) }) {
		t.Errorf("%v, want %v", found, want)
	}
	if more, err := ByVectors(t.Context(), v, []float32{9, 0}, 50); err != nil || len(more) != 4 {
		t.Errorf("of fifty there are %d, %v", len(more), err)
	}
}

func TestDistanceIsFromTheSimilarityOfAnyTwoTexts(t *testing.T) {
	// Cosines of the pairs 0, .6 and .8: mean 7/15, variance 1/3 − 49/225 = 26/225.
	b, err := BackgroundOf(t.Context(), vectors(t, []float32{1, 0}, nil, []float32{0, 5}, []float32{3, 4}))
	sd := math.Sqrt(26. / 225)
	if err != nil || !near(b.Mean, 7./15) || !near(b.SD, sd) {
		t.Fatalf("%+v, %v", b, err)
	}
	if d := b.Distance(1); !near(d, (8./15)/sd) {
		t.Errorf("%v", d)
	}
	if d := b.Distance(.2); d >= 0 {
		t.Errorf("%v: less than two texts have in common", d)
	}
	for name, v := range map[string]compare.Vectors{
		"no texts": {}, "one text": vectors(t, []float32{1, 1}), "equal texts": vectors(t, []float32{3, 4}, []float32{6, 8}, []float32{9, 12}),
	} {
		if b, err := BackgroundOf(t.Context(), v); err != nil || !math.IsNaN(b.Distance(.9)) {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := BackgroundOf(ended, vectors(t, []float32{1, 0}, []float32{0, 1})); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestTheBackgroundOfManyTextsIsDrawn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([][]float32, 600)
	for i := range rows {
		rows[i] = []float32{float32(random.NormFloat64()) + 2, float32(random.NormFloat64()), float32(random.NormFloat64())}
	}
	v := vectors(t, rows...)
	drawn, err := BackgroundOf(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	scan, err := compare.ScanPairs(t.Context(), v, compare.ScanOptions{Floor: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if all := scan.Background; math.Abs(drawn.Mean-all.Mean) > .03*all.SD || math.Abs(drawn.SD/all.SD-1) > .03 {
		t.Errorf("%+v, of all pairs %v and %v", drawn, all.Mean, all.SD)
	}
	// No text is drawn beside itself.
	apart := make([][]float32, 250)
	for i := range apart {
		apart[i] = make([]float32, len(apart))
		apart[i][i] = 1
	}
	if none, err := BackgroundOf(t.Context(), vectors(t, apart...)); err != nil || none != (Background{}) {
		t.Errorf("of texts that have nothing in common: %+v, %v", none, err)
	}
	if again, err := BackgroundOf(t.Context(), v); again != drawn || err != nil {
		t.Errorf("%+v, then %+v, %v", drawn, again, err)
	}
}

func TestVectorsSayWhatIsNoQuery(t *testing.T) {
	v := vectors(t, []float32{1, 0})
	ended, stop := context.WithCancel(t.Context())
	stop()
	var length *compare.LengthError
	var zero *compare.ZeroVectorError
	if _, err := ByVectors(t.Context(), v, []float32{1}, 1); !errors.As(err, &length) {
		t.Error(err)
	}
	if _, err := Hybrid(t.Context(), v, []float32{0, 0}, index(t, "a"), "a", Options{Top: 1, Weight: 1}); !errors.As(err, &zero) {
		t.Error(err)
	}
	if _, err := ByVectors(ended, v, []float32{1, 0}, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWordsFindWhatHasAny(t *testing.T) {
	x := index(t, "the cat sat on the mat", "the dog sat on the log", "cats and dogs", "my cat is black, the cat is old")
	found := ByWords(x, "cat mat", 10)
	if got := texts(found); !slices.Equal(got, []int{0, 3}) || !near(found[0].Score, 1.863966) {
		t.Errorf("%+v", found)
	}
	if found := ByWords(x, "unheard of", 10); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

func TestFuse(t *testing.T) {
	// The gold numbers of reciprocal rank fusion: ranks 1 2 3 4 and 3 1 4 2.
	first, second := hits(0, 1, 2, 3), hits(1, 3, 0, 2)
	for _, c := range []struct {
		name string
		a, b []Hit
		o    Options
		want []Hit
	}{
		{"equal weights", first, second, Options{Top: 4, Weight: 1}, []Hit{{1, .03252247}, {0, .03226646}, {3, .03175403}, {2, .03149802}}},
		{"half", first, second, Options{Top: 2, Weight: .5}, []Hit{{0, .02432995}, {1, .02432575}}},
		{"no weight is the first ranking", first, hits(9, 3), Options{Top: 9}, []Hit{{0, 1. / 61}, {1, 1. / 62}, {2, 1. / 63}, {3, 1. / 64}}},
		{"a text without a vector is found by words", hits(2), hits(7), Options{Top: 5, Weight: 2}, []Hit{{7, 2. / 61}, {2, 1. / 61}}},
		{"ties are in the order of the texts", hits(5), hits(4), Options{Top: 5, Weight: 1}, []Hit{{4, 1. / 61}, {5, 1. / 61}}},
		{"no words found", hits(5, 1), nil, Options{Top: 5, Weight: 1}, []Hit{{5, 1. / 61}, {1, 1. / 62}}},
		{"nothing", nil, nil, Options{Top: 5, Weight: 1}, nil},
		{"none asked for", first, second, Options{Weight: 1}, nil},
	} {
		got := Fuse(c.a, c.b, c.o)
		if !slices.EqualFunc(got, c.want, func(a, b Hit) bool { return a.Index == b.Index && math.Abs(a.Score-b.Score) < 5e-9 }) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAHybridFusesACandidateAndWords(t *testing.T) {
	v := vectors(t, []float32{1, 0}, []float32{3, 4}, nil, []float32{0, 1})
	x := index(t, "east", "north", "east east", "up")
	found, err := Hybrid(t.Context(), v, []float32{1, 0}, x, "east", Options{Top: 3, Weight: 1})
	// By cosine 0, 1, 3; by words 2 ("east east"), 0.
	want := []Hit{{0, 1./61 + 1./62}, {2, 1. / 61}, {1, 1. / 62}}
	if err != nil || !slices.EqualFunc(found, want, func(a, b Hit) bool { return a.Index == b.Index && near(a.Score, b.Score) }) {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestOverlapIsTheShareOfFirstHitsInCommon(t *testing.T) {
	for _, c := range []struct {
		name string
		k    int
		a, b []Hit
		want float64
	}{
		{"half", 2, hits(1, 2, 3), hits(2, 5, 1), .5},
		{"all, in another order", 3, hits(1, 2, 3), hits(3, 1, 2), 1},
		{"none", 2, hits(1, 2, 3), hits(3, 4, 1), 0},
		{"k above the number of texts", 10, hits(1, 2), hits(2, 1), 1},
		{"words find but one", 4, hits(1, 2, 3, 4), hits(4), .25},
		{"one finds nothing", 4, hits(1, 2), nil, 0},
		{"both find nothing", 4, nil, nil, math.NaN()},
		{"no k", 0, hits(1), hits(1), math.NaN()},
	} {
		if got := Overlap(c.k, c.a, c.b); !near(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLinesHaveTheRanksOfATextInEveryList(t *testing.T) {
	lines := Align(3, hits(7, 2, 5, 9), hits(2, 7, 8), hits(2, 4))
	want := []Line{{2, []int{2, 1, 1}}, {7, []int{1, 2, 0}}, {4, []int{0, 0, 2}}, {5, []int{3, 0, 0}}, {8, []int{0, 3, 0}}}
	if !slices.EqualFunc(lines, want, func(a, b Line) bool { return a.Text == b.Text && slices.Equal(a.Ranks, b.Ranks) }) {
		t.Fatalf("%v, want %v", lines, want)
	}
	var alone []int
	for _, l := range lines {
		alone = append(alone, l.Alone())
	}
	if !slices.Equal(alone, []int{-1, -1, 2, 0, 1}) {
		t.Errorf("found by one alone: %v", alone)
	}
	if earlier, ok := lines[0].Change(0, 1); earlier != 1 || !ok {
		t.Errorf("text 2 comes %d earlier, %v", earlier, ok)
	}
	if earlier, ok := lines[1].Change(0, 1); earlier != -1 || !ok {
		t.Errorf("text 7 comes %d earlier, %v", earlier, ok)
	}
	if _, ok := lines[2].Change(0, 2); ok {
		t.Error("text 4 is not found by the first")
	}
	// The best rank counts wherever it stands, then how many find the text, then its number.
	var order []int
	for _, l := range Align(5, hits(9, 2), hits(4, 7, 2), hits(1, 9, 3)) {
		order = append(order, l.Text)
	}
	if want := []int{9, 1, 4, 2, 7, 3}; !slices.Equal(order, want) {
		t.Errorf("in the order %v, want %v", order, want)
	}
	if two := Align(5, hits(3), hits(4)); two[0].Alone() != 0 || two[1].Alone() != 1 {
		t.Errorf("of two lists each finds one alone: %v", two)
	}
	if one := Align(5, hits(3)); one[0].Alone() != -1 {
		t.Error("one list has no other to be alone beside")
	}
	if Rank(hits(4, 6), 6) != 2 || Rank(hits(4, 6), 5) != 0 {
		t.Error("ranks count from 1")
	}
}

func TestAPoolIsAllFirstHitsInAnOrderThatTellsNothing(t *testing.T) {
	a, b := hits(1, 2, 3, 4, 5, 6, 7, 8), hits(8, 9, 10, 1, 11, 12)
	pool := Pool(3, 5, a, b)
	if got := slices.Sorted(slices.Values(pool)); !slices.Equal(got, []int{1, 2, 3, 4, 5, 8, 9, 10, 11}) {
		t.Errorf("%v", got)
	}
	if again := Pool(3, 5, b, a); !slices.Equal(again, pool) {
		t.Errorf("%v with the lists in another order, %v before", again, pool)
	}
	if slices.IsSorted(pool) || slices.Equal(pool, Pool(4, 5, a, b)) {
		t.Errorf("%v is not shuffled by the seed", pool)
	}
	if Pool(1, 5) != nil {
		t.Error("no list has no pool")
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, 30), 0, 12, rapid.ID[int]), 0, 4).Draw(t, "lists")
		k := rapid.IntRange(0, 12).Draw(t, "k")
		var lists [][]Hit
		for _, l := range list {
			lists = append(lists, hits(l...))
		}
		var of []int
		for _, line := range Align(k, lists...) {
			of = append(of, line.Text)
		}
		pool := Pool(7, k, lists...)
		slices.Sort(of)
		if slices.Sort(pool); !slices.Equal(pool, of) {
			t.Errorf("%v in the pool, %v side by side", pool, of)
		}
	})
}

func TestWordsInCommonAreMarked(t *testing.T) {
	for _, c := range []struct {
		query, text string
		words       []string
		marks       []Span
	}{
		{"Cancel my ORDER", "An order: how to cancel an order?", []string{"order", "cancel"}, []Span{{3, 8}, {17, 23}, {27, 32}}},
		{"東京都", "住所は東京都です", []string{"東京", "京都"}, []Span{{9, 18}}},
		{"GPU 東京", "GPU東京", []string{"gpu", "東京"}, []Span{{0, 9}}},
		{"invoice", "invoices", nil, nil},
		{"", "anything", nil, nil},
	} {
		got := InCommon(c.query, c.text)
		if !slices.Equal(got.Words, c.words) || !slices.Equal(got.Marks, c.marks) || got.Any() != (c.words != nil) {
			t.Errorf("%q in %q: %+v", c.query, c.text, got)
		}
	}
}

// ranked are labels of three queries over five texts, the last of which has no answer,
// and what a row makes of them: the relevant text comes first, and fourth.
func ranked(t *testing.T, unanswerable bool) *evaluate.Result {
	t.Helper()
	queries := []evaluate.Query{
		{Judged: []evaluate.Judgment{{Text: 0, Grade: 1}, {Text: 1, Grade: 0}}, Source: evaluate.NoText},
		{Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}, Source: evaluate.NoText},
	}
	if unanswerable {
		queries = append(queries, evaluate.Query{Source: evaluate.NoText})
	}
	labels, err := evaluate.NewQueries(5, queries, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	scores := [][]float64{{.9, .5, .4, .3, .2}, {.8, .1, .7, .6, 0}, {.3, .2, .1, .1, .1}}
	r, err := labels.ScoreRanking(t.Context(), func(query int, into []float64) error {
		copy(into, scores[query])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestJudgedSumsUpWhatWasMeasured(t *testing.T) {
	j := JudgedBy(ranked(t, true))
	// Ranks 1 and 4: nDCG 1 and 1/log2(5); of five hits each, 3 and 4 were not judged.
	if j.Queries != 2 || j.Hit1 != .5 || j.Hit3 != .5 || j.Hit10 != 1 || !near(j.MRR, .625) || !near(j.NDCG, (1+1/math.Log2(5))/2) || j.Unjudged != 7 || j.Hits != 10 {
		t.Errorf("%+v", j)
	}
	if none := JudgedBy(&evaluate.Result{}); none.Queries != 0 || !math.IsNaN(none.Hit1) || !math.IsNaN(none.NDCG) {
		t.Errorf("%+v", none)
	}
}

func TestAFloorNeedsQueriesWithoutAnAnswer(t *testing.T) {
	if _, ok, err := FloorOf(t.Context(), ranked(t, false), 1); ok || err != nil {
		t.Errorf("a floor without a query that has no answer, %v", err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if f, ok, err := FloorOf(ended, ranked(t, true), 1); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %+v, %v", f, err)
	}
	f, ok, err := FloorOf(t.Context(), ranked(t, true), 1)
	if !ok || err != nil || f.Answerable != 2 || f.Unanswerable != 1 || !near(f.Score, .55) || f.Separates || !f.TooFew {
		t.Errorf("%+v, %v, %v: three queries cannot tell", f, ok, err)
	}
}

func TestAFloorThatSeparates(t *testing.T) {
	var queries []evaluate.Query
	for i := range 24 {
		q := evaluate.Query{Source: evaluate.NoText}
		if i%2 == 0 {
			q.Judged = []evaluate.Judgment{{Text: 0, Grade: 1}}
		}
		queries = append(queries, q)
	}
	labels, err := evaluate.NewQueries(2, queries, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		best      func(query int) float64
		separates bool
	}{
		"apart":    {func(q int) float64 { return .8 - float64(q%2)*.4 }, true},
		"mixed up": {func(q int) float64 { return float64(q*7%24) / 24 }, false},
		"reversed": {func(q int) float64 { return .4 + float64(q%2)*.4 }, false},
	} {
		r, err := labels.ScoreRanking(t.Context(), func(query int, into []float64) error {
			into[0] = c.best(query)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		f, ok, err := FloorOf(t.Context(), r, 1)
		if !ok || err != nil || f.Separates != c.separates {
			t.Errorf("%s: %+v, %v, %v", name, f, ok, err)
		}
		if name == "apart" && (!near(f.Score, .6) || f.LeftOut != 1) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
