// Package registry joins the servers that the settings name, and NanoGPT, which
// needs none, with the rest of the program: each becomes a provider behind the
// cache of vectors, with its models in the catalog. Nothing is asked of a server
// and no database is opened before somebody needs it. It may import api and the
// packages below it, and config.
package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/openai"
	"github.com/vecscope/vecscope/config"
)

// builtIn is the provider that needs no settings.
const builtIn = "nanogpt"

// Options are what the registry is made from.
type Options struct {
	// Unusable, when set, says why the settings file could not be used: no server
	// is asked anything then, since it may name another one than the built-in.
	Unusable error
	// Settings name the servers.
	Settings config.Settings
	// Paths are where the settings file, for messages, and the cache are.
	Paths config.Paths
	// Getenv gives the environment's variables.
	Getenv func(string) string
	// Places are where servers are looked for on this machine, such as UsualPlaces;
	// none looks nowhere.
	Places []Place
	// Inside are the providers inside the binary.
	Inside []api.Backend
	// Count counts or estimates a text's tokens; nil leaves that to the client.
	Count func(string) int
	// Debug, when set, is written every request and answer, without the keys.
	Debug io.Writer
}

// Registry knows every provider. It may be used by several goroutines. Make it
// with New and close it in the end.
type Registry struct {
	options   Options
	catalog   *catalog.Catalog
	providers map[string]api.Provider
	servers   []*server
	facts     []api.Model // the built-in list of NanoGPT

	mu      sync.Mutex // guards the rest
	cache   *cache.Cache
	closed  bool
	notices []string
}

// ProfileNames lists the kinds of servers that the settings may name.
func ProfileNames() []string {
	var names []string
	for _, p := range openai.Profiles() {
		names = append(names, p.Name)
	}
	return names
}

// New makes the registry. A server that is set up wrongly is listed nevertheless,
// and a notice says what is wrong. The error is that of a provider inside the
// binary.
func New(ctx context.Context, o Options) (*Registry, error) {
	facts, err := catalog.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("reading the built-in catalog (build vecscope again): %w", err)
	}
	r := &Registry{options: o, facts: facts, providers: map[string]api.Provider{}}
	var lists [][]api.Model
	for _, inside := range o.Inside {
		models, err := inside.Models(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing the models of %s: %w", inside.Name(), err)
		}
		r.providers[inside.Name()] = api.Uncached{Embedder: inside}
		if slow, ok := inside.(cache.Versioned); ok {
			r.providers[inside.Name()] = cache.NewComputed(slow, r.Cache)
		}
		lists = append(lists, models)
	}
	r.servers = r.configured()
	for _, s := range r.servers {
		r.providers[s.name] = s
		if !s.hidden {
			lists = append(lists, s.firstList())
		}
		var asksFirst *api.InsecureKeyError
		if s.wrong != nil && o.Unusable == nil && !errors.As(s.wrong, &asksFirst) {
			r.notices = append(r.notices, s.wrong.Error())
		}
	}
	r.catalog = catalog.New(lists...)
	return r, nil
}

// Catalog lists every model, whether it can be asked or not.
func (r *Registry) Catalog() *catalog.Catalog { return r.catalog }

// Providers are those that can be asked, by name: those inside the binary, and the
// servers behind the cache.
func (r *Registry) Providers() map[string]api.Provider { return maps.Clone(r.providers) }

// Unpaid tells that nothing costs anything at a provider, as far as is known by now, such
// as a server on this machine that has said what it is.
func (r *Registry) Unpaid(provider string) bool {
	s, err := r.find(provider)
	return err == nil && s.free()
}

// HasKey tells whether a server whose key that variable holds has one, from the
// environment or the settings.
func (r *Registry) HasKey(env string) bool {
	return slices.ContainsFunc(r.servers, func(s *server) bool { return s.keyEnv == env && !s.keyValue().Empty() })
}

// Servers names the servers, whether they can be asked or not; those that Discover
// looks for stand among them once they have been found.
func (r *Registry) Servers() []string {
	var names []string
	for _, s := range r.servers {
		if !s.isHidden() {
			names = append(names, s.name)
		}
	}
	return names
}

// UnknownError reports a provider that is not set up.
type UnknownError struct {
	Name  string
	Known []string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("there is no provider %.60q: there are %s", e.Name, strings.Join(e.Known, ", "))
}

func (r *Registry) find(name string) (*server, error) {
	for _, s := range r.servers {
		if s.name == name {
			return s, nil
		}
	}
	return nil, &UnknownError{Name: name, Known: r.Servers()}
}

// Blocked says why a server cannot be asked; nil when it can, or is none.
func (r *Registry) Blocked(name string) error {
	s, err := r.find(name)
	if err != nil {
		return nil
	}
	return s.Blocked()
}

// AllowInsecure lets the key of a provider go to another machine over plain http
// until the program ends, as a person has answered when asked: before, Available
// and Embed give an *api.InsecureKeyError, and nothing is sent. The provider's list
// of models is then the one that was last read from it; Refresh asks for a new one.
// A provider that needs no leave stays as it is. The error is an *UnknownError, or
// says what else is wrong with its settings.
func (r *Registry) AllowInsecure(provider string) error {
	s, err := r.find(provider)
	if err != nil {
		return err
	}
	if s.Blocked() == nil {
		return nil
	}
	if err := s.allowInsecure(); err != nil {
		return err
	}
	s.rows.Lock()
	defer s.rows.Unlock()
	r.catalog.Replace(s.name, s.firstList())
	return nil
}

// Cache gives the cache of vectors, opened when it was not yet. One that cannot
// be opened keeps everything in memory, and a notice says so. The error is ctx's,
// or fs.ErrClosed after Close.
func (r *Registry) Cache(ctx context.Context) (*cache.Cache, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, fmt.Errorf("using the cache: %w", fs.ErrClosed)
	}
	if r.cache != nil {
		return r.cache, nil
	}
	opened, notice, err := cache.Open(ctx, r.cachePath())
	if err != nil {
		return nil, err
	}
	r.cache = opened
	if notice != "" {
		r.notices = append(r.notices, notice)
	}
	return opened, nil
}

func (r *Registry) cachePath() string {
	if r.options.Paths.Cache == "" {
		return ""
	}
	return filepath.Join(r.options.Paths.Cache, "vectors.db")
}

// Forget removes the vectors of a model, named by its reference, from the cache;
// they are paid for again when they are asked for. The error is an *UnknownError,
// ctx's, the cache's, or says what is wrong with the settings.
func (r *Registry) Forget(ctx context.Context, ref string) (cache.Removed, error) {
	provider, model, _ := strings.Cut(ref, "/")
	s, err := r.find(provider)
	if err != nil {
		return cache.Removed{}, err
	}
	if model == "" {
		return cache.Removed{}, fmt.Errorf("%.60q names no model: write it like nanogpt/BAAI/bge-m3", ref)
	}
	base, err := s.address()
	if err != nil {
		return cache.Removed{}, err
	}
	c, err := r.Cache(ctx)
	if err != nil {
		return cache.Removed{}, err
	}
	return c.Forget(ctx, base, model)
}

// Notices gives what the person should know and was not given before, one line
// each.
func (r *Registry) Notices() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	lines := append(r.notices, r.cache.Notices()...)
	r.notices = nil
	return lines
}

// Unkept tells why neither vectors nor what is spent can be kept for later; nil when
// they can, as far as is known.
func (r *Registry) Unkept() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cache.Unkept()
}

// notice keeps a line for Notices.
func (r *Registry) notice(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notices = append(r.notices, line)
}

// Close keeps what waits in memory and lets go of connections. The error says
// that vectors could not be kept.
func (r *Registry) Close() error {
	for _, s := range r.servers {
		if client, err := s.asking(); err == nil {
			client.Close()
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.cache.Close()
	r.cache, r.closed = nil, true
	return err
}
