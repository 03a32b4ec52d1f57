package cli

import (
	"context"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/report"
)

// shape tells as which rows a candidate stands there.
type shape struct{ own, fused bool }

// shapesOf are those of the candidates, by their ids.
func shapesOf(rows []searchRow, candidates []chosen) map[string]shape {
	shapes := map[string]shape{}
	for _, r := range rows {
		if r.candidate < 0 {
			continue
		}
		id := candidates[r.candidate].ID()
		s := shapes[id]
		shapes[id] = shape{own: s.own || !r.fused, fused: s.fused || r.fused}
	}
	return shapes
}

// wordSearchOf is the first row of --models that searches by words; empty for none.
func wordSearchOf(models []string) string {
	for _, row := range models {
		if row = strings.TrimSpace(row); row == trial.BM25 || strings.HasSuffix(row, report.FusedSuffix) {
			return row
		}
	}
	return ""
}

// fusion has those results fused with BM25 whose shapes say so; nil for none.
func (ev *evaluation) fusion(ctx context.Context, texts, queries []string, shapes map[*pipeline.Result]shape) (*trial.Fusion, error) {
	any := false
	for _, s := range shapes {
		any = any || s.fused
	}
	if !any {
		return nil, nil
	}
	index, err := lexical.NewIndex(ctx, texts)
	if err != nil {
		return nil, err
	}
	rows := func(r *pipeline.Result) (own, fused bool) { return shapes[r].own, shapes[r].fused }
	return &trial.Fusion{Index: index, Asked: queries, Weight: ev.weight, Rows: rows}, nil
}

// fusionFlag says what BM25 weighs in fused rows.
func fusionFlag(cmd *cobra.Command, weight *float64) {
	cmd.Flags().Float64Var(weight, "bm25-weight", 1, "what BM25's ranking weighs in MODEL"+report.FusedSuffix)
}

func checkWeight(cmd *cobra.Command, weight float64) error {
	if !(weight >= 0) || math.IsInf(weight, 0) {
		return misused(cmd, "--bm25-weight %v is no weight: use a number from 0 on, such as 0.5", weight)
	}
	return nil
}

// searchCandidates are the candidates that the rows of --models are made of; none where
// those search by words alone.
func (p *program) searchCandidates(cmd *cobra.Command, models []string) (*pipeline.Engine, []chosen, []report.Failure, error) {
	refs := searchedModels(models)
	if len(refs) == 0 && len(models) > 0 {
		engine, err := p.engine(cmd.Context())
		return engine, nil, nil, err
	}
	return p.candidates(cmd, refs)
}
