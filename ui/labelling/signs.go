package labelling

import (
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

// The signs of what labels say of a pair.
const (
	SameSign      = "✓"
	DifferentSign = "✗"
)

// markSigns are the signs of marks: the keys that give them.
var markSigns = map[labels.Verdict]string{labels.Same: "=", labels.Different: "#", labels.Unsure: ","}

// SignsWidth is how many columns Signs takes.
const SignsWidth = 2

// Any tells that something is known of some pair, so that there are signs to show.
func Any(s *session.Session) bool { return s.Labels().Any() }

// Signs are two signs of a pair: what labels say of it, and the person's own mark.
func Signs(s *session.Session, a, b int) string {
	sign, mark := " ", " "
	if same, known := s.Labels().Tied().Same(a, b); known {
		sign = DifferentSign
		if same {
			sign = SameSign
		}
	}
	if own, marked := markSigns[s.Labels().Marked(a, b)]; marked {
		mark = own
	}
	return sign + mark
}

// MarkText says how the person has marked a pair: "= same"; empty when not.
func MarkText(s *session.Session, t *theme.Theme, a, b int) string {
	v := s.Labels().Marked(a, b)
	if v == "" {
		return ""
	}
	return t.Accent.Render(markSigns[v] + " " + string(v))
}

// Legend explains the signs.
func Legend() [][2]string {
	return [][2]string{
		{SameSign + " " + DifferentSign, "labels say that the two belong together, or not"},
		{"= # ,", "you have marked them the same, different, unsure"},
	}
}
