package openai

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// Header is sent with every request.
type Header struct {
	// Name is its name and Value what is sent, which nobody is shown.
	Name  string
	Value api.Secret
	// Env names the environment variable that the value comes from; empty when it comes
	// from none. Without a value nothing is asked: the variable is not set.
	Env string
}

// Secret tells that the value is taken out of whatever is said: it comes from the
// environment, its name is that of a key, or it is as long as one. Other short ones, such
// as the name of a service, may stand in the names of models.
func (h Header) Secret() bool { return h.Env != "" || api.LikeKey(h.Name, h.Value) }

// secrets lists the key and what else is shown to nobody: the values of headers, and what
// follows a word such as Bearer in them.
func (cfg Config) secrets() []api.Secret {
	list := []api.Secret{cfg.Key}
	for _, h := range cfg.Headers {
		if !h.Secret() || h.Value.Empty() {
			continue
		}
		list = append(list, h.Value)
		value := h.Value.Reveal()
		if at := strings.LastIndexByte(value, ' '); at >= 0 {
			list = append(list, api.NewSecret(value[at:]))
		}
	}
	return list
}

// PlainHeaders are the headers of the settings that are no secrets, in one text whatever
// their order; empty without any. A gateway may choose by them who answers.
func (c *Client) PlainHeaders() string {
	var lines []string
	for _, h := range c.cfg.Headers {
		if !h.Secret() && !h.Value.Empty() {
			lines = append(lines, strings.ToLower(h.Name)+": "+h.Value.Reveal())
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sendsSecrets tells that there is a key, or a header that is secret.
func (cfg Config) sendsSecrets() bool {
	for _, s := range cfg.secrets() {
		if !s.Empty() {
			return true
		}
	}
	return false
}

// checkHeaders finds values that cannot be sent, without repeating them.
func (cfg Config) checkHeaders() error {
	for _, h := range cfg.Headers {
		if api.FitsHeader(h.Value.Reveal()) {
			continue
		}
		return fmt.Errorf("the header %s holds a character that none can hold; set %s again", h.Name, cmp.Or(h.Env, "it"))
	}
	return nil
}

// lacking names the variable of the first header that has no value; empty when there is
// none.
func (cfg Config) lacking() string {
	for _, h := range cfg.Headers {
		if h.Value.Empty() {
			return h.Env
		}
	}
	return ""
}

// dress puts the headers of the settings into a request, before its own.
func (cfg Config) dress(to http.Header) {
	for _, h := range cfg.Headers {
		if !h.Value.Empty() {
			to.Set(h.Name, h.Value.Reveal())
		}
	}
}
