package openai

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// Config says which server to talk to and how. Only Name is needed when the
// profile has a base URL; zero numbers mean the profile's.
type Config struct {
	// Name is the provider's name: the first segment of its models' references.
	Name string
	// BaseURL is the server's address in any of its usual forms, with or without a
	// trailing slash, /v1 or /embeddings; empty means the profile's.
	BaseURL string
	// Key is sent to the server and shown to nobody.
	Key api.Secret
	// KeyEnv names the environment variable that holds the key; empty means the
	// profile's. Together with Settings it tells the person where a key is set.
	KeyEnv string
	// Headers are sent with every request beside the key, as gateways want them.
	Headers []Header
	// Settings is the path of the settings file, for messages; may be empty.
	Settings string
	// Profile is the kind of server.
	Profile Profile
	// Models are rows that the settings name: they complete and correct what the
	// server lists, and stand for its list where it has none.
	Models []api.Model
	// RequestsPerSecond is the most requests in a second, retries included.
	RequestsPerSecond float64
	// Concurrency is the most requests at the same time.
	Concurrency int
	// MaxInputs is the most texts in a request.
	MaxInputs int
	// Inputs is the most texts in a request that the server has taken before, as
	// Client.Inputs told; 0 is not known.
	Inputs int
	// MaxTokens is the most tokens in a request, all of its texts together.
	MaxTokens int
	// Count counts or estimates the tokens of a text; nil means a third of its
	// bytes. It may be called from several goroutines.
	Count func(string) int
	// Timeout is the longest wait for one answer.
	Timeout time.Duration
	// HTTP replaces the client that sends the requests, for tests. Its redirects
	// are followed by this package's rules, and it must verify certificates.
	HTTP *http.Client
	// Debug, when set, is written every request and answer, without the key.
	Debug io.Writer
	// AllowInsecureKey lets the key go to another machine over plain http.
	AllowInsecureKey bool
}

// Client is a provider that asks a server. It may be used by several goroutines
// at once; all of them share its limits. Make one with New.
type Client struct {
	cfg     Config
	base    *url.URL
	scrub   scrub.Scrubber
	http    *http.Client
	limiter *rate.Limiter
	slots   *semaphore.Weighted
	gate    gate
	large   oneLarge
	log     *debugLog
	known   memory
	calls   atomic.Int64 // made so far, to tell them apart in the log
	// inputs is the most texts in a request; it falls when the server finds that
	// many too many.
	inputs atomic.Int64
	// jitter draws a wait between nothing and its argument.
	jitter func(time.Duration) time.Duration
}

var _ api.Backend = (*Client)(nil)

// New makes the client of a server without talking to it. The error is an
// *api.InsecureKeyError when the key would cross a network in the clear, and otherwise
// names the setting that is wrong.
func New(cfg Config) (*Client, error) {
	cfg = cfg.withDefaults()
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("provider %s: %w", scrub.Clean(cfg.Name), err)
	}
	base, err := baseURL(cfg.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("provider %s: %w", scrub.Clean(cfg.Name), err)
	}
	if base.Scheme == "http" && cfg.sendsSecrets() && !cfg.AllowInsecureKey && !api.Loopback(base.Hostname()) {
		return nil, &api.InsecureKeyError{Provider: scrub.Clean(cfg.Name), Host: base.Host}
	}
	c := &Client{
		cfg:     cfg,
		base:    base,
		scrub:   scrub.New(cfg.secrets()...),
		limiter: rate.NewLimiter(rate.Limit(cfg.RequestsPerSecond), 1),
		gate:    gate{clock: realTime()},
		large:   make(oneLarge, 1),
		slots:   semaphore.NewWeighted(int64(cfg.Concurrency)),
		jitter:  func(d time.Duration) time.Duration { return rand.N(d) },
	}
	c.http = c.sender(cfg.HTTP)
	c.log = newDebugLog(cfg.Debug, cfg.Name, c.scrub)
	c.inputs.Store(int64(cfg.MaxInputs))
	if cfg.Inputs > 0 {
		lower(&c.inputs, int64(cfg.Inputs))
	}
	c.known.configure(cfg.Models)
	return c, nil
}

func (cfg Config) withDefaults() Config {
	p := cfg.Profile
	if p.Name == "" {
		p, _ = FindProfile("") // the generic profile always exists
		cfg.Profile = p
	}
	cfg.Name = cmp.Or(cfg.Name, p.Name)
	cfg.BaseURL = cmp.Or(cfg.BaseURL, p.BaseURL)
	cfg.KeyEnv = cmp.Or(cfg.KeyEnv, p.KeyEnv)
	cfg.RequestsPerSecond = cmp.Or(cfg.RequestsPerSecond, p.RequestsPerSecond)
	cfg.Concurrency = cmp.Or(cfg.Concurrency, p.Concurrency)
	cfg.MaxInputs = cmp.Or(cfg.MaxInputs, p.MaxInputs)
	cfg.MaxTokens = cmp.Or(cfg.MaxTokens, p.MaxTokens)
	cfg.Timeout = cmp.Or(cfg.Timeout, p.Timeout)
	if cfg.Count == nil {
		cfg.Count = func(text string) int { return (len(text) + 2) / 3 }
	}
	return cfg
}

// check finds settings that cannot be worked with.
func (cfg Config) check() error {
	switch {
	case cfg.BaseURL == "":
		return fmt.Errorf("base_url is missing: write below name where the server is, such as base_url = \"http://localhost:8080/v1\"")
	case !(cfg.RequestsPerSecond > 0) || math.IsInf(cfg.RequestsPerSecond, 0):
		return errors.New("requests per second must be more than 0")
	case cfg.Concurrency < 1:
		return errors.New("concurrency must be at least 1")
	case cfg.MaxInputs < 1:
		return errors.New("inputs per request must be at least 1")
	case cfg.MaxTokens < 1:
		return errors.New("tokens per request must be at least 1")
	case cfg.Timeout <= 0:
		return errors.New("the timeout must be more than 0")
	case dressed(cfg.Key) != "":
		return fmt.Errorf("the key %s; set %s again, the key alone", dressed(cfg.Key), cfg.keyPlace())
	case !sendable(cfg.Key):
		return fmt.Errorf("the key holds a space or a character that no key has; set %s again", cfg.keyPlace())
	case cfg.HTTP != nil && unverified(cfg.HTTP.Transport):
		return errors.New("TLS certificates are always verified; this cannot be switched off")
	}
	return cfg.checkHeaders()
}

// unverified tells whether a transport would believe any certificate.
func unverified(transport http.RoundTripper) bool {
	t, ok := transport.(*http.Transport)
	return ok && t != nil && t.TLSClientConfig != nil && t.TLSClientConfig.InsecureSkipVerify
}

// keyPlace names where the person sets the key.
func (cfg Config) keyPlace() string {
	switch {
	case cfg.KeyEnv != "" && cfg.Settings != "":
		return cfg.KeyEnv + " or the key in " + cfg.Settings
	case cfg.KeyEnv != "":
		return cfg.KeyEnv
	case cfg.Settings != "":
		return "the key in " + cfg.Settings
	}
	return "the key"
}

// Name implements api.Backend.
func (c *Client) Name() string { return c.cfg.Name }

// BaseURL is the server's address in its one normal form, which also tells whose
// vectors a cache holds.
func (c *Client) BaseURL() string { return c.base.String() }

// Loopback tells whether the server is on this machine.
func (c *Client) Loopback() bool { return api.Loopback(c.base.Hostname()) }

// paid tells whether requests for a model may be billed.
func (c *Client) paid(id string) bool {
	return !c.cfg.Profile.Local || !c.Loopback() || c.known.passedOn(id)
}

// Elsewhere tells that the server passes what a model is sent on to another machine, as
// its list said before: it may be billed.
func (c *Client) Elsewhere(id string) {
	c.known.mu.Lock()
	defer c.known.mu.Unlock()
	c.known.elsewhere[id] = true
}

// Inputs is the most texts in a request, when the server has shown that it is fewer than
// the settings or its kind say; 0 when it has not.
func (c *Client) Inputs() int {
	if n := int(c.inputs.Load()); n < c.cfg.MaxInputs {
		return n
	}
	return 0
}

// ForgetInputs forgets what Inputs tells, for the server may take more by now.
func (c *Client) ForgetInputs() { c.inputs.Store(int64(c.cfg.MaxInputs)) }

// Reads is the most tokens that a model reads in a text, when its server has told that in
// an answer; 0 when it has not.
func (c *Client) Reads(model string) int { return c.known.limit(model) }

// Close lets go of connections kept for later. Requests under way are not cut.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// dressed says what people copy along with a key; empty when it stands alone.
func dressed(key api.Secret) string {
	const quotes = "\"'`“”„‘’«»"
	text := strings.ToLower(key.Reveal())
	switch {
	case text != strings.Trim(text, quotes):
		return "is in quotes"
	case strings.HasPrefix(text, "bearer "), strings.HasPrefix(text, "bearer:"):
		return `begins with "Bearer"`
	case strings.HasPrefix(text, "authorization:"):
		return `begins with "Authorization:"`
	}
	return ""
}

// sendable tells whether a header can carry the key.
func sendable(key api.Secret) bool {
	return !strings.ContainsFunc(key.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' })
}
