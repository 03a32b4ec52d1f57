package cli

import (
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) usageCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "usage",
		Short: "Show what was spent in all sessions",
		Long: `Show what servers were asked for in all sessions, of the explorer and of these commands: texts, tokens, cost, requests and their latency by model. Built-in models are not counted.

The sums are kept beside the vectors in the cache, and outlive vecscope cache clear.`,
		Example: `vecscope usage
vecscope usage --json | jq .cost_usd`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			return p.usage(cmd, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object")
	return cmd
}

func (p *program) usage(cmd *cobra.Command, asJSON bool) error {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return err
	}
	totals, err := providers.Usage().Totals(cmd.Context())
	if err != nil {
		return err
	}
	if asJSON {
		err = report.UsageJSON(p.Out, totals)
	} else {
		err = report.UsageText(p.Out, totals)
	}
	if err != nil {
		return writing(err)
	}
	return nil
}
