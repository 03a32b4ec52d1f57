package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

func (p *program) modelsCommand() *cobra.Command {
	var provider string
	var asJSON, refresh, all bool
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List models with dimensions and prices",
		Long: `List the catalog: every model with its dimensions, the most tokens it reads and its price in US dollars per million tokens. "-" means unknown. Without --refresh nothing leaves this machine: the lists are those that were read last, or the built-in one, and servers that run here are found (discover = false in the settings turns that off).

A row with "no" cannot be asked now; why stands below the table.`,
		Example: `vecscope models
vecscope models --provider local
# ask the servers for their lists now; it costs nothing
vecscope models --refresh
vecscope models --refresh --provider nanogpt
# what costs at most 2 cents per million tokens
vecscope models --json | \
jq '.[] | select(.price_per_million_tokens <= 0.02) | .id'`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, "models takes no arguments, but there is %q", args[0])
			}
			return p.models(cmd, provider, asJSON, refresh, all)
		}),
	}
	onceFlag(cmd, &provider, "provider", "leave it out for the models of all", "only the models of this provider, such as local or nanogpt")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a JSON array")
	cmd.Flags().BoolVar(&refresh, "refresh", false, "ask the servers for their lists first (NanoGPT: where a key is set, or with --provider nanogpt)")
	cmd.Flags().BoolVar(&all, "all", false, "also the models of lists of all kinds that do not look like embedding models; they can be asked, too")
	completeWith(cmd, "provider", func() []string { return p.providerNames(cmd) })
	return cmd
}

func (p *program) models(cmd *cobra.Command, provider string, asJSON, refresh, all bool) error {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return err
	}
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return err
	}
	p.discover(cmd.Context(), providers)
	failed := &incompleteError{}
	if refresh {
		if failed.Problems, err = p.refresh(cmd, providers, provider); err != nil {
			return err
		}
	}
	if known := p.allProviders(providers); provider != "" && !slices.Contains(known, provider) {
		if p.servers.unusable != nil { // which may name it
			return p.servers.unusable
		}
		if err := providers.Silent(provider); err != nil {
			return err
		}
		return misused(cmd, "there is no provider %q: use %s", provider, either(known))
	}
	rows := []report.Row{}
	unlikely := 0
	for _, m := range engine.Catalog.Models() {
		switch {
		case provider != "" && m.Provider != provider:
		case m.Unlikely && !all:
			unlikely++
		default:
			rows = append(rows, report.Row{Model: m, Unavailable: engine.Available(m)})
		}
	}
	if len(failed.Problems) == 0 {
		p.warnUnlisted(providers, provider, refresh)
	}
	if asJSON {
		err = report.ModelsJSON(p.Out, rows)
	} else {
		err = report.ModelsText(p.Out, rows)
	}
	if err == nil && !asJSON && unlikely > 0 {
		_, err = fmt.Fprintf(p.Out, "\n%s more that %s not look like embedding models: --all lists them too\n", format.Count(unlikely, "model"), format.Agree(unlikely, "does", "do"))
	}
	if err != nil {
		return writing(err)
	}
	if len(failed.Problems) > 0 {
		return failed
	}
	return nil
}

// warnUnlisted says of servers without a row why they have none.
func (p *program) warnUnlisted(providers *registry.Registry, provider string, refreshed bool) {
	for _, name := range providers.Servers() {
		if provider != "" && name != provider || providers.Blocked(name) != nil || !providers.NeverListed(name) {
			continue
		}
		if slices.ContainsFunc(providers.Catalog().Models(), func(m api.Model) bool { return m.Provider == name }) {
			continue
		}
		if !providers.HasList(name) {
			p.warn(fmt.Sprintf("%s has no list of models: write %s/NAME for any it has", name, name))
			continue
		}
		if refreshed {
			p.warn("the list of " + name + " has no embedding models")
			continue
		}
		p.warn(fmt.Sprintf("the list of %s was never read: vecscope models --refresh --provider %s asks for it", name, name))
	}
}

// refresh asks the servers for their lists and tells on standard error what
// changed. A server that does not answer is a problem and hides no other.
func (p *program) refresh(cmd *cobra.Command, providers *registry.Registry, provider string) (problems []string, err error) {
	names, unasked := providers.Servers(), providers.Unasked()
	names = slices.DeleteFunc(names, func(name string) bool {
		if provider != "" {
			return name != provider
		}
		return slices.Contains(unasked, name)
	})
	if err := p.confirmInsecure(cmd.Context(), names); err != nil {
		return nil, err
	}
	for _, name := range names {
		providers.ForgetLimits(name)
		_, changes, err := providers.Refresh(cmd.Context(), name)
		if cmd.Context().Err() != nil {
			return nil, cmd.Context().Err()
		}
		switch {
		case err != nil:
			problems = append(problems, err.Error())
		case changes.Any():
			p.warn(fmt.Sprintf("the list of %s: %s", name, changes))
		}
	}
	return problems, nil
}

func (p *program) providerNames(cmd *cobra.Command) []string {
	providers, err := p.registry(cmd.Context())
	if err != nil {
		return nil
	}
	return p.allProviders(providers)
}

// allProviders names the providers inside the binary and the servers.
func (p *program) allProviders(providers *registry.Registry) []string {
	var names []string
	for _, inside := range p.providers {
		names = append(names, inside.Name())
	}
	return append(names, providers.Servers()...)
}
