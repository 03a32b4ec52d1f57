package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) modelsCommand() *cobra.Command {
	var provider string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List the catalog: models, dimensions, prices",
		Long: `List the catalog: every model with its dimensions, the most tokens it reads and its price in US dollars per million tokens. "-" is a number that nobody told. Nothing is sent anywhere.

A row with "no" cannot be asked now; why stands below the table.`,
		Example: `vecscope models
vecscope models --provider local
# what costs at most 2 cents per million tokens
vecscope models --json | jq '.[] | select(.price_per_million_tokens <= 0.02) | .id'`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "models takes no arguments, but there is %q", args[0])
			}
			return p.models(cmd, provider, asJSON)
		}),
	}
	cmd.Flags().StringVar(&provider, "provider", "", "only the models of this provider, such as local or nanogpt")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	completeWith(cmd, "provider", func() []string { return p.providerNames(cmd) })
	return cmd
}

func (p *program) models(cmd *cobra.Command, provider string, asJSON bool) error {
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return err
	}
	rows := []report.Row{}
	for _, m := range engine.Catalog.Models() {
		if provider == "" || m.Provider == provider {
			rows = append(rows, report.Row{Model: m, Unavailable: engine.Available(m)})
		}
	}
	if provider != "" && len(rows) == 0 {
		return misused(cmd, "there is no provider %q: use %s", provider, either(providersOf(engine.Catalog.Models())))
	}
	if asJSON {
		err = report.ModelsJSON(p.Out, rows)
	} else {
		err = report.ModelsText(p.Out, rows, ui.Safe)
	}
	if err != nil {
		return writing(err)
	}
	return nil
}

func (p *program) providerNames(cmd *cobra.Command) []string {
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return nil
	}
	return providersOf(engine.Catalog.Models())
}

func providersOf(models []api.Model) []string {
	var names []string
	for _, m := range models {
		if !slices.Contains(names, m.Provider) {
			names = append(names, m.Provider)
		}
	}
	return names
}
