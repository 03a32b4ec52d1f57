package openai

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

// A list that is open to everyone proves the server and not the key; what fails after it
// takes nothing back.
func TestAnOpenListProvesTheServer(t *testing.T) {
	for name, c := range map[string]struct {
		after      *http.Response // to the balance and to what is asked where there is none
		authorised bool
		err        string
	}{
		"all is well":      {response(200, `{"usd_balance":"1.50"}`), true, ""},
		"the key is wrong": {response(401, `{"error":{"message":"who?"}}`), false, "401 Unauthorized: who?"},
		"a page comes":     {response(403, "<html>log in"), false, "a web page"},
		"nothing comes":    {nil, false, "the connection failed"},
		"no such method":   {response(405, `{"error":{"message":"no"}}`), false, "405 Method Not Allowed: no"},
	} {
		cl := inside(t, Config{Profile: profile(t, "nanogpt")}, func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodGet {
				return response(200, `{"data":[{"id":"a"},{"id":"b"}]}`), nil
			}
			if c.after == nil {
				return nil, errors.New("cut")
			}
			return c.after, nil
		})
		s := cl.Check(t.Context())
		if !s.Reachable || s.Authorised != c.authorised || s.Models != 2 || (s.Err == nil) != (c.err == "") || s.Err != nil && !strings.Contains(s.Err.Error(), c.err) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// What the server says goes before what is missing here.
func TestACheckWithoutAKeyTellsTheServersWords(t *testing.T) {
	for status, want := range map[int]string{200: "nanogpt needs a key: set NANOGPT_API_KEY", 500: "nanogpt answered 500 Internal Server Error: broken; try again later"} {
		c := newClient(t, Config{Profile: profile(t, "nanogpt"), HTTP: &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return response(status, `{"data":[],"error":{"message":"broken"}}`), nil
		})}})
		if s := c.Check(t.Context()); !s.Reachable || s.Authorised || s.Err == nil || s.Err.Error() != want {
			t.Errorf("%d: %+v, want %s", status, s, want)
		}
	}
}

func TestWhatKeepsARequestFromBeingSentIsNamed(t *testing.T) {
	proxy := &url.URL{Scheme: "http", User: url.UserPassword("me", "s3cret"), Host: "proxy.example:3128"}
	c := newClient(t, Config{Name: "mine", Profile: profile(t, "generic"), BaseURL: "https://example.com", HTTP: &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}}})
	const advice = "correct or unset HTTP_PROXY and HTTPS_PROXY, or name example.com in NO_PROXY"
	unknown := func(host string) error { return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true} }
	for name, tt := range map[string]struct {
		err           error
		again         bool
		message, what string
	}{
		"nobody knows the proxy":    {unknown("proxy.example"), false, "there is no proxy proxy.example:3128", advice},
		"nobody knows another host": {unknown("example.com"), false, "as before, through the proxy proxy.example:3128", "as before"},
		"its name may be known":     {&net.DNSError{Err: "busy", Name: "proxy.example", IsTimeout: true}, true, "no connection through the proxy proxy.example:3128: lookup proxy.example: busy", advice},
		"it refuses":                {errors.New("refused"), true, "no connection through the proxy proxy.example:3128: refused", advice},
		"what it says is final":     {errors.New("no"), false, "as before, through the proxy proxy.example:3128", "as before"},
	} {
		f := &fault{ServerError: &api.ServerError{Message: "as before", Advice: "as before"}, again: tt.again}
		if c.unreached(f, tt.err); f.Message != tt.message || f.Advice != tt.what || f.again {
			t.Errorf("%s: %q, %q, again %v", name, f.Message, f.Advice, f.again)
		}
	}
}

// Who answers too late is not said to refuse, whatever stands between.
func TestALateProxyIsADeadlineToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		proxy := &url.URL{Scheme: "http", Host: "127.0.0.1:9"}
		c := newClient(t, Config{Name: "mine", Profile: profile(t, "generic"), BaseURL: "https://example.com", Timeout: time.Second, HTTP: &http.Client{Transport: &http.Transport{
			Proxy: http.ProxyURL(proxy),
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			},
		}}})
		want := "mine: no answer within 1s, asked twice; try again later, or raise the timeout in the settings"
		if _, err := embed(c, "a"); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
