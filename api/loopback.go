package api

import (
	"net/netip"
	"regexp"
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
	return err == nil && ip.IsLoopback()
}

// apiVersion is Azure's version.
var apiVersion = regexp.MustCompile(`^api-version=[A-Za-z0-9.-]+$`)

// AddressQuery tells whether that may follow the ? in a server's address: Azure's version
// and nothing else, which could be a key.
func AddressQuery(query string) bool { return apiVersion.MatchString(query) }
