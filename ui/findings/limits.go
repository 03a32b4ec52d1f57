package findings

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui/format"
)

// apart are limits each by itself.
func apart(l evaluate.Limits) []evaluate.Limits {
	var all []evaluate.Limits
	for _, one := range []evaluate.Limits{{Price: l.Price}, {Dimensions: l.Dimensions}, {Bytes: l.Bytes}, {Milliseconds: l.Milliseconds}, {LocalOnly: l.LocalOnly}} {
		if one != (evaluate.Limits{}) {
			all = append(all, one)
		}
	}
	return all
}

// limit says what one limit is.
func limit(l evaluate.Limits) string {
	switch {
	case l.Price > 0:
		return fmt.Sprintf("at most $%s per million tokens", format.Plain(l.Price))
	case l.Dimensions > 0:
		return "at most " + format.Count(l.Dimensions, "dimension")
	case l.Bytes > 0:
		return fmt.Sprintf("at most %s bytes a vector", format.Plain(l.Bytes))
	case l.Milliseconds > 0:
		return fmt.Sprintf("at most %s ms a request", format.Plain(l.Milliseconds))
	default:
		return "only models on this machine"
	}
}

// unmet says which limits no row meets: those that none meets by themselves, or all of
// them where no single one is at fault.
func (s sentence) unmet() string {
	var unmet, all []string
	for _, one := range apart(s.limits) {
		met := false
		for i := range s.t.Rows {
			if r := &s.t.Rows[i]; !r.Baseline {
				met = met || one.Allow(r.Terms())
			}
		}
		all = append(all, limit(one))
		if !met {
			unmet = append(unmet, limit(one))
		}
	}
	if len(unmet) == 0 {
		unmet = all
	}
	return strings.Join(unmet, ", ")
}
