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
	hash, buffer := sha256.New(), make([]byte, 64<<10)
	for len(weights) > 0 { // which as a whole would be in memory once more
		n := copy(buffer, weights)
		hash.Write(buffer[:n])
		weights = weights[n:]
	}
	return strconv.Itoa(computes) + "-" + hex.EncodeToString(hash.Sum(nil)[:8])
}
