package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// Header is what is sent with every request to a provider, as gateways want it.
type Header struct {
	// Name is the header's name as the file has it.
	Name string
	// Value is what is sent or, where Env names an environment variable, what is sent
	// before that variable's value.
	Value api.Secret
	// Env names the variable; empty when the whole value stands in the file.
	Env string
}

// longestHeader is the longest value of a header, in bytes.
const longestHeader = 4000

var (
	// headerName is what HTTP lets a header be called.
	headerName = compiled("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$")
	// ofVariable is a value that ends with the name of a variable: "$TOKEN", "Bearer $TOKEN".
	ofVariable = compiled(`^((?:.* )?)\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})$`)
)

// keyHeaders are sent with the key, or can be.
var keyHeaders = []string{"authorization", "api-key"}

// ownHeaders are those that a request needs as it sends them.
var ownHeaders = []string{
	"accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect", "host", "keep-alive",
	"proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
}

// header takes one line of the table of headers.
func (p *Provider) header(name string) (set setter, why string) {
	lower := strings.ToLower(name)
	same := func(h Header) bool { return strings.EqualFold(h.Name, name) }
	switch {
	case !headerName().MatchString(name):
		return nil, fmt.Sprintf("%.40q can name no header: use letters, digits and \"-\", such as \"x-team\"", name)
	case slices.Contains(keyHeaders, lower):
		return nil, fmt.Sprintf("%s is sent with the key: name its variable in key_env", name)
	case slices.Contains(ownHeaders, lower):
		return nil, fmt.Sprintf("%s is sent by itself with every request: leave it out", name)
	case slices.ContainsFunc(p.Headers, same):
		return nil, fmt.Sprintf("%s is there twice, whatever its capitals: leave one out", name)
	}
	return secretive(func(v any) string {
		const use = `a text in quotes, or the name of an environment variable after a $, such as "$GATEWAY_TOKEN"`
		s, ok := v.(string)
		s = strings.TrimSpace(s)
		if !ok || s == "" || len(s) > longestHeader || !api.FitsHeader(s) {
			return use
		}
		h := Header{Name: name}
		if parts := ofVariable().FindStringSubmatch(s); parts != nil {
			h.Env, s = cmp.Or(parts[2], parts[3]), parts[1]
		} else if strings.HasPrefix(s, "$") {
			return use
		}
		h.Value = api.NewSecret(s)
		p.Headers = append(p.Headers, h)
		return ""
	}), ""
}

// Resolve gives a header's value with what the environment holds in its variable; empty
// when it holds nothing.
func (h Header) Resolve(getenv func(string) string) api.Secret {
	if h.Env == "" {
		return h.Value
	}
	held := Key(getenv, h.Env)
	if held.Empty() {
		return held
	}
	return api.NewSecret(h.Value.Reveal() + " " + held.Reveal())
}

// holdsKey tells that the file itself holds what may be a key.
func (p *Provider) holdsKey() bool {
	return !p.Key.Empty() || slices.ContainsFunc(p.Headers, func(h Header) bool { return h.Env == "" && api.LikeKey(h.Name, h.Value) })
}
