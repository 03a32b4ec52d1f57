package openai

import (
	"fmt"
	"net/http"
	"net/url"
)

// maxRedirects is how often a server may send a request elsewhere on itself.
const maxRedirects = 3

// redirectError reports a redirect that was not followed.
type redirectError struct {
	why    string
	target string // without what may be secret
}

func (e *redirectError) Error() string { return e.why + " " + e.target }

// checkRedirect follows redirects within the same server only, because the key
// travels with the request, and only those that keep the request as it is.
func (c *Client) checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	target := (&url.URL{Scheme: next.URL.Scheme, Host: next.URL.Host, Path: next.URL.Path}).String()
	switch {
	case next.URL.Scheme != first.URL.Scheme || next.URL.Host != first.URL.Host:
		return &redirectError{"sends the request on to another server, which must not get the key:", target}
	case next.Method != first.Method:
		return &redirectError{"has moved to", target}
	case len(via) > maxRedirects:
		return &redirectError{fmt.Sprintf("redirects more than %d times, last to", maxRedirects), target}
	}
	return nil
}
