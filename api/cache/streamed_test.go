package cache

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestTextsReadInPartAreNamedByTheirPlaces(t *testing.T) {
	for _, fails := range []error{nil, errors.New("cut")} {
		p, _ := behind(t, &server{length: 8})
		embed(t, p, api.Request{Model: "m", Texts: []string{"known"}})
		p.asked = clipping{&server{length: 8}, fails}
		got, err := p.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"long", "known", "b", "c", "long"}})
		if !errors.Is(err, fails) || !reflect.DeepEqual(got.Clipped, []int{0, 3, 4}) {
			t.Errorf("clipped are %v, %v", got.Clipped, err)
		}
	}
}

// clipping reads the first and the last text of every request only in part.
type clipping struct {
	*server
	err error
}

func (c clipping) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	result, err := c.server.Embed(ctx, req)
	result.Clipped = []int{0, len(req.Texts) - 1}
	return result, errors.Join(err, c.err)
}

func TestBatchesAreCountedThrough(t *testing.T) {
	s := &server{free: true, identity: "digest:1", length: 8, batch: 2}
	p, _ := behind(t, s)
	var told [][2]int
	batch := func(done, total int) { told = append(told, [2]int{done, total}) }
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "c"}, Batch: batch})
	if want := [][2]int{{1, 2}, {2, 2}}; !reflect.DeepEqual(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	told = nil
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}, Batch: batch})
	if told != nil {
		t.Errorf("nothing was sent, and it told of %v", told)
	}
	s.length = 12 // another model by now: what is known is asked for too
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b", "c", "d"}, Batch: batch})
	if want := [][2]int{{1, 1}, {2, 3}, {3, 3}}; !reflect.DeepEqual(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// TestStreamedVectorsArriveAndAreNotHeld asks for many texts,
// of which every third is kept, and of some twice.
func TestStreamedVectorsArriveAndAreNotHeld(t *testing.T) {
	for _, batch := range []int{0, 100} {
		s := &server{length: 8, batch: batch}
		p, _ := behind(t, s)
		texts := numbered("text", batchRows*3/2+100) // two thirds are more than one transaction writes
		var before []string
		for i := 0; i < len(texts); i += 3 {
			before = append(before, texts[i])
		}
		embed(t, p, api.Request{Model: "m", Texts: before})
		texts = append(texts, texts[0], texts[1])
		arrived := make([][]float32, len(texts))
		result := embed(t, p, api.Request{Model: "m", Texts: texts, Streamed: true, Arrived: func(at []int, vectors [][]float32) {
			for k, i := range at {
				arrived[i] = vectors[k]
			}
		}})
		if result.Vectors != nil || result.Dimensions != 8 || result.Usage.Cached != len(before)+1 {
			t.Errorf("the result has %d vectors of %d dimensions, %d from the cache", len(result.Vectors), result.Dimensions, result.Usage.Cached)
		}
		if !reflect.DeepEqual(arrived, vectorsFor(texts, 8)) {
			t.Error("not all vectors arrived, each in its place")
		}
	}
}

func TestStreamedVectorsOfAFreeModelThatChangedItsLengthArriveAgain(t *testing.T) {
	s := &server{free: true, length: 8, batch: 10}
	p, _ := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
	s.length = 12
	texts := []string{"a", "new", "b"}
	arrived := make([][]float32, len(texts))
	result := embed(t, p, api.Request{Model: "m", Texts: texts, Streamed: true, Arrived: func(at []int, vectors [][]float32) {
		for k, i := range at {
			arrived[i] = vectors[k]
		}
	}})
	if result.Dimensions != 12 || !reflect.DeepEqual(arrived, vectorsFor(texts, 12)) {
		t.Errorf("what arrived last are not the new vectors: %d dimensions", result.Dimensions)
	}
}

func TestWhatIsHeldIsRecordedBesideWhatIsAskedFor(t *testing.T) {
	p, _ := behind(t, &server{length: 3})
	var recorded []api.Usage
	for _, texts := range [][]string{{"a"}, {"a", "b", "c"}, {"a", "b"}} {
		embed(t, p, api.Request{Model: "m", Texts: texts, Approval: word{record: func(u api.Usage) { recorded = append(recorded, u) }}})
	}
	if want := []api.Usage{{Cached: 1}}; !reflect.DeepEqual(recorded, want) {
		t.Errorf("recorded is %+v, want %+v: all of what is held alone is told in the end", recorded, want)
	}
}

// failing has a server that fails after it was asked.
type failing struct{ *server }

func (failing) Embed(context.Context, api.Request) (api.Result, error) {
	return api.Result{Usage: api.Usage{Requests: 1, Failed: 1}}, errors.New("out of order")
}

func TestASampleThatFailsIsCounted(t *testing.T) {
	s := &server{free: true, length: 3}
	p, c := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
	result, err := NewProvider(failing{s}, c, p.baseURL, true).Embed(t.Context(), api.Request{Model: "m", Texts: []string{"b"}})
	if err == nil || result.Usage.Requests != 1 || result.Usage.Failed != 1 {
		t.Errorf("%+v, %v", result.Usage, err)
	}
}
