package apitest_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/catalog"
)

func TestTheCatalogIsOpenAndHasEveryModel(t *testing.T) {
	s := quick(t)
	want, err := catalog.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	r := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil, "X-Nothing", "x")
	rows := r.list(t, "data")
	if r.status != http.StatusOK || len(rows) != len(want) {
		t.Fatalf("status %d, %d models; want %d", r.status, len(rows), len(want))
	}
	for i, m := range want {
		row := rows[i]
		if row["id"] != m.ID || row["object"] != "model" || row["owned_by"] != m.Owner || row["created"] == nil {
			t.Errorf("%s: %v", m.ID, row)
		}
		if row["supports_dimensions"] != m.SupportsDimensions || row["max_tokens"] != float64(m.MaxTokens) {
			t.Errorf("%s: %v", m.ID, row)
		}
		if pricing := row["pricing"].(fields); pricing["per_million_tokens"] != *m.Price || pricing["currency"] != "USD" {
			t.Errorf("%s: pricing %v", m.ID, pricing)
		}
		if m.Kind == api.KindEmbedding && row["dimensions"] != float64(m.Dimensions) {
			t.Errorf("%s: dimensions %v", m.ID, row["dimensions"])
		}
	}
}

func TestTheListOfAllModelsNeedsAKey(t *testing.T) {
	s := quick(t)
	if r := send(t, s, http.MethodGet, s.URL+"/models", nil); r.status != http.StatusOK || len(r.list(t, "data")) == 0 {
		t.Errorf("status %d: %s", r.status, r.body)
	}
	if r := send(t, s, http.MethodGet, s.URL+"/models", nil, "X-Nothing", "x"); r.status != http.StatusUnauthorized {
		t.Errorf("without a key: status %d", r.status)
	}
}

func TestTheKey(t *testing.T) {
	s := quick(t)
	body := fields{"model": small, "input": "hello"}
	for _, tt := range []struct {
		name, header, value string
		status              int
		code                any
	}{
		{"as a bearer token", "Authorization", "Bearer " + s.Key, http.StatusOK, nil},
		{"in x-api-key", "x-api-key", s.Key, http.StatusOK, nil},
		{"missing", "X-Nothing", "x", http.StatusUnauthorized, "missing_api_key"},
		{"wrong", "Authorization", "Bearer sk-wrong", http.StatusUnauthorized, "invalid_api_key"},
		{"wrong in x-api-key", "x-api-key", "sk-wrong", http.StatusUnauthorized, "invalid_api_key"},
		{"without the word Bearer", "Authorization", s.Key, http.StatusUnauthorized, "missing_api_key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if r := post(t, s, body, tt.header, tt.value); r.status != tt.status || r.errorCode(t) != tt.code {
				t.Errorf("status %d, code %v; want %d, %v", r.status, r.errorCode(t), tt.status, tt.code)
			}
		})
	}
}

func TestAWrongPathIsAPage(t *testing.T) {
	s := quick(t)
	for _, url := range []string{root(s) + "/v1/embeddings", root(s) + "/embeddings", s.URL + "/embeddings/embeddings", root(s)} {
		r := send(t, s, http.MethodPost, url, fields{})
		if r.status != http.StatusNotFound || !strings.Contains(r.header.Get("Content-Type"), "text/html") || !strings.HasPrefix(string(r.body), "<!DOCTYPE html>") {
			t.Errorf("%s: status %d, %s: %.60s", url, r.status, r.header.Get("Content-Type"), r.body)
		}
	}
	if r := send(t, s, http.MethodGet, s.URL+"/embeddings", nil); r.status != http.StatusNotFound {
		t.Errorf("a wrong method: status %d", r.status)
	}
}

func TestEveryEmbeddingCostsItsTokens(t *testing.T) {
	s := quick(t)
	before := balance(t, s)
	if before != apitest.DefaultBalance {
		t.Errorf("balance %v before, want %v", before, apitest.DefaultBalance)
	}
	r := post(t, s, fields{"model": small, "input": []string{"hello world", "tiktoken is great!"}})
	usage := r.decode(t)["usage"].(fields)
	if usage["prompt_tokens"] != 8.0 || usage["total_tokens"] != 8.0 {
		t.Errorf("usage %v, want 2+6 tokens", usage)
	}
	const want = 8 * 0.02 / 1e6
	if got := s.Spent(); got != want {
		t.Errorf("spent %v, want %v", got, want)
	}
	if got := before - balance(t, s); got < want/2 || got > want*2 {
		t.Errorf("the balance fell by %v, want about %v", got, want)
	}
}

// balance asks for the balance, whose numbers are strings.
func balance(t *testing.T, s *apitest.Server) float64 {
	t.Helper()
	r := send(t, s, http.MethodPost, root(s)+"/api/check-balance", nil, "x-api-key", s.Key)
	text, _ := r.decode(t)["usd_balance"].(string)
	usd, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	return usd
}

func TestTheBalanceTakesTheKeyInOneHeaderOnly(t *testing.T) {
	s := quick(t)
	if r := send(t, s, http.MethodPost, root(s)+"/api/check-balance", nil); r.status != http.StatusUnauthorized {
		t.Errorf("with a bearer token: status %d", r.status)
	}
}

func TestAnEmptyAccountEmbedsNothing(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true, Balance: 1e-12})
	r := post(t, s, fields{"model": small, "input": "hello"})
	body := r.decode(t)
	if r.status != http.StatusPaymentRequired || body["error"] != "Insufficient balance" || body["requiredBalance"] != 0.02/1e6 || body["status"] != 402.0 {
		t.Errorf("status %d: %v", r.status, body)
	}
	if s.Spent() != 0 {
		t.Errorf("spent %v", s.Spent())
	}
}

func TestTheLogTellsWhatWasAsked(t *testing.T) {
	s := quick(t)
	s.Fail(apitest.Fine(), apitest.RateLimited())
	send(t, s, http.MethodGet, s.URL+"/embedding-models", nil)
	first := post(t, s, fields{"model": small, "input": []string{"a", "b"}, "dimensions": 8, "encoding_format": "base64"})
	post(t, s, fields{"model": small, "input": "c"})

	all, embeddings := s.Requests(), s.Embeddings()
	if len(all) != 3 || len(embeddings) != 2 {
		t.Fatalf("%d requests, %d for embeddings", len(all), len(embeddings))
	}
	if all[0].Method != http.MethodGet || all[0].Path != "/api/v1/embedding-models" || all[0].Embeds() {
		t.Errorf("first: %+v", all[0])
	}
	r := embeddings[0]
	if r.Number != 2 || r.Model != small || len(r.Inputs) != 2 || r.Inputs[1] != "b" || r.Dimensions != 8 || r.Encoding != "base64" || r.Fault != "" {
		t.Errorf("second: %+v", r)
	}
	if got := r.Header.Get("Authorization"); got != "Bearer "+s.Key {
		t.Errorf("header %q", got)
	}
	if embeddings[1].Fault != "rate-limited" {
		t.Errorf("third: %+v", embeddings[1])
	}
	if first.header.Get("X-Request-ID") != "req-000002" {
		t.Errorf("request id %q", first.header.Get("X-Request-ID"))
	}
}

func TestModelsCanChange(t *testing.T) {
	s := quick(t)
	price := 0.5
	s.SetModels([]api.Model{{ID: "new", Dimensions: 5, Price: &price}})
	if rows := send(t, s, http.MethodGet, s.URL+"/embedding-models", nil).list(t, "data"); len(rows) != 1 || rows[0]["id"] != "new" {
		t.Errorf("%v", rows)
	}
	if r := post(t, s, fields{"model": small, "input": "x"}); r.errorCode(t) != "model_not_found" {
		t.Errorf("a model that is gone: %s", r.body)
	}
	if v := post(t, s, fields{"model": "new", "input": "x"}).vectors(t); len(v[0]) != 5 {
		t.Errorf("%d dimensions", len(v[0]))
	}
}

func TestHeldRequestsRunSideBySide(t *testing.T) {
	s := quick(t)
	release := make(chan struct{})
	s.FailWhen(apitest.Always(), apitest.Hold(release))
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			r, err := try(t.Context(), s, http.MethodPost, s.URL+"/embeddings", fields{"model": small, "input": "x"})
			if err != nil || r.status != http.StatusOK {
				t.Errorf("status %d, %v", r.status, err)
			}
		})
	}
	if err := s.Await(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	close(release)
	all.Wait()
	if s.Peak() != 3 {
		t.Errorf("%d at the same time, want 3", s.Peak())
	}
}

func TestAHangEndsWithTheClient(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.Hang(), apitest.HangInBody(), apitest.Hold(nil)} {
		t.Run(fault.Name(), func(t *testing.T) {
			s := quick(t)
			s.Fail(fault)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() {
				_, err := try(ctx, s, http.MethodPost, s.URL+"/embeddings", fields{"model": small, "input": "x"})
				done <- err
			}()
			if err := s.Await(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestClosingEndsWhatHangs(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.Hang(), apitest.HangInBody(), apitest.Hold(nil)} {
		t.Run(fault.Name(), func(t *testing.T) {
			s := quick(t)
			s.Fail(fault)
			done := make(chan error, 1)
			go func() {
				_, err := try(t.Context(), s, http.MethodPost, s.URL+"/embeddings", fields{"model": small, "input": "x"})
				done <- err
			}()
			if err := s.Await(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			s.Close()
			if err := <-done; err == nil {
				t.Error("the request succeeded")
			}
			s.Close()
		})
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := quick(t).Await(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLatencyEndsWithTheClient(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true, Latency: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := try(ctx, s, http.MethodPost, s.URL+"/embeddings", fields{"model": small, "input": "x"})
		done <- err
	}()
	if err := s.Await(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestStart(t *testing.T) {
	s, err := apitest.Start(apitest.Options{Dialect: apitest.Ollama})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	address := strings.TrimPrefix(root(s), "http://")
	host, port, err := net.SplitHostPort(address)
	if err != nil || host != "127.0.0.1" || s.Key != "" || !strings.HasSuffix(s.URL, "/v1") {
		t.Errorf("URL %s, key %q", s.URL, s.Key)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := apitest.Start(apitest.Options{Port: number}); err == nil {
		t.Error("two servers listen on one port")
	}
	if _, err := apitest.Start(apitest.Options{Dialect: "klingon"}); err == nil || !strings.Contains(err.Error(), "nanogpt") {
		t.Errorf("an unknown dialect: %v", err)
	}
}
