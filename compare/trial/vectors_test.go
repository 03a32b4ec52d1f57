package trial_test

import (
	"context"
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// refusing is a provider that knows no vectors and gives none for texts with a reason.
type refusing struct {
	api.Uncached
	reasons map[string]error
}

func (p refusing) Embed(_ context.Context, request api.Request) (api.Result, error) {
	result := api.Result{Dimensions: 2, Vectors: make([][]float32, len(request.Texts)), Failed: map[int]error{}}
	for i, text := range request.Texts {
		if err := p.reasons[text]; err != nil {
			result.Failed[i] = err
			continue
		}
		result.Vectors[i] = []float32{1, 0}
	}
	return result, nil
}

func TestVectorsThatAFreeModelCannotGiveAreNotSaidToCostMoney(t *testing.T) {
	first, second := errors.New("too long"), errors.New("only punctuation")
	free, dear := 0.0, 1.0
	models := []api.Model{{Provider: "shop", ID: "free", Dimensions: 2, Price: &free}, {Provider: "shop", ID: "dear", Dimensions: 2, Price: &dear}}
	e := &pipeline.Engine{
		Catalog:   catalog.New(models),
		Providers: map[string]api.Provider{"shop": refusing{reasons: map[string]error{"a": first, "b": second}}},
		HasKey:    func(string) bool { return true },
	}
	for _, c := range []struct {
		model api.Model
		texts []string
		want  error
	}{
		{models[0], []string{"a", "b"}, first},
		{models[0], []string{"b", "a"}, second},
		{models[0], []string{"a", "x"}, nil},
		{models[1], []string{"a", "x"}, trial.ErrUnpaid},
	} {
		emb, err := e.Embed(t.Context(), pipeline.Source{Model: c.model}, c.texts, pipeline.EmbedOptions{KnownOnly: e.Paid(c.model)})
		if err != nil {
			t.Fatal(err)
		}
		v, err := trial.VectorsIn(emb)
		if !errors.Is(err, c.want) || c.want == nil && v.Present() != 1 {
			t.Errorf("%s of %q: %d vectors, %v; want %v", c.model.ID, c.texts, v.Present(), err, c.want)
		}
	}
}

// Texts compared with each other are to be told apart better than by their spelling; a
// search has BM25 to beat.
func TestWhatStandsThereToBeBeaten(t *testing.T) {
	ngrams := api.Model{Provider: "local", ID: "ngrams", Dimensions: 2, Source: api.SourceBinary}
	unknown := errors.New("only punctuation")
	hashing := refusing{reasons: map[string]error{"...": unknown}}
	with := func(models ...api.Model) *pipeline.Engine {
		return &pipeline.Engine{Catalog: catalog.New(models), Providers: map[string]api.Provider{"local": hashing}}
	}
	other := &pipeline.Result{Model: api.Model{Provider: "shop", ID: "ngrams"}}
	for name, c := range map[string]struct {
		engine  *pipeline.Engine
		task    evaluate.Task
		results []*pipeline.Result
		want    bool
	}{
		"groups":                 {with(ngrams), evaluate.Groups, []*pipeline.Result{other}, true},
		"pairs":                  {with(ngrams), evaluate.Pairs, nil, true},
		"a search":               {with(ngrams), evaluate.Retrieval, nil, false},
		"they take part already": {with(ngrams), evaluate.Groups, []*pipeline.Result{other, {Model: ngrams}}, false},
		"nobody knows them":      {with(), evaluate.Groups, nil, false},
		"they cannot be asked":   {&pipeline.Engine{Catalog: catalog.New([]api.Model{ngrams})}, evaluate.Pairs, nil, false},
	} {
		got := trial.Baselines(t.Context(), c.engine, c.task, c.results, []string{"one", "...", "two"})
		if (len(got) == 1) != c.want || len(got) > 1 {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if !c.want {
			continue
		}
		r := got[0]
		if r.Candidate != (api.Candidate{Model: "local/ngrams", Dimensions: 2}) || r.Model.Ref() != "local/ngrams" || r.From != 2 ||
			r.Vectors.Len() != 3 || r.Vectors.Present() != 2 || r.Vectors.Has(1) || !errors.Is(r.Failed[1], unknown) || r.Usage.Texts != 3 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
