package openai

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/vecscope/vecscope/api"
)

// refused embeds a text on a server that answers so and gives the error.
func refused(t *testing.T, kind string, status int, body string, headers ...string) *api.ServerError {
	t.Helper()
	cfg := Config{Profile: profile(t, kind), Settings: "config.toml", Name: "mine"}
	c := inside(t, cfg, func(*http.Request) (*http.Response, error) { return response(status, body, headers...), nil })
	err := c.exchange(t.Context(), t.Context(), call{method: "POST", url: c.base, limit: 1000, timeout: c.cfg.Timeout, once: true},
		func(r reply) *fault { return c.newJob(api.Request{Texts: []string{"a"}}).read(batch{0}, r) })
	var e *api.ServerError
	if !errors.As(public(err), &e) {
		t.Fatalf("%d %s gives %v", status, body, err)
	}
	return e
}

func TestEveryErrorSaysWhatWhyAndWhatToDo(t *testing.T) {
	for _, c := range []struct {
		kind   string
		status int
		body   string
		want   []string
	}{
		{"nanogpt", 401, `{"error":{"message":"Invalid session","code":"missing_api_key"}}`, []string{"401 Unauthorized", "Invalid session", "missing_api_key", "check NANOGPT_API_KEY or the key in config.toml"}},
		{"nanogpt", 402, `{"error":"Insufficient balance","requiredBalance":0.0035,"status":402}`, []string{"402", "Insufficient balance", "$0.0035", "add credit"}},
		{"nanogpt", 403, `{"error":{"message":"no","code":"model_not_allowed"}}`, []string{"allow the model for this key"}},
		{"nanogpt", 403, "", []string{"403 Forbidden", "NANOGPT_API_KEY"}},
		{"nanogpt", 404, `{"error":{"message":"no x","code":"model_not_found"}}`, []string{"no x", "choose another model"}},
		{"nanogpt", 404, "<html>Not here</html>", []string{"404 Not Found", "does not look like an embeddings API", "check base_url (https://nano-gpt.com/api/v1)"}},
		{"nanogpt", 200, "<!doctype html><html></html>", []string{"does not look like an embeddings API", "check base_url"}},
		{"nanogpt", 400, `{"error":{"message":"no","code":"content_policy_violation"}}`, []string{"leave out the text"}},
		{"nanogpt", 429, `{"error":{"message":"slow down","code":"rate_limit_exceeded"}}`, []string{"429 Too Many Requests", "slow down", "try again later"}},
		{"openai", 429, `{"error":{"message":"quota","code":"insufficient_quota"}}`, []string{"add credit"}},
		{"nanogpt", 502, "<html>Bad Gateway</html>", []string{"502 Bad Gateway", "a web page instead of an answer", "try again later"}},
		{"openrouter", 200, `{"error":{"message":"No endpoints","code":404}}`, []string{"answered 200: No endpoints (404)", "check the model's name"}},
		{"openrouter", 200, `{"error":"just words"}`, []string{"just words"}},
		{"openrouter", 200, `{"error":{}}`, []string{"failed and does not say why"}},
		{"openrouter", 200, `{"object":"list","data":[]}`, []string{"the answer holds no vectors; the server's answer is faulty: try again, or choose another model"}},
		{"vllm", 200, `{"object":"error","message":"flat","code":40001}`, []string{"flat", "40001"}},
		{"generic", 200, "plain words", []string{"plain words"}},
		{"generic", 200, answerOf("[1]", "[2]"), []string{"2 vectors for 1 text"}},
		{"generic", 200, answerOf("[" + strings.Repeat("1,", 2000) + "1]"), []string{"larger than 1000 bytes"}},
		{"generic", 200, answerOf("[1]")[:50], []string{"cut off", "try again later"}},
		{"generic", 304, "", []string{"304 Not Modified"}},
	} {
		got := refused(t, c.kind, c.status, c.body, requestID, "req-77").Error()
		for _, want := range append(c.want, "mine answered", "[request req-77]") {
			if !strings.Contains(got, want) {
				t.Errorf("%s %d %.60s: %q lacks %q", c.kind, c.status, c.body, got, want)
			}
		}
		if strings.Contains(got, "\n") {
			t.Errorf("%q is more than one line", got)
		}
	}
}

func TestAStatusInsideASuccessIsTakenSeriously(t *testing.T) {
	at, _, err := waits(t, response(200, `{"error":{"message":"Rate limited","code":429}}`, "Retry-After", "3"))
	if err != nil || len(at) != 2 || at[1] != 3 {
		t.Errorf("asked at %v, %v", at, err)
	}
	if at, _, err := waits(t, response(200, `{"error":{"message":"No","code":401}}`)); err == nil || len(at) != 1 || !strings.Contains(err.Error(), "NANOGPT_API_KEY") {
		t.Errorf("asked at %v, %v", at, err)
	}
}

func TestAnAnswerThatIsCutOffIsAskedForAgain(t *testing.T) {
	whole := answerOf("[1,2]")
	if at, _, err := waits(t, response(200, whole[:len(whole)-20])); err != nil || len(at) != 2 {
		t.Errorf("asked at %v, %v", at, err)
	}
	broken := &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: -1,
		Body: io.NopCloser(io.MultiReader(strings.NewReader(whole[:30]), failing{io.ErrUnexpectedEOF}))}
	if at, _, err := waits(t, broken); err != nil || len(at) != 2 {
		t.Errorf("asked at %v, %v", at, err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestUnusableAnswersAreNotPaidForTwice(t *testing.T) {
	for body, whole := range map[string]bool{answerOf("[NaN]"): false, answerOf("[1]", "[2]"): true, `{"data":[]}`: true, answerOf(`"AAA"`): false, "<html>": true} {
		if at, _, err := waits(t, response(200, body)); (err != nil) != whole || len(at) != 1 {
			t.Errorf("%s: asked at %v, %v", body, at, err)
		}
	}
}

func TestHugeAnswersAreNotRead(t *testing.T) {
	endless := func(status int, first string) *Client {
		return serveConfig(t, Config{Profile: profile(t, "ollama")}, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, first)
			for filler := bytes.Repeat([]byte("1,"), 1<<15); ; {
				if _, err := w.Write(filler); err != nil {
					return
				}
			}
		})
	}
	got, err := embed(endless(200, `{"data":[{"embedding":[`), "a")
	if err == nil || !strings.Contains(err.Error(), "more than any embeddings need; the server's answer is faulty") || got.Usage.Lost != 1 {
		t.Errorf("endless vectors: %d lost, %v", got.Usage.Lost, err)
	}
	if _, err := endless(200, `{"data":[`).Models(t.Context()); err == nil || !strings.Contains(err.Error(), "is larger than 16 MB, more than any embeddings need; check base_url") {
		t.Errorf("an endless list: %v", err)
	}
	if _, err := embed(endless(400, "no "), "a"); err == nil || len(err.Error()) > 600 || !strings.Contains(err.Error(), "no 1,1,") {
		t.Errorf("an endless complaint: %v", err)
	}
}

func TestTheLongestVectorsThereAreFit(t *testing.T) {
	v := make([]float32, 16384)
	for i := range v {
		v[i] = -1.2345678e-20
	}
	c := serveConfig(t, Config{Profile: profile(t, "ollama")}, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, answerOf(inNumbers(v), inNumbers(v), inNumbers(v)))
	})
	if got, err := embed(c, "a", "b", "c"); err != nil || got.Dimensions != len(v) {
		t.Errorf("%d dimensions, %v", got.Dimensions, err)
	}
}

func TestConnectionsThatFailSayWhatToDo(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for _, c := range []struct {
		address string
		err     error
		want    string
		final   bool
		is      error
	}{
		{"http://localhost:1", dial(syscall.ECONNREFUSED), "nothing answers at localhost:1; start the server", true, syscall.ECONNREFUSED},
		{"https://example.com", dial(syscall.ECONNREFUSED), "nothing answers at example.com; try again later", false, syscall.ECONNREFUSED},
		{"https://nowhere.example", dial(&net.DNSError{Err: "no such host", Name: "nowhere.example", IsNotFound: true}), "there is no host nowhere.example; check base_url", true, nil},
		{"https://example.com", dial(&net.DNSError{Err: "temporary failure", Name: "example.com", IsTemporary: true}), "temporary failure", false, nil},
		{"https://example.com", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, "connection reset", false, syscall.ECONNRESET},
		{"https://example.com", errors.New("malformed HTTP response \"\x1b[31m" + testKey + "\""), `malformed HTTP response "[key]"`, false, nil},
	} {
		cl := newClient(t, Config{Name: "mine", Profile: profile(t, "openai"), BaseURL: c.address, Key: api.NewSecret(testKey)})
		f := cl.networkFault(context.Background(), &url.Error{Op: "Post", URL: c.address, Err: c.err}, 0)
		if !strings.Contains(f.Error(), c.want) || f.Permanent != c.final || f.again == c.final || (c.is != nil && !errors.Is(f, c.is)) {
			t.Errorf("%v: %v, permanent %v", c.err, f, f.Permanent)
		}
	}
}

// nowhere is an address on this machine where nothing listens.
func nowhere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

func TestAServerThatIsNotThereIsReportedAtOnce(t *testing.T) {
	c := newClient(t, Config{Profile: profile(t, "ollama"), BaseURL: nowhere(t)})
	if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), "start the server") {
		t.Errorf("%v", err)
	}
}

func TestWhatServersSayIsSafeToPrint(t *testing.T) {
	hostile := "a\x1b[31mred\x1b[0m\x1b]0;title\aT\x1b]8;;http://evil\x1b\\link\x07\r\nnext\u202eline\u009b5m\u009d0;title\a\x00 \xff\t end\x1b"
	quoted, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	e := refused(t, "nanogpt", 400, fmt.Sprintf(`{"error":{"message":%s,"code":%s}}`, quoted, quoted), requestID, hostile)
	for _, s := range []string{e.Error(), e.Message, e.Code, e.RequestID} {
		if s == "" || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q would reach the terminal", s)
		}
	}
	long := refused(t, "nanogpt", 400, strings.Repeat("ä", 100_000), requestID, strings.Repeat("x", 5000))
	if n := len([]rune(long.Error())); n > 600 {
		t.Errorf("an error of %d characters", n)
	}
}

// keyForms are the forms in which a key must not be found.
func keyForms(key string) map[string]string {
	forms := map[string]string{
		"itself": key, "query": url.QueryEscape(key), "path": url.PathEscape(key), "hex": hex.EncodeToString([]byte(key)),
		"lower query": strings.ToLower(url.QueryEscape(key)), "upper hex": strings.ToUpper(hex.EncodeToString([]byte(key))),
		"beginning": key[:12],
	}
	for before := range 3 { // in base64 a key looks different after each number of bytes
		for name, coding := range map[string]*base64.Encoding{"base64": base64.StdEncoding, "base64 for addresses": base64.URLEncoding} {
			coded := coding.EncodeToString([]byte("Bearer  "[:6+before] + key + "after"))
			forms[fmt.Sprintf("%s %d", name, before)] = coded[12 : 12+len(key)]
		}
	}
	return forms
}

func TestTheKeyIsNowhereInWhatIsSaid(t *testing.T) {
	var said strings.Builder
	var log lockedBuilder
	echo := func(r *http.Request) string {
		key := strings.TrimPrefix(r.Header.Get("Authorization")+r.Header.Get("X-Api-Key"), "Bearer ")
		auth := r.Header.Get("Authorization")
		return strings.Join([]string{key, auth, url.QueryEscape(key), url.PathEscape(key), strings.ToLower(url.QueryEscape(key)),
			hex.EncodeToString([]byte(key)), strings.ToUpper(hex.EncodeToString([]byte(key))), base64.StdEncoding.EncodeToString([]byte(key)), base64.StdEncoding.EncodeToString([]byte(auth)),
			base64.URLEncoding.EncodeToString([]byte("x" + auth)), base64.RawStdEncoding.EncodeToString([]byte("xy" + auth)), key[:20], key[:4] + "\x1b[0m" + key[4:]}, " | ")
	}
	note := func(v any) { fmt.Fprintf(&said, "%v\n%+v\n%#v\n", v, v, v) }
	for _, p := range Profiles() {
		for _, status := range []int{200, 301, 400, 401, 402, 404, 413, 429, 500} {
			for _, shape := range []string{`{"error":{"message":%q,"code":%q}}`, `{"error":%q,"x":%q}`, `{"detail":[{"msg":%q,"loc":[%q]}]}`, "%s %s", "<html>%s %s", `{"data":[{"id":%q,"embedding":%q}]}`} {
				c := inside(t, Config{Profile: p, BaseURL: "http://localhost:1", Debug: &log, RequestsPerSecond: 1e9}, func(r *http.Request) (*http.Response, error) {
					e := echo(r)
					body := strings.ReplaceAll(fmt.Sprintf(shape, e, e), `\x1b`, `\u001b`)
					return response(status, body, requestID, e, "Location", "http://localhost:1/"+url.PathEscape(testKey), "Content-Type", e, "Retry-After", "3600"), nil
				})
				c.jitter = func(time.Duration) time.Duration { return 0 }
				s := c.Check(t.Context())
				note(s)
				note(s.Err)
				got, err := embed(c, "text", testKey)
				note(got)
				note(err)
				for _, e := range got.Failed {
					note(e)
				}
				_, err = c.Balance(t.Context())
				note(err)
				for ; err != nil; err = errors.Unwrap(err) {
					note(err)
				}
				note(c)
			}
		}
	}
	if said.Len() < 10_000 || len(log.String()) < 10_000 {
		t.Fatal("too little was said for the search to mean something")
	}
	for name, form := range keyForms(testKey) {
		for where, text := range map[string]string{"an error": said.String(), "the log": log.String()} {
			if at := strings.Index(text, form); at >= 0 {
				t.Errorf("%s holds the key (%s): …%s…", where, name, text[max(0, at-80):at+len(form)])
			}
		}
	}
}

func TestAdviceDoesNotMislead(t *testing.T) {
	for _, c := range []struct {
		name, kind string
		status     int
		body       string
		want       string
		never      []string
	}{
		{"an overloaded model", "nanogpt", 503, `{"error":{"message":"The model is overloaded","code":"model_not_available"}}`, "try again later, or choose another model", []string{"refresh"}},
		{"a model that is gone", "nanogpt", 404, `{"error":{"message":"gone","code":"model_not_available"}}`, "choose another model, or refresh", []string{"later"}},
		{"too large for llama.cpp", "llamacpp", 500, `{"error":{"message":"input (992 tokens) is too large to process"}}`, "shorten the text", []string{"later"}},
		{"llama.cpp behind something", "nanogpt", 500, `{"error":{"message":"input (992 tokens) is too large to process"}}`, "shorten the text", []string{"later"}},
		{"NaN", "nanogpt", 200, answerOf("[NaN,1]"), faultyAnswer, []string{"base_url", "profile"}},
		{"two lengths", "nanogpt", 200, answerOf("[1,2]", "[1]"), faultyAnswer, []string{"base_url", "profile"}},
		{"a wrong count", "nanogpt", 200, answerOf("[1,2]", "[1,2]"), faultyAnswer, []string{"base_url", "profile"}},
		{"no vectors", "nanogpt", 200, `{"data":[],"usage":{"total_tokens":3}}`, faultyAnswer, []string{"base_url", "profile"}},
		{"null for vectors", "nanogpt", 200, `{"data":null}`, faultyAnswer, []string{"base_url", "profile"}},
		{"bytes that are no numbers", "nanogpt", 200, answerOf(`"AAAAAAA="`), faultyAnswer, []string{"base_url", "profile"}},
		{"another service", "nanogpt", 200, `{"status":"healthy"}`, "does not look like an embeddings API; check base_url", []string{"faulty"}},
		{"no object", "nanogpt", 200, `[1,2]`, "does not look like an embeddings API; check base_url", []string{"faulty"}},
	} {
		got := refused(t, c.kind, c.status, c.body).Error()
		if !strings.Contains(got, c.want) || containsAny(got, c.never) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestWhatToDoAboutEveryComplaint(t *testing.T) {
	c := inside(t, Config{Profile: profile(t, "generic"), Name: "mine", BaseURL: "https://a.example", KeyEnv: "MY_KEY"}, nil)
	for _, tt := range []struct {
		status     int
		kind, body string
		want       string
	}{
		{402, "", `{"error":{"message":"no","code":"billing_hard_limit_reached"}}`, "402 Payment Required: no (billing_hard_limit_reached); add credit to the account"},
		{503, "", `{"error":{"message":"no","code":"model_not_available"}}`, "503 Service Unavailable: no (model_not_available); try again later, or choose another model"},
		{404, "", `{"error":{"message":"no","code":"model_not_available"}}`, "404 Not Found: no (model_not_available); choose another model, or refresh the list of models"},
		{403, "", `{"error":{"message":"no","code":"model_not_allowed"}}`, "403 Forbidden: no (model_not_allowed); allow the model for this key, or choose another"},
		{400, "", `{"error":{"message":"text is too long"}}`, "400 Bad Request: text is too long; shorten the text"},
		{422, "", `{"error":{"message":"too many inputs"}}`, "422 Unprocessable Entity: too many inputs; shorten the text"},
		{401, "", `{"error":{"message":"who?"}}`, "401 Unauthorized: who?; check MY_KEY"},
		{403, "", `{"error":{"message":"no"}}`, "403 Forbidden: no; check what MY_KEY may do"},
		{404, "", `{"error":{"message":"no"}}`, "404 Not Found: no; check the model's name and base_url (https://a.example/v1)"},
		{499, "", `{"error":{"message":"no","code":"499"}}`, "499: no; check the model and the texts; --debug FILE shows what was sent"},
		{500, "", `{"error":{"message":"no","code":"model not loaded: model is not loaded"}}`, "500 Internal Server Error: no (model not loaded: model is not loaded); load the model in the server, then try again"},
		// An answer is a page by what it holds, not by what it is called.
		{500, "text/html", `{"error":{"message":"busy"}}`, "500 Internal Server Error: busy; try again later"},
		{500, "text/html", ``, "500 Internal Server Error: a web page instead of an answer; try again later"},
		{413, "", `<html>`, "413 Request Entity Too Large: a web page instead of an answer; shorten the text"},
		{400, "", `<html>`, "400 Bad Request: a web page: this does not look like an embeddings API; check base_url (https://a.example/v1)"},
	} {
		if got, want := c.answerFault(tt.status, http.Header{"Content-Type": {tt.kind}}, []byte(tt.body)).Error(), "mine answered "+tt.want; got != want {
			t.Errorf("%d %s\n%s, want\n%s", tt.status, tt.body, got, want)
		}
	}
}
