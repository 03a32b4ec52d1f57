package cli

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/cache"
)

func TestASizeIsGivenInMegabytes(t *testing.T) {
	for word, want := range map[string]int64{"1": 1e6, "500": 5e8, "1000000000": 1e15, "1000000001": 0, "0": 0, "-1": 0, "1.5": 0, "1GB": 0} {
		var m megabytes
		if err := m.Set(word); (err == nil) != (want > 0) || m.bytes() != want {
			t.Errorf("%s: %d bytes, %v", word, m.bytes(), err)
		}
	}
}

// What was removed before something failed is gone, and is told beside the failure.
func TestWhatWasRemovedIsToldAlsoWhenSomethingFailed(t *testing.T) {
	failed := errors.New("the disk is full")
	for _, c := range []struct {
		removed cache.Removed
		failed  error
		want    string
	}{
		{cache.Removed{}, nil, "Removed 0 vectors; the file is 0 bytes smaller."},
		{cache.Removed{Entries: 3, Bytes: 2000}, nil, "Removed 3 vectors; the file is 2.0 kB smaller."},
		{cache.Removed{Entries: 3, Bytes: 2000}, failed, "Removed 3 vectors; the file is 2.0 kB smaller."},
		{cache.Removed{}, failed, ""},
	} {
		s := newSession(t)
		if err := s.removed(c.removed, c.failed); !errors.Is(err, c.failed) || strings.TrimSpace(s.out.String()) != c.want {
			t.Errorf("%+v, %v: %q, %v", c.removed, c.failed, s.out.String(), err)
		}
	}
}
