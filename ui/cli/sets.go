package cli

import (
	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) setsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "sets",
		Short: "List the built-in sets of texts",
		Long:  `List the built-in sets of texts: how many texts each has, the labels that come with it, and what it shows. --set takes the texts of one in place of a file, with every command that reads texts.`,
		Example: `vecscope sets
vecscope compare --set polysemy
vecscope duplicates --set near-duplicates --threshold 0.9`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "sets takes no arguments, but there is %q: vecscope compare --set %s compares models over the texts of one", args[0], corpus.SetNames()[0])
			}
			write := report.SetsText
			if asJSON {
				write = report.SetsJSON
			}
			if err := write(p.Out, corpus.Sets()); err != nil {
				return writing(err)
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	return cmd
}
