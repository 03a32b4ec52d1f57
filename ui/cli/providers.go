package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) providersCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "providers",
		Short: "Check servers, keys and balances for free",
		Long: `Check every provider without spending anything: whether the server is reachable and takes the key, how many embedding models it has, and the balance where it tells.

NanoGPT needs only the variable NANOGPT_API_KEY, OpenAI only OPENAI_API_KEY (and OPENAI_BASE_URL where it is set), and Ollama, llama.cpp, llama-swap and LM Studio on this machine, at their usual ports or those of OLLAMA_HOST and LLAMA_ARG_PORT, need nothing; discover = false in the settings looks for none of them. Other servers are named in the settings file, each with a [[provider]] table; its profile is one of ` + either(registry.ProfileNames()) + `. See vecscope config init.

The exit code is 1 when a server that is set up does not work; a key that is not set is no failure.`,
		Example: `vecscope providers
vecscope providers --json | \
jq '.[] | select(.authorised | not) | .name'`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "providers takes no arguments, but there is %q", args[0])
			}
			return p.checkProviders(cmd, asJSON)
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	return cmd
}

func (p *program) checkProviders(cmd *cobra.Command, asJSON bool) error {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return err
	}
	p.discover(cmd.Context(), providers)
	if err := p.confirmInsecure(cmd.Context(), providers.Servers()); err != nil {
		return err
	}
	statuses := providers.Check(cmd.Context())
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	rows := make([]report.ProviderRow, len(statuses))
	failed := &incompleteError{}
	for i, s := range statuses {
		rows[i] = report.ProviderRow{
			Name: s.Provider, Profile: s.Profile, BaseURL: s.BaseURL, From: s.From, KeyEnv: s.KeyEnv, HasKey: s.HasKey,
			Reachable: s.Reachable, Authorised: s.Authorised, Models: s.Models, Balance: s.Balance, Err: s.Err,
		}
		var missing *api.KeyError
		if s.Err != nil && !errors.As(s.Err, &missing) {
			failed.Problems = append(failed.Problems, s.Err.Error())
		}
	}
	for _, line := range append(providers.Notices(), p.servers.settings.Warnings...) {
		p.warn(line)
	}
	if asJSON {
		err = report.ProvidersJSON(p.Out, rows)
	} else {
		err = report.ProvidersText(p.Out, rows)
	}
	switch {
	case err != nil:
		return writing(err)
	case len(failed.Problems) > 0:
		return failed
	}
	return nil
}
