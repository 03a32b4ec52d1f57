package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestBalanceIsAskedBesideTheVersionWithTheOtherHeader(t *testing.T) {
	c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/api/check-balance" || r.Header.Get("X-Api-Key") != testKey || r.Header.Get("Authorization") != "" {
			t.Errorf("%s %s with %v", r.Method, r.URL.Path, r.Header)
		}
		fmt.Fprintf(w, `{"usd_balance":"129.46","nano_balance":"26.7","nanoDepositAddress":"nano_1","xno_balance":3,"odd_balance":[],"long_balance":"0.%060d"}`, 5)
	})
	b, err := c.Balance(context.Background())
	if err != nil || b.USD == nil || *b.USD != 129.46 || len(b.Other) != 3 || b.Other["nano"] != "26.7" || b.Other["xno"] != "3" || b.Other["long"] != "0."+strings.Repeat("0", 37)+"…" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestAPersonsOwnKeyHeaderGoesBeforeTheKey(t *testing.T) {
	seen := http.Header{}
	c := inside(t, Config{Profile: profile(t, "nanogpt"), Headers: []Header{{Name: "x-api-key", Value: api.NewSecret("of-the-gateway")}}},
		func(r *http.Request) (*http.Response, error) {
			seen = r.Header
			return response(200, `{"usd_balance":"1"}`), nil
		})
	if _, err := c.Balance(t.Context()); err != nil || seen.Get("X-Api-Key") != "of-the-gateway" || seen.Get("Authorization") != "Bearer "+testKey {
		t.Errorf("%v, %v", seen, err)
	}
}

func TestUnreadableBalancesAreUnknown(t *testing.T) {
	answer := func(body string) (api.Balance, error) {
		return serve(t, "nanogpt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }).Balance(context.Background())
	}
	for _, body := range []string{`{}`, `{"usd_balance":"lots"}`, `{"usd_balance":null}`} {
		if b, err := answer(body); err != nil || b.USD != nil {
			t.Errorf("%s: %+v, %v", body, b, err)
		}
	}
	for _, body := range []string{`[]`, `no`, `{"error":"Invalid key"}`} {
		if b, err := answer(body); err == nil {
			t.Errorf("%s: %+v", body, b)
		}
	}
	if _, err := serve(t, "openai", nil).Balance(context.Background()); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("OpenAI: %v", err)
	}
}

// checked asks a server of that kind how it does; balance is the status with
// which it tells its balance, list that of its other answers.
func checked(t *testing.T, kind, key string, list, balance int) (Status, []string) {
	t.Helper()
	var asked []string
	c := serveConfig(t, Config{Profile: profile(t, kind), Key: api.NewSecret(key), RequestsPerSecond: 1e6}, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, r.URL.Path+" "+string(body))
		if strings.HasSuffix(r.URL.Path, "check-balance") {
			w.WriteHeader(balance)
			fmt.Fprint(w, `{"usd_balance":"5"}`)
			return
		}
		w.WriteHeader(list)
		fmt.Fprint(w, `{"data":[{"id":"text-embedding-a"},{"id":"embedding-reranker"}],"message":"x"}`)
	})
	return c.Check(context.Background()), asked
}

func TestCheckTellsHowAProviderDoes(t *testing.T) {
	for _, c := range []struct {
		kind, key           string
		list, balance       int
		reachable, accepted bool
		models, requests    int
	}{
		{"nanogpt", testKey, 200, 200, true, true, 1, 2},
		{"nanogpt", testKey, 200, 401, true, false, 1, 2},
		{"nanogpt", testKey, 200, 500, true, false, 1, 2}, // nobody has said that the key is taken
		{"nanogpt", "", 200, 200, true, false, 1, 1},
		{"nanogpt", testKey, 503, 200, true, true, 0, 2},
		{"openai", testKey, 200, 0, true, true, 1, 1},
		{"openai", testKey, 401, 0, true, false, 0, 1},
		{"openai", testKey, 403, 0, true, false, 0, 1},
		{"openai", testKey, 429, 0, true, false, 0, 1},
		{"openai", testKey, 402, 0, true, true, 0, 1},
		{"openai", testKey, 404, 0, false, false, 0, 1},
		{"nanogpt", testKey, 404, 200, false, false, 0, 1},
		{"nanogpt", testKey, 200, 402, true, true, 1, 2},
		{"voyage", testKey, 404, 0, false, false, 0, 1},
		{"voyage", testKey, 500, 0, true, false, 0, 1},
		{"openrouter", testKey, 200, 0, true, true, 1, 2},
		{"vllm", "", 200, 0, true, true, 1, 1},
		{"jina", "", 422, 0, false, false, 0, 0},
		{"jina", testKey, 422, 0, true, true, 0, 1},
		{"voyage", testKey, 400, 0, true, true, 0, 1},
		{"voyage", testKey, 401, 0, true, false, 0, 1},
	} {
		s, asked := checked(t, c.kind, c.key, c.list, c.balance)
		if s.Reachable != c.reachable || s.Authorised != c.accepted || s.Models != c.models || len(asked) != c.requests {
			t.Errorf("%s %d/%d: %+v after %q", c.kind, c.list, c.balance, s, asked)
		}
		good := c.reachable && c.accepted && (c.list == 200 || c.kind == "jina" || c.list == 400) && c.balance < 400
		if (s.Err == nil) != good {
			t.Errorf("%s %d/%d: error %v", c.kind, c.list, c.balance, s.Err)
		}
		if c.kind == "nanogpt" && c.balance == 200 && c.key != "" && c.reachable && (s.Balance.USD == nil || *s.Balance.USD != 5) {
			t.Errorf("balance %+v", s.Balance)
		}
	}
}

func TestCheckSpendsNothing(t *testing.T) {
	for _, p := range Profiles() {
		_, asked := checked(t, p.Name, testKey, 200, 200)
		for _, request := range asked {
			if strings.Contains(request, "embeddings ") && !strings.Contains(request, `"input":[]`) {
				t.Errorf("%s was asked %s", p.Name, request)
			}
		}
	}
}

func TestCheckOfNobody(t *testing.T) {
	c := inside(t, Config{Profile: profile(t, "nanogpt")}, func(*http.Request) (*http.Response, error) { return nil, io.EOF })
	if s := c.Check(t.Context()); s.Reachable || s.Authorised || s.Err == nil {
		t.Errorf("%+v", s)
	}
}

// onlyPages answers everything with a web page, as where no API is.
func onlyPages(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprint(w, "<!DOCTYPE html><title>hello</title>")
	}
}

func TestAWrongPathIsNeitherReachableNorAuthorised(t *testing.T) {
	for _, p := range Profiles() {
		for name, handler := range map[string]http.HandlerFunc{
			"404 page": onlyPages(404), "200 page": onlyPages(200), "401 page": onlyPages(401), "502 page": onlyPages(502),
			"404 text": http.NotFound,
			"404 JSON": func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(404)
				fmt.Fprint(w, `{"detail":"Not Found"}`)
			},
			"405":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(405) },
			"200 JSON":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":"healthy"}`) },
			"503 text":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503); fmt.Fprint(w, "no healthy upstream") },
			"200 words": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "it works") },
		} {
			s := serve(t, p.Name, handler).Check(t.Context())
			if s.Reachable || s.Authorised || s.Err == nil || s.Models != 0 {
				t.Errorf("%s, %s: %+v", p.Name, name, s)
			}
		}
	}
}

func TestAServerWithoutABalanceStillTellsAboutTheKey(t *testing.T) {
	for status, accepted := range map[int]bool{400: true, 401: false} {
		c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "check-balance"):
				http.NotFound(w, r)
			case r.Method == http.MethodPost:
				w.WriteHeader(status)
				fmt.Fprint(w, `{"error":{"message":"no"}}`)
			default:
				fmt.Fprint(w, `{"data":[{"id":"m"}]}`)
			}
		})
		if s := c.Check(t.Context()); !s.Reachable || s.Authorised != accepted || (s.Err == nil) != accepted {
			t.Errorf("%d: %+v", status, s)
		}
	}
}
