package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/ui/report"
)

// thresholds is a flag that takes a similarity for all models, or one for a model:
// "0.95", "local/glove=0.9". Given again, what was said of the same is replaced.
type thresholds struct {
	common cosine
	own    map[string]float64 // by what was written; by the candidate's id once fitted
}

func (t *thresholds) String() string { return t.common.String() }

func (t *thresholds) Type() string { return "number" }

func (t *thresholds) Set(s string) error {
	ref, value := "", s
	if at := strings.LastIndexByte(s, '='); at >= 0 {
		ref, value = strings.TrimSpace(s[:at]), s[at+1:]
	}
	if ref == "" {
		return t.common.Set(value)
	}
	var x cosine
	if err := x.Set(value); err != nil {
		return err
	}
	if t.own == nil {
		t.own = map[string]float64{}
	}
	t.own[ref] = float64(x)
	return nil
}

// fit finds the candidates that thresholds of their own were said of. The error names
// one that is none.
func (t *thresholds) fit(cmd *cobra.Command, r *run) error {
	fitted := map[string]float64{}
	for ref, x := range t.own {
		id := ref
		if c, _, err := r.engine.Catalog.Resolve(ref); err == nil {
			id = c.ID()
		}
		taken := func(c chosen) bool { return c.ID() == id }
		failed := func(f report.Failure) bool { return f.Candidate == ref || f.Candidate == id }
		if !slices.ContainsFunc(r.candidates, taken) && !slices.ContainsFunc(r.failures, failed) {
			return misused(cmd, "--threshold is for %s, which --models does not name", ref)
		}
		fitted[id] = x
	}
	t.own = fitted
	return nil
}

// of is what counts for the candidate of that id.
func (t *thresholds) of(id string) float64 {
	if own, ok := t.own[id]; ok {
		return own
	}
	return float64(t.common)
}

// each are those of the results in their order; nil when all share one.
func (t *thresholds) each(c report.Comparison) []float64 {
	if len(t.own) == 0 {
		return nil
	}
	each := make([]float64, len(c.Results))
	for k, r := range c.Results {
		each[k] = t.of(r.Candidate.ID())
	}
	return each
}
