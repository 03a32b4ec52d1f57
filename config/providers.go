package config

import (
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
)

// Provider is a server that the settings file names in a [[provider]] table. What
// is zero there is left to the kind of server.
type Provider struct {
	// Name is the first segment of its models' references.
	Name string
	// BaseURL is the server's address.
	BaseURL string
	// Profile is the kind of server; empty when the file does not say.
	Profile string
	// KeyEnv names the environment variable that holds the key.
	KeyEnv string
	// Key is the key itself, when it stands in the file; KeyEnv's goes before it.
	Key api.Secret
	// Headers are sent with every request, in the order of the file.
	Headers []Header
	// AllowInsecureKey lets the key go to another machine over plain http.
	AllowInsecureKey bool
	// Free tells that nothing asked of it costs anything.
	Free bool
	// Models complete the server's list, or stand for it where it has none.
	Models []ProviderModel
	// RequestsPerSecond is the most requests in a second, retries included.
	RequestsPerSecond float64
	// MaxInputs is the most texts in a request.
	MaxInputs int
	// MaxTokens is the most tokens in a request, all of its texts together.
	MaxTokens int
	// Concurrency is the most requests at the same time.
	Concurrency int
	// Timeout is the longest wait for one answer.
	Timeout time.Duration
}

// ProviderModel is a model that the settings file names. What is zero is not known.
type ProviderModel struct {
	// ID is the model's name at its provider; Name is what people call it.
	ID, Name string
	// Dimensions is the length of its vectors, and MaxDimensions the most that can
	// be asked for.
	Dimensions, MaxDimensions int
	// SupportsDimensions tells that the server can be asked for shorter vectors.
	SupportsDimensions bool
	// MaxTokens is the longest text it reads, in its own tokens.
	MaxTokens int
	// Price is US dollars per million tokens; nil is unknown.
	Price *float64
	// Roles are how texts are sent to it in each role, as far as the settings say so.
	Roles api.RoleSettings
}

// Spending says what may be spent before a person is asked again, in US dollars.
type Spending struct {
	// PerRun is the most for one run of the candidates over the texts.
	PerRun float64
	// PerSession is the most until the program is closed.
	PerSession float64
	// PerQuery is up to what a query of a search is sent without a box that asks.
	PerQuery float64
}

// The most that settings can sensibly ask for.
const (
	mostCount    = 10_000_000
	mostRate     = 10_000
	longestWait  = 24 * time.Hour
	mostDollars  = 1_000_000
	longestWords = 2_000
)

// providerName is what can stand before the / of a reference. Expressions are compiled when
// they are needed: each start of the program would wait for them.
var providerName = compiled(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$`)

func compiled(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// table is the schema for one [[provider]] table.
func (p *Provider) table(profiles []string) table {
	return table{
		values: map[string]setter{
			"name": func(v any) string {
				s, ok := v.(string)
				if !ok || !providerName().MatchString(s) || s == "local" {
					return `up to 40 letters, digits, ".", "_" and "-", such as "openai"; "local" is taken`
				}
				p.Name = s
				return ""
			},
			"base_url": secretive(func(v any) string {
				s, ok := v.(string)
				if !ok {
					return `an address in quotes, such as "https://api.openai.com/v1"`
				}
				if !address(s) {
					return "an address without a key or password, such as \"https://api.openai.com/v1\""
				}
				p.BaseURL = s
				return ""
			}),
			"profile": func(v any) string {
				s, ok := v.(string)
				if !ok || len(profiles) > 0 && !slices.Contains(profiles, s) {
					return either(quoted(profiles))
				}
				p.Profile = s
				return ""
			},
			"key_env": secretive(func(v any) string {
				s, ok := v.(string)
				if !ok || !nameOfVariable(s) {
					return `the name of an environment variable, such as "OPENAI_API_KEY", and not the key itself`
				}
				p.KeyEnv = s
				return ""
			}),
			"key": secretive(func(v any) string {
				s, ok := v.(string)
				if !ok || strings.TrimSpace(s) == "" {
					return "the key in quotes; better leave it out and name its variable in key_env"
				}
				p.Key = api.NewSecret(s)
				return ""
			}),
			"allow_insecure_key":  yesNo(&p.AllowInsecureKey),
			"free":                yesNo(&p.Free),
			"requests_per_second": numberTo(&p.RequestsPerSecond, 1e-3, mostRate, "a number above 0"),
			"max_inputs":          count(&p.MaxInputs),
			"max_tokens":          count(&p.MaxTokens),
			"concurrency":         count(&p.Concurrency),
			"timeout":             wait(&p.Timeout),
		},
		tables: map[string]table{"headers": {free: p.header}},
		lists: map[string]func() table{
			"models": func() table {
				p.Models = append(p.Models, ProviderModel{})
				return p.Models[len(p.Models)-1].table()
			},
		},
		needs: []string{"name"},
	}
}

// table is the schema for one model of a provider.
func (m *ProviderModel) table() table {
	return table{
		values: map[string]setter{
			"id":                  words(&m.ID),
			"name":                words(&m.Name),
			"dimensions":          count(&m.Dimensions),
			"max_dimensions":      count(&m.MaxDimensions),
			"supports_dimensions": yesNo(&m.SupportsDimensions),
			"max_tokens":          count(&m.MaxTokens),
			"price": func(v any) string {
				var usd float64
				if use := dollarsTo(&usd)(v); use != "" {
					return use
				}
				m.Price = &usd
				return ""
			},
			"query_prefix":     prefix(&m.Roles.Query),
			"document_prefix":  prefix(&m.Roles.Document),
			"symmetric_prefix": prefix(&m.Roles.Symmetric),
			"role_field":       roleField(&m.Roles.Field),
			"query_value":      words(&m.Roles.QueryValue),
			"document_value":   words(&m.Roles.DocumentValue),
			"symmetric_value":  words(&m.Roles.SymmetricValue),
		},
		needs: []string{"id"},
	}
}

// table is the schema for [spending].
func (s *Spending) table() table {
	return table{values: map[string]setter{
		"per_run":     dollarsTo(&s.PerRun),
		"per_session": dollarsTo(&s.PerSession),
		"per_query":   dollarsTo(&s.PerQuery),
	}}
}

// address tells whether a text can be the address of a server, and holds no
// secret.
func address(s string) bool {
	if s = strings.TrimSpace(s); !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	return err == nil && u.Hostname() != "" && u.User == nil && (u.RawQuery == "" || api.AddressQuery(u.RawQuery)) && u.Fragment == "" &&
		(strings.EqualFold(u.Scheme, "https") || strings.EqualFold(u.Scheme, "http"))
}

func words(to *string) setter {
	return func(v any) string {
		s, ok := v.(string)
		if !ok || s == "" || len(s) > longestWords {
			return "a text in quotes"
		}
		*to = s
		return ""
	}
}

// prefix takes what goes before texts, as it is documented; an empty one says that there is
// none.
func prefix(to **string) setter {
	return func(v any) string {
		s, ok := v.(string)
		if !ok {
			return "a text in quotes; empty for none"
		}
		if why := api.QueryPrefixProblem(s); why != "" {
			return "a text in quotes (" + why + ")"
		}
		s = api.QueryPrefix(s)
		*to = &s
		return ""
	}
}

// roleField takes the name of a field of the request.
func roleField(to *string) setter {
	return func(v any) string {
		name, ok := v.(string)
		if why := (api.Roles{Query: api.Manner{Field: api.Field{Name: name, Value: "x"}}}).Problem(); !ok || name == "" || why != "" {
			return "the name of a field in quotes, none that requests have already"
		}
		*to = name
		return ""
	}
}

func yesNo(to *bool) setter {
	return func(v any) string {
		on, ok := v.(bool)
		if !ok {
			return "true or false"
		}
		*to = on
		return ""
	}
}

func count(to *int) setter {
	return func(v any) string {
		n, ok := v.(int64)
		if !ok || n < 1 || n > mostCount {
			return "a whole number from 1 on"
		}
		*to = int(n)
		return ""
	}
}

// numberTo takes whole numbers too.
func numberTo(to *float64, least, most float64, use string) setter {
	return func(v any) string {
		x, ok := v.(float64)
		if whole, isWhole := v.(int64); isWhole {
			x, ok = float64(whole), true
		}
		if !ok || math.IsNaN(x) || x < least || x > most {
			return use
		}
		*to = x
		return ""
	}
}

func dollarsTo(to *float64) setter {
	return numberTo(to, 0, mostDollars, "US dollars as a number, such as 0.10")
}

// wait takes a number of seconds, or a text with a unit.
func wait(to *time.Duration) setter {
	return func(v any) string {
		const use = `a time such as "30s" or "2m"`
		var d time.Duration
		switch v := v.(type) {
		case string:
			d, _ = time.ParseDuration(v) // 0 where it is none
		case int64:
			if v > int64(longestWait/time.Second) {
				return use
			}
			d = time.Duration(v) * time.Second
		}
		if d <= 0 || d > longestWait {
			return use
		}
		*to = d
		return ""
	}
}

// secretive keeps a value, which may be a key, out of what is said about it.
func secretive(set setter) setter {
	return func(v any) string {
		if use := set(v); use != "" {
			return hideValue + use
		}
		return ""
	}
}

// homeless tells that a provider's address is not given, nor known from its kind,
// which its name may tell.
func (p *Provider) homeless(profiles []string) bool {
	kind := p.Profile
	if kind == "" {
		kind = p.Name
	}
	known := kind != "generic" && slices.Contains(profiles, kind)
	return p.BaseURL == "" && len(profiles) > 0 && !known
}

// mistaken finds what is wrong with providers as a whole: two of the same name, two
// models of the same id, a price where nothing costs anything, values for no field.
func mistaken(providers []Provider) (index int, why string) {
	names := map[string]bool{}
	for i, p := range providers {
		if names[p.Name] {
			return i, fmt.Sprintf("there are two providers called %q: give each its own name", p.Name)
		}
		names[p.Name] = true
		ids := map[string]bool{}
		for _, m := range p.Models {
			if ids[m.ID] {
				return i, fmt.Sprintf("%s has the model %.80q twice: leave one out", p.Name, m.ID)
			}
			ids[m.ID] = true
			if p.Free && m.Price != nil && *m.Price > 0 {
				return i, fmt.Sprintf("%s is free, but its model %.80q has a price: leave one of them out", p.Name, m.ID)
			}
			if r := m.Roles; r.Field == "" && r.QueryValue+r.DocumentValue+r.SymmetricValue != "" {
				return i, fmt.Sprintf("the model %.80q of %s has values for roles but no role_field: name the field of the request that holds them", m.ID, p.Name)
			}
		}
	}
	return 0, ""
}
