package openai

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vecscope/vecscope/api"
)

// What a person sets goes before what is usual of a kind of server, which fills in the
// rest.
func TestWhatIsSetGoesBeforeWhatIsUsual(t *testing.T) {
	p := profile(t, "mistral")
	all := Config{
		Name: "mine", BaseURL: "https://example.com/v1", KeyEnv: "MY_KEY", RequestsPerSecond: 3, Concurrency: 5, MaxInputs: 7, MaxTokens: 11,
		Timeout: time.Second, Profile: p, Count: func(string) int { return 13 },
	}
	if c := newClient(t, all).cfg; c.Name != all.Name || c.BaseURL != all.BaseURL || c.KeyEnv != all.KeyEnv || c.RequestsPerSecond != 3 || c.Concurrency != 5 ||
		c.MaxInputs != 7 || c.MaxTokens != 11 || c.Timeout != time.Second || c.Count("x") != 13 {
		t.Errorf("set are %+v", c)
	}
	if c := newClient(t, Config{Profile: p}).cfg; c.Name != p.Name || c.BaseURL != p.BaseURL || c.KeyEnv != p.KeyEnv || c.RequestsPerSecond != p.RequestsPerSecond ||
		c.Concurrency != p.Concurrency || c.MaxInputs != p.MaxInputs || c.MaxTokens != p.MaxTokens || c.Timeout != p.Timeout || c.Count("four") != 2 {
		t.Errorf("usual are %+v", c)
	}
	for key, want := range map[string]string{"sk-1 2": "holds a space", "sk-\x7f": "holds a space", "sk-ü": "holds a space"} {
		if _, err := New(Config{Profile: p, Key: api.NewSecret(key)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the key %q: %v", key, err)
		}
	}
	for _, n := range []float64{math.Inf(1), math.NaN(), -1} {
		if _, err := New(Config{Profile: p, RequestsPerSecond: n}); err == nil || !strings.Contains(err.Error(), "requests per second") {
			t.Errorf("%g requests a second: %v", n, err)
		}
	}
}

// A limit that was learnt before counts where it is under the one that is set.
func TestHowFewTextsAServerTookIsRemembered(t *testing.T) {
	for _, c := range []struct{ most, learnt, want int }{{10, 0, 0}, {10, 1, 1}, {10, 9, 9}, {10, 10, 0}, {10, 50, 0}} {
		client := newClient(t, Config{Profile: profile(t, "nanogpt"), MaxInputs: c.most, Inputs: c.learnt})
		if got := client.Inputs(); got != c.want {
			t.Errorf("of %d it took %d: %d are told", c.most, c.learnt, got)
		}
		if got := client.inputs.Load(); got != int64(c.most) && got != int64(c.want) {
			t.Errorf("of %d it took %d: %d are sent", c.most, c.learnt, got)
		}
		if client.ForgetInputs(); client.Inputs() != 0 || client.inputs.Load() != int64(c.most) {
			t.Errorf("of %d it took %d, which is not forgotten", c.most, c.learnt)
		}
	}
}

// What takes a server no work is not waited for as long as vectors are.
func TestListsAndBalancesAreNotWaitedForAsLongAsVectors(t *testing.T) {
	for timeout, want := range map[time.Duration]time.Duration{10 * time.Minute: listTimeout, 5 * time.Second: 5 * time.Second} {
		waited := map[string]time.Duration{}
		c := inside(t, Config{Timeout: timeout, Profile: profile(t, "nanogpt")}, func(r *http.Request) (*http.Response, error) {
			until, _ := r.Context().Deadline()
			waited[r.URL.Path] = time.Until(until).Round(time.Second)
			if r.Method == http.MethodPost && r.URL.Path == "/api/check-balance" {
				return response(404, ""), nil // so that Check asks for no vectors instead
			}
			return response(200, `{"data":[]}`), nil
		})
		if s := c.Check(t.Context()); !s.Reachable {
			t.Fatal(s.Err)
		}
		for _, path := range []string{"/api/v1/embedding-models", "/api/check-balance", "/api/v1/embeddings"} {
			if waited[path] != want {
				t.Errorf("%s is waited for %v of %v", path, waited[path], timeout)
			}
		}
		if _, err := embed(c, "a"); err == nil || waited["/api/v1/embeddings"] != timeout {
			t.Errorf("vectors are waited for %v of %v: %v", waited["/api/v1/embeddings"], timeout, err)
		}
	}
}

func TestACheckCountsWhatCanEmbedAndAsksOnce(t *testing.T) {
	asked := map[string]int{}
	c := inside(t, Config{Profile: profile(t, "openai")}, func(r *http.Request) (*http.Response, error) {
		asked[r.URL.Path]++
		if r.Method == http.MethodGet {
			return response(200, `{"data":[{"id":"gpt-5"},{"id":"text-embedding-3-small"},{"id":"embedding-rerank"}]}`), nil
		}
		return response(500, ""), nil
	})
	if s := c.Check(t.Context()); s.Models != 1 || len(s.Listed) != 3 || !s.Reachable || !s.Authorised || s.Err != nil {
		t.Errorf("%+v", s)
	}
	down := inside(t, Config{Profile: profile(t, "voyage")}, func(r *http.Request) (*http.Response, error) {
		asked["voyage"]++
		return response(503, `{"error":{"message":"busy"}}`), nil
	})
	if s := down.Check(t.Context()); s.Err == nil || s.Listed != nil || asked["voyage"] != 1 {
		t.Errorf("asked %d times: %+v", asked["voyage"], s)
	}
}

func TestWhatAnErrorProves(t *testing.T) {
	c := inside(t, Config{}, nil)
	for _, tt := range []struct {
		status                int
		body                  string
		reachable, authorised bool
	}{
		{401, `{"error":{"message":"who?"}}`, true, false}, {403, `{"error":{"message":"no"}}`, true, false}, {402, `{"error":{"message":"empty"}}`, true, true},
		{404, `{"error":{"message":"no path"}}`, false, false}, {405, `{"error":{"message":"no"}}`, false, false}, {500, `{"error":{"message":"broken"}}`, true, false},
		{502, "Bad Gateway", false, false}, {403, "<html>Forbidden", false, false},
	} {
		reachable, authorised := proof(c.answerFault(tt.status, http.Header{}, []byte(tt.body)))
		if reachable != tt.reachable || authorised != tt.authorised {
			t.Errorf("%d %s: reachable %t, authorised %t", tt.status, tt.body, reachable, authorised)
		}
	}
	if reachable, authorised := proof(errors.New("no connection")); reachable || authorised {
		t.Error("no answer proves something")
	}
}

// Only what would be sent again waits, and so only its server has hours.
func TestAFinalErrorSaysNothingOfOpeningHours(t *testing.T) {
	at, _, err := waits(t, response(400, `{"error":{"message":"bad","code":"model_not_found"}}`, "Retry-After", "3600"))
	var e *api.ServerError
	if !errors.As(err, &e) || !e.OpensAt.IsZero() || !e.Permanent || len(at) != 1 || strings.Contains(err.Error(), "opens again") {
		t.Errorf("%+v after %d attempts", e, len(at))
	}
}

// Who is told a time in milliseconds and in seconds goes by the finer one, by that of the
// header before that of the words, and waits for the end of all limits that are used up.
func TestTheClosestHintCounts(t *testing.T) {
	for want, headers := range map[time.Duration][]string{
		1500 * time.Millisecond: {"Retry-After-Ms", "1500", "Retry-After", "2"},
		3 * time.Second:         {"Retry-After-Ms", "-1", "Retry-After", "3"},
		9 * time.Second:         {"X-Ratelimit-Reset-Requests", "9s", "X-Ratelimit-Remaining-Requests", "0", "X-Ratelimit-Reset-Tokens", "1s", "X-Ratelimit-Remaining-Tokens", "0"},
		4 * time.Second:         {"X-Ratelimit-Reset-Requests", "4s", "X-Ratelimit-Reset-Tokens", "8s"},
		farthest:                {"Retry-After", fmt.Sprint(10 * farthest.Seconds())},
	} {
		header := http.Header{}
		for i := 0; i < len(headers); i += 2 {
			header.Set(headers[i], headers[i+1])
		}
		if got := retryAfter(429, header, "try again in 77s"); got != want {
			t.Errorf("%v: %v, want %v", headers, got, want)
		}
	}
	if got := retryAfter(500, http.Header{}, "try again in 77s"); got != 0 {
		t.Errorf("words count after a failure that is no limit: %v", got)
	}
}

// What identifies a model is told of it alone.
func TestAModelIsIdentifiedByItsOwnRow(t *testing.T) {
	for body, want := range map[string]api.Identity{
		`{"models":[{"name":"m:latest","digest":"aa"},{"name":"m","digest":"bb"}]}`:                 api.DigestIdentity("bb"),
		`{"models":[{"name":"m:latest","digest":"aa"},{"name":"n","digest":"bb"}]}`:                 api.DigestIdentity("aa"),
		`{"models":[{"name":"n","digest":"bb"}]}`:                                                   api.DigestIdentity("bb"),
		`{"models":[{"name":"n","digest":"bb"},{"name":"o","digest":"cc"}]}`:                        "",
		`{"models":[{"name":"m","created":7,"owned_by":"library"}]}`:                                api.TimeIdentity(7),
		`{"models":[{"name":"m","created":7,"owned_by":"somebody"}]}`:                               "",
		`{"models":[{"name":"m","created":-7,"owned_by":"library"}]}`:                               "",
		`{"models":[{"name":"m","meta":{"size":5,"n_params":6},"created":7,"owned_by":"library"}]}`: api.MetaIdentity("size=5 n_params=6"),
		`{"error":"not now"}`: "",
	} {
		c := inside(t, Config{Profile: profile(t, "ollama"), Models: []api.Model{{ID: "only-in-the-settings"}}}, func(*http.Request) (*http.Response, error) { return response(200, body), nil })
		if got := c.Identify(t.Context(), "m"); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	c := inside(t, Config{Profile: profile(t, "openai")}, func(*http.Request) (*http.Response, error) {
		t.Error("a server was asked whose list tells nothing")
		return response(200, `{"data":[{"id":"m","digest":"aa"}]}`), nil
	})
	if got := c.Identify(t.Context(), "m"); got != "" {
		t.Errorf("%q", got)
	}
}

func TestWhatAListSaysOfAModel(t *testing.T) {
	price := func(m api.Model) string {
		if m.Price == nil {
			return "-"
		}
		return fmt.Sprintf("%.4g", *m.Price)
	}
	for _, c := range []struct{ kind, path, body, want string }{
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","pricing":{"prompt":"0.0000001"}},{"id":"a-embed","dimensions":9}]}`, "a-embed 0 0 0.1 false false"},
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","pricing":{"prompt":-1}}]}`, "a-embed 0 0 - false false"},
		{"nanogpt", "/api/v1/embedding-models", `{"data":[{"id":"bge-rerank","dimensions":1024,"max_dimensions":1024,"supports_dimensions":true}]}`, "bge-rerank 0 0 - false false"},
		{"llamacpp", "/api/v1/models", `{"data":[{"id":"a","meta":{"n_embd":8,"n_ctx":512,"n_ctx_train":8192}}]}`, "a 8 512 0 false false"},
		{"llamaswap", "/api/v1/models", `{"data":[{"id":"far","meta":{"n_ctx":512,"llamaswap":{"type":"peer"}}}]}`, "far 0 512 - false true"},
		{"lmstudio", "/api/api/v1/models", `{"models":[{"type":"embeddings","key":"a","max_context_length":2048,"loaded_instances":[{"config":{"context_length":512}}]}]}`, "a 0 512 0 false false"},
	} {
		var rows []string
		for _, m := range listed(t, c.kind, c.path, c.body) {
			rows = append(rows, fmt.Sprint(m.ID, " ", m.Dimensions, " ", m.MaxTokens, " ", price(m), " ", m.SupportsDimensions, " ", m.Elsewhere))
		}
		if got := strings.Join(rows, ", "); got != c.want {
			t.Errorf("%s lists %s\nwant %s", c.kind, got, c.want)
		}
	}
	own := 0.5
	if m := listed(t, "ollama", "/api/api/tags", `{"models":[{"model":"a","capabilities":["embedding"]}]}`, api.Model{ID: "a", Price: &own})[0]; price(m) != "0.5" {
		t.Errorf("a price of the settings becomes %s", price(m))
	}
}

// A list that refuses shorter vectors of a model no more lets them be asked for again.
func TestWhatANewListAllowsIsAskedFor(t *testing.T) {
	body := `{"data":[{"id":"m","supports_dimensions":false},{"id":"own","supports_dimensions":false}]}`
	var dimensions *int
	c := inside(t, Config{Models: []api.Model{{ID: "own", SupportsDimensions: true}}}, func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			return response(200, body), nil
		}
		a := readAsked(t, r)
		dimensions = a.Dimensions
		return response(200, answerTo(a)), nil
	})
	for _, want := range []bool{false, true} {
		if _, err := c.Models(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Embed(t.Context(), api.Request{Model: "m", Dimensions: 2, Texts: []string{"a"}}); err != nil || (dimensions != nil) != want {
			t.Errorf("asked for shorter vectors: %v, want %v; %v", dimensions != nil, want, err)
		}
		if _, err := c.Embed(t.Context(), api.Request{Model: "own", Dimensions: 2, Texts: []string{"a"}}); err != nil || dimensions == nil {
			t.Errorf("what the settings say of a model is not believed: %v", err)
		}
		body = `{"data":[{"id":"m"}]}`
	}
}

func TestHeadersThatAreNoSecretsTellServersApart(t *testing.T) {
	headers := func(pairs ...string) []Header {
		var list []Header
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, Header{Name: pairs[i], Value: api.NewSecret(pairs[i+1])})
		}
		return list
	}
	plain := func(h []Header) string {
		return newClient(t, Config{Profile: profile(t, "nanogpt"), Headers: h}).PlainHeaders()
	}
	if a, b := plain(headers("X-Team", "search", "x-zone", "eu")), plain(headers("X-Zone", "eu", "x-team", "search")); a != b || a != "x-team: search\nx-zone: eu" {
		t.Errorf("%q and %q", a, b)
	}
	if got := plain(headers("x-team", "", "x-token", "abc", "x-long", "as long as a key is")); got != "" {
		t.Errorf("%q", got)
	}
}

func TestAnAnswerThatIsAlwaysCutOffIsToldAsOne(t *testing.T) {
	var all []*http.Response
	for range maxAttempts {
		all = append(all, &http.Response{StatusCode: 200, Header: http.Header{requestID: {"r1"}}, ContentLength: -1, Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"da`), failing{io.ErrUnexpectedEOF}))})
	}
	_, _, err := waits(t, all...)
	var e *api.ServerError
	if !errors.As(err, &e) || e.Status != 200 || e.RequestID != "r1" || e.Message != "the answer was cut off" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

func TestARequestSaysHowLongItIs(t *testing.T) {
	c := inside(t, Config{}, func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.ContentLength != int64(len(body)) || r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Accept") != "application/json" || r.Header.Get("User-Agent") != "vecscope" {
			t.Errorf("%d of %d bytes, %v, %v", r.ContentLength, len(body), r.Header, err)
		}
		return response(200, answerOf("[1,2]")), nil
	})
	if _, err := embed(c, "a"); err != nil {
		t.Error(err)
	}
}

// Many ask a service and must not come back at once; nobody else asks one's own server.
func TestOnlyOnesOwnServerGetsAllTheTime(t *testing.T) {
	for _, tt := range []struct {
		kind, address string
		want          time.Duration
	}{{"ollama", "http://localhost:1", 4 * time.Second}, {"ollama", "https://example.com", time.Millisecond}, {"generic", "http://localhost:1", 4 * time.Second}, {"generic", "http://10.0.0.1:1", time.Millisecond}, {"nanogpt", "", time.Millisecond}} {
		c := newClient(t, Config{Profile: profile(t, tt.kind), BaseURL: tt.address})
		c.jitter = func(time.Duration) time.Duration { return time.Millisecond }
		if got := c.pause(4 * time.Second); got != tt.want {
			t.Errorf("%s at %s waits %v, want %v", tt.kind, tt.address, got, tt.want)
		}
	}
}

func TestTheLogShowsTheBeginningOfLongBodiesAndWhoBillsWhatIsLost(t *testing.T) {
	for kind, billed := range map[string]bool{"nanogpt": true, "ollama": false} {
		synctest.Test(t, func(t *testing.T) {
			var log lockedBuilder
			asked := 0
			c := inside(t, Config{Profile: profile(t, kind), Debug: &log}, func(*http.Request) (*http.Response, error) {
				if asked++; asked == 1 {
					return nil, io.ErrUnexpectedEOF
				}
				return response(200, answerOf("[1,2]")), nil
			})
			if _, err := embed(c, strings.Repeat("x", 3*loggedBody)); err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(log.String(), "\n")
			if n := strings.Count(first, "x"); n < loggedBody-100 || n > loggedBody {
				t.Errorf("of %d characters the log shows %d", 3*loggedBody, n)
			}
			if got := strings.Contains(log.String(), "billed again"); got != billed {
				t.Errorf("%s bills what is lost: %t, want %t", kind, got, billed)
			}
		})
	}
}

func TestWhatAStatusMeans(t *testing.T) {
	c := inside(t, Config{}, nil)
	for _, tt := range []struct {
		status           int
		code, after      string
		again, permanent bool
	}{
		{429, "", "", true, false}, {429, "insufficient_quota", "", false, true}, {429, "insufficient_quota", "5", false, false}, {429, "daily_usd_limit_exceeded", "5", true, false},
		{500, "", "", true, false}, {400, "", "", false, true}, {400, "", "5", false, true}, {425, "", "", true, false},
	} {
		header := http.Header{}
		if tt.after != "" {
			header.Set("Retry-After", tt.after)
		}
		f := c.answerFault(tt.status, header, fmt.Appendf(nil, `{"error":{"message":"no model here","code":%q}}`, tt.code))
		if f.again != tt.again || f.Permanent != tt.permanent {
			t.Errorf("%d %s after %q: again %t, permanent %t", tt.status, tt.code, tt.after, f.again, f.Permanent)
		}
	}
	if f := c.answerFault(400, http.Header{}, []byte(`{"error":{"message":"no","code":400}}`)); strings.Contains(f.Error(), "(400)") {
		t.Errorf("%v says its status twice", f)
	}
	if f := c.answerFault(413, http.Header{}, []byte("<html>413 Request Entity Too Large</html>")); f.Message != "a web page instead of an answer" || f.size != sizeTooLong || strings.Contains(f.Error(), "base_url") {
		t.Errorf("%v blames the address", f)
	}
	for op, lost := range map[string]bool{"dial": false, "read": true, "write": true} {
		if f := c.networkFault(t.Context(), &net.OpError{Op: op, Net: "tcp", Err: errors.New("it broke")}, 0); f.lost != lost || !f.again {
			t.Errorf("%s: the answer is lost %t, want %t", op, f.lost, lost)
		}
	}
}

func TestAnAnswerMayBeAsLongAsItsVectorsAre(t *testing.T) {
	c := inside(t, Config{Profile: profile(t, "nanogpt")}, func(*http.Request) (*http.Response, error) { return nil, errors.New("nobody is asked") })
	for n, want := range map[int]int64{1: answerBase + answerPerText, 4: answerBase + 4*answerPerText, 100_000: 256 << 20} {
		j := c.newJob(api.Request{Texts: make([]string, n)})
		b := make(batch, n)
		for i := range b {
			b[i] = i
		}
		if q, err := j.call(b); err != nil || q.limit != want {
			t.Errorf("of %d texts %d bytes are read, want %d; %v", n, q.limit, want, err)
		}
	}
}
