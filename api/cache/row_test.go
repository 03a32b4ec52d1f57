package cache

import (
	"slices"
	"testing"
)

func TestOnlyARowAsItWasWrittenIsRead(t *testing.T) {
	hash := hashOf("a text")
	value := appendVector(nil, []float32{0.5, -2})
	crc := int64(checksum(hash, value))
	changed := slices.Clone(value)
	changed[7] ^= 1
	for name, c := range map[string]struct {
		hash   []byte
		crc    int64
		value  []byte
		length int
		want   bool
	}{
		"as written":                  {hash[:], crc, value, 2, true},
		"a hash cut short":            {hash[:31], crc, value, 2, false},
		"a hash with more behind":     {append(hash[:32:32], 0), crc, value, 2, false},
		"the hash of another text":    {make([]byte, 32), crc, value, 2, false},
		"another sum":                 {hash[:], crc ^ 1, value, 2, false},
		"a negative sum":              {hash[:], crc - 1<<32, value, 2, false},
		"a sum of more than 32 bits":  {hash[:], crc + 1<<32, value, 2, false},
		"a bit that fell over":        {hash[:], crc, changed, 2, false},
		"another length":              {hash[:], crc, value, 3, false},
		"a vector without dimensions": {hash[:], int64(checksum(hash, nil)), nil, 0, false},
	} {
		r, ok := readRow(c.hash, c.crc, c.value, c.length)
		if ok != c.want {
			t.Errorf("%s: it is read as whole: %t", name, ok)
		}
		if ok && (r.hash != hash || !slices.Equal(r.vector(), []float32{0.5, -2})) {
			t.Errorf("%s: %v", name, r.vector())
		}
	}
}
