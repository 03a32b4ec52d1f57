package theme

import "strings"

// Pen is a look, as the escape sequence that switches it on; empty is how the
// terminal writes by itself.
type Pen string

// Render writes text of one line in that look.
func (p Pen) Render(text string) string {
	if p == "" {
		return text
	}
	return string(p) + text + Reset
}

// Bold is the look in bold.
func (p Pen) Bold() Pen {
	const first = "\x1b["
	if rest, ok := strings.CutPrefix(string(p), first); ok {
		return Pen(first + "1;" + rest)
	}
	return Bold
}
