package openai

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/vecscope/vecscope/api"
)

// sender makes the client that sends requests, on a transport of its own unless
// there is one already.
func (c *Client) sender(given *http.Client) *http.Client {
	h := &http.Client{CheckRedirect: c.checkRedirect}
	if given != nil {
		h.Transport = given.Transport
	}
	if h.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
		t.MaxResponseHeaderBytes = 64 << 10
		t.MaxIdleConnsPerHost = c.cfg.Concurrency
		t.Proxy = remoteProxy(http.ProxyFromEnvironment)
		t.DialContext = dial
		h.Transport = t
	}
	return h
}

// unreached explains why a request did not even begin to be sent: something between, or
// another protocol, is to blame.
func (c *Client) unreached(f *fault, err error) {
	port := c.base.Port()
	switch proxy := c.proxy(); {
	case proxy != nil && unknownHost(err) == proxy.Hostname():
		f.final("there is no proxy "+proxy.Host, c.proxyAdvice())
	case proxy != nil && f.again:
		f.final("no connection through the proxy "+proxy.Host+": "+c.scrub.Say(rootCause(err), messageLimit), c.proxyAdvice())
	case proxy != nil:
		f.Message += ", through the proxy " + proxy.Host
	case c.base.Scheme == "https" && (c.Loopback() || port != "" && port != "443") && closedOnHello(err):
		f.final("the server does not speak https", "write base_url with http://")
	}
}

// proxyAdvice says what to do about a proxy that does not serve.
func (c *Client) proxyAdvice() string {
	return "correct or unset HTTP_PROXY and HTTPS_PROXY, or name " + c.base.Hostname() + " in NO_PROXY"
}

// unknownHost is the host whose name nobody knows; empty where that was not it.
func unknownHost(err error) string {
	var lookup *net.DNSError
	if !errors.As(err, &lookup) || !lookup.IsNotFound {
		return ""
	}
	return lookup.Name
}

// closedOnHello tells whether a server broke off when TLS was to begin, or said nothing.
func closedOnHello(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || strings.Contains(err.Error(), "TLS handshake timeout")
}

// proxy is the proxy between; nil when there is none.
func (c *Client) proxy() *url.URL {
	t, ok := c.http.Transport.(*http.Transport)
	if !ok || t.Proxy == nil {
		return nil
	}
	at, err := t.Proxy(&http.Request{URL: c.base})
	if err != nil {
		return nil
	}
	return at
}

// remoteProxy asks for the proxy of other machines only: what is meant for this one
// never leaves it, whatever its name.
func remoteProxy(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		if api.Loopback(r.URL.Hostname()) {
			return nil, nil
		}
		return proxy(r)
	}
}

// dial connects to a server. The names of this machine are not looked up anywhere but
// on it, and lead nowhere else.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err == nil && api.Loopback(host) {
		address = net.JoinHostPort(here(host), port)
	}
	return dialer(host).DialContext(ctx, network, address)
}

// dialer connects to that host; for a name of this machine, to nothing else.
func dialer(host string) *net.Dialer {
	d := &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	if api.Loopback(host) {
		d.Control = onlyHere
	}
	return d
}

// here is the name of this machine that every system knows, or the address itself.
func here(host string) string {
	host = strings.TrimSuffix(host, ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	return "localhost"
}

// onlyHere refuses to connect to another machine.
func onlyHere(_, address string, _ syscall.RawConn) error {
	if host, _, err := net.SplitHostPort(address); err != nil || !api.Loopback(host) {
		return fmt.Errorf("a name of this machine leads to %s", address)
	}
	return nil
}
