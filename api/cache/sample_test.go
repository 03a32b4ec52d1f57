package cache

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestTheSampleOfANewModelTravelsWithTheFirstTexts(t *testing.T) {
	for _, batch := range []int{10, 2, 1} {
		s := &server{free: true, weights: "old ", length: 8, batch: batch}
		p, kept := behind(t, s)
		texts := []string{"a", "b", "a", "c"}
		var told []int
		result := embed(t, p, api.Request{Model: "m", Texts: texts, Progress: func(done int) { told = append(told, done) }})
		if want := weighed("old ", texts, 8); !reflect.DeepEqual(result.Vectors, want) || len(result.Failed) > 0 {
			t.Errorf("%d at a time: the vectors are not those of the texts, or some failed: %v", batch, result.Failed)
		}
		if !slices.Equal(s.paid, []string{sampleText, "a", "b", "c"}) || len(s.reqs) != 1 {
			t.Errorf("%d at a time: %q are asked for in %d askings, want all in one", batch, s.paid, len(s.reqs))
		}
		if slices.Max(told) != len(texts) || told[len(told)-1] != len(texts) {
			t.Errorf("%d at a time: %v of %d texts are told to be done", batch, told, len(texts))
		}
		if n := countEntries(t, kept); n != 3 {
			t.Errorf("%d at a time: %d vectors are kept of 3 texts", batch, n)
		}
		s.weights, s.paid = "new ", nil
		other := []string{"d"} // of which nothing is kept
		if result := embed(t, p, api.Request{Model: "m", Texts: other}); !reflect.DeepEqual(result.Vectors, weighed("new ", other, 8)) {
			t.Errorf("%d at a time: the model that took its place gives other vectors", batch)
		}
		if !slices.Equal(s.paid, []string{sampleText, "d"}) || len(kept.Notices()) != 1 {
			t.Errorf("%d at a time: the replaced model is not noticed by the sample; asked for %q", batch, s.paid)
		}
	}
}

func TestAModelReplacedInARunWithoutNewTextsIsKnownInTheNext(t *testing.T) {
	s := &server{free: true, identity: "meta:size=1", weights: "old ", length: 8, batch: 10}
	p, kept := behind(t, s)
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
	s.identity, s.weights = "meta:size=2", "new "
	embed(t, p, api.Request{Model: "m", Texts: []string{"a"}})
	kept.Notices() // of the replacement
	s.paid = nil
	embed(t, p, api.Request{Model: "m", Texts: []string{"c"}})
	if told := kept.Notices(); told != nil || !slices.Equal(s.paid, []string{sampleText, "c"}) {
		t.Errorf("asked for %q, and it says %q", s.paid, told)
	}
	s.paid = nil
	embed(t, p, api.Request{Model: "m", Texts: []string{"a", "c"}})
	if s.paid != nil {
		t.Errorf("%q are asked for again", s.paid)
	}
}

func TestASampleWithoutAVectorCostsNoText(t *testing.T) {
	s := &server{free: true, weights: "old ", length: 8, batch: 10, failed: map[string]error{sampleText: errors.New("out of order"), "b": errors.New("too odd")}}
	p, _ := behind(t, s)
	result := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}})
	if result.Vectors[0] == nil || len(result.Failed) != 1 || result.Failed[1] == nil {
		t.Errorf("failed: %v", result.Failed)
	}
}

func TestAnErrorOfTheSampleNamesNoTextOfThePerson(t *testing.T) {
	why := errors.New("out of order")
	var text *api.TextError
	if err := inPlace(&api.TextError{Index: 0, Err: why}, [][]int{nil, {0, 2}}); !errors.Is(err, why) || errors.As(err, &text) {
		t.Errorf("%v", err)
	}
	if err := inPlace(&api.TextError{Index: 1, Err: why}, [][]int{nil, {4}}); !errors.As(err, &text) || text.Index != 4 {
		t.Errorf("%v", err)
	}
}

// Sent in another manner the sample would look like that of another model.
func TestTheSampleIsSentAsTheTextsAre(t *testing.T) {
	s := &server{free: true, length: 8, batch: 10}
	p, _ := behind(t, s)
	manner := api.Request{Model: "m", Dimensions: 8, Prefix: "query: ", Field: api.Field{Name: "input_type", Value: "query"}}
	for _, texts := range [][]string{{"a"}, {"a", "b"}} { // with the first texts, and before more
		req := manner
		req.Texts = texts
		embed(t, p, req)
	}
	for _, req := range s.reqs {
		if req.Prefix != manner.Prefix || req.Field != manner.Field || req.Dimensions != manner.Dimensions {
			t.Errorf("%q are sent as %+v", req.Texts, req)
		}
	}
	if !slices.Equal(s.paid, []string{sampleText, "a", sampleText, "b"}) {
		t.Errorf("asked for %q", s.paid)
	}
}

func TestAModelOfAnotherLengthIsSetAsideOnceInARun(t *testing.T) {
	s := &server{length: 8, batch: 2}
	p, c := behind(t, s)
	texts := numbered("text", 7)
	embed(t, p, api.Request{Model: "m", Texts: texts[:3]})
	s.length = 12
	embed(t, p, api.Request{Model: "m", Texts: texts, Fresh: true})
	if told := c.Notices(); len(told) != 1 || countEntries(t, c) != 3+7 {
		t.Errorf("%d vectors are kept, and it says %q", countEntries(t, c), told)
	}
	mustHave(t, c, p.scope(api.Request{Model: "m"}), texts, 12)
}
