package config

import (
	"strings"

	"github.com/vecscope/vecscope/api"
)

// otherNames are further names in use for a key's variable.
func otherNames(env string) []string {
	if env == "NANOGPT_API_KEY" {
		return []string{"NANO_GPT_API_KEY"}
	}
	return nil
}

// Key gives the key that the environment holds in that variable, under this or
// another name in use for it.
func Key(getenv func(string) string, env string) api.Secret {
	if env == "" {
		return api.Secret{}
	}
	for _, name := range append([]string{env}, otherNames(env)...) {
		if key := api.NewSecret(getenv(name)); !key.Empty() {
			return key
		}
	}
	return api.Secret{}
}

// nameOfVariable tells whether a word can name an environment variable. Keys are
// pasted in its place now and then.
func nameOfVariable(word string) bool {
	if word == "" || word[0] >= '0' && word[0] <= '9' {
		return false
	}
	return !strings.ContainsFunc(word, func(r rune) bool {
		return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}
