package term

import (
	"slices"
	"strings"
)

// DistinctCuts cut safe names in their middle so that each takes at most w
// columns and, where that can be, no two look the same: names of one family
// begin alike, so that their ends get more room. Dimensions are not cut in
// two where they have room; they go where all have the same.
func DistinctCuts(names []string, w int) []string {
	for _, of := range [][]string{names, withoutDimensions(names)} {
		for tail := (w - 1) / 2; tail < w; tail++ {
			cuts := make([]string, len(of))
			for i, n := range of {
				cuts[i] = DimensionsCut(n, w, tail)
			}
			if Distinct(cuts) {
				return cuts
			}
		}
	}
	cuts := make([]string, len(names))
	for i, n := range names {
		cuts[i] = DimensionsCut(n, w, (w-1)/2)
	}
	return cuts
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
