package findings_test

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
)

// A baseline is no model to take: that it is within a limit does not make that one met.
func TestTheLimitsThatNoModelMeetsAreNamed(t *testing.T) {
	row := func(id string, price float64, dimensions int) trial.Row {
		c, err := api.ParseCandidate(id)
		if err != nil {
			t.Fatal(err)
		}
		c.Dimensions = dimensions
		return trial.Row{ID: id, Candidate: c, Model: api.Model{Provider: "shop", ID: "a"}, Price: &price}
	}
	baseline := row("local/ngrams@16", 0, 16)
	baseline.Baseline, baseline.Model = true, api.Model{Provider: "local", ID: "ngrams", Source: api.SourceBinary}
	rows := []trial.Row{row("shop/a@512", .1, 512), row("shop/b@64", .2, 64), baseline}
	for _, c := range []struct {
		limits evaluate.Limits
		want   string
	}{
		{evaluate.Limits{}, "No model could be tried."},
		{evaluate.Limits{Price: .05}, "No model is within your limits: at most $0.05 per million tokens."},
		{evaluate.Limits{Dimensions: 32}, "No model is within your limits: at most 32 dimensions."},
		{evaluate.Limits{Dimensions: 1}, "No model is within your limits: at most 1 dimension."},
		{evaluate.Limits{Bytes: 100}, "No model is within your limits: at most 100 bytes a vector."},
		{evaluate.Limits{Milliseconds: 20}, "No model is within your limits: at most 20 ms a request."},
		{evaluate.Limits{LocalOnly: true}, "No model is within your limits: only models on this machine."},
		{evaluate.Limits{Price: .15, Dimensions: 128}, "No model is within your limits: at most $0.15 per million tokens, at most 128 dimensions."},
		{evaluate.Limits{Price: .05, Dimensions: 128}, "No model is within your limits: at most $0.05 per million tokens."},
	} {
		f := &trial.Findings{Verdict: evaluate.Verdict{Reason: evaluate.NoneWithin, Best: -1, Choice: -1}, Limits: c.limits}
		got := findings.Sentence(&trial.Trial{Rows: rows}, f, func(r *trial.Row) string { return r.ID })
		if got != c.want {
			t.Errorf("%+v: %q, want %q", c.limits, got, c.want)
		}
	}
}
