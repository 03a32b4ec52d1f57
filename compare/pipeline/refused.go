package pipeline

import (
	"errors"
	"slices"

	"github.com/vecscope/vecscope/api"
)

// Refused gives the places, in increasing order, of the texts that have no vector
// although a provider was asked for it. Empty texts and those left out as too long
// are not among them.
func Refused(failed map[int]error) []int {
	var places []int
	for at, why := range failed {
		var of *api.TextError
		var long *LongTextError
		if errors.As(why, &of) && !errors.As(why, &long) {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	return places
}

// Refused are those of the texts of a result, which are found once: there can be very many.
// The caller must not change them.
func (r *Result) Refused() []int {
	if r.refused == nil {
		return Refused(r.Failed)
	}
	return r.refused()
}

// refused tells why a provider gave no vector, by text.
func (e *Embedding) refused() map[string]error {
	if e == nil {
		return nil
	}
	why := map[string]error{}
	for _, at := range Refused(e.Failed) {
		why[e.Texts[at]] = e.Failed[at]
	}
	return why
}

// WithRetries is the embedding without the memory of texts that the provider gave no
// vector for, so that they are asked for again; nil when there are none.
func (e *Embedding) WithRetries() *Embedding {
	places := Refused(e.Failed)
	if len(places) == 0 {
		return nil
	}
	again := *e
	again.Failed = map[int]error{}
	for at, why := range e.Failed {
		if _, found := slices.BinarySearch(places, at); !found {
			again.Failed[at] = why
		}
	}
	again.Partial = true
	return &again
}
