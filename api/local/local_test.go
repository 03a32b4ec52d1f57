package local

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local/internal/glove"
	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var _ api.Backend = (*Provider)(nil)

// models are the ids that there are.
var models = []string{"use-lite", "glove", "ngrams"}

// embed answers a request that must succeed for every text.
func embed(t *testing.T, p *Provider, model string, dimensions int, texts ...string) api.Result {
	t.Helper()
	result, err := p.Embed(context.Background(), api.Request{Model: model, Dimensions: dimensions, Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	for i, err := range result.Failed {
		t.Fatalf("text %d: %v", i, err)
	}
	return result
}

func dot(a, b []float32) float64 {
	var sum float64
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

func TestCatalogRowsAreComplete(t *testing.T) {
	rows, err := New().Models(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range rows {
		ids = append(ids, m.ID)
		if m.Provider != Name || m.Kind != api.KindEmbedding || m.Source != api.SourceBinary || !m.Free() || m.KeyEnv != "" {
			t.Errorf("%s is not a free model of the binary: %+v", m.ID, m)
		}
		for field, value := range map[string]string{"name": m.Name, "owner": m.Owner, "description": m.Description, "languages": m.Languages, "use": m.Use} {
			if value == "" {
				t.Errorf("%s has no %s", m.ID, field)
			}
		}
		if m.Dimensions == 0 || !m.SupportsDimensions && m.NativeDimensions != m.Dimensions || m.MinDimensions != 1 || m.SupportsDimensions != (m.ID == "ngrams") || len(m.Notes) == 0 || m.Unselectable() != "" {
			t.Errorf("%s does not say what it can do: %+v", m.ID, m)
		}
	}
	if !slices.Equal(ids, models) {
		t.Errorf("models %v, want %v", ids, models)
	}
}

func TestCallersCannotChangeTheCatalog(t *testing.T) {
	p := New()
	rows, err := p.Models(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	rows[0].Notes[0] = "changed"
	again, err := p.Models(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if again[0].Notes[0] == "changed" {
		t.Error("two answers share their notes")
	}
}

func TestVectorsHaveTheLengthAskedFor(t *testing.T) {
	p := New()
	for _, c := range []struct {
		model       string
		asked, want int
	}{
		{"use-lite", 0, 512}, {"use-lite", 512, 512}, {"use-lite", 256, 256}, {"use-lite", 1, 1},
		{"glove", 0, 100}, {"glove", 64, 64}, {"glove", 1, 1},
		{"ngrams", 0, 4096}, {"ngrams", 300, 300}, {"ngrams", 65536, 65536},
	} {
		r := embed(t, p, c.model, c.asked, "The dog bit the man", "Rain")
		if r.Dimensions != c.want {
			t.Errorf("%s@%d: %d dimensions, want %d", c.model, c.asked, r.Dimensions, c.want)
		}
		for _, v := range r.Vectors {
			if length := math.Sqrt(dot(v, v)); len(v) != c.want || math.Abs(length-1) > 1e-6 {
				t.Errorf("%s@%d: %d values of length %v", c.model, c.asked, len(v), length)
			}
		}
		if r.Usage.Tokens == 0 || r.Usage.Estimated || r.Usage.Elapsed <= 0 {
			t.Errorf("%s@%d: usage %+v", c.model, c.asked, r.Usage)
		}
	}
}

func TestShorterVectorsAreTheBeginningOfLongerOnes(t *testing.T) {
	p := New()
	for _, model := range []string{"use-lite", "glove"} {
		full := embed(t, p, model, 0, "The dog bit the man").Vectors[0][:40]
		short := embed(t, p, model, 40, "The dog bit the man").Vectors[0]
		if cosine := dot(full, short) / math.Sqrt(dot(full, full)); math.Abs(cosine-1) > 1e-6 {
			t.Errorf("%s: cosine %v between the cut vector and the beginning of the full one", model, cosine)
		}
	}
}

func TestTokensAreTheModelsOwn(t *testing.T) {
	p := New()
	for model, want := range map[string]int{
		"use-lite": 8, // ▁How ▁do ▁I ▁re set ▁my ▁password ?
		"glove":    6, // words
		"ngrams":   6 + 3 + 1 + 12 + 3 + 24,
	} {
		if got := embed(t, p, model, 0, "How do I reset my password?").Usage.Tokens; got != want {
			t.Errorf("%s: %d tokens, want %d", model, got, want)
		}
	}
	if got := embed(t, p, "use-lite", 0, strings.Repeat("word ", 1000)).Usage.Tokens; got != 128 {
		t.Errorf("use-lite read %d tokens of a long text, want 128", got)
	}
}

func TestImpossibleRequestsAreTypedErrors(t *testing.T) {
	for _, c := range []struct {
		model      string
		dimensions int
		limit      int
	}{{"use-lite", 513, 512}, {"glove", 101, 100}, {"ngrams", 65537, 65536}, {"use-lite", -1, 512}} {
		_, err := New().Embed(context.Background(), api.Request{Model: c.model, Dimensions: c.dimensions, Texts: []string{"a"}})
		var impossible *api.DimensionsError
		if !errors.As(err, &impossible) || impossible.Limit != c.limit || impossible.Asked != c.dimensions {
			t.Errorf("%s@%d: %v", c.model, c.dimensions, err)
		}
	}
	_, err := New().Embed(context.Background(), api.Request{Model: "glov", Texts: []string{"a"}})
	var unknown *api.UnknownModelError
	if !errors.As(err, &unknown) || unknown.Ref != "local/glov" || len(unknown.Known) != 3 || unknown.Known[0] != "local/glove" {
		t.Errorf("unknown model: %v", err)
	}
}

func TestATextWithoutAVectorDoesNotFailTheOthers(t *testing.T) {
	p := New()
	texts := []string{"The dog bit the man", "", "xyzzy qwrtp", " \t\n\u00a0", "Rain", "?!"}
	for model, failing := range map[string][]int{"use-lite": {1, 3}, "glove": {1, 2, 3, 5}, "ngrams": {1, 3}} {
		r, err := p.Embed(context.Background(), api.Request{Model: model, Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		for i := range texts {
			fails := slices.Contains(failing, i)
			if (r.Failed[i] != nil) != fails || (r.Vectors[i] == nil) != fails {
				t.Errorf("%s, text %q: vector %v, error %v", model, texts[i], r.Vectors[i] != nil, r.Failed[i])
			}
		}
		var empty *api.EmptyTextError
		if !errors.As(r.Failed[3], &empty) || empty.Index != 3 {
			t.Errorf("%s: white space: %v", model, r.Failed[3])
		}
		if model != "glove" {
			continue
		}
		var words *glove.UnknownWordsError
		if !errors.As(r.Failed[2], &words) || !strings.Contains(r.Failed[2].Error(), `text 3 has no vector: none of its words ("xyzzy", "qwrtp")`) {
			t.Errorf("unknown words: %v", r.Failed[2])
		}
	}
}

func TestCuttingToNothingIsAnError(t *testing.T) {
	if v, err := shorten([]float32{0, 0, 1}, 2); v != nil || !errors.Is(err, errNoDirection) {
		t.Errorf("got %v, %v", v, err)
	}
}

func TestNoTextsNoVectors(t *testing.T) {
	for _, model := range models {
		if r := embed(t, New(), model, 0); len(r.Vectors) != 0 || r.Usage.Tokens != 0 || r.Dimensions == 0 {
			t.Errorf("%s: %+v", model, r)
		}
	}
}

func TestHugeAndForeignTexts(t *testing.T) {
	p := New()
	texts := []string{
		strings.Repeat("The quick brown fox. ", 5000),
		strings.Repeat("word", 25_000),
		strings.Repeat("dog \xff\xfe\xc3 ", 10_000),
		"dog \x1b[31m red \u202e desrever",
		"dog 😀👩‍👩‍👧 ＦＵＬＬ ﷺ",
		strings.Repeat("密", 100_000) + " dog",
	}
	for _, model := range models {
		r, err := p.Embed(context.Background(), api.Request{Model: model, Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range r.Vectors {
			if model == "glove" && i == 1 || model != "ngrams" && i == 5 {
				if r.Failed[i] == nil || len(r.Failed[i].Error()) > 300 {
					t.Errorf("%s, text %d: %v", model, i, r.Failed[i])
				}
				continue
			}
			if square := dot(v, v); len(v) != r.Dimensions || math.Abs(square-1) > 1e-5 {
				t.Errorf("%s, text %d: length² %v, %v", model, i, square, r.Failed[i])
			}
		}
	}
}

func TestWeightsThatCannotBeReadAreAnError(t *testing.T) {
	p := newProvider("rubbish", gloveWeights[:len(gloveWeights)/2])
	for _, model := range []string{"use-lite", "glove"} {
		for range 2 {
			_, err := p.Embed(context.Background(), api.Request{Model: model, Texts: []string{"a"}})
			if err == nil || !strings.Contains(err.Error(), "local/"+model) {
				t.Errorf("%s: %v", model, err)
			}
		}
	}
	if rows, err := p.Models(context.Background()); err != nil || len(rows) != 3 {
		t.Errorf("the catalog needs the weights: %v", err)
	}
}

func TestSeveralRequestsAtOnce(t *testing.T) {
	p := New()
	texts := sentences(20)
	var alone = map[string]api.Result{}
	for _, model := range models {
		alone[model] = embed(t, New(), model, 0, texts...)
	}
	var requests sync.WaitGroup
	for i := range 9 {
		model := models[i%3]
		requests.Go(func() {
			r, err := p.Embed(context.Background(), api.Request{Model: model, Texts: texts})
			if err != nil {
				t.Error(err)
				return
			}
			for k, v := range r.Vectors {
				if !slices.Equal(v, alone[model].Vectors[k]) {
					t.Errorf("%s: text %d has another vector", model, k)
				}
			}
			if r.Usage.Tokens != alone[model].Usage.Tokens {
				t.Errorf("%s: %d tokens, alone %d", model, r.Usage.Tokens, alone[model].Usage.Tokens)
			}
		})
	}
	requests.Wait()
}

func TestTextsReadOnlyInPartAreNamed(t *testing.T) {
	long := strings.Repeat("word ", 200)
	texts := []string{long, "short", "", long + "other end", strings.Repeat("word ", 20)}
	for model, want := range map[string][]int{"use-lite": {0, 3}, "glove": nil, "ngrams": nil} {
		r, err := New().Embed(t.Context(), api.Request{Model: model, Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Clipped, want) {
			t.Errorf("%s read only a part of %v, want %v", model, r.Clipped, want)
		}
	}
}

func TestATextThatAModelCannotReadHasNoVector(t *testing.T) {
	texts := []string{
		"パスワードをリセットできません…", "👍👍👍", "Пароль не работает", "पासवर्ड भूल गया", "パスワード 12345678!", "AIパスワードをリセットしたい",
		"Please reset my パスワード", "Price: 👍", "Please reset my password 👍", "Das Gerät läuft nicht", "?! 12",
	}
	r, err := New().Embed(t.Context(), api.Request{Model: "use-lite", Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		var unknown *uselite.UnknownTextError
		if none := i < 6; errors.As(r.Failed[i], &unknown) != none || (r.Vectors[i] == nil) != none {
			t.Errorf("%q: vector %v, error %v", text, r.Vectors[i] != nil, r.Failed[i])
		}
	}
	if got, want := r.Failed[1].Error(), "text 2 has no vector: the model reads English and knows none of its 3 characters"; got != want {
		t.Errorf("the reason is %q, want %q", got, want)
	}
	if got, want := r.Failed[5].Error(), "text 6 has no vector: the model reads English and knows only 2 of its 15 characters"; got != want {
		t.Errorf("the reason is %q, want %q", got, want)
	}
	if want := []int{6, 7}; !slices.Equal(r.Unknown, want) || r.Clipped != nil {
		t.Errorf("known in part are %v, want %v; too long are %v", r.Unknown, want, r.Clipped)
	}
}

func TestWordsThatAModelDoesNotKnowAreTold(t *testing.T) {
	texts := []string{"reset the Foobarix", "reset the router of the house", "the Foobarix"}
	for model, want := range map[string][]int{"use-lite": nil, "glove": {0, 2}, "ngrams": nil} {
		r, err := New().Embed(t.Context(), api.Request{Model: model, Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Unknown, want) {
			t.Errorf("%s knows only a part of %v, want %v", model, r.Unknown, want)
		}
	}
}

// FuzzTheModelsReadEveryText looks for texts that stop a model, or that it answers
// neither with a vector of unit length nor with a reason.
func FuzzTheModelsReadEveryText(f *testing.F) {
	for _, s := range []string{"How do I reset my password?", "パスワード", "👍🏽", "\xff\xfe", "a\u0301\u0302", "ﷺ", "", " \u00a0", "\u2581\u2581", "<s>", "I'm 's ''"} {
		f.Add(s)
	}
	p := New()
	f.Fuzz(func(t *testing.T, text string) {
		for _, model := range models {
			r, err := p.Embed(t.Context(), api.Request{Model: model, Dimensions: 64, Texts: []string{text}})
			if err != nil {
				t.Fatal(err)
			}
			if v := r.Vectors[0]; (v == nil) == (r.Failed[0] == nil) || v != nil && math.Abs(dot(v, v)-1) > 1e-5 {
				t.Fatalf("%s makes of %q a vector of length² %v, error %v", model, text, dot(v, v), r.Failed[0])
			}
		}
	})
}
