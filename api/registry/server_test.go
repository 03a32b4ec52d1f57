package registry

import (
	"testing"

	"github.com/vecscope/vecscope/config"
)

func TestMovingToAnotherServiceIsChangingAddressAndKey(t *testing.T) {
	for _, c := range []struct {
		name, baseURL, profile, want string
	}{
		{"openai", "https://api.openai.com/v1", "", "openai"},
		{"openai", "https://nano-gpt.com/api/v1", "", "nanogpt"},
		{"nanogpt", "https://api.openai.com/v1", "", "openai"},
		{"nanogpt", "https://nano-gpt.com/api/v1", "generic", "generic"},
		{"voyage", "", "", "voyage"},
		{"ollama", "http://10.0.0.7:11434/v1", "", "ollama"},
		{"own", "https://embeddings.example.com/v1", "", "generic"},
	} {
		got, err := profileOf(config.Provider{Name: c.name, BaseURL: c.baseURL, Profile: c.profile})
		if err != nil || got.Name != c.want {
			t.Errorf("%s at %q with profile %q is %s, %v; want %s", c.name, c.baseURL, c.profile, got.Name, err, c.want)
		}
	}
}
