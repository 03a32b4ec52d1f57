package openai

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// The key may go over plain http to this machine because it does not leave it: a proxy
// would be another.
func TestNothingMeantForThisMachineGoesToAProxy(t *testing.T) {
	proxy, err := url.Parse("http://proxy.example:3128")
	if err != nil {
		t.Fatal(err)
	}
	choose := remoteProxy(func(*http.Request) (*url.URL, error) { return proxy, nil })
	for host, proxied := range map[string]bool{
		"localhost": false, "localhost.": false, "x.localhost": false, "X.LocalHost.": false, "127.0.0.1": false, "127.0.0.1.": false, "127.1.2.3": false, "[::1]": false,
		"example.com": true, "localhost.example.com": true, "10.0.0.1": true,
	} {
		for _, port := range []string{"", ":8080"} {
			r, err := http.NewRequest(http.MethodPost, "http://"+host+port+"/v1/embeddings", nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := choose(r)
			if err != nil || (got != nil) != proxied {
				t.Errorf("%s goes to %v, %v", host+port, got, err)
			}
			// One rule for both: where no proxy is asked, the key may go, and nowhere else.
			_, err = New(Config{Name: "mine", BaseURL: "http://" + host + port, Key: api.NewSecret(testKey)})
			if (err != nil) != proxied {
				t.Errorf("%s with a key: %v", host+port, err)
			}
		}
	}
}

func TestEveryNameOfThisMachineLeadsToIt(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, answerTo(readAsked(t, r))) }))
	defer server.Close()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost", "localhost.", "no-such-name.localhost", "127.0.0.1", "127.0.0.1."} {
		c := newClient(t, Config{Name: "mine", BaseURL: "http://" + host + ":" + port, Key: api.NewSecret(testKey)})
		if _, err := embed(c, "a"); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestANameOfThisMachineLeadsNowhereElse(t *testing.T) {
	for address, here := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "192.0.2.1:80": false, "[2001:db8::1]:80": false, "nonsense": false} {
		if err := onlyHere("tcp", address, nil); (err == nil) != here {
			t.Errorf("%s: %v", address, err)
		}
	}
	// Wherever its name leads by now, the look comes before the first byte.
	for host, watched := range map[string]bool{"localhost": true, "x.localhost.": true, "127.0.0.1": true, "example.com": false} {
		if d := dialer(host); (d.Control != nil && d.Control("tcp", "192.0.2.1:80", nil) != nil) != watched {
			t.Errorf("%s may lead to another machine: %t", host, watched)
		}
	}
}

func TestWhoHangsUpWhenTLSBeginsMaySpeakNone(t *testing.T) {
	for err, want := range map[error]bool{
		fmt.Errorf("get: %w", io.EOF): true, io.ErrUnexpectedEOF: true, &net.OpError{Op: "read", Err: syscall.ECONNRESET}: true, errors.New("net/http: TLS handshake timeout"): true,
		syscall.ECONNREFUSED: false, errors.New("x509: certificate signed by unknown authority"): false,
	} {
		if got := closedOnHello(err); got != want {
			t.Errorf("%v: %t", err, got)
		}
	}
}

// What sends requests in the program, and not in tests, keeps to these.
func TestTheOwnTransportIsCareful(t *testing.T) {
	c := newClient(t, Config{Profile: profile(t, "nanogpt"), Key: api.NewSecret(testKey), Concurrency: 7})
	own, ok := c.http.Transport.(*http.Transport)
	switch {
	case !ok:
		t.Fatalf("it is a %T", c.http.Transport)
	case own.TLSClientConfig.MinVersion < tls.VersionTLS12 || own.TLSClientConfig.InsecureSkipVerify:
		t.Errorf("it speaks TLS %#x, unverified %t", own.TLSClientConfig.MinVersion, own.TLSClientConfig.InsecureSkipVerify)
	case own.MaxResponseHeaderBytes <= 0 || own.MaxResponseHeaderBytes > 1<<20:
		t.Errorf("it reads %d bytes of headers", own.MaxResponseHeaderBytes)
	case own.MaxIdleConnsPerHost < 7: // or every batch would shake hands anew
		t.Errorf("of 7 connections it keeps %d", own.MaxIdleConnsPerHost)
	case c.http.CheckRedirect == nil || http.DefaultTransport.(*http.Transport).MaxResponseHeaderBytes == own.MaxResponseHeaderBytes:
		t.Error("it follows every redirect, or is everybody's")
	}
}

func TestHeadersWithoutAnEndAreNotRead(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := range 2000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 100))
		}
		fmt.Fprint(w, answerTo(readAsked(t, r)))
	}))
	defer server.Close()
	c := newClient(t, Config{Profile: profile(t, "llamacpp"), BaseURL: server.URL})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	_, err := c.Embed(ctx, api.Request{Model: "m", Texts: []string{"a"}, Notice: func(api.Notice) { stop() }})
	if err == nil {
		t.Error("an answer with 200 kB of headers is taken")
	}
}

func TestANameOfThisMachineBecomesOneThatEverySystemKnows(t *testing.T) {
	for host, want := range map[string]string{
		"localhost": "localhost", "localhost.": "localhost", "x.localhost": "localhost", "127.0.0.1": "127.0.0.1", "127.1.2.3.": "127.1.2.3", "::1": "::1", "::1.": "::1",
	} {
		if got := here(host); got != want {
			t.Errorf("%s is %s, want %s", host, got, want)
		}
	}
}

func TestOnlyAHostThatIsNotFoundIsUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"not found": {fmt.Errorf("dial: %w", &net.DNSError{Name: "x.example", IsNotFound: true}), "x.example"},
		"no answer": {&net.DNSError{Name: "x.example", IsTimeout: true}, ""},
		"no server": {&net.DNSError{Name: "x.example", IsTemporary: true}, ""},
		"no name":   {io.EOF, ""},
	} {
		if got := unknownHost(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
