package registry_test

import (
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

func TestHeadersComeFromTheSettingsAndTheEnvironment(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	provider := at(server)
	provider.Headers = []config.Header{{Name: "x-team", Value: api.NewSecret("search")}, {Name: "x-token", Value: api.NewSecret("Bearer"), Env: "GATEWAY_TOKEN"}}
	for held, want := range map[string]string{"s3cret": "Bearer s3cret", "": ""} {
		r, err := registry.New(t.Context(), registry.Options{
			Settings: config.Settings{Providers: []config.Provider{provider}}, Paths: home(t),
			Getenv: func(name string) string { return map[string]string{"GATEWAY_TOKEN": held}[name] },
		})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		before := len(server.Requests())
		_, _, err = r.Refresh(t.Context(), "nanogpt")
		sent := server.Requests()[before:]
		var missing *api.KeyError
		if want == "" {
			if !errors.As(err, &missing) || missing.Env != "GATEWAY_TOKEN" || len(sent) != 0 {
				t.Errorf("without the variable: %v, %d requests", err, len(sent))
			}
			continue
		}
		if err != nil || len(sent) != 1 || sent[0].Header.Get("X-Team") != "search" || sent[0].Header.Get("X-Token") != want {
			t.Errorf("%v, %v", err, sent)
		}
	}
}
