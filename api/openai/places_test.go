package openai

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

func TestAddressesAreUsedAsPeopleHaveThem(t *testing.T) {
	for address, want := range map[string]string{
		"http://localhost:11434/api":                                      "http://localhost:11434/v1/embeddings",
		"http://localhost:11434":                                          "http://localhost:11434/v1/embeddings",
		"http://localhost:7997/embeddings":                                "http://localhost:7997/embeddings",
		"https://example.com/tei/embeddings/":                             "https://example.com/tei/embeddings",
		"https://example.com/api":                                         "https://example.com/api/v1/embeddings",
		"https://example.com/v1/embeddings":                               "https://example.com/v1/embeddings",
		"https://nano-gpt.com/api/embeddings":                             "https://nano-gpt.com/api/v1/embeddings",
		"https://me.openai.azure.com/openai/v1":                           "https://me.openai.azure.com/openai/v1/embeddings",
		"https://me.openai.azure.com/":                                    "https://me.openai.azure.com/openai/v1/embeddings",
		"https://me.openai.azure.us":                                      "https://me.openai.azure.us/openai/v1/embeddings",
		"https://me.openai.azure.cn":                                      "https://me.openai.azure.cn/openai/v1/embeddings",
		"https://me.services.ai.azure.com/openai/v1/?api-version=preview": "https://me.services.ai.azure.com/openai/v1/embeddings?api-version=preview",
		"https://me.openai.azure.com/openai/deployments/small/embeddings?api-version=2024-02-01": "https://me.openai.azure.com/openai/deployments/small/embeddings?api-version=2024-02-01",
	} {
		var got string
		var header http.Header
		c := inside(t, Config{Profile: profile(t, "generic"), BaseURL: address, AllowInsecureKey: true}, func(r *http.Request) (*http.Response, error) {
			got, header = r.URL.String(), r.Header
			return response(200, answerTo(readAsked(t, r))), nil
		})
		if _, err := embed(c, "a"); err != nil || got != want {
			t.Errorf("%s is asked at %s, %v; want %s", address, got, err, want)
		}
		if isAzure := strings.Contains(address, "azure"); (header.Get("Api-Key") == testKey) != isAzure || (header.Get("Authorization") == "") != isAzure {
			t.Errorf("%s gets the key in %v", address, header)
		}
	}
	for _, address := range []string{"https://host/v1?key=s3cret", "https://host/v1?api-version=1&key=s3cret", "https://host/v1?api-version=1#s3cret"} {
		if _, err := Address(address); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestLMStudioWithoutItsOwnListIsListedByTheOther(t *testing.T) {
	for _, missing := range []struct {
		status int
		body   string
	}{{404, `{"error":"Not Found"}`}, {200, `{"error":"Unexpected endpoint or method. (GET /api/v1/models)"}`}} {
		requests := 0
		c := serve(t, "lmstudio", func(w http.ResponseWriter, _ *http.Request) {
			if requests++; requests == 1 {
				w.WriteHeader(missing.status)
				fmt.Fprint(w, missing.body)
				return
			}
			fmt.Fprint(w, `{"data":[{"id":"text-embedding-nomic"},{"id":"qwen-chat"}]}`)
		})
		models, err := c.Models(t.Context())
		if err != nil || !slices.Equal(ids(models), []string{"text-embedding-nomic", "qwen-chat"}) {
			t.Errorf("%d: %v, %v", missing.status, ids(models), err)
		}
	}
}

func TestADeadProxyIsBlamedByItsName(t *testing.T) {
	at, err := url.Parse("http://" + strings.TrimPrefix(nowhere(t), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"http://example.com", "https://example.com"} {
		c := newClient(t, Config{Name: "mine", BaseURL: address, HTTP: &http.Client{Transport: &http.Transport{
			Proxy: func(*http.Request) (*url.URL, error) { return at, nil },
		}}})
		_, err := embed(c, "a")
		if err == nil || !strings.Contains(err.Error(), "no connection through the proxy "+at.Host) || !strings.Contains(err.Error(), "unset HTTP_PROXY") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAProxyWhoseNameNobodyKnowsIsBlamedByIt(t *testing.T) {
	at := &url.URL{Scheme: "http", Host: "proxy.example.net:3128"}
	for unknown, want := range map[string]string{
		"proxy.example.net": "there is no proxy proxy.example.net:3128; correct or unset HTTP_PROXY",
		"example.com":       "there is no host example.com, through the proxy proxy.example.net:3128",
	} {
		c := newClient(t, Config{Name: "mine", BaseURL: "https://example.com", HTTP: &http.Client{Transport: &http.Transport{
			Proxy: http.ProxyURL(at),
			DialContext: func(context.Context, string, string) (net.Conn, error) {
				return nil, &net.DNSError{Err: "no such host", Name: unknown, IsNotFound: true}
			},
		}}})
		if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", unknown, err, want)
		}
	}
}

func TestAProxyThatRefusesIsBlamedByItsName(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, Config{Name: "mine", BaseURL: "https://example.com", HTTP: &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(at)}}})
	if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), "the proxy "+at.Host) || !strings.Contains(err.Error(), "Proxy Authentication Required") {
		t.Errorf("%v", err)
	}
}

// Not every server that speaks no https says so.
func TestHTTPSToAServerThatHangsUpFailsAtOnce(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	connections := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections++
			_, _ = io.ReadAtLeast(conn, make([]byte, 16), 16)
			conn.Close()
		}
	}()
	c := newClient(t, Config{Name: "mine", BaseURL: "https://" + listener.Addr().String()})
	_, err = embed(c, "a")
	listener.Close()
	<-done
	if err == nil || !strings.Contains(err.Error(), "does not speak https; write base_url with http://") || connections != 1 {
		t.Errorf("%v after %d connections", err, connections)
	}
}

// roundTripFunc answers requests and reads only as much of them as it wants.
type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// refusedConnection is what comes where nobody listens.
var refusedConnection = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

// It took the request and was killed before it answered.
func TestAServerKilledBeforeItsFirstAnswerIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		c := newClient(t, Config{Profile: profile(t, "ollama"), BaseURL: "http://127.0.0.1:9", HTTP: &http.Client{Transport: roundTripFunc(func(r *http.Request) (*http.Response, error) {
			requests++
			switch requests {
			case 1:
				_, _ = io.ReadAll(r.Body)
				return nil, io.EOF
			case 2, 3:
				return nil, refusedConnection
			}
			return response(200, answerTo(readAsked(t, r))), nil
		})}})
		if _, err := embed(c, "a"); err != nil || requests != 4 {
			t.Errorf("%d requests, %v", requests, err)
		}
	})
}

func TestSilentCuttingIsNoticedWhereTheCountShowsIt(t *testing.T) {
	answer := func(tokens, texts int) string {
		values := slices.Repeat([]string{"[1,2]"}, texts)
		return strings.Replace(answerOf(values...), `"prompt_tokens":8,"total_tokens":9`, fmt.Sprintf(`"prompt_tokens":%d`, tokens), 1)
	}
	for _, c := range []struct {
		name   string
		texts  []int // their tokens
		counts int
		cut    []int
	}{
		{"alone", []int{900}, 256, []int{0}},
		{"alone, read whole", []int{900}, 800, nil},
		{"an estimate that is far off", []int{900}, 460, nil},
		{"not counted", []int{900}, 0, nil},
		{"short ones that are counted low", []int{60}, 8, nil},
		{"as short as every model reads", []int{shortText}, 8, nil},
		{"one token more", []int{shortText + 1}, 8, []int{0}},
		{"just half of it", []int{900}, 450, []int{0}},
		{"a token more than half", []int{900}, 451, nil},
		{"beside a short one", []int{900, 10}, 266, []int{0}},
		{"half of it, were the other half as long", []int{900, 60}, 480, []int{0}},
		{"a token more than that", []int{900, 60}, 481, nil},
		{"two long ones, which cannot be told", []int{300, 300}, 280, nil},
		{"two so long that either is more than all that was counted", []int{2000, 10, 2000}, 522, []int{0, 2}},
	} {
		texts := make([]string, len(c.texts))
		for i, n := range c.texts {
			texts[i] = fmt.Sprint(i, " ", words(n))
		}
		client := inside(t, Config{Profile: profile(t, "ollama"), BaseURL: "http://127.0.0.1:9", Count: func(text string) int { return strings.Count(text, "ab ") }},
			func(*http.Request) (*http.Response, error) { return response(200, answer(c.counts, len(texts))), nil })
		got, err := client.Embed(t.Context(), api.Request{Model: "m", Texts: texts})
		if err != nil || !slices.Equal(got.Clipped, c.cut) {
			t.Errorf("%s: clipped %v, %v; want %v", c.name, got.Clipped, err, c.cut)
		}
	}
}

func TestOnlyADeploymentOfAzureHasNoList(t *testing.T) {
	for address, want := range map[string]bool{
		"https://me.openai.azure.com/openai/deployments/small/embeddings?api-version=2024-02-01": false,
		"https://proxy.example.com/openai/deployments/small?api-version=2024-02-01":              false,
		"https://me.openai.azure.com/":           true,
		"https://example.com/deployments/one/v1": true,
		"":                                       true,
	} {
		if got := profile(t, "generic").At(address).HasList(); got != want {
			t.Errorf("%s has a list: %t", address, got)
		}
	}
}

// Many texts at once show nothing for long, and esc would lose them.
func TestAServerOfNoKnownKindTakesFewTextsAtATimeOnThisMachine(t *testing.T) {
	for _, c := range []struct {
		kind, address string
		want          int
	}{
		{"generic", "http://localhost:8000/v1", 64}, {"generic", "http://127.0.0.2:9/v1", 64}, {"generic", "http://[::1]:9", 64},
		{"generic", "http://10.0.0.1:8000/v1", 256}, {"generic", "https://example.com/v1", 256}, {"generic", "", 256},
		{"openai", "http://localhost:8000/v1", 2048}, {"tei", "http://localhost:8080/v1", 32},
	} {
		if got := profile(t, c.kind).At(c.address).MaxInputs; got != c.want {
			t.Errorf("%s at %s: %d, want %d", c.kind, c.address, got, c.want)
		}
	}
}

func TestAServerIsTheSameByWhateverName(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"http://localhost:11434/v1", "127.0.0.1:11434", true},
		{"http://localhost:11434", "http://localhost:11435", false},
		{"https://api.nano-gpt.com/api/v1", "nano-gpt.com", true},
		{"https://api.openai.com/v1", "https://API.openai.com", true},
		{"https://a.example/v1", "https://b.example/v1", false},
		{"", "", false},
		{"https://user:word@a.example", "https://user:word@a.example", false},
	} {
		if SameServer(tt.a, tt.b) != tt.same || SameServer(tt.b, tt.a) != tt.same {
			t.Errorf("%q and %q: the same is %v", tt.a, tt.b, !tt.same)
		}
	}
}

// Without a scheme an address is encrypted, but for one on this machine.
func TestASchemeIsGuessedByTheMachine(t *testing.T) {
	for address, want := range map[string]string{
		"localhost:1234": "http://localhost:1234/v1", "127.0.0.1:8080/v1": "http://127.0.0.1:8080/v1", "[::1]:8080": "http://[::1]:8080/v1",
		"example.com": "https://example.com/v1", "example.com:8080/v1": "https://example.com:8080/v1",
	} {
		if got, err := Address(address); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", address, got, err, want)
		}
	}
}

func TestRowsOfAListSayWhatTheyAre(t *testing.T) {
	for row, likely := range map[string]bool{`{"id":"text-embedding-3"}`: true, `{"id":"Text-EMBEDDING-3"}`: true, `{"id":"gpt-4"}`: false} {
		if m, ok := namedRow("embedding")(answer.ReadFields([]byte(row))); !ok || m.Unlikely == likely {
			t.Errorf("%s is likely: %t", row, !m.Unlikely)
		}
	}
	for kind, elsewhere := range map[string]bool{"peer": true, "local": false, "": false} {
		if m, ok := llamaSwapRow(answer.ReadFields([]byte(`{"id":"m","meta":{"llamaswap":{"type":"` + kind + `"}}}`))); !ok || m.Elsewhere != elsewhere {
			t.Errorf("%q is passed on: %t", kind, m.Elsewhere)
		}
	}
}
