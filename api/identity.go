package api

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Identity tells models of one name apart: a kind, a colon, and what is told, such as
// "digest:0a109f…". Empty is unknown, and tells nothing apart.
type Identity string

// The kinds of identities.
const (
	// identityDigest is of the very weights.
	identityDigest = "digest"
	// identityMeta is the model's size and shape, which two models can share.
	identityMeta = "meta"
	// identityTime is when the model was made or changed at its server.
	identityTime = "created"
)

// FoundChanged begins the identity of a model that was found by its vectors to be another
// than before under its name, although nothing that its server tells shows that: what an
// unknown model gave is not of it. The time follows at which it was found, and after a space
// what the server tells.
const FoundChanged = "since:"

// DigestIdentity is that of a model whose server tells a sum of its weights.
func DigestIdentity(sum string) Identity { return Identity(identityDigest + ":" + sum) }

// MetaIdentity is that of a model whose server tells its size and shape.
func MetaIdentity(shape string) Identity { return Identity(identityMeta + ":" + shape) }

// TimeIdentity is that of a model whose server tells when it was made or changed, in
// seconds since 1970.
func TimeIdentity(seconds int64) Identity {
	return Identity(fmt.Sprintf("%s:%d", identityTime, seconds))
}

// Exact tells that two models cannot share the identity.
func (i Identity) Exact() bool { return i.kind() == identityDigest }

// Contradicts tells that two identities of the same kind are of two models. Those of
// different kinds cannot be compared.
func (i Identity) Contradicts(other Identity) bool {
	return i != other && i.kind() == other.kind()
}

func (i Identity) kind() string {
	kind, _, _ := strings.Cut(string(i), ":")
	return kind
}

// Identifier is a Backend that can ask for nothing which model stands behind a name.
type Identifier interface {
	// Identify tells what is told of the model of that id now; empty when nothing is, or
	// nobody answers soon.
	Identify(ctx context.Context, id string) Identity
}

// ModelChangedError reports that another model stands behind a name than the one whose
// vectors are kept, and that paying for all of them anew was not agreed to.
type ModelChangedError struct {
	Provider, Model string
	// Texts is how many texts would be asked for anew, and USD what that costs, where
	// Priced tells that it is known.
	Texts  int
	USD    float64
	Priced bool
}

func (e *ModelChangedError) Error() string {
	cost := ""
	if e.Priced {
		cost = ", which costs about " + dollars(e.USD)
	}
	return fmt.Sprintf("%s has another model under the name %s than the one that made the vectors in the cache, and they cannot be compared: nothing was sent; "+
		"to ask for all %d texts anew%s, add --fresh, or take \"Embed anew\" (ctrl+p) in the explorer", e.Provider, e.Model, e.Texts, cost)
}

// dollars writes an amount of US dollars as the program writes it everywhere: cents from a
// dollar on, two significant digits below.
func dollars(usd float64) string {
	const least = 1e-6
	switch {
	case usd <= 0:
		return "$0"
	case usd < least:
		return "<$0.000001"
	}
	return "$" + strconv.FormatFloat(usd, 'f', max(2, 1-int(math.Floor(math.Log10(usd)))), 64)
}
