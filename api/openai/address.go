package openai

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// version is the part of a path that names a version of an API: v1, v1beta.
var version = regexp.MustCompile(`^v\d+(alpha|beta)?\d*$`)

// endpoints are what people copy along with the base URL.
var endpoints = []string{"/embeddings", "/embedding-models", "/models", "/chat/completions"}

// Address gives the one normal form of what a person calls the address of a
// server. The error does not repeat it, for it may hold a password.
func Address(text string) (string, error) {
	u, err := baseURL(text)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// baseURL reads what a person calls the address of a server in any of its usual
// forms: with or without scheme, trailing slash, /v1 or /embeddings. The result
// has no trailing slash and names a version. Errors do not repeat the address,
// which may hold a password.
func baseURL(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text != "" && !strings.Contains(text, "://") {
		text = guessScheme(text) + "://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "":
		return nil, fmt.Errorf("base_url is no address; write it like https://nano-gpt.com/api/v1")
	case u.User != nil:
		return nil, fmt.Errorf("base_url holds a name or password; put the key into its own setting")
	case u.RawQuery != "" && !api.AddressQuery(u.RawQuery) || u.Fragment != "":
		return nil, fmt.Errorf("base_url holds a ? or #; write it like https://nano-gpt.com/api/v1")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("base_url begins with %s://; only https:// and http:// are spoken", scrub.Clean(u.Scheme))
	}
	u.Host = strings.ToLower(u.Host)
	u.RawPath = ""
	u.Path = basePath(u)
	return u, nil
}

// azure tells whether a server takes its key as Azure does.
func azure(base *url.URL) bool { return base.RawQuery != "" || azureHost(base.Hostname()) }

// azureHost tells whether a name is one of Azure's, in any of its clouds.
func azureHost(name string) bool {
	return slices.ContainsFunc([]string{".azure.com", ".azure.us", ".azure.cn"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// basePath is the path of an address with a version. One that is written out up to
// /embeddings and has none is taken as it stands, except on NanoGPT, whose path is known.
func basePath(u *url.URL) string {
	path := strings.TrimRight(u.Path, "/")
	if before, ok := ownOfOllama(path, u.Port()); ok {
		return before + "/v1"
	}
	written := strings.HasSuffix(path, "/embeddings") && !strings.HasSuffix(u.Hostname(), "nano-gpt.com")
	for _, end := range endpoints {
		path = strings.TrimRight(strings.TrimSuffix(path, end), "/")
	}
	switch {
	case slices.ContainsFunc(strings.Split(path, "/"), version.MatchString):
		return path
	case written:
		return path + "/"
	case path == "" && azureHost(u.Hostname()): // a resource, as Azure's portal shows it
		return "/openai/v1"
	}
	return path + "/v1"
}

// ownOfOllama finds an address of Ollama's own protocol, beside which it speaks the other,
// and gives the path before it. Others have /api and /api/embeddings too, so those count at
// its usual port alone.
func ownOfOllama(path, port string) (before string, ok bool) {
	if before, ok = strings.CutSuffix(path, "/api/embed"); ok {
		return before, true
	}
	for _, end := range []string{"/api/embeddings", "/api/tags", "/api"} {
		if before, ok = strings.CutSuffix(path, end); ok && port == ollamaPort {
			return before, true
		}
	}
	return "", false
}

// ollamaPort is where Ollama usually listens.
const ollamaPort = "11434"

func guessScheme(address string) string {
	host, _, _ := strings.Cut(address, "/")
	if u, err := url.Parse("http://" + host); err == nil && api.Loopback(u.Hostname()) {
		return "http"
	}
	return "https"
}

// root is the base URL without its version: what some servers keep beside the API.
func root(base *url.URL) *url.URL {
	u := *base
	parts := strings.Split(u.Path, "/")
	if version.MatchString(parts[len(parts)-1]) {
		u.Path = strings.Join(parts[:len(parts)-1], "/") + "/" // never empty: joined paths would lose their slash
	}
	return &u
}
