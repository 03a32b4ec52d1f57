package local

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// useLiteComputes grows when use-lite gives other vectors from the same weights.
const useLiteComputes = 2

// Version names exactly what the model of that id computes: its weights and how they
// are used. Empty is a model that is quicker than reading its vectors from a file,
// which all but use-lite are.
func (p *Provider) Version(id string) string {
	if id != useLiteRow().ID {
		return ""
	}
	return p.version()
}

// versionOf names a model by its weights and the version of the code that uses them.
func versionOf(weights string, computes int) string {
	sum := sha256.Sum256([]byte(weights))
	return strconv.Itoa(computes) + "-" + hex.EncodeToString(sum[:8])
}
