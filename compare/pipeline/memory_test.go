package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// wide gives vectors of many values, a batch at a time, and holds none of them.
type wide struct {
	api.Uncached
	length int
	most   atomic.Uint64 // bytes in use at the most
}

func (w *wide) Embed(_ context.Context, req api.Request) (api.Result, error) {
	const batch = 50
	for from := 0; from < len(req.Texts); from += batch {
		var at []int
		var vectors [][]float32
		for i := from; i < min(from+batch, len(req.Texts)); i++ {
			v := make([]float32, w.length)
			v[i%w.length], v[0] = 1, .5
			at, vectors = append(at, i), append(vectors, v)
		}
		req.Arrived(at, vectors)
		w.look()
	}
	return api.Result{Dimensions: w.length}, nil
}

// look measures what is in use.
func (w *wide) look() {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	w.most.Store(max(w.most.Load(), now.HeapAlloc))
}

// TestMemoryIsTheVectorsAndAFifthMore embeds and analyses 3,000 texts, whose vectors
// take 48 MB.
func TestMemoryIsTheVectorsAndAFifthMore(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	w := &wide{length: 4096}
	e, m := engine(w)
	m.Dimensions = w.length
	texts := make([]string, 3000)
	for i := range texts {
		texts[i] = fmt.Sprint("text ", i)
	}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	emb, err := e.Embed(t.Context(), Source{Model: m}, texts, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Analyse(t.Context(), m, api.Candidate{Model: m.Ref(), Dimensions: w.length}, emb, func(int, int) { w.look() })
	if err != nil {
		t.Fatal(err)
	}
	w.look()
	const histograms = 12 << 20 // and the pairs kept, however many texts there are
	vectors := uint64(4 * w.length * len(texts))
	if used := w.most.Load() - before.HeapAlloc; used > vectors*6/5+histograms {
		t.Errorf("%d MB were in use for %d MB of vectors", used>>20, vectors>>20)
	}
	runtime.KeepAlive(r)
}

func TestAStreamThatLacksTextsIsAnError(t *testing.T) {
	e, m := engine(lacking{})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two"}, EmbedOptions{})
	if err == nil || !emb.Partial || !emb.Vectors.Has(0) || emb.Vectors.Has(1) {
		t.Errorf("one of two vectors came: %v", err)
	}
}

func TestAStreamThatSaysWhyATextHasNoVectorLacksNone(t *testing.T) {
	e, m := engine(lacking{failed: map[int]error{1: &api.TextError{Index: 1, Err: errors.New("only punctuation")}}})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two", "two"}, EmbedOptions{})
	var why *api.TextError
	if err != nil || emb.Partial || !emb.Vectors.Has(0) || len(emb.Failed) != 2 || !errors.As(emb.Failed[2], &why) || why.Index != 2 {
		t.Errorf("%v, %v", emb.Failed, err)
	}
}

// lacking hands over the vector of the first text alone.
type lacking struct {
	api.Uncached
	failed map[int]error // what it says of the others
}

func (l lacking) Embed(_ context.Context, req api.Request) (api.Result, error) {
	req.Arrived([]int{0}, [][]float32{{1, 0}})
	return api.Result{Dimensions: 2, Failed: l.failed}, nil
}
