package term

import (
	"slices"
	"strings"
)

// DistinctCuts make safe names of models fit w columns so that, where that can be, no two
// look the same. Of those that are too long the provider and the owner go first, then the
// middle, so that the dimensions at the end stay, and before them the words in which names
// of one family differ: "text…small@256". Where even so there is no room dimensions go that
// all have.
func DistinctCuts(names []string, w int) []string {
	short := make([]string, len(names))
	for i, n := range names {
		if short[i] = n; Width(n) > w {
			short[i] = withoutOwner(n)
		}
	}
	if !Distinct(short) || merged(names, short) {
		short = names
	}
	cuts := make([]string, len(names))
	for i, n := range short {
		cuts[i] = familyCut(n, short, w)
	}
	if Distinct(cuts) {
		return cuts
	}
	for _, of := range [][]string{short, withoutDimensions(short)} {
		for tail := (w - 1) / 2; tail < w; tail++ {
			for i, n := range of {
				cuts[i] = DimensionsCut(n, w, tail)
			}
			if Distinct(cuts) {
				return cuts
			}
		}
	}
	for i, n := range short {
		cuts[i] = DimensionsCut(n, w, (w-1)/2)
	}
	return cuts
}

// NameCut is DistinctCuts of a name alone.
func NameCut(name string, w int) string { return DistinctCuts([]string{name}, w)[0] }

// merged tells that models of different names have one name among those in short.
func merged(names, short []string) bool {
	whole := map[string]string{}
	for i, n := range short {
		base, _, _ := strings.Cut(n, "@")
		model, _, _ := strings.Cut(names[i], "@")
		if of, ok := whole[base]; ok && of != model {
			return true
		}
		whole[base] = model
	}
	return false
}

// withoutOwner is a name without what stands before its last slash.
func withoutOwner(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// familyCut makes a name fit w columns with as much as can be of the words in which it
// differs from others that begin alike.
func familyCut(name string, names []string, w int) string {
	own := ownWords(name, names)
	switch room := Width(own); {
	case Width(name) <= w || room == w:
		return DimensionsCut(name, w, (w-1)/2)
	case len(own) == len(name):
		tail := (w - 1) / 2
		if last := Width(lastWord(name)); last <= w*2/3 {
			tail = max(tail, last)
		}
		return DimensionsCut(name, w, tail)
	case room < w:
		return TailedCut(name, w, max(room, (w-1)/2))
	}
	return DimensionsCut(own, w, (w-1)/2)
}

// ownWords are the end of a name from the first word on in which it differs from another
// one; the whole name where none begins alike.
func ownWords(name string, names []string) string {
	base, _, _ := strings.Cut(name, "@")
	from := 0
	for _, other := range names {
		with, _, _ := strings.Cut(other, "@")
		if with == base {
			continue
		}
		alike := 0
		for alike < min(len(base), len(with)) && base[alike] == with[alike] {
			alike++
		}
		from = max(from, strings.LastIndexAny(base[:alike], wordEnds)+1)
	}
	return name[from:]
}

// wordEnds part the words of names.
const wordEnds = "-_. /"

// lastWord is the last word of a name with the dimensions behind it.
func lastWord(name string) string {
	base, _, _ := strings.Cut(name, "@")
	return name[strings.LastIndexAny(base, wordEnds)+1:]
}

// DimensionsCut leaves out the middle of a long name so that at least tail columns of
// its end stay, and the dimensions whole where there is room for them.
func DimensionsCut(name string, w, tail int) string {
	if at := strings.IndexByte(name, '@'); at >= 0 && Width(name[at:]) < w {
		tail = max(tail, Width(name[at:]))
	}
	return TailedCut(name, w, tail)
}

// Distinct tells that no two names are the same.
func Distinct(names []string) bool {
	sorted := slices.Sorted(slices.Values(names))
	return len(slices.Compact(sorted)) == len(names)
}

// withoutDimensions are the names without the dimensions at their ends.
func withoutDimensions(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i], _, _ = strings.Cut(n, "@")
	}
	return out
}
