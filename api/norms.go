package api

import "context"

// Norms is the range of the lengths that a model's vectors had as they came, before they
// were scaled to unit length. The zero value is unknown.
type Norms struct{ Low, High float64 }

// Known reports whether anything is known of them.
func (n Norms) Known() bool { return n.High > 0 }

// With is the range of both.
func (n Norms) With(more Norms) Norms {
	switch {
	case !more.Known():
		return n
	case !n.Known():
		return more
	}
	return Norms{min(n.Low, more.Low), max(n.High, more.High)}
}

// normTolerance is how far from 1 the length of a vector is that rounding alone has not
// left at 1.
const normTolerance = .01

// Unnormalised reports whether vectors are known to have come that were not of unit
// length: a database that ranks them by dot product then ranks otherwise than by cosine.
func (n Norms) Unnormalised() bool {
	return n.Known() && (n.Low < 1-normTolerance || n.High > 1+normTolerance)
}

// Measured is a provider that remembers how long vectors were that it keeps.
type Measured interface {
	// Norms gives the range over all vectors that are kept in the way that a request asks
	// for, as far as it is known; it asks nobody.
	Norms(ctx context.Context, req Request) Norms
}
