package pipeline

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

// inBatches answers in batches of two texts, tells of each what it took, and fails
// before a certain one.
type inBatches struct {
	api.Uncached
	fails  int
	before func() // called before that batch
}

func (p *inBatches) Embed(_ context.Context, req api.Request) (api.Result, error) {
	result := api.Result{Dimensions: 2, Vectors: make([][]float32, len(req.Texts))}
	use := func(u api.Usage) {
		result.Usage = result.Usage.Plus(u)
		req.Approval.Record(u)
	}
	for from := 0; from < len(req.Texts); from += 2 {
		if from/2 == p.fails {
			p.before()
			use(api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: 7})
			result.Usage.Requests++ // one that nobody told of
			return api.Result{Usage: result.Usage}, errors.New("the connection broke")
		}
		at := []int{from, from + 1}
		for _, i := range at {
			result.Vectors[i] = []float32{0.6, 0.8}
		}
		req.Arrived(at, [][]float32{{0.6, 0.8}, {0.6, 0.8}})
		use(api.Usage{Tokens: 10, Requests: 1, Latencies: []time.Duration{time.Duration(9-from) * time.Second}})
	}
	return result, nil
}

func TestWhatIsSpentIsToldAtOnceAndNeverTwice(t *testing.T) {
	texts := make([]string, 20)
	for i := range texts {
		texts[i] = string(rune('a' + i))
	}
	var noted []api.Usage
	p := &inBatches{fails: 3, before: func() {
		if sum := total(noted); len(noted) != 3 || sum.Tokens != 30 || sum.Texts != 6 || sum.Requests != 3 || len(sum.Latencies) != 3 {
			t.Errorf("after 3 of 10 batches are noted %+v", noted)
		}
	}}
	e, m := engine(p)
	m.Price, m.Source = price(1), api.SourceLive
	emb, err := e.Embed(t.Context(), Source{Model: m}, texts, EmbedOptions{Approval: word{record: func(u api.Usage) { noted = append(noted, u) }}})
	if err == nil {
		t.Fatal("the asking did not fail")
	}
	if len(noted) != 5 {
		t.Fatalf("noted are %+v", noted)
	}
	rest := noted[4]
	if rest.Requests != 1 || rest.Tokens != 0 || rest.Texts != 0 || rest.Lost != 0 || len(rest.Latencies) != 0 {
		t.Errorf("the rest is %+v, want one request", rest)
	}
	if sum := total(noted); !reflect.DeepEqual(sum, emb.Spent) {
		t.Errorf("noted is %+v of %+v", sum, emb.Spent)
	}
}

func total(list []api.Usage) (sum api.Usage) {
	for _, u := range list {
		sum = sum.Plus(u)
	}
	return sum
}
