package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/config"
)

func (p *program) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Find the settings file, write an example",
		Long:  "Where the settings file is, and an example of it with every setting explained. The servers and the limits of spending are for the commands that print too; the other settings are the explorer's.",
		Example: `vecscope config init
$EDITOR "$(vecscope config path)"`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "there is no command config %q: use init or path", args[0])
			}
			return cmd.Help()
		}),
	}
	cmd.AddCommand(p.configChild("path", "Print the path of the settings file", func(path string) error {
		_, err := fmt.Fprintln(p.Out, path)
		return err
	}), p.configChild("init", "Write a commented settings file where there is none", func(path string) error {
		if err := config.WriteExample(path); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.Out, "Wrote %s: every setting stands there as a comment.\n", path)
		return err
	}))
	return cmd
}

// configChild is a command that does something with the path of the settings file.
func (p *program) configChild(name, short string, do func(path string) error) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: short, Long: short + ".", Example: "vecscope config " + name,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "config %s takes no arguments, but there is %q", name, args[0])
			}
			for _, line := range config.IgnoredPlaces(p.getenv) {
				p.warn(line)
			}
			paths, err := config.FindPaths(p.getenv)
			if paths.Settings == "" {
				return err
			}
			return do(paths.Settings)
		}),
	}
}
