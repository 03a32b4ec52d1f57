package apitest

import (
	"math"
	"slices"
)

// changed makes a fault that changes the vectors of a good answer. One that a
// fault before it has emptied stays empty.
func changed(name string, change func(*embeddingAnswer)) Fault {
	return Fault{name: name, vectors: func(a *embeddingAnswer) {
		if len(a.items) > 0 {
			change(a)
		}
	}}
}

// Shuffled gives the vectors in another order, none at its place, each with its
// right index.
func Shuffled() Fault {
	return changed("shuffled", func(a *embeddingAnswer) { a.items = append(a.items[1:], a.items[0]) })
}

// NoIndices leaves out every index; the order is right.
func NoIndices() Fault {
	return changed("no-indices", func(a *embeddingAnswer) {
		for i := range a.items {
			a.items[i].index = nil
		}
	})
}

// SomeIndices leaves out every other index, the first one among them. A single
// vector comes twice.
func SomeIndices() Fault {
	return changed("some-indices", func(a *embeddingAnswer) {
		a.double()
		for i := 0; i < len(a.items); i += 2 {
			a.items[i].index = nil
		}
	})
}

// IndexTwice gives the last vector the index of the first. A single vector comes
// twice.
func IndexTwice() Fault {
	return changed("index-twice", func(a *embeddingAnswer) {
		a.double()
		a.items[len(a.items)-1].index = a.items[0].index
	})
}

// IndexOutside gives the last vector an index that no text has.
func IndexOutside() Fault {
	return changed("index-outside", func(a *embeddingAnswer) {
		outside := len(a.items)
		a.items[outside-1].index = &outside
	})
}

// IndexNegative gives the first vector the index -1.
func IndexNegative() Fault {
	return changed("index-negative", func(a *embeddingAnswer) {
		outside := -1
		a.items[0].index = &outside
	})
}

// double makes two of a single vector, because some faults need two.
func (a *embeddingAnswer) double() {
	if len(a.items) == 1 {
		second := a.items[0]
		index := 1
		second.index = &index
		a.items = append(a.items, second)
	}
}

// NumbersForBase64 writes numbers whatever was asked for.
func NumbersForBase64() Fault {
	return changed("numbers-for-base64", func(a *embeddingAnswer) { a.base64 = false })
}

// Base64ForNumbers writes base64 whatever was asked for.
func Base64ForNumbers() Fault {
	return changed("base64-for-numbers", func(a *embeddingAnswer) { a.base64 = true })
}

// BrokenBase64 writes the first vector with characters that base64 does not have.
func BrokenBase64() Fault {
	return changed("broken-base64", func(a *embeddingAnswer) { a.items[0].literal = `"AAAA*~~~AAA="` })
}

// OddBase64 writes the first vector as five bytes, which are no whole numbers.
func OddBase64() Fault {
	return changed("odd-base64", func(a *embeddingAnswer) { a.items[0].literal = `"AAAAAAA="` })
}

// OneShort makes the last vector one number shorter than the others. A single
// vector comes twice.
func OneShort() Fault {
	return changed("one-short", func(a *embeddingAnswer) {
		a.double()
		last := &a.items[len(a.items)-1]
		last.vector = last.vector[:len(last.vector)-1]
	})
}

// EmptyVector makes the first vector an empty list.
func EmptyVector() Fault {
	return changed("empty-vector", func(a *embeddingAnswer) { a.items[0].literal = "[]" })
}

// NullVector writes null for the first vector.
func NullVector() Fault {
	return changed("null-vector", func(a *embeddingAnswer) { a.items[0].literal = "null" })
}

// NestedVector writes a vector for every token in place of the first vector, as servers
// that do not pool them do.
func NestedVector() Fault {
	return changed("nested-vector", func(a *embeddingAnswer) { a.items[0].literal = "[[0.1,0.2],[0.3,0.4]]" })
}

// OfLength makes all vectors n numbers long, whatever was asked for and the
// catalog says: cut, or filled up with zeros.
func OfLength(n int) Fault {
	return changed("other-length", func(a *embeddingAnswer) {
		for i, it := range a.items {
			v := make([]float32, n)
			copy(v, it.vector)
			a.items[i].vector = v
		}
	})
}

// OneMissing leaves out the last vector.
func OneMissing() Fault {
	return changed("one-missing", func(a *embeddingAnswer) { a.items = a.items[:len(a.items)-1] })
}

// OneTooMany adds a vector that nobody asked for.
func OneTooMany() Fault {
	return changed("one-too-many", func(a *embeddingAnswer) {
		next := len(a.items)
		a.items = append(a.items, item{index: &next, vector: a.items[0].vector})
	})
}

// NoVectors gives none, and no error.
func NoVectors() Fault {
	return changed("no-vectors", func(a *embeddingAnswer) { a.items = nil })
}

// NotANumber makes the first number NaN: those bits in base64, and among numbers
// the word that Python writes, which JSON does not have.
func NotANumber() Fault {
	return changed("not-a-number", func(a *embeddingAnswer) { a.setFirst(float32(math.NaN())) })
}

// Infinite makes the first number infinite, written like NotANumber.
func Infinite() Fault {
	return changed("infinite", func(a *embeddingAnswer) { a.setFirst(float32(math.Inf(1))) })
}

// NullNumber writes null for the first number, which many servers write for NaN.
func NullNumber() Fault {
	return changed("null-number", func(a *embeddingAnswer) { a.items[0].first = "null" })
}

// HugeNumber writes 1e999 for the first number, more than any float holds.
func HugeNumber() Fault {
	return changed("huge-number", func(a *embeddingAnswer) { a.items[0].first = "1e999" })
}

// ZeroVector makes the first vector zero, which has no direction.
func ZeroVector() Fault {
	return changed("zero-vector", func(a *embeddingAnswer) {
		a.items[0].vector = make([]float32, len(a.items[0].vector))
	})
}

// NotUnitLength makes every vector three times as long: the directions are right.
func NotUnitLength() Fault {
	return changed("not-unit-length", func(a *embeddingAnswer) {
		for i := range a.items {
			v := slices.Clone(a.items[i].vector)
			for j := range v {
				v[j] *= 3
			}
			a.items[i].vector = v
		}
	})
}

func (a *embeddingAnswer) setFirst(x float32) {
	v := slices.Clone(a.items[0].vector)
	v[0] = x
	a.items[0].vector = v
}

// NoUsage leaves out what was used.
func NoUsage() Fault {
	return changed("no-usage", func(a *embeddingAnswer) { a.leaveOutUsage = true })
}

// ZeroUsage says that nothing was used.
func ZeroUsage() Fault {
	return changed("zero-usage", func(a *embeddingAnswer) { a.usage = noUsage(0) })
}

// TotalUsage gives the total alone.
func TotalUsage() Fault {
	return changed("total-usage", func(a *embeddingAnswer) { a.usage = totalUsage(a.tokens) })
}
