package local

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/kernel"
)

func TestProgressGrowsToTheNumberOfTexts(t *testing.T) {
	for _, model := range models {
		var seen []int
		texts := append(sentences(99), "")
		_, err := New().Embed(context.Background(), api.Request{Model: model, Texts: texts, Progress: func(done int) { seen = append(seen, done) }})
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) == 0 || !slices.IsSorted(seen) || seen[len(seen)-1] != len(texts) {
			t.Errorf("%s: %v", model, seen)
		}
	}
}

func TestEveryVectorIsHandedOverOnce(t *testing.T) {
	texts := []string{"one", "", "two", "three", "four", "five"}
	var mu sync.Mutex
	arrived := map[int][]float32{}
	r, err := New().Embed(context.Background(), api.Request{Model: "ngrams", Texts: texts, Arrived: func(at []int, vectors [][]float32) {
		mu.Lock()
		defer mu.Unlock()
		for i, place := range at {
			if arrived[place] != nil {
				t.Errorf("text %d arrived twice", place)
			}
			arrived[place] = vectors[i]
		}
	}})
	if err != nil || len(arrived) != 5 {
		t.Fatalf("%d vectors arrived, %v", len(arrived), err)
	}
	for place, v := range arrived {
		if !slices.Equal(v, r.Vectors[place]) {
			t.Errorf("text %d arrived as another", place)
		}
	}
}

func TestAPrefixGoesBeforeEveryText(t *testing.T) {
	embed := func(prefix string, texts ...string) api.Result {
		t.Helper()
		r, err := New().Embed(context.Background(), api.Request{Model: "ngrams", Prefix: prefix, Texts: texts})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	with, whole := embed("query: ", "cats", " "), embed("", "query: cats", " ")
	if !slices.Equal(with.Vectors[0], whole.Vectors[0]) || slices.Equal(with.Vectors[0], embed("", "cats").Vectors[0]) {
		t.Error("a prefix is not what stands before the text")
	}
	if with.Failed[1] == nil {
		t.Error("a prefix makes an empty text worth embedding")
	}
}

func TestCancellingEndsABatchWithinAFewTexts(t *testing.T) {
	for _, model := range models {
		ctx, cancel := context.WithCancel(context.Background())
		last := 0
		req := api.Request{Model: model, Texts: sentences(5000), Progress: func(done int) {
			last = done
			cancel()
		}}
		result, err := New().Embed(ctx, req)
		if !errors.Is(err, context.Canceled) || result.Vectors != nil {
			t.Errorf("%s: %v with %d vectors", model, err, len(result.Vectors))
		}
		b := newBatch(req, 1, nil)
		if most := b.together * (b.workers + 1); last > most {
			t.Errorf("%s: %d texts done after cancelling at the first report, want at most %d", model, last, most)
		}
	}
}

func TestACancelledRequestReadsNoWeights(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	// The weights are unreadable: only cancelling can be the error.
	_, err := newProvider("", "").Embed(ctx, api.Request{Model: "use-lite", Texts: []string{"a"}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWorkersTakeFewTextsOfASmallBatch(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 64, 10_000} {
		b := newBatch(api.Request{Texts: make([]string, n)}, 1, nil)
		if b.together < 1 || b.together > maxTogether || n > 0 && b.workers > n {
			t.Errorf("%d texts: %d workers, %d together", n, b.workers, b.together)
		}
		covered := 0
		for {
			first, texts := b.take()
			if len(texts) == 0 {
				break
			}
			if first != covered {
				t.Errorf("%d texts: %d taken after %d", n, first, covered)
			}
			covered += len(texts)
		}
		if covered != n {
			t.Errorf("%d of %d texts are taken", covered, n)
		}
	}
}

// What is said of a text is said of it by its number, whatever is empty before it.
func TestAnswersBelongToTheirTexts(t *testing.T) {
	odd := errors.New("odd")
	encode := func(texts []string, dimensions int) []answer {
		answers := make([]answer, len(texts))
		for i, text := range texts {
			if answers[i] = (answer{vector: []float32{float32(len(text)), float32(dimensions)}, tokens: len(text)}); text == "q: odd" {
				answers[i] = answer{err: odd}
			}
		}
		return answers
	}
	texts := []string{"0", "1", "", "333", " \n", "odd", "", "7777777"}
	b := newBatch(api.Request{Texts: texts, Prefix: "q: "}, 9, encode)
	got := b.answer(2, texts[2:])
	for i, a := range got {
		at := i + 2
		var empty *api.EmptyTextError
		var text *api.TextError
		switch {
		case texts[at] == "odd":
			if !errors.As(a.err, &text) || text.Index != at || !errors.Is(a.err, odd) || a.vector != nil {
				t.Errorf("text %d: %+v", at, a)
			}
		case at == 2 || at == 4 || at == 6:
			if !errors.As(a.err, &empty) || empty.Index != at || a.vector != nil {
				t.Errorf("text %d: %+v", at, a)
			}
		case a.err != nil || !slices.Equal(a.vector, []float32{float32(len("q: " + texts[at])), 9}):
			t.Errorf("text %d: %+v", at, a)
		}
	}
	if len(got) != 6 {
		t.Errorf("%d answers", len(got))
	}
}

func TestStreamedVectorsAreOnlyHandedOver(t *testing.T) {
	var mu sync.Mutex
	arrived := map[int][]float32{}
	req := api.Request{Model: "ngrams", Texts: []string{"one", "", "two", "three"}, Streamed: true, Arrived: func(at []int, vectors [][]float32) {
		mu.Lock()
		defer mu.Unlock()
		for i, place := range at {
			arrived[place] = vectors[i]
		}
	}}
	r, err := New().Embed(context.Background(), req)
	if err != nil || r.Vectors != nil || len(arrived) != 3 || r.Failed[1] == nil || r.Dimensions != 4096 {
		t.Errorf("%d arrived, %d are in the result, %v", len(arrived), len(r.Vectors), err)
	}
	req.Arrived = nil
	if r, err = New().Embed(context.Background(), req); err != nil || len(r.Vectors) != 4 {
		t.Errorf("with nobody to hand them to, %d are in the result, %v", len(r.Vectors), err)
	}
}

// Who has a turn keeps it while it computes: else more would compute than there are cores.
func TestATurnLastsAsLongAsItsTextsAreComputed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := kernel.Shared(t.Context())
		looked := false
		encode := func(texts []string, _ int) []answer {
			if looked {
				return make([]answer, len(texts))
			}
			looked = true
			var taken atomic.Int64
			release := make(chan struct{})
			for range kernel.Cores() {
				go func() {
					if end, err := kernel.Turn(ctx); err == nil {
						taken.Add(1)
						<-release
						end()
					}
				}()
			}
			synctest.Wait()
			if n := taken.Load(); n != int64(kernel.Cores()-1) {
				t.Errorf("while a text is computed %d others may, on %d cores", n, kernel.Cores())
			}
			close(release)
			return make([]answer, len(texts))
		}
		b := newBatch(api.Request{Texts: sentences(20)}, 1, encode)
		b.workers = 1
		if err := b.run(ctx); err != nil || !looked {
			t.Errorf("%v, looked %t", err, looked)
		}
	})
}
