package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

// textHash stands for a text.
type textHash [sha256.Size]byte

func hashOf(text string) textHash { return sha256.Sum256([]byte(text)) }

// row is one vector as it is written.
type row struct {
	hash textHash
	// crc guards hash and value: a disk can change what SQLite does not check.
	crc uint32
	// value is the vector as little-endian float32.
	value []byte
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(hash textHash, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(hash[:], castagnoli), castagnoli, value)
}

// readRow makes a row of what a file says; ok is false for what was not written so.
func readRow(hash []byte, crc int64, value []byte, length int) (r *row, ok bool) {
	if len(hash) != len(textHash{}) || crc < 0 || crc > math.MaxUint32 {
		return nil, false
	}
	r = &row{hash: textHash(hash), crc: uint32(crc), value: value}
	return r, r.intact(length)
}

// intact tells whether the row is what was written, and length long.
func (r *row) intact(length int) bool {
	return len(r.value) == 4*length && length > 0 && r.crc == checksum(r.hash, r.value)
}

func appendVector(value []byte, vector []float32) []byte {
	for _, x := range vector {
		value = binary.LittleEndian.AppendUint32(value, math.Float32bits(x))
	}
	return value
}

func (r *row) vector() []float32 {
	vector := make([]float32, len(r.value)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(r.value[4*i:]))
	}
	return vector
}

// rowsOf makes one row for every distinct text that has a vector; length is that
// of all of them.
func rowsOf(texts []string, vectors [][]float32) (rows map[textHash]*row, length int, err error) {
	if len(texts) != len(vectors) {
		return nil, 0, fmt.Errorf("keeping vectors: %d vectors for %d texts", len(vectors), len(texts))
	}
	rows = make(map[textHash]*row, len(texts))
	for i, vector := range vectors {
		switch {
		case len(vector) == 0:
			continue
		case length == 0:
			length = len(vector)
		case len(vector) != length:
			return nil, 0, fmt.Errorf("keeping vectors: their lengths differ, %d and %d", length, len(vector))
		}
		hash := hashOf(texts[i])
		value := appendVector(make([]byte, 0, 4*length), vector)
		rows[hash] = &row{hash: hash, crc: checksum(hash, value), value: value}
	}
	return rows, length, nil
}
