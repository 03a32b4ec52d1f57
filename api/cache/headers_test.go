package cache

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestVectorsOfOtherHeadersAreAskedFor(t *testing.T) {
	s := &server{length: 8}
	p, c := behind(t, s)
	req := api.Request{Model: "m", Texts: []string{"a", "b"}}
	for i, headers := range []string{"", "x-region: eu", "x-region: us"} {
		with := p.WithHeaders(headers)
		embed(t, with, req)
		if embed(t, with, req); len(s.paid) != 2*(i+1) {
			t.Errorf("%q: after %d runs of other headers, each twice, %d texts were paid for", headers, i+1, len(s.paid))
		}
	}
	if n := countEntries(t, c); n != 6 {
		t.Errorf("%d vectors are kept", n)
	}
	if removed, err := c.Forget(t.Context(), p.baseURL, "m"); err != nil || removed.Entries != 6 {
		t.Errorf("%d vectors are removed, %v", removed.Entries, err)
	}
}

func TestModelsBehindOtherHeadersAreReplacedByThemselves(t *testing.T) {
	s := &server{free: true, identity: "digest:1", weights: "old ", length: 8, batch: 10}
	p, c := behind(t, s)
	p = p.WithHeaders("x-region: eu")
	req := api.Request{Model: "m", Texts: []string{"a", "b"}}
	embed(t, p, req)
	s.identity, s.weights = "digest:2", "new "
	embed(t, p, req)
	s.identity, s.weights, s.paid = "digest:1", "old ", nil
	if embed(t, p, req); s.paid != nil || countEntries(t, c) != 4 {
		t.Errorf("asked again for %q", s.paid)
	}
}
