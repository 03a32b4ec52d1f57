package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai"
	"github.com/vecscope/vecscope/config"
)

// openAI is the provider that its key in the environment sets up, and openAIKey and
// openAIAddress the variables by which OpenAI's own programs are told key and address.
const (
	openAI        = "openai"
	openAIKey     = "OPENAI_API_KEY"
	openAIAddress = "OPENAI_BASE_URL"
)

// Where providers come from, in words for people.
const (
	fromBinary   = "built in"
	fromSettings = "settings file"
	fromHere     = "found on this machine"
)

// configured lists the servers: the built-in one, unless the settings say
// themselves where it is, those of the settings, and, where the settings allow it, what
// can be found without them. Those on this machine are hidden until they have answered.
func (r *Registry) configured() []*server {
	var list []*server
	add := func(settings config.Provider, from string) *server {
		s := r.newServer(settings, from)
		list = append(list, s)
		return s
	}
	named := r.options.Settings.Providers
	if !slices.ContainsFunc(named, func(p config.Provider) bool { return p.Name == builtIn }) {
		add(config.Provider{Name: builtIn}, fromBinary)
	}
	for _, p := range named {
		add(p, fromSettings)
	}
	if !r.options.Settings.Discover || r.options.Unusable != nil {
		return list
	}
	if s := r.openAI(list); s != nil {
		list = append(list, s)
	}
	for _, place := range r.options.Places {
		free := slices.DeleteFunc(slices.Clone(place.BaseURLs), func(address string) bool {
			return slices.ContainsFunc(list, func(s *server) bool {
				return s.name == place.Name || s.from != fromHere && openai.SameServer(s.baseURL(), address)
			})
		})
		if len(free) > 0 {
			s := add(config.Provider{Name: place.Name, BaseURL: free[0], Profile: place.Name}, fromHere)
			s.hidden, s.places = true, free
		}
	}
	return list
}

// openAI is OpenAI where the environment holds its key and the settings name no server
// that may be meant by it; nil otherwise.
func (r *Registry) openAI(others []*server) *server {
	getenv := r.options.Getenv
	if config.Key(getenv, openAIKey).Empty() {
		return nil
	}
	s := r.newServer(config.Provider{Name: openAI, BaseURL: strings.TrimSpace(getenv(openAIAddress)), KeyEnv: openAIKey}, openAIKey+" in the environment")
	for _, other := range others {
		if other.name == openAI || other.keyEnv == openAIKey || openai.SameServer(other.baseURL(), s.baseURL()) {
			return nil
		}
	}
	return s
}

// Discover looks for servers on this machine that nobody has named, and asks those of
// the settings that are here, and of which nothing is known, what they are. It gives the
// names of those found that were not there before; their lists are not read yet. Only
// this machine is asked, for at most a second or two, and no key is sent.
func (r *Registry) Discover(ctx context.Context) (found []string) {
	var all sync.WaitGroup
	answers := make([]bool, len(r.servers))
	for i, s := range r.servers {
		all.Go(func() {
			hidden := s.isHidden()
			answers[i] = s.look(ctx) == nil && hidden
		})
	}
	all.Wait()
	for i, s := range r.servers {
		if answers[i] {
			found = append(found, s.name)
		}
	}
	return found
}

func (s *server) isHidden() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hidden
}

// look finds out what answers where a server is: one that nobody has named must be what
// is looked for, and is shown from then on.
func (s *server) look(ctx context.Context) error {
	if !s.isHidden() {
		s.recognise(ctx)
		return nil
	}
	for _, address := range s.places {
		if p, ok := openai.Identify(ctx, address); ok && p.Name == s.settings.Profile {
			s.foundAt(address)
			return nil
		}
	}
	return s.silence()
}

// silence says that nothing of what is looked for answers on this machine.
func (s *server) silence() error {
	return fmt.Errorf("no %s answers at %s; start it, or name its server in the settings file", s.name, strings.Join(s.places, " or "))
}

// Silent says of a provider that is looked for on this machine that Discover has found
// none, and what helps; nil for others.
func (r *Registry) Silent(provider string) error {
	if s, err := r.find(provider); err == nil && s.isHidden() {
		return s.silence()
	}
	return nil
}

// foundAt shows a server that nobody has named from now on, at the address at which it
// answers.
func (s *server) foundAt(address string) {
	normal, _ := openai.Address(address) // it has answered there
	learnt := s.learntAt(normal)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at != address {
		s.at, s.learnt = address, learnt
		s.client, s.wrong = s.connect(s.insecure)
	}
	s.hidden = false
}

// Recognise asks a server on this machine, of which the settings do not say what it is,
// what it is: those that run here cost nothing. It asks no other and nothing twice.
func (r *Registry) Recognise(ctx context.Context, provider string) {
	if s, err := r.find(provider); err == nil {
		s.recognise(ctx)
	}
}

// recognise takes on the profile that the server tells, and its rows become free. Those
// of a list that was read as that of another kind of server go, for such a list does not
// tell which models are passed on to another machine.
func (s *server) recognise(ctx context.Context) {
	if !s.unrecognised() {
		return
	}
	p, ok := openai.Identify(ctx, s.baseURL())
	if !ok {
		return
	}
	s.mu.Lock()
	if s.profile.Name == p.Name {
		s.mu.Unlock()
		return // somebody else was first
	}
	before := s.client
	s.profile = p
	s.client, s.wrong = s.connect(s.insecure)
	s.mu.Unlock()
	if before != nil {
		before.Close()
	}
	s.rows.Lock()
	defer s.rows.Unlock()
	rows := s.current()
	if s.readList().Profile != p.Name {
		rows = slices.DeleteFunc(rows, func(m api.Model) bool { return m.Source != api.SourceConfig && m.Source != api.SourceAsked })
	}
	s.registry.catalog.Replace(s.name, s.finish(rows))
}

// unrecognised tells that the server is on this machine and nobody has said what it is,
// nor what it costs.
func (s *server) unrecognised() bool {
	client, err := s.asking()
	if err != nil || !client.Loopback() || s.settings.Profile != "" || s.kind().Name != "generic" {
		return false
	}
	return !slices.ContainsFunc(s.settings.Models, func(m config.ProviderModel) bool { return m.Price != nil && *m.Price > 0 })
}

// Origin says in a few words where a provider comes from that nobody has named: a
// server found on this machine, or one whose key the environment holds; empty for
// others.
func (r *Registry) Origin(provider string) string {
	s, err := r.find(provider)
	if err != nil || s.from == fromBinary || s.from == fromSettings {
		return ""
	}
	return s.from
}

// Unasked names the servers that are asked nothing before they have a key, unless a
// person names them: the built-in one, where the settings do not name it.
func (r *Registry) Unasked() []string {
	var names []string
	for _, s := range r.servers {
		if s.from == fromBinary && s.keyValue().Empty() {
			names = append(names, s.name)
		}
	}
	return names
}

// SetKey takes a key for a provider that lasts until the program ends and is written
// nowhere; it goes before that of the environment and the settings. What is then to be
// asked is up to the caller. The error is an *UnknownError, or says what is wrong with
// the key, which is not taken then. An *api.InsecureKeyError is none: it is asked about
// when the provider is.
func (r *Registry) SetKey(provider string, key api.Secret) error {
	s, err := r.find(provider)
	if err != nil {
		return err
	}
	return s.setKey(key)
}
