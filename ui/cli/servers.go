package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/corpus"
	"github.com/vecscope/vecscope/ui/pipeline"
	"github.com/vecscope/vecscope/ui/providers"
)

// servers are the providers of one run and what they were made from.
type servers struct {
	registry *providers.Registry
	settings config.Settings
	paths    config.Paths
	// home says that the home directory is not known; nil when it is.
	home error
	// said are notices about the settings that were not given yet.
	said []string
	// debugPath is where requests and answers are written; empty writes none.
	debugPath string
	debug     *os.File
}

// registry gives the providers, made when they were not yet. Settings that cannot
// be used are a notice.
func (p *program) registry(ctx context.Context) (*providers.Registry, error) {
	s := &p.servers
	if s.registry != nil {
		return s.registry, nil
	}
	s.paths, s.home = config.FindPaths(p.getenv)
	var err error
	s.settings, err = config.Load(s.paths.Settings, providers.ProfileNames()...)
	var unusable error
	if err != nil {
		s.said = append(s.said, err.Error())
		unusable = fmt.Errorf("no server is asked anything while the settings file cannot be used; mend %s", s.paths.Settings)
	}
	s.said = append(s.said, s.settings.Warnings...)
	o := providers.Options{
		Unusable: unusable, Settings: s.settings, Paths: s.paths, Getenv: p.getenv, Inside: p.providers, Count: corpus.NewCounter().Count,
	}
	if s.debugPath != "" {
		// What people say to servers is nobody else's business.
		s.debug, err = os.OpenFile(s.debugPath, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return nil, fmt.Errorf("the file of --debug cannot be written: %w; name another", err)
		}
		o.Debug = s.debug
	}
	s.registry, err = providers.New(ctx, o)
	return s.registry, err
}

// engine knows the catalog and the providers.
func (p *program) engine(ctx context.Context) (*pipeline.Engine, error) {
	registry, err := p.registry(ctx)
	if err != nil {
		return nil, err
	}
	return registry.Engine(), nil
}

// notices gives what the person should know and was not told yet.
func (p *program) notices() []string {
	lines := p.servers.said
	p.servers.said = nil
	if p.servers.registry != nil {
		lines = append(lines, p.servers.registry.Notices()...)
	}
	return lines
}

// closeServers keeps what was paid for, and tells what is left to tell.
func (p *program) closeServers() {
	lines := p.notices()
	if p.servers.registry != nil {
		if err := p.servers.registry.Close(); err != nil {
			lines = append(lines, err.Error())
		}
	}
	if p.servers.debug != nil {
		if err := p.servers.debug.Close(); err != nil {
			lines = append(lines, "the file of --debug is not complete: "+err.Error())
		}
	}
	for _, line := range lines {
		p.complain(line)
	}
}

// debugFlag adds --debug to every command.
func (p *program) debugFlag(root *cobra.Command) {
	root.PersistentFlags().StringVar(&p.servers.debugPath, "debug", "", "append every request and answer to this `FILE`, without the key")
}

// listed sees to it that the catalog has the lists of the servers that references
// name: one whose list was never read is asked for it, which costs nothing.
func (p *program) listed(ctx context.Context, refs []string) error {
	registry, err := p.registry(ctx)
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, ref := range refs {
		name, _, _ := strings.Cut(strings.TrimSpace(ref), "/")
		if asked[name] || !registry.NeverListed(name) {
			continue
		}
		if _, _, err := registry.Engine().Catalog.Resolve(ref); err == nil {
			continue
		}
		asked[name] = true
		if _, _, err := registry.Refresh(ctx, name); err != nil {
			return err
		}
	}
	return nil
}
