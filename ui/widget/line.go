package widget

import (
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// zone is a stretch of a line that acts when clicked.
type zone struct {
	From, to int // columns, to excluded
	ID       string
}

// Line is styled text that remembers what lies where.
type Line struct {
	B     strings.Builder
	Width int
	Zones []zone
}

// Add appends styled text; with an id it becomes a zone.
func (l *Line) Add(pen theme.Pen, text, id string) {
	w := term.Width(text)
	if id != "" {
		l.Zones = append(l.Zones, zone{l.Width, l.Width + w, id})
	}
	l.B.WriteString(pen.Render(text))
	l.Width += w
}

// ZoneAt is the id of what lies at column x; ok is false where nothing acts.
func (l *Line) ZoneAt(x int) (id string, ok bool) {
	for _, z := range l.Zones {
		if x >= z.From && x < z.to {
			return z.ID, true
		}
	}
	return "", false
}
