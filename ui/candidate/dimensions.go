package candidate

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// DimensionsOrigin says in a few words where the model's vectors of that length
// come from, and what that means for their quality.
func DimensionsOrigin(m api.Model, n int) string {
	_, derived := pipeline.SourceOf(m, api.Candidate{Model: m.Ref(), Dimensions: n})
	switch {
	case n == 0:
		return "as many as the server gives"
	case n == m.Dimensions && m.NativeDimensions > n:
		return "what the provider gives unasked"
	case n == m.Dimensions:
		return "full length"
	case !derived && session.Inside(m):
		return "computed at this length"
	case !derived:
		return "asked of " + term.Safe(m.Provider)
	case m.Matryoshka == "":
		return "derived: cut here, not trained for truncation"
	case n < m.MinDimensions:
		return "derived: cut here, below what it was trained for"
	default:
		return "derived: cut here, trained for truncation"
	}
}

// DimensionsList writes the numbers of dimensions of candidates: "256 and 1536
// dimensions", or "as many dimensions as come" while none is known.
func DimensionsList(chosen []api.Candidate) string {
	var words []string
	for _, c := range chosen {
		if c.Dimensions > 0 {
			words = append(words, fmt.Sprint(c.Dimensions))
		}
	}
	if len(words) < len(chosen) {
		words = append(words, "as many")
	}
	list := strings.Join(words, "")
	if len(words) > 1 {
		list = strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
	}
	list += " dimensions"
	if len(words) > 0 && words[len(words)-1] == "as many" {
		list += " as come"
	}
	return list
}
