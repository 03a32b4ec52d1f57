package ui

import (
	"slices"
	"strings"
)

// distinctCuts cut safe names in their middle so that each takes at most w
// columns and, where that can be, no two look the same: names of one family
// begin alike, so that their ends get more room. Dimensions are not cut in
// two where they have room; they go where all have the same.
func distinctCuts(names []string, w int) []string {
	for _, of := range [][]string{names, withoutDimensions(names)} {
		for tail := (w - 1) / 2; tail < w; tail++ {
			cuts := make([]string, len(of))
			for i, n := range of {
				cuts[i] = middleLess(n, w, tail)
			}
			if distinct(cuts) {
				return cuts
			}
		}
	}
	cuts := make([]string, len(names))
	for i, n := range names {
		cuts[i] = middleLess(n, w, (w-1)/2)
	}
	return cuts
}

// middleLess leaves out the middle of a long name so that at least tail columns of
// its end stay, and the dimensions whole where there is room for them.
func middleLess(name string, w, tail int) string {
	if at := strings.IndexByte(name, '@'); at >= 0 && Width(name[at:]) < w {
		tail = max(tail, Width(name[at:]))
	}
	return tailedCut(name, w, tail)
}

func distinct(names []string) bool {
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

// truncated are the names cut at their ends.
func truncated(names []string, w int) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = Truncate(n, w)
	}
	return out
}
