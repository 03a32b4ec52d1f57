package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/oserr"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/term"
)

// servers are the providers of one run and what they were made from.
type servers struct {
	registry *registry.Registry
	engine   *pipeline.Engine // made when it is needed
	settings config.Settings
	paths    config.Paths
	// unusable says that no server may be asked, because of the settings.
	unusable error
	// home says that the home directory is not known; nil when it is.
	home error
	// said are notices about the settings that were not given yet.
	said []string
	// debugPath is where requests and answers are written, and the messages of the
	// explorer; empty writes none.
	debugPath string
	// debug is that file, nil without one. It is shared: every line is one Write, and
	// those of a file do not mix.
	debug io.WriteCloser
	// allowInsecure lets keys go over plain http.
	allowInsecure bool
}

// registry gives the providers, made when they were not yet. Settings that cannot
// be used are a notice.
func (p *program) registry(ctx context.Context) (*registry.Registry, error) {
	s := &p.servers
	if s.registry != nil {
		return s.registry, nil
	}
	s.paths, s.home = config.FindPaths(p.getenv)
	var err error
	s.settings, err = config.Load(s.paths.Settings, registry.ProfileNames()...)
	s.said = append(s.said, config.IgnoredPlaces(p.getenv)...)
	var wrong *config.SettingsError
	if errors.As(err, &wrong) {
		s.said = append(s.said, err.Error())
		if !wrong.Cosmetic() {
			s.unusable = fmt.Errorf("no server is asked anything while the settings file cannot be used; mend %s", s.paths.Settings)
		}
	}
	o := registry.Options{
		Unusable: s.unusable, Settings: s.settings, Paths: s.paths, Getenv: p.getenv, Places: p.places, Inside: p.providers,
		Count: corpus.NewCounter().Count,
	}
	if o.Debug, err = s.openDebug(); err != nil {
		return nil, err
	}
	if s.registry, err = registry.New(ctx, o); err != nil {
		return nil, err
	}
	if s.allowInsecure {
		p.allowInsecureKeys()
	}
	return s.registry, nil
}

// openDebug opens the file of --debug; nil without the flag.
func (s *servers) openDebug() (io.Writer, error) {
	if s.debugPath == "" {
		return nil, nil
	}
	f, err := openForDebug(s.debugPath)
	if err != nil {
		return nil, fmt.Errorf("the file of --debug cannot be written (%s); name another", oserr.Reason(err))
	}
	s.debug = f
	return f, nil
}

// openForDebug opens a file to append to that nobody else can read: what people say to
// servers is their own business. A pipe is written to where somebody reads it, and is
// not waited for.
func openForDebug(path string) (*os.File, error) {
	flags := os.O_WRONLY | os.O_CREATE | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Mode()&os.ModeNamedPipe != 0 {
		flags |= syscall.O_NONBLOCK
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		err = f.Chmod(0o600)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// engine knows the catalog and the providers.
func (p *program) engine(ctx context.Context) (*pipeline.Engine, error) {
	providers, err := p.registry(ctx)
	if err != nil {
		return nil, err
	}
	s := &p.servers
	if s.engine == nil {
		s.engine = &pipeline.Engine{Catalog: providers.Catalog(), Providers: providers.Providers(), HasKey: providers.HasKey, Unpaid: providers.Unpaid}
	}
	return s.engine, nil
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
		err := p.servers.registry.Close()
		if err != nil && p.failure == nil && p.paidVectors() > 0 {
			p.failure = err // they will be paid for again
		} else if err != nil {
			lines = append(lines, err.Error())
		}
	}
	if p.servers.debug != nil {
		if err := p.servers.debug.Close(); err != nil {
			lines = append(lines, "the file of --debug is not complete: "+err.Error())
		}
	}
	for _, line := range lines {
		if !p.fails(line) { // what is wrong with a server's settings is why it cannot be asked
			p.warn(line)
		}
	}
}

// serverFlags adds the flags about servers to every command.
func (p *program) serverFlags(root *cobra.Command) {
	root.PersistentFlags().StringVar(&p.servers.debugPath, "debug", "", "append every request and answer to this file, without the key, and the explorer's messages, without what is typed")
	root.PersistentFlags().BoolVar(&p.servers.allowInsecure, "allow-insecure-key", false, "let keys go unencrypted, over plain http, to other machines")
}

// allowInsecureKeys gives the leave that --allow-insecure-key means. What else is
// wrong with a server's settings is told when it is asked.
func (p *program) allowInsecureKeys() {
	for _, name := range p.servers.registry.Servers() {
		_ = p.servers.registry.AllowInsecure(name)
	}
}

// confirmInsecure asks, on a terminal, whether the keys of providers may go to other machines
// over plain http where they would. Without leave nothing is sent, and the error of
// what needs them says what to do. The error is ctx's.
func (p *program) confirmInsecure(ctx context.Context, names []string) error {
	providers, err := p.registry(ctx)
	if err != nil || !p.isTerminal(p.In) || !p.isTerminal(p.Err) {
		return err
	}
	for _, name := range names {
		var insecure *api.InsecureKeyError
		if !errors.As(providers.Blocked(name), &insecure) {
			continue
		}
		yes, err := p.ask(ctx, fmt.Sprintf("The key for %s would go unencrypted to %s, for everyone on the way to read. Send it this time?", name, insecure.Host))
		if err != nil {
			return err
		}
		if yes {
			if err := providers.AllowInsecure(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask puts a question to the person, which only a yes answers with yes.
func (p *program) ask(ctx context.Context, question string) (bool, error) {
	// A question that cannot be shown is answered with no.
	if _, err := fmt.Fprintf(p.Err, "%s: %s [y/N] ", name, term.Joined(term.Safe(question))); err != nil {
		return false, nil
	}
	line, err := waitFor(ctx, func() (string, error) {
		// One byte at a time: what follows belongs to somebody else.
		var line []byte
		for b := make([]byte, 1); ; {
			if n, err := p.In.Read(b); err != nil || n == 0 || b[0] == '\n' {
				return string(line), nil
			}
			line = append(line, b[0])
		}
	})
	line = strings.ToLower(strings.TrimSpace(line))
	return line == "y" || line == "yes", err
}

// providerOf names the provider of a reference.
func providerOf(ref string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(ref), "/")
	return name
}

// providersOf names the providers of references, each once.
func providersOf(refs []string) []string {
	var names []string
	for _, ref := range refs {
		if name := providerOf(ref); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// discover finds the servers that run on this machine and reads the lists of those that
// nobody has named, which costs nothing. What cannot be found or read is not there.
func (p *program) discover(ctx context.Context, providers *registry.Registry) {
	for _, name := range providers.Discover(ctx) {
		_, _, _ = providers.Refresh(ctx, name)
	}
}

// listed sees to it that the catalog has the models that references name, as far as
// their servers do: one whose list lacks a name is asked for its list now, which costs
// nothing, and one on this machine what it is. It gives why, by the server, where that
// failed; the error is ctx's.
func (p *program) listed(ctx context.Context, refs []string) (unlisted map[string]error, err error) {
	providers, err := p.registry(ctx)
	if err != nil {
		return nil, err
	}
	unlisted = map[string]error{}
	asked := map[string]bool{}
	for _, name := range providersOf(refs) {
		providers.Recognise(ctx, name)
	}
	for _, ref := range refs {
		name := providerOf(ref)
		if asked[name] || !isUnknown(providers, ref) || !providers.Askable(name) {
			continue
		}
		asked[name] = true
		if _, _, err := providers.Refresh(ctx, name); err != nil {
			unlisted[name] = err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return unlisted, nil
}

// isUnknown tells that no list has the model that a reference names.
func isUnknown(providers *registry.Registry, ref string) bool {
	_, _, err := providers.Catalog().Resolve(ref)
	var unknown *api.UnknownModelError
	return errors.As(err, &unknown)
}

// adopt makes models of references that no list has, where their server has no list, or
// where the person wants it so.
func (p *program) adopt(providers *registry.Registry, refs []string, wanted bool) {
	for _, ref := range refs {
		name := providerOf(ref)
		if slices.Contains(providers.Servers(), name) && isUnknown(providers, ref) && (wanted || !providers.HasList(name)) {
			_ = providers.Adopt(strings.TrimSpace(ref)) // what is no reference is told when it is chosen
		}
	}
}
