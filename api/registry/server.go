package registry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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
	settings config.Provider
	keyEnv   string // names the variable that holds the key; may be empty
	from     string // who named it, in words for people
	// places are the addresses at which one that nobody has named may be.
	places []string

	mu       sync.Mutex // guards what follows
	profile  openai.Profile
	at       string         // its address, as it is written
	entered  api.Secret     // the key that a person has entered; may be empty
	insecure bool           // the key may go over plain http
	hidden   bool           // nothing has answered there yet
	client   *openai.Client // nil when wrong says why
	wrong    error
	learnt   rememberedList // what the server has shown of its limits, without its models

	rows sync.Mutex // held while its rows in the catalog are replaced
}

func (r *Registry) newServer(settings config.Provider, from string) *server {
	s := &server{registry: r, name: settings.Name, settings: settings, at: settings.BaseURL, from: from, insecure: settings.AllowInsecureKey}
	if s.profile, s.wrong = profileOf(settings); s.wrong != nil {
		s.wrong = fmt.Errorf("provider %s: %w", s.name, s.wrong)
		return s
	}
	s.profile = s.profile.At(settings.BaseURL)
	s.keyEnv = settings.KeyEnv
	if s.keyEnv == "" {
		s.keyEnv = s.profile.KeyEnv
	}
	if s.wrong = r.options.Unusable; s.wrong != nil {
		return s
	}
	s.learnt = s.learntAt(s.baseURL())
	s.client, s.wrong = s.connect(s.insecure)
	return s
}

// profileOf is the kind of server that the settings name. Where they do not, a
// well-known address tells more than the name: moving to another service is
// changing base_url and key.
func profileOf(settings config.Provider) (openai.Profile, error) {
	if settings.Profile == "" {
		if p, ok := openai.ProfileAt(settings.BaseURL); ok {
			return p, nil
		}
		if slices.Contains(ProfileNames(), settings.Name) {
			return openai.FindProfile(settings.Name)
		}
	}
	return openai.FindProfile(settings.Profile)
}

// key is the server's key: the one entered, else the environment's, else the
// settings'. The caller holds mu, or nobody else knows the server yet.
func (s *server) key() api.Secret {
	if !s.entered.Empty() {
		return s.entered
	}
	key := config.Key(s.registry.options.Getenv, s.keyEnv)
	if key.Empty() {
		return s.settings.Key
	}
	return key
}

// keyValue is key for those who do not hold mu.
func (s *server) keyValue() api.Secret {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key()
}

// kind is what kind of server it is, as far as is known.
func (s *server) kind() openai.Profile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile
}

// headers are what is sent with every request, with what the environment holds.
func (s *server) headers() []openai.Header {
	var list []openai.Header
	for _, h := range s.settings.Headers {
		list = append(list, openai.Header{Name: h.Name, Value: h.Resolve(s.registry.options.Getenv), Env: h.Env})
	}
	return list
}

// connect makes the client, which asks nothing yet. The caller holds mu, or nobody
// else knows the server yet.
func (s *server) connect(allowInsecureKey bool) (*openai.Client, error) {
	settings, o := s.settings, s.registry.options
	return openai.New(openai.Config{
		Name: s.name, BaseURL: s.at, Profile: s.profile,
		Key: s.key(), KeyEnv: s.keyEnv, Headers: s.headers(), Settings: o.Paths.Settings,
		Models: s.named(s.profile), RequestsPerSecond: settings.RequestsPerSecond, Concurrency: settings.Concurrency,
		MaxInputs: settings.MaxInputs, Inputs: s.learnt.Inputs, MaxTokens: settings.MaxTokens, Timeout: settings.Timeout,
		Count: o.Count, Debug: o.Debug, AllowInsecureKey: allowInsecureKey,
	})
}

// setKey takes a key that lasts until the program ends.
func (s *server) setKey(key api.Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if unusable := s.registry.options.Unusable; unusable != nil {
		return unusable
	}
	had := s.entered
	s.entered = key
	client, err := s.connect(s.insecure)
	var insecure *api.InsecureKeyError
	if err != nil && !errors.As(err, &insecure) {
		s.entered = had
		return err
	}
	s.client, s.wrong = client, err
	return nil
}

// asking gives the client, or why the server cannot be asked.
func (s *server) asking() (*openai.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.client, s.wrong
}

// Blocked implements api.Provider.
func (s *server) Blocked() error {
	_, err := s.asking()
	return err
}

// allowInsecure lets the key go over plain http until the program ends.
func (s *server) allowInsecure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var insecure *api.InsecureKeyError
	if !errors.As(s.wrong, &insecure) {
		return s.wrong
	}
	s.insecure = true
	s.client, s.wrong = s.connect(true)
	return s.wrong
}

// configured lists the models that the settings name.
func (s *server) configured() []api.Model { return s.named(s.kind()) }

// named lists them for a server of that kind.
func (s *server) named(kind openai.Profile) []api.Model {
	rolesOf := s.roles(kind)
	var models []api.Model
	for _, m := range s.settings.Models {
		row := api.Model{
			Provider: s.name, ID: m.ID, Name: m.Name, Kind: api.KindEmbedding, Dimensions: m.Dimensions,
			MaxDimensions: m.MaxDimensions, SupportsDimensions: m.SupportsDimensions, MaxTokens: m.MaxTokens,
			Price: m.Price, KeyEnv: s.neededKey(kind), Source: api.SourceConfig,
		}
		row.Roles = rolesOf(m.ID)
		models = append(models, row)
	}
	return models
}

// neededKey names the variable that must hold a key for a server of that kind; empty
// when none is needed.
func (s *server) neededKey(kind openai.Profile) string {
	if !kind.NeedsKey {
		return ""
	}
	return s.keyEnv
}

// free tells that nothing costs anything there: the settings say so, or it runs on
// this machine.
func (s *server) free() bool {
	client, err := s.asking()
	return s.settings.Free || err == nil && s.kind().Local && client.Loopback()
}

// Name implements api.Backend.
func (s *server) Name() string { return s.name }

// Models implements api.Backend.
func (s *server) Models(ctx context.Context) ([]api.Model, error) {
	client, err := s.asking()
	if err != nil {
		return nil, err
	}
	return client.Models(ctx)
}

// Balance implements api.Provider. The error is that of openai.Client.Balance, or says
// why the server cannot be asked.
func (s *server) Balance(ctx context.Context) (api.Balance, error) {
	client, err := s.asking()
	if err != nil {
		return api.Balance{}, err
	}
	return client.Balance(ctx)
}

// passesOn tells whether the server sends what a model is asked on to another machine.
func (s *server) passesOn(id string) bool {
	m, err := s.registry.catalog.Find(s.name + "/" + id)
	return err == nil && m.Elsewhere
}

// cached is the client behind the cache, for a model of that id.
func (s *server) cached(ctx context.Context, id string) (*cache.Provider, error) {
	client, err := s.asking()
	if err != nil {
		return nil, err
	}
	c, err := s.registry.Cache(ctx)
	if err != nil {
		return nil, err
	}
	free := s.free()
	if s.passesOn(id) {
		client.Elsewhere(id)
		free = s.settings.Free
	}
	return cache.NewProvider(client, c, client.BaseURL(), free).WithHeaders(client.PlainHeaders()), nil
}

// Known implements api.Provider.
func (s *server) Known(ctx context.Context, req api.Request) ([]bool, error) {
	p, err := s.cached(ctx, req.Model)
	if err != nil {
		return nil, err
	}
	return p.Known(ctx, req)
}

// Held implements api.Provider.
func (s *server) Held(ctx context.Context, req api.Request) ([][]float32, error) {
	p, err := s.cached(ctx, req.Model)
	if err != nil {
		return nil, err
	}
	return p.Held(ctx, req)
}

// Norms implements api.Measured.
func (s *server) Norms(ctx context.Context, req api.Request) api.Norms {
	p, err := s.cached(ctx, req.Model)
	if err != nil {
		return api.Norms{}
	}
	return p.Norms(ctx, req)
}

// Embed implements api.Embedder: it asks for what the cache does not hold.
func (s *server) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	p, err := s.cached(ctx, req.Model)
	if err != nil {
		return api.Result{}, err
	}
	defer s.learn(req.Model)
	return p.Embed(ctx, req)
}

// current lists its rows of the catalog.
func (s *server) current() []api.Model {
	return slices.DeleteFunc(s.registry.catalog.Models(), func(m api.Model) bool { return m.Provider != s.name })
}

// address is the one form of its base URL, by which the cache knows it, whether its
// key may be sent or not.
func (s *server) address() (string, error) {
	client, err := s.asking()
	var insecure *api.InsecureKeyError
	if errors.As(err, &insecure) {
		s.mu.Lock()
		client, err = s.connect(true) // only to read the address
		s.mu.Unlock()
	}
	if err != nil {
		return "", err
	}
	return client.BaseURL(), nil
}

// baseURL is where it is; empty when the settings do not tell, or hold a password
// there, which nobody is shown.
func (s *server) baseURL() string {
	s.mu.Lock()
	text := cmp.Or(s.at, s.profile.BaseURL)
	s.mu.Unlock()
	// What is wrong with it is told where the server is made.
	address, _ := openai.Address(text)
	return address
}
