package openai

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// Dimensioning tells when a kind of server may be asked for shorter vectors.
type Dimensioning int

const (
	// DimensionsNever: the server ignores the wish.
	DimensionsNever Dimensioning = iota
	// DimensionsIfSupported: only for models known to support it.
	DimensionsIfSupported
	// DimensionsUnlessRefused: for all models but those known not to support it.
	DimensionsUnlessRefused
	// DimensionsAlways: for every model.
	DimensionsAlways
)

// Profile describes a kind of server: what it may be sent, how much at a time,
// and how it lists its models. Choose one with FindProfile.
type Profile struct {
	// Name is what the settings call it.
	Name string
	// BaseURL is where it usually is; empty when that differs for everyone.
	BaseURL string
	// KeyEnv names the environment variable that usually holds its key.
	KeyEnv string
	// NeedsKey tells that embedding is impossible without a key.
	NeedsKey bool
	// Local tells that it usually runs on the person's own machine: its models
	// cost nothing, and it may take its time.
	Local bool
	// Base64 tells that vectors may be asked for in base64. Otherwise
	// encoding_format is not sent at all, for some servers refuse it.
	Base64 bool
	// Dimensioning tells when shorter vectors may be asked for.
	Dimensioning Dimensioning
	// DimensionsName is the parameter that asks for them.
	DimensionsName string
	// MaxInputs is the most texts in a request.
	MaxInputs int
	// MaxTokens is the most tokens in a request, all of its texts together.
	MaxTokens int
	// Concurrency is the most requests at the same time.
	Concurrency int
	// RequestsPerSecond is the most requests in a second, retries included.
	RequestsPerSecond float64
	// Timeout is the longest wait for one answer.
	Timeout time.Duration

	// RoleFields tells that it takes the fields of the request that tell a role.
	RoleFields bool

	// list says how it lists its models; nil when it has no list.
	list *listing
	// openList tells that the list is given to everyone, whatever their key.
	openList bool
	// balance tells that it has NanoGPT's check-balance.
	balance bool
}

// HasList tells whether such servers list their models.
func (p Profile) HasList() bool { return p.list != nil }

// At is the profile of such a server at an address: a deployment of Azure's is one model,
// and has no list; one of no known kind on this machine takes as few texts at a time as
// others here.
func (p Profile) At(address string) Profile {
	base, err := baseURL(address)
	switch {
	case err != nil:
	case azure(base) && strings.Contains(base.Path, "/deployments/"):
		p.list = nil
	case p.Name == generic && api.Loopback(base.Hostname()):
		p.MaxInputs = localInputs
	}
	return p
}

// generic names the profile of servers of which nothing is known.
const generic = "generic"

// The caps of a server of which nothing else is known.
const (
	openAIInputs = 2048
	localInputs  = 64 // so that something is seen to come, and esc keeps it; Ollama is slower with more
	openAITokens = 300_000
	remoteWait   = 2 * time.Minute
	localWait    = 10 * time.Minute
)

// remote completes the profile of a service on the internet.
func remote(p Profile) Profile {
	p.Timeout = remoteWait
	p.Concurrency = 4
	p.RequestsPerSecond = 20
	return p
}

// onPremises completes the profile of a server on one's own machine.
func onPremises(p Profile) Profile {
	p.Local = true
	p.Timeout = localWait
	p.Concurrency = 2
	p.RequestsPerSecond = 100
	p.MaxTokens = openAITokens
	return p
}

// Profiles lists every kind of server that is known, the built-in provider's
// first and the one for all others last.
func Profiles() []Profile {
	return slices.Concat(remoteProfiles(), localProfiles(), []Profile{remote(Profile{
		// base64 is not asked for: proxies pass the wish to backends that refuse it.
		Name: generic, Dimensioning: DimensionsUnlessRefused, DimensionsName: "dimensions",
		MaxInputs: 256, MaxTokens: openAITokens, list: guessedList,
	})})
}

func remoteProfiles() []Profile {
	profiles := []Profile{
		{
			Name: "nanogpt", BaseURL: "https://nano-gpt.com/api/v1", KeyEnv: "NANOGPT_API_KEY",
			Base64: true, Dimensioning: DimensionsUnlessRefused, DimensionsName: "dimensions",
			MaxInputs: openAIInputs, MaxTokens: openAITokens, list: nanoGPTList, openList: true, balance: true,
		},
		{
			Name: "openai", BaseURL: "https://api.openai.com/v1", KeyEnv: "OPENAI_API_KEY",
			Base64: true, Dimensioning: DimensionsUnlessRefused, DimensionsName: "dimensions",
			MaxInputs: openAIInputs, MaxTokens: openAITokens, list: openAIList,
		},
		{
			// Some of its models answer a wish for base64 with no data at all.
			Name: "openrouter", BaseURL: "https://openrouter.ai/api/v1", KeyEnv: "OPENROUTER_API_KEY",
			Dimensioning: DimensionsUnlessRefused, DimensionsName: "dimensions",
			MaxInputs: 256, MaxTokens: openAITokens, list: openRouterList, openList: true, RoleFields: true,
		},
		{
			Name: "mistral", BaseURL: "https://api.mistral.ai/v1", KeyEnv: "MISTRAL_API_KEY",
			Base64: true, Dimensioning: DimensionsAlways, DimensionsName: "output_dimension",
			MaxInputs: 512, MaxTokens: 16_000, list: mistralList,
		},
		{
			Name: "voyage", BaseURL: "https://api.voyageai.com/v1", KeyEnv: "VOYAGE_API_KEY",
			Base64: true, Dimensioning: DimensionsAlways, DimensionsName: "output_dimension",
			MaxInputs: 1000, MaxTokens: 120_000, RoleFields: true,
		},
		{
			Name: "jina", BaseURL: "https://api.jina.ai/v1", KeyEnv: "JINA_API_KEY",
			Dimensioning: DimensionsAlways, DimensionsName: "dimensions",
			MaxInputs: 512, MaxTokens: openAITokens, RoleFields: true,
		},
	}
	for i := range profiles {
		profiles[i] = remote(profiles[i])
		profiles[i].NeedsKey = true
	}
	return profiles
}

func localProfiles() []Profile {
	profiles := []Profile{
		{
			Name: "ollama", BaseURL: "http://localhost:11434/v1", Base64: true, MaxInputs: localInputs / 2,
			Dimensioning: DimensionsAlways, DimensionsName: "dimensions", list: ollamaList,
		},
		{
			Name: "llamacpp", BaseURL: "http://localhost:8080/v1", Base64: true, MaxInputs: localInputs,
			list: llamaList,
		},
		{
			Name: "llamaswap", BaseURL: "http://localhost:8080/v1", MaxInputs: localInputs, list: llamaSwapList,
		},
		{
			Name: "lmstudio", BaseURL: "http://localhost:1234/v1", MaxInputs: localInputs, list: lmStudioList,
		},
		{
			Name: "vllm", BaseURL: "http://localhost:8000/v1", Base64: true, MaxInputs: localInputs,
			Dimensioning: DimensionsIfSupported, DimensionsName: "dimensions", list: vllmList,
		},
		{
			Name: "tei", BaseURL: "http://localhost:8080/v1", Base64: true, MaxInputs: 32,
			Dimensioning: DimensionsAlways, DimensionsName: "dimensions", list: teiList,
		},
	}
	for i := range profiles {
		profiles[i] = onPremises(profiles[i])
	}
	return profiles
}

// UnknownProfileError reports a kind of server that is not known.
type UnknownProfileError struct {
	Name  string
	Known []string
}

func (e *UnknownProfileError) Error() string {
	return fmt.Sprintf("there is no profile %q; there are %s", e.Name, strings.Join(e.Known, ", "))
}

// FindProfile gives the profile of that name, in whatever case; no name means
// "generic". The error is an *UnknownProfileError.
func FindProfile(name string) (Profile, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	if wanted == "" {
		wanted = generic
	}
	profiles := Profiles()
	known := make([]string, len(profiles))
	for i, p := range profiles {
		if p.Name == wanted {
			return p, nil
		}
		known[i] = p.Name
	}
	return Profile{}, &UnknownProfileError{Name: scrub.Cut(scrub.Clean(name), 60), Known: known}
}

// ProfileAt gives the profile of the server that is usually at an address; ok is
// false when there is none, or when several share it.
func ProfileAt(address string) (p Profile, ok bool) {
	at := hostAndPort(address)
	for _, known := range Profiles() {
		if at == "" || hostAndPort(known.BaseURL) != at {
			continue
		}
		if ok {
			return Profile{}, false
		}
		p, ok = known, true
	}
	return p, ok
}

// hostAndPort is where an address leads, alike for all names of this machine and
// for NanoGPT's two; empty when it cannot be read.
func hostAndPort(address string) string {
	u, err := baseURL(address)
	switch {
	case err != nil:
		return ""
	case api.Loopback(u.Hostname()):
		return "localhost:" + u.Port()
	}
	if u.Host == "api.nano-gpt.com" {
		return "nano-gpt.com"
	}
	return u.Host
}
