package catalog

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"github.com/vecscope/vecscope/api"
)

const (
	// maxGuesses is how many references an unknown one is answered with.
	maxGuesses = 5
	// maxGuessed is the longest name worth guessing at, in bytes; nobody mistypes
	// a longer one.
	maxGuessed = 100
)

// guess lists the references that a mistaken one may have meant, best first: the
// right name under a wrong or missing provider or owner, then the nearest
// spellings, then names that hold its characters in that order.
func guess(models []api.Model, wrong string) []string {
	if wrong == "" || len(wrong) > maxGuessed {
		return nil
	}
	refs := make([]string, len(models))
	for i, m := range models {
		refs[i] = m.Ref()
	}
	guesses := append(nearest(refs, wrong), abbreviated(refs, wrong)...)
	seen := map[string]bool{}
	guesses = slices.DeleteFunc(guesses, func(ref string) bool {
		twice := seen[ref]
		seen[ref] = true
		return twice
	})
	return guesses[:min(len(guesses), maxGuesses)]
}

// nearest lists the references within a few typing mistakes, fewest first. Only
// as much of each reference is compared as was written: a name without its
// provider is compared with names without theirs.
func nearest(refs []string, wrong string) []string {
	type near struct {
		ref      string
		mistakes int
	}
	var list []near
	name := strings.ToLower(wrong)
	for _, ref := range refs {
		least := distance(name, strings.ToLower(ref))
		for rest, ok := ref, true; ok; {
			if _, rest, ok = strings.Cut(rest, "/"); ok {
				least = min(least, distance(name, strings.ToLower(rest)))
			}
		}
		if name[strings.LastIndexByte(name, '/')+1:] == strings.ToLower(ref[strings.LastIndexByte(ref, '/')+1:]) {
			least = min(least, 1)
		}
		if least <= max(1, len(name)/5) {
			list = append(list, near{ref, least})
		}
	}
	slices.SortStableFunc(list, func(a, b near) int { return a.mistakes - b.mistakes })
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.ref
	}
	return out
}

// abbreviated lists the references that hold the characters of wrong in order.
func abbreviated(refs []string, wrong string) []string {
	var out []string
	for _, match := range fuzzy.Find(wrong, refs) {
		out = append(out, match.Str)
	}
	return out
}

// distance counts the insertions, deletions and replacements of bytes that turn
// one string into the other (Levenshtein), with two rows of the table.
func distance(a, b string) int {
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	next := make([]int, len(b)+1)
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			replace := prev[j]
			if a[i] != b[j] {
				replace++
			}
			next[j+1] = min(replace, prev[j+1]+1, next[j]+1)
		}
		prev, next = next, prev
	}
	return prev[len(b)]
}
