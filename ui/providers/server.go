package providers

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/api/openai"
	"github.com/vecscope/vecscope/config"
)

// server is a provider that asks a server, through the cache.
type server struct {
	registry *Registry
	name     string
	profile  openai.Profile
	settings config.Provider
	keyEnv   string // names the variable that holds the key; may be empty
	hasKey   bool
	client   *openai.Client // nil when wrong says why
	wrong    error

	rows sync.Mutex // held while its rows in the catalog are replaced
}

func (r *Registry) newServer(settings config.Provider) *server {
	s := &server{registry: r, name: settings.Name, settings: settings}
	profile := settings.Profile
	if profile == "" && slices.Contains(ProfileNames(), settings.Name) {
		profile = settings.Name // who is called like a kind of server is one
	}
	if s.profile, s.wrong = openai.FindProfile(profile); s.wrong != nil {
		s.wrong = fmt.Errorf("provider %s: %w", s.name, s.wrong)
		return s
	}
	s.keyEnv = settings.KeyEnv
	if s.keyEnv == "" {
		s.keyEnv = s.profile.KeyEnv
	}
	key := config.Key(r.options.Getenv, s.keyEnv)
	if key.Empty() {
		key = settings.Key
	}
	s.hasKey = !key.Empty()
	if s.wrong = r.options.Unusable; s.wrong != nil {
		return s
	}
	s.client, s.wrong = openai.New(openai.Config{
		Name: s.name, BaseURL: settings.BaseURL, Profile: s.profile,
		Key: key, KeyEnv: s.keyEnv, Settings: r.options.Paths.Settings,
		Models: s.configured(), RequestsPerSecond: settings.RequestsPerSecond, Concurrency: settings.Concurrency,
		MaxInputs: settings.MaxInputs, MaxTokens: settings.MaxTokens, Timeout: settings.Timeout,
		Count: r.options.Count, Debug: r.options.Debug, AllowInsecureKey: settings.AllowInsecureKey,
	})
	return s
}

// configured lists the models that the settings name.
func (s *server) configured() []api.Model {
	var models []api.Model
	for _, m := range s.settings.Models {
		row := api.Model{
			Provider: s.name, ID: m.ID, Name: m.Name, Kind: api.KindEmbedding, Dimensions: m.Dimensions,
			MaxDimensions: m.MaxDimensions, SupportsDimensions: m.SupportsDimensions, MaxTokens: m.MaxTokens,
			Price: m.Price, KeyEnv: s.neededKey(), Source: api.SourceConfig,
		}
		if m.QueryPrefix != nil {
			row.QueryPrefix = *m.QueryPrefix
		}
		models = append(models, row)
	}
	return models
}

// neededKey names the variable that must hold a key; empty when none is needed.
func (s *server) neededKey() string {
	if !s.profile.NeedsKey {
		return ""
	}
	return s.keyEnv
}

// local tells whether it runs on this machine, where nothing costs anything.
func (s *server) local() bool {
	if s.client == nil || !s.profile.Local {
		return false
	}
	u, err := url.Parse(s.client.BaseURL())
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

// Name implements api.Provider.
func (s *server) Name() string { return s.name }

// Models implements api.Provider.
func (s *server) Models(ctx context.Context) ([]api.Model, error) {
	if s.wrong != nil {
		return nil, s.wrong
	}
	return s.client.Models(ctx)
}

// Balance implements api.Balancer.
func (s *server) Balance(ctx context.Context) (api.Balance, error) {
	if s.wrong != nil {
		return api.Balance{}, s.wrong
	}
	return s.client.Balance(ctx)
}

// cached is the client behind the cache.
func (s *server) cached(ctx context.Context) (*cache.Provider, error) {
	if s.wrong != nil {
		return nil, s.wrong
	}
	c, err := s.registry.Cache(ctx)
	if err != nil {
		return nil, err
	}
	return cache.NewProvider(s.client, c, s.client.BaseURL()), nil
}

// Known tells for each text of a request whether Embed would answer it for
// nothing.
func (s *server) Known(ctx context.Context, req api.Request) ([]bool, error) {
	p, err := s.cached(ctx)
	if err != nil {
		return nil, err
	}
	return p.Known(ctx, req)
}

// Held gives the vectors that the cache has for the texts of a request, nil for
// the others; nobody is asked.
func (s *server) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	p, err := s.cached(ctx)
	if err != nil {
		return nil, err
	}
	return p.Held(ctx, req)
}

// Embed implements api.Provider: it asks for what the cache does not hold.
func (s *server) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	p, err := s.cached(ctx)
	if err != nil {
		return api.Result{}, err
	}
	return p.Embed(ctx, req)
}

// current lists its rows of the catalog.
func (s *server) current() []api.Model {
	return slices.DeleteFunc(s.registry.engine.Catalog.Models(), func(m api.Model) bool { return m.Provider != s.name })
}

// baseURL is where it is, as far as that is known.
func (s *server) baseURL() string {
	if s.client != nil {
		return s.client.BaseURL()
	}
	return strings.TrimSpace(s.settings.BaseURL)
}
