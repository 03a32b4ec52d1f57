package cli

import (
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) compareCommand() *cobra.Command {
	var req *request
	var asJSON, asMarkdown bool
	cmd := &cobra.Command{
		Use:   "compare [FILE…]",
		Short: "Compare models over the texts",
		Long: `Compare models over the texts: the similarity of every two texts under each model, the background level it stands against, the cost and the time.

Without --models the built-in models are compared; they cost nothing and need no network. A model that fails is reported, the others are printed, and the exit code is 1.

` + payHelp,
		Example: `vecscope compare questions.csv
vecscope compare --models local/use-lite,local/use-lite@64 a.csv
# what paid models would cost, and then asking them
vecscope compare --models nanogpt/BAAI/bge-m3,local/use-lite \
--dry-run questions.csv
vecscope compare --models nanogpt/BAAI/bge-m3,local/use-lite \
--max-cost 0.05 questions.csv
vecscope compare --set paraphrase-traps --markdown > report.md
vecscope compare questions.csv --json | \
jq '.candidates[] | {id, mean: .background.mean}'`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := onlyOne(cmd, "json", "markdown"); err != nil {
				return err
			}
			c, err := p.compared(cmd, req, args, asJSON)
			if err != nil {
				return done(err)
			}
			missing := listed
			switch {
			case asJSON:
				missing = incomplete
				err = report.CompareJSON(cmd.Context(), p.Out, c)
			case asMarkdown:
				err = report.CompareMarkdown(cmd.Context(), p.Out, c)
			default:
				err = report.CompareText(cmd.Context(), p.Out, c)
			}
			if err != nil {
				return writing(err)
			}
			return missing(c)
		}),
	}
	req = requestFlags(cmd)
	p.modelsFlag(cmd, &req.models)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object with every value")
	cmd.Flags().BoolVar(&asMarkdown, "markdown", false, "write Markdown")
	return cmd
}
