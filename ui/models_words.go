package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// dimensionsCell writes what vectors a model has: "1536 → any 1–1536" when the
// provider can be asked for others, "512, fewer cut here" when shorter ones are
// cut from the full length. In short that is "1536→1" and "512 cut", and
// "32–2560" where more can be asked for than comes unasked. What the
// list says, or the model's card, stands beside it where it is something else.
func dimensionsCell(m api.Model, short bool) string {
	if m.Dimensions == 0 {
		return format.Unknown
	}
	other := ""
	lowest := max(1, m.MinDimensions)
	switch {
	case m.ListedDimensions > 0 && short:
		return fmt.Sprintf("%d≠%d", m.Dimensions, m.ListedDimensions)
	case m.ListedDimensions > 0:
		return fmt.Sprintf("%d (list says %d)", m.Dimensions, m.ListedDimensions)
	case m.NativeDimensions > 0 && m.NativeDimensions != m.Dimensions:
		other = fmt.Sprintf(" (card: %d)", m.NativeDimensions)
	}
	switch {
	case short && m.SupportsDimensions && m.Limit() > m.Dimensions && !inside(m):
		return fmt.Sprintf("%d–%d", lowest, m.Limit())
	case short && m.SupportsDimensions:
		return fmt.Sprintf("%d→%d", m.Dimensions, lowest)
	case short:
		return fmt.Sprintf("%d cut", m.Dimensions)
	case m.SupportsDimensions && lowest == 1:
		return fmt.Sprintf("%d → any 1–%d%s", m.Dimensions, m.Limit(), other)
	case m.SupportsDimensions:
		return fmt.Sprintf("%d → %d–%d%s", m.Dimensions, lowest, m.Limit(), other)
	default:
		return fmt.Sprintf("%d%s, fewer cut here", m.Dimensions, other)
	}
}

// dimensionsOrigin says in a few words where the model's vectors of that length
// come from, and what that means for their quality.
func dimensionsOrigin(m api.Model, n int) string {
	_, derived := pipeline.SourceOf(m, api.Candidate{Model: m.Ref(), Dimensions: n})
	switch {
	case n == 0:
		return "as many as the server gives"
	case n == m.Dimensions && m.NativeDimensions > n:
		return "what the provider gives unasked"
	case n == m.Dimensions:
		return "full length"
	case !derived && inside(m):
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

// costCell writes what embedding that many tokens costs: "≈" marks counts that
// are not the model's own.
func costCell(m api.Model, tokens int, counted bool) string {
	usd, ok := m.Cost(tokens)
	switch {
	case m.Unselectable() != "" || !ok:
		return format.Unknown
	case m.Free():
		return "free"
	case !counted:
		return "counting…"
	case tokens == 0:
		return format.Unknown
	case m.CountsExactly() || usd < format.SmallestShown:
		return format.Dollars(usd)
	default:
		return "≈" + format.Dollars(usd)
	}
}

// inside tells that the model is part of this program.
func inside(m api.Model) bool { return m.Source == api.SourceBinary }

// chosenMark is the mark of a model that takes part, with the number of its
// candidates when there are several.
func chosenMark(chosen int) string {
	switch chosen {
	case 0:
		return ""
	case 1:
		return "●"
	default:
		return fmt.Sprintf("●%d", chosen)
	}
}

// listedMark says behind a model's name what the newest list changed about it.
func listedMark(m api.Model) string {
	switch m.Mark {
	case api.MarkNew:
		return " (new)"
	case api.MarkChanged:
		return " (changed)"
	case api.MarkVanished:
		return " (gone)"
	}
	return ""
}

// languagesCell joins what a model reads and what it is good for.
func languagesCell(m api.Model) string {
	languages, use := fieldText(m, fieldLanguages), fieldText(m, fieldUse)
	if languages == "" || use == "" {
		return languages + use
	}
	return languages + languagesJoint + use
}

const languagesJoint = " · "

// languagesHits moves the hits in both parts to where they stand in the cell.
func languagesHits(r catalogRow) []int {
	hits := slices.Clone(r.match.hits[fieldLanguages])
	offset := 0
	if languages := fieldText(r.model, fieldLanguages); languages != "" {
		offset = len(languages) + len(languagesJoint)
	}
	for _, h := range r.match.hits[fieldUse] {
		hits = append(hits, h+offset)
	}
	return hits
}

// missing says what a model lacks before it can be asked; empty when nothing.
func missing(err error) string {
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &noKey):
		return "needs key: set " + noKey.Env
	case errors.As(err, &insecure):
		return problemOfError(err).line(far)
	default:
		return err.Error()
	}
}

// missingAdvice says the same with what can be done about it.
func missingAdvice(err error) string {
	var noKey *api.KeyError
	if errors.As(err, &noKey) {
		return fmt.Sprintf("needs %s: set it to embed with this model; it can be chosen without, and waits", noKey.Env)
	}
	return err.Error()
}

// stateText says in a few words how far a candidate has come.
func stateText(c candidateState) string {
	switch c.phase {
	case phaseReady:
		if lacks := lackText(c); lacks != "" {
			if why := lackReason(c); why != nil {
				lacks += "; failed: " + why.Error()
			}
			return lacks
		}
		if n := len(c.result.Failed); n > 0 {
			return "ready" + cachedText(c) + "; no vector for " + format.Count(n, "text")
		}
		return "ready" + cachedText(c)
	case phaseUnavailable:
		return missing(c.err)
	case phaseFailed:
		return "failed: " + c.err.Error()
	default:
		return phaseText(c)
	}
}

// cachedText tells how much of a candidate's vectors were known already.
func cachedText(c candidateState) string {
	u := c.result.Usage
	switch {
	case u.Cached == 0:
		return ""
	case u.Requests == 0:
		return ", cached: $0"
	default:
		return fmt.Sprintf(", %s cached", format.Thousands(u.Cached))
	}
}

// dimensionsList writes the numbers of dimensions of candidates: "256 and 1536
// dimensions", or "as many dimensions as come" while none is known.
func dimensionsList(chosen []api.Candidate) string {
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
