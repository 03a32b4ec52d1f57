package openai

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// A status that is told inside an answer of status 200 counts from 400 to 599.
func TestWhichCodesAreAStatus(t *testing.T) {
	c := newClient(t, Config{Name: "mine", Profile: profile(t, "openrouter"), Key: api.NewSecret(testKey)})
	for code, want := range map[string]struct {
		meant   int
		refused bool
	}{
		"": {400, false}, "words": {400, false}, "399": {400, false}, "400": {400, true}, "429": {429, true}, "499": {499, true}, "500": {500, false}, "599": {599, false}, "600": {400, false}, "4000": {400, false},
	} {
		f := c.refusal(http.Header{}, answer.Complaint{Message: "no", Code: code, JSON: true})
		if f.meant != want.meant || f.refused != want.refused || f.Status != http.StatusOK {
			t.Errorf("%q means %d, refused %v, status %d; want %d, %v", code, f.meant, f.refused, f.Status, want.meant, want.refused)
		}
	}
}

// A balance may come with words; only an error beside them is one.
func TestABalanceMayComeWithAMessage(t *testing.T) {
	for body, ok := range map[string]bool{
		`{"usd_balance":"5","message":"Thank you"}`: true, `{"usd_balance":"5","error":null,"message":"Thank you"}`: true, `{"usd_balance":"5","error":"No such key"}`: false,
	} {
		c := serve(t, "nanogpt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		if b, err := c.Balance(t.Context()); (err == nil) != ok || ok && (b.USD == nil || *b.USD != 5) {
			t.Errorf("%s: %+v, %v", body, b, err)
		}
	}
}

func TestOnlyAnOddPortMaySpeakNoTLS(t *testing.T) {
	for base, told := range map[string]bool{
		"https://example.com/v1": false, "https://example.com:443/v1": false, "https://example.com:8443/v1": true, "https://127.0.0.1/v1": true, "https://localhost:443/v1": true, "http://example.com:8080/v1": false,
	} {
		c := newClient(t, Config{Name: "mine", Profile: profile(t, "generic"), BaseURL: base, HTTP: &http.Client{Transport: &http.Transport{}}})
		f := &fault{ServerError: &api.ServerError{Message: "as before"}, again: true, lost: true}
		if c.unreached(f, io.EOF); (f.Message == "the server does not speak https") != told || f.again == told || f.lost == told {
			t.Errorf("%s: %+v", base, f)
		}
	}
}

func TestAFaultNamesTheProxyBetween(t *testing.T) {
	proxy := &url.URL{Scheme: "http", Host: "proxy.example:3128"}
	for name, transport := range map[string]http.RoundTripper{
		"none":                 &http.Transport{},
		"one":                  &http.Transport{Proxy: http.ProxyURL(proxy)},
		"none for this server": &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, nil }},
		"wrong":                &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return proxy, errors.New("no address") }},
		"of a test":            roundTrip(nil),
	} {
		c := newClient(t, Config{Name: "mine", Profile: profile(t, "generic"), BaseURL: "https://example.com", HTTP: &http.Client{Transport: transport}})
		if got := c.proxy(); (got != nil) != (name == "one") {
			t.Errorf("%s: the proxy is %v", name, got)
		}
	}
}

// What is passed over an answer that came too late is found by its kind.
func TestALateAnswerIsADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := inside(t, Config{Timeout: time.Second}, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		if _, err := embed(c, "a"); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

// A price that a free server's list has is its own; what has none costs nothing there.
func TestAPriceOnAListOfAFreeServerStays(t *testing.T) {
	own := profile(t, "nanogpt")
	own.Local = true
	c := serveConfig(t, Config{Name: "mine", Profile: own}, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"id":"priced","pricing":{"per_million_tokens":0.02}},{"id":"bare"}]}`)
	})
	models, err := c.Models(t.Context())
	if err != nil || len(models) != 2 || models[0].Price == nil || *models[0].Price != 0.02 || models[1].Price == nil || *models[1].Price != 0 {
		t.Errorf("%+v, %v", models, err)
	}
}

func TestAServerThatHasAcceptedAnythingDoesNotRefuseEverything(t *testing.T) {
	c := newClient(t, Config{Name: "mine", Profile: profile(t, "nanogpt"), Key: api.NewSecret(testKey)})
	for accepted, want := range map[int]bool{0: true, 1: false} {
		j := c.newJob(api.Request{Model: "m"})
		j.result.Usage.Latencies = make([]time.Duration, accepted)
		if j.refusesAll(refusedEnough - 1) {
			t.Error("one fewer than enough are enough")
		}
		if got := j.refusesAll(1); got != want {
			t.Errorf("after %d accepted requests it is believed to refuse everything: %v", accepted, got)
		}
	}
}

func TestEveryRequestSaysWhoAsksAndWhatItTakes(t *testing.T) {
	var got http.Header
	c := inside(t, Config{Profile: profile(t, "nanogpt")}, func(r *http.Request) (*http.Response, error) {
		got = r.Header
		return response(200, answerOf("[1,2]")), nil
	})
	if _, err := embed(c, "a"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Accept": "application/json", "User-Agent": "vecscope", "Content-Type": "application/json", "Authorization": "Bearer " + testKey} {
		if got.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Get(name), want)
		}
	}
}

func TestAPingIsAnsweredByAListOfVectors(t *testing.T) {
	for body, ok := range map[string]bool{`{"data":[]}`: true, `{"error":null,"data":[]}`: true, `{"error":{"message":"no","code":401},"data":[]}`: false, `{"data":null}`: false, `{}`: false} {
		c := serve(t, "generic", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		if err := c.ping(t.Context()); (err == nil) != ok {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestListsThatTellTheirServerHaveAllItsKeys(t *testing.T) {
	rows := func(objects ...string) (list []json.RawMessage) {
		for _, o := range objects {
			list = append(list, json.RawMessage(o))
		}
		return list
	}
	studio, tags := `{"key":"m","publisher":"p","loaded_instances":[]}`, `{"name":"m","details":{}}`
	for _, c := range []struct {
		list         []json.RawMessage
		studio, tags bool
	}{
		{nil, false, false}, {[]json.RawMessage{}, false, true},
		{rows(studio), true, false}, {rows(studio, studio), true, false}, {rows(studio, tags), false, false},
		{rows(`{"publisher":"p","loaded_instances":[]}`), false, false}, {rows(`{"key":"m","loaded_instances":[]}`), false, false}, {rows(`{"key":"m","publisher":"p"}`), false, false},
		{rows(tags), false, true}, {rows(tags, tags), false, true}, {rows(`{"name":"m"}`), false, false}, {rows(`{"details":{}}`), false, false}, {rows(`[]`), false, false},
	} {
		if isLMStudio(c.list) != c.studio || isTags(c.list) != c.tags {
			t.Errorf("%s: LM Studio's %v, Ollama's %v", c.list, isLMStudio(c.list), isTags(c.list))
		}
	}
}
