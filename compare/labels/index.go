package labels

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// index finds texts by a name in a dozen bytes a text, where a map would take several
// times as many: by the hash of the name. Put all names, sort, then find.
type index struct {
	seed    maphash.Seed
	entries []indexEntry // while names are put
	hashes  []uint64     // ascending
	texts   []int32      // that the hashes are of, ascending where these are equal
}

type indexEntry struct {
	hash uint64
	text int32
}

func newIndex(seed maphash.Seed) index { return index{seed: seed} }

// grow makes room for so many names.
func (x *index) grow(names int) { x.entries = slices.Grow(x.entries, names) }

// put notes a name of a text; empty is none.
func (x *index) put(name string, text int) {
	if name != "" {
		x.entries = append(x.entries, indexEntry{maphash.String(x.seed, name), int32(text)})
	}
}

func (x *index) sort() {
	slices.SortFunc(x.entries, func(a, b indexEntry) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.text, b.text))
	})
	x.hashes, x.texts = make([]uint64, len(x.entries)), make([]int32, len(x.entries))
	for i, e := range x.entries {
		x.hashes[i], x.texts[i] = e.hash, e.text
	}
	x.entries = nil
}

// find gives the first text of a name; is tells whether a text has it.
func (x *index) find(name string, is func(text int) bool) (text int, ok bool) {
	hash := maphash.String(x.seed, name)
	at, _ := slices.BinarySearch(x.hashes, hash)
	for ; at < len(x.hashes) && x.hashes[at] == hash; at++ {
		if text = int(x.texts[at]); is(text) {
			return text, true
		}
	}
	return 0, false
}

// same calls is for every text with the earlier ones whose names have its hash, the first
// of them first, until it says that the two have the same.
func (x *index) same(is func(text, earlier int) bool) {
	for from := 0; from < len(x.hashes); {
		to := from + 1
		for ; to < len(x.hashes) && x.hashes[to] == x.hashes[from]; to++ {
			for k := from; k < to; k++ {
				if is(int(x.texts[to]), int(x.texts[k])) {
					break
				}
			}
		}
		from = to
	}
}
