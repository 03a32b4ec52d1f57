package verdict

import (
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/term"
)

// otherModels says of chosen models that read English and have no vector for some texts what
// leads to models that read more, or, where such a one is chosen, to figures over more texts.
// Where none lacks any, but none is better than chance, it leads to models by their use; else
// it is empty.
func (s *Screen) otherModels() string {
	var english []string
	var reader bool
	for _, c := range s.Session.States() {
		switch {
		case !c.Row.EnglishOnly():
			// The models in the binary that read any language know no words.
			reader = reader || c.Row.Source != api.SourceBinary
			continue
		case c.Result == nil || len(c.Result.Failed) == 0:
			continue
		}
		if name := term.Safe(s.Session.Short(api.Candidate{Model: c.Model})); !slices.Contains(english, name) {
			english = append(english, name)
		}
	}
	const needs = "; a paid one needs a key (K)."
	if len(english) == 0 {
		if findings.ByChance(s.Session.Verdict().Findings()) {
			return "On Models (1) w finds models by what they suit" + needs
		}
		return ""
	}
	them := "them"
	if len(english) == 1 {
		them = "it"
	}
	if reader {
		return findings.EnglishOnly(english) + ": c removes " + them + ", and the figures are over more texts."
	}
	return findings.EnglishOnly(english) + ". On Models (1) w finds models for many languages" + needs
}
