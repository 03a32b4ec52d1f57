package shell

import (
	"strings"

	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// openErrors shows in full what stands in the way of candidates, that in focus
// first, and follows what changes.
func (a *App) openErrors() {
	var plain []string
	for _, o := range candidate.Problems(a.Session) {
		plain = append(plain, strings.TrimSpace(o[0]+"\n"+o[1]))
	}
	a.Open(widget.NewReader(&a.Context, "Errors", strings.Join(plain, "\n\n"), func(w int, t *theme.Theme) []string {
		var lines []string
		for i, o := range candidate.Problems(a.Session) {
			if i > 0 {
				lines = append(lines, "")
			}
			if o[0] != "" {
				lines = append(lines, t.Strong.Render(term.Truncate(o[0], w)))
			}
			lines = append(lines, term.SafeLines(o[1], w)...)
		}
		if len(lines) == 0 {
			return []string{term.Truncate("Nothing any more.", w)}
		}
		return lines
	}))
}
