package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/report"
)

// mostPairs is how many duplicate pairs of one candidate are printed at most.
const mostPairs = 1_000_000

// manyTexts is from how many texts on linking their pairs can take a while.
const manyTexts = 5_000

func (p *program) duplicatesCommand() *cobra.Command {
	var req *request
	var asJSON, asTSV, clusters, keepOne bool
	threshold := &thresholds{common: cosine(config.Defaults().Threshold)}
	cmd := &cobra.Command{
		Use:   "duplicates [FILE…]",
		Short: "Find the pairs of texts called duplicates",
		Long: `Find the pairs of texts whose similarity is at or over the threshold under at least one model, the most similar first, with the similarity under each.

The same threshold is strict for one model and loose for another: compare it with the background, the similarity of any two texts, which is printed beside it. Without --models the built-in models are asked.

` + payHelp,
		Example: `vecscope duplicates questions.csv
vecscope duplicates --models local/use-lite,local/ngrams@512 \
--threshold 0.9 questions.csv
vecscope duplicates questions.csv --tsv > pairs.tsv
vecscope duplicates questions.csv --clusters --keep-one --tsv`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := onlyOne(cmd, "json", "tsv"); err != nil {
				return err
			}
			r, err := p.prepare(cmd, req, args, asJSON)
			if err != nil {
				return done(err)
			}
			p.folderThresholds(cmd, threshold, r)
			if err := threshold.fit(cmd, r); err != nil {
				return err
			}
			r.threshold = threshold.of
			c, err := r.compare(cmd.Context())
			if err != nil {
				return done(err)
			}
			if clusters || keepOne {
				return p.clusters(cmd.Context(), c, threshold, keepOne, asJSON, asTSV)
			}
			return p.duplicates(c, threshold, asJSON, asTSV)
		}),
	}
	req = requestFlags(cmd)
	p.modelsFlag(cmd, &req.models)
	cmd.Flags().Var(threshold, "threshold", "similarity from which on a pair is a duplicate, from -1 to 1; MODEL=0.9 for one model, several times if you like")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object")
	cmd.Flags().BoolVar(&clusters, "clusters", false, "write the texts that pairs link, of each model; chains drift")
	cmd.Flags().BoolVar(&keepOne, "keep-one", false, "name of every cluster the text to keep and those to drop")
	cmd.Flags().BoolVar(&asTSV, "tsv", false, "write one line a pair, with tabs between the columns")
	return cmd
}

// duplicates writes the pairs, as far as they were kept.
func (p *program) duplicates(c report.Comparison, threshold *thresholds, asJSON, asTSV bool) error {
	d, tooMany := report.FindDuplicates(c, float64(threshold.common), threshold.each(c)...)
	if tooMany != nil && !errors.Is(tooMany, report.ErrTooManyPairs) {
		return tooMany
	}
	var err error
	missing := incomplete
	switch {
	case asJSON:
		err = report.DuplicatesJSON(p.Out, d)
	case asTSV:
		err = report.DuplicatesTSV(p.Out, d)
	default:
		missing = listed
		err = report.DuplicatesText(p.Out, d)
	}
	if err != nil {
		return writing(err)
	}
	return missing(c, tooMany)
}

// clusters writes what hangs together under each candidate, by the pairs that were kept.
func (p *program) clusters(ctx context.Context, c report.Comparison, threshold *thresholds, keepOne, asJSON, asTSV bool) error {
	shown := p.newProgress()
	defer shown.close()
	shown.start("linking the pairs", 0)
	if len(c.Texts) > manyTexts {
		shown.announce()
	}
	found, tooMany := report.FindClusters(ctx, c, float64(threshold.common), keepOne, threshold.each(c)...)
	shown.end()
	if tooMany != nil && !errors.Is(tooMany, report.ErrTooManyPairs) {
		return tooMany
	}
	var err error
	missing := incomplete
	switch {
	case asJSON:
		err = report.ClustersJSON(p.Out, found)
	case asTSV:
		err = report.ClustersTSV(p.Out, found)
	default:
		missing = listed
		err = report.ClustersText(p.Out, found)
	}
	if err != nil {
		return writing(err)
	}
	return missing(c, tooMany)
}
