package candidate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// TokensNumber writes how many tokens would be sent, "≈" before an estimate.
func TokensNumber(e pipeline.Estimate) string {
	if e.Estimated && e.Tokens > 0 {
		return "≈" + format.Thousands(e.Tokens)
	}
	return format.Thousands(e.Tokens)
}

func TokensText(e pipeline.Estimate) string {
	if e.Tokens == 1 {
		return TokensNumber(e) + " token"
	}
	return TokensNumber(e) + " tokens"
}

// Absent tells that a candidate has nothing to show before somebody does
// something about it, so that it gets no panel.
func Absent(c session.State) bool {
	return c.Phase == session.PhaseFailed || c.Phase == session.PhaseUnavailable || c.Phase == session.PhaseUnpaid
}

// EmptyText says what to do when there is nothing to compare.
func EmptyText(s *session.Session) string {
	switch {
	case len(s.Candidates()) == 0:
		return "No candidates yet: space on Models chooses one."
	case s.Corpus().Len() == 0 && len(s.Texts()) == 0:
		return "No texts yet: on Texts a adds one, o opens a file, x loads an example."
	}
	return ""
}

// TellChosen says that a candidate takes part now, and what it waits for.
func TellChosen(s *ui.Context, m api.Model, dimensions int) {
	s.Chosen(m)
	text := "Chosen: " + api.Candidate{Model: m.Ref(), Dimensions: dimensions}.ID()
	if lacks := Missing(s.Session.Engine().Available(m)); lacks != "" {
		s.Notify(ui.NoticeWarn, text+" · "+lacks)
		return
	}
	s.Notify(ui.NoticeGood, text)
}

// PrefixWords shows a prefix, or says that there is none.
func PrefixWords(prefix string) string {
	if prefix == "" {
		return "none"
	}
	return PrefixText(prefix)
}

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

// Missing says what a model lacks before it can be asked; empty when nothing.
func Missing(err error) string {
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &noKey):
		return "needs key: set " + noKey.Env
	case errors.As(err, &insecure):
		return ProblemOfError(err).Line(ui.Unlimited)
	default:
		return err.Error()
	}
}

// StateText says in a few words how far a candidate has come.
func StateText(c session.State) string {
	switch c.Phase {
	case session.PhaseReady:
		if lacks := LackText(c); lacks != "" {
			if why := LackReason(c); why != nil {
				lacks += "; failed: " + why.Error()
			}
			return lacks
		}
		if n := len(c.Result.Failed); n > 0 {
			return "ready" + CachedText(c) + "; no vector for " + format.Count(n, "text")
		}
		return "ready" + CachedText(c)
	case session.PhaseUnavailable:
		return Missing(c.Err)
	case session.PhaseFailed:
		return "failed: " + c.Err.Error()
	default:
		return PhaseText(c)
	}
}

// CachedText tells how much of a candidate's vectors were known already.
func CachedText(c session.State) string {
	u := c.Result.Usage
	switch {
	case u.Cached == 0:
		return ""
	case u.Requests == 0:
		return ", cached: $0"
	default:
		return fmt.Sprintf(", %s cached", format.Thousands(u.Cached))
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
