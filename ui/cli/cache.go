package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) cacheCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show or clear the vectors paid for",
		Long: `Show how many vectors of which models are kept, so that no text is paid for twice, and how much room they take. The texts themselves are not kept, only their SHA-256.

Without a command it shows them, like vecscope cache stats.`,
		Example: `vecscope cache
vecscope cache prune --unused 90d
vecscope cache clear --yes`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "there is no command cache %q: use stats, prune or clear", args[0])
			}
			return p.cacheStats(cmd, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object")
	cmd.AddCommand(p.cacheStatsCommand(), p.cachePruneCommand(), p.cacheClearCommand())
	return cmd
}

// noArguments is for commands that take none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused(cmd, "%s takes no arguments, but there is %q", cmd.Name(), args[0])
	}
	return nil
}

func (p *program) cacheStatsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "stats", Short: "Show what the cache holds", Long: "Show what the cache holds: vectors and bytes by server and model.",
		Example:           "vecscope cache stats --json",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			return p.cacheStats(cmd, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object")
	return cmd
}

func (p *program) openCache(cmd *cobra.Command) (*cache.Cache, error) {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return nil, err
	}
	return providers.Cache(cmd.Context())
}

func (p *program) cacheStats(cmd *cobra.Command, asJSON bool) error {
	c, err := p.openCache(cmd)
	if err != nil {
		return err
	}
	stats, err := c.Stats(cmd.Context())
	if err != nil {
		return err
	}
	if asJSON {
		err = report.CacheJSON(p.Out, stats)
	} else {
		err = report.CacheText(p.Out, stats)
	}
	if err != nil {
		return writing(err)
	}
	return nil
}

func (p *program) cachePruneCommand() *cobra.Command {
	var unused age
	var size megabytes
	var model string
	cmd := &cobra.Command{
		Use: "prune", Short: "Remove vectors not used for long, beyond a size, or of a model",
		Long: "Remove vectors that were not asked for in a time, those not asked for the longest until the file takes no more than a size, or those of one model. They are paid for again when they are asked for.",
		Example: `# not asked for in ninety days
vecscope cache prune --unused 90d
vecscope cache prune --max-size 500
vecscope cache prune --model nanogpt/BAAI/bge-m3`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			switch limited := unused > 0 || size > 0; {
			case model != "" && limited:
				return misused(cmd, "--model removes all vectors of a model: leave out --unused and --max-size")
			case model != "":
				return p.forget(cmd, model)
			case !limited:
				return misused(cmd, "say what to remove: --unused 90d (not asked for in that time), --max-size 500 (megabytes) or --model nanogpt/BAAI/bge-m3")
			}
			c, err := p.openCache(cmd)
			if err != nil {
				return err
			}
			removed, err := c.Prune(cmd.Context(), cache.Limits{Unused: time.Duration(unused), MaxBytes: size.bytes()})
			return p.removed(removed, err)
		}),
	}
	cmd.Flags().Var(&unused, "unused", "remove what was not asked for in so long, such as 90d or 12h")
	onceFlag(cmd, &model, "model", "run it once for each model", "remove all vectors of this model, such as nanogpt/BAAI/bge-m3")
	cmd.Flags().Var(&size, "max-size", "remove the least recently used until the file takes at most so many megabytes")
	return cmd
}

// forget removes the vectors of a model.
func (p *program) forget(cmd *cobra.Command, ref string) error {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return err
	}
	removed, err := providers.Forget(cmd.Context(), ref)
	var unknown *registry.UnknownError
	if errors.As(err, &unknown) {
		return misused(cmd, "%w", err)
	}
	if _, _, unknown := providers.Catalog().Resolve(ref); err == nil && removed.Entries == 0 && unknown != nil {
		p.warn("nothing was kept of " + ref + ", which the catalog does not have either; vecscope cache names what is kept")
	}
	return p.removed(removed, err)
}

func (p *program) cacheClearCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "clear", Short: "Remove all vectors",
		Long:              "Remove all vectors. They are paid for again when they are asked for. What was spent stays noted.",
		Example:           "vecscope cache clear --yes",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			if !yes {
				return misused(cmd, "all vectors would be paid for again: add --yes to remove them")
			}
			c, err := p.openCache(cmd)
			if err != nil {
				return err
			}
			removed, err := c.Clear(cmd.Context())
			return p.removed(removed, err)
		}),
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "really remove them")
	return cmd
}

// removed tells what was removed, also when something failed then.
func (p *program) removed(r cache.Removed, failed error) error {
	if failed != nil && r.Entries == 0 {
		return failed
	}
	if _, err := fmt.Fprintf(p.Out, "Removed %d vectors; the file is %s smaller.\n", r.Entries, format.Bytes(r.Bytes)); err != nil {
		return writing(err)
	}
	return failed
}
