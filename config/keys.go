package config

import "strings"

// otherNames are further names in use for a key's variable.
func otherNames(env string) []string {
	if env == "NANOGPT_API_KEY" {
		return []string{"NANO_GPT_API_KEY"}
	}
	return nil
}

// HasKey tells whether the environment holds the key of that variable, under this
// or another name in use for it. It never gives the key itself.
func HasKey(getenv func(string) string, env string) bool {
	if env == "" {
		return false
	}
	for _, name := range append([]string{env}, otherNames(env)...) {
		if strings.TrimSpace(getenv(name)) != "" {
			return true
		}
	}
	return false
}
