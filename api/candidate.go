package api

import (
	"fmt"
	"strconv"
	"strings"
)

// Candidate is a model at a number of dimensions that takes part in the
// comparison.
type Candidate struct {
	// Model is the full reference, provider first.
	Model string
	// Dimensions is the length of its vectors; 0, for a model whose length is not
	// known, is the length that comes.
	Dimensions int
}

// ID writes the candidate with its dimensions: "local/use-lite@256". Those that are
// not known yet are left out.
func (c Candidate) ID() string {
	if c.Dimensions == 0 {
		return c.Model
	}
	return c.Model + "@" + strconv.Itoa(c.Dimensions)
}

// Short is the ID without the provider and the owner, for narrow places:
// "bge-m3@1024".
func (c Candidate) Short() string {
	id := c.ID()
	return id[strings.LastIndexByte(id, '/')+1:]
}

// ParseCandidate reads "provider/model" or "provider/model@256". Without a
// number Dimensions is 0: the catalog's own number is meant.
func ParseCandidate(s string) (Candidate, error) {
	s = strings.TrimSpace(s)
	ref, dims := s, 0
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		n, err := strconv.Atoi(s[at+1:])
		if err != nil || n < 1 {
			return Candidate{}, fmt.Errorf("%q: after @ comes a number of dimensions, such as %s@256", s, s[:at])
		}
		ref, dims = s[:at], n
	}
	provider, model, ok := strings.Cut(ref, "/")
	if !ok || provider == "" || model == "" {
		return Candidate{}, fmt.Errorf("%q: a model is written provider/model, such as local/use-lite", s)
	}
	return Candidate{Model: ref, Dimensions: dims}, nil
}
