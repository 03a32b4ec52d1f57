package api

import (
	"net/netip"
	"strings"
)

// Loopback tells whether a host, a name or an address without its port, is this
// machine. It is the one rule for that: where a key may go over plain http, what needs
// no proxy, where a name leads, and what costs nothing all follow it.
func Loopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
