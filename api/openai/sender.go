package openai

import (
	"context"
	"crypto/tls"
	"fmt"
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
	d := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	host, port, err := net.SplitHostPort(address)
	if err == nil && api.Loopback(host) {
		d.Control = onlyHere
		address = net.JoinHostPort(here(host), port)
	}
	return d.DialContext(ctx, network, address)
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
