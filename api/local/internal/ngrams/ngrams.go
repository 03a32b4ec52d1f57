// Package ngrams turns a text into a vector by hashing its character n-grams
// into a fixed number of places ("feature hashing", Weinberger et al., 2009).
// Nothing is learned: it sees spelling, in any language, and no meaning. It may
// import golang.org/x/text.
package ngrams

import (
	"errors"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	shortest = 3 // characters of the shortest n-gram
	longest  = 5 // characters of the longest
)

// ErrCancelled reports a text whose n-grams cancel each other out, which happens
// only when there are very few places.
var ErrCancelled = errors.New("its n-grams cancel each other out: ask for more dimensions")

// ErrNothing reports a text without a character to read.
var ErrNothing = errors.New("it has no characters")

// Embed gives the text's vector of unit length in that many places, and the
// number of n-grams in the text.
func Embed(text string, dimensions int) (vector []float32, grams int, err error) {
	hashes := hashesOf(text)
	if len(hashes) == 0 {
		return nil, 0, ErrNothing
	}
	// In order equal ones are neighbours, and sums come out the same every time.
	slices.Sort(hashes)
	sum := borrowSums(dimensions)
	defer giveBackSums(sum)
	for start := 0; start < len(hashes); {
		end := start + 1
		for end < len(hashes) && hashes[end] == hashes[start] {
			end++
		}
		place, sign := placeAndSign(hashes[start], dimensions)
		// Sublinear: the tenth occurrence says less than the first.
		sum[place] += sign * (1 + math.Log(float64(end-start)))
		start = end
	}
	vector, ok := unit(sum)
	if !ok {
		return nil, len(hashes), ErrCancelled
	}
	return vector, len(hashes), nil
}

// sums are slices to sum up in, of many places for a text of few words: made anew for
// each, they would be most of what very many texts leave to the garbage collector.
var sums sync.Pool

// borrowSums gives as many zeros as there are dimensions, until giveBackSums.
func borrowSums(dimensions int) []float64 {
	if kept, ok := sums.Get().(*[]float64); ok && cap(*kept) >= dimensions {
		sum := (*kept)[:dimensions]
		clear(sum)
		return sum
	}
	return make([]float64, dimensions)
}

func giveBackSums(sum []float64) { sums.Put(&sum) }

// hashesOf gives the hash of every n-gram in the text.
func hashesOf(text string) []uint64 {
	text = strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD")))
	var hashes []uint64
	for word := range strings.FieldsSeq(text) {
		hashes = appendWord(hashes, " "+word+" ")
	}
	return hashes
}

// appendWord adds the n-grams of a word between its spaces, which tell its
// beginning and its end from its middle.
func appendWord(hashes []uint64, word string) []uint64 {
	for start := 0; start < len(word); {
		end, runes := start, 0
		for end < len(word) && runes < longest {
			_, size := utf8.DecodeRuneInString(word[end:])
			end += size
			if runes++; runes >= shortest {
				hashes = append(hashes, hash(word[start:end]))
			}
		}
		_, size := utf8.DecodeRuneInString(word[start:])
		start += size
	}
	return hashes
}

// hash is FNV-1a followed by the finaliser of SplitMix64, which makes every bit
// depend on every byte.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// placeAndSign takes the place from the upper bits of a hash and the sign from
// the lowest, so that they are independent.
func placeAndSign(h uint64, places int) (place int, sign float64) {
	high, _ := bits.Mul64(h, uint64(places))
	if h&1 == 0 {
		return int(high), 1
	}
	return int(high), -1
}

func unit(sum []float64) ([]float32, bool) {
	var square float64
	for _, v := range sum {
		square += v * v
	}
	// What rounding leaves of sums that cancel is not a direction.
	const nothing = 1e-20
	if square < nothing {
		return nil, false
	}
	vector := make([]float32, len(sum))
	factor := 1 / math.Sqrt(square)
	for i, v := range sum {
		vector[i] = float32(v * factor)
	}
	return vector, true
}
