package openai

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vecscope/vecscope/api"
)

// gatewayToken is the value of a header that nobody may be shown.
const gatewayToken = "gw-5e1c90ab77d2"

// gateway has a plain header, a secret one, and one with a word before the secret.
func gateway() []Header {
	return []Header{
		{Name: "x-provider", Value: api.NewSecret("openai")},
		{Name: "x-token", Value: api.NewSecret("short" + gatewayToken[:4]), Env: "TOKEN"},
		{Name: "cf-authorization", Value: api.NewSecret("Bearer " + gatewayToken), Env: "CF_TOKEN"},
		{Name: "x-client-secret", Value: api.NewSecret("a1b2c3")},
	}
}

func TestHeadersGoWithEveryRequestBesideTheKey(t *testing.T) {
	asked := map[string]bool{}
	c := inside(t, Config{Headers: gateway()}, func(r *http.Request) (*http.Response, error) {
		asked[r.URL.Path] = true
		for name, want := range map[string]string{"X-Provider": "openai", "X-Token": "shortgw-5", "Cf-Authorization": "Bearer " + gatewayToken, "Accept": "application/json"} {
			if got := r.Header[name]; len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", r.URL.Path, name, got)
			}
		}
		if r.Header.Get("Authorization")+r.Header.Get("X-Api-Key") == "" {
			t.Errorf("%s: no key", r.URL.Path)
		}
		return response(400, "{}"), nil
	})
	_, _ = embed(c, "a")
	_, _ = c.Models(t.Context())
	_, _ = c.Balance(t.Context())
	if len(asked) != 3 {
		t.Errorf("asked %v", asked)
	}
}

func TestSecretHeadersAreShownNowhere(t *testing.T) {
	for _, said := range []string{gatewayToken, "Bearer " + gatewayToken, "shortgw-5", "a1b2c3"} {
		for _, status := range []int{200, 400, 500} {
			synctest.Test(t, func(t *testing.T) { // waits between attempts take no time
				var log lockedBuilder
				c := inside(t, Config{Headers: gateway(), Debug: &log}, func(*http.Request) (*http.Response, error) {
					return response(status, `{"error":{"message":"wrong: `+said+`, for openai","code":"`+said+`"}}`, requestID, said), nil
				})
				got, err := embed(c, "a")
				_, listing := c.Models(t.Context())
				for _, text := range []string{fmt.Sprint(err, got.Failed), fmt.Sprint(listing), log.String(), fmt.Sprintf("%+v", c.cfg.Headers)} {
					if strings.Contains(text, gatewayToken) || strings.Contains(text, "shortgw-5") || strings.Contains(text, "a1b2c3") {
						t.Errorf("%d: %s", status, text)
					}
				}
				if !strings.Contains(log.String(), "for openai") {
					t.Errorf("a plain value is hidden: %s", log.String())
				}
			})
		}
	}
}

func TestAHeaderWithoutItsVariableAsksNothing(t *testing.T) {
	headers := append(gateway(), Header{Name: "x-b", Env: "UNSET_TOKEN"})
	c := inside(t, Config{Headers: headers}, func(*http.Request) (*http.Response, error) {
		t.Error("something was sent")
		return response(400, "{}"), nil
	})
	_, embedding := embed(c, "a")
	_, listing := c.Models(t.Context())
	for _, err := range []error{embedding, listing, c.Check(t.Context()).Err} {
		var missing *api.KeyError
		if !errors.As(err, &missing) || missing.Env != "UNSET_TOKEN" {
			t.Errorf("%v", err)
		}
	}
}

func TestPlainHeadersAreOneTextWithoutSecrets(t *testing.T) {
	headers := append(gateway(), Header{Name: "X-A", Value: api.NewSecret("1")})
	for range 2 {
		c := newClient(t, Config{Name: "mine", BaseURL: "https://example.com", Headers: headers})
		if got := c.PlainHeaders(); got != "x-a: 1\nx-provider: openai" {
			t.Errorf("%q", got)
		}
		slices.Reverse(headers)
	}
	if got := newClient(t, Config{Name: "mine", BaseURL: "https://example.com"}).PlainHeaders(); got != "" {
		t.Errorf("without headers: %q", got)
	}
}

func TestSecretHeadersCrossNoNetworkInTheClear(t *testing.T) {
	var insecure *api.InsecureKeyError
	if _, err := New(Config{Name: "mine", BaseURL: "http://10.0.0.5/v1", Headers: gateway()}); !errors.As(err, &insecure) {
		t.Errorf("%v", err)
	}
	if _, err := New(Config{Name: "mine", BaseURL: "http://10.0.0.5/v1", Headers: gateway()[:1]}); err != nil {
		t.Errorf("a plain header: %v", err)
	}
	_, err := New(Config{Name: "mine", BaseURL: "https://example.com", Headers: []Header{{Name: "x-a", Value: api.NewSecret("a\r\nEvil: 1"), Env: "TOKEN"}}})
	if err == nil || strings.Contains(err.Error(), "Evil") || !strings.Contains(err.Error(), "set TOKEN again") {
		t.Errorf("%v", err)
	}
}
