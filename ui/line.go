package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// zone is a stretch of a line that acts when clicked.
type zone struct {
	from, to int // columns, to excluded
	id       string
}

// line is styled text that remembers what lies where.
type line struct {
	b     strings.Builder
	width int
	zones []zone
}

// add appends styled text; with an id it becomes a zone.
func (l *line) add(style lipgloss.Style, text, id string) {
	w := term.Width(text)
	if id != "" {
		l.zones = append(l.zones, zone{l.width, l.width + w, id})
	}
	l.b.WriteString(style.Render(text))
	l.width += w
}

func (l *line) zoneAt(x int) (id string, ok bool) {
	for _, z := range l.zones {
		if x >= z.from && x < z.to {
			return z.id, true
		}
	}
	return "", false
}
