package verdict

import (
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// missing leads to other models where they are needed, and says of those that are not tried
// why, and what trying them costs; no sentences when there are none.
func (s *Screen) missing() []string {
	var said []string
	if other := s.otherModels(); other != "" {
		said = append(said, other)
	}
	for _, u := range s.untried() {
		said = append(said, u.sentence())
	}
	if held := costs.HeldBackText(s.Session); held != "" {
		said = append(said, held)
	}
	return said
}

// missingLines are those sentences, wrapped.
func (s *Screen) missingLines(w int) []string {
	var lines []string
	for _, text := range s.missing() {
		for _, l := range term.SafeLines(text, max(w-2, 1)) {
			lines = append(lines, s.Theme.Codes.Warn+" "+l+theme.Reset)
		}
	}
	return lines
}

// tornLines say of texts that are the same and of different groups, where groups decide.
func (s *Screen) tornLines(w int) (lines []string) {
	if a, b, ok := s.Session.Labels().Torn(); ok {
		for _, l := range term.SafeLines(findings.Torn(a, b), max(w-2, 1)) {
			lines = append(lines, s.Theme.Codes.Warn+" "+l+theme.Reset)
		}
	}
	return lines
}

// full are the lines of all that is said in words.
func (s *Screen) full(w int) []string {
	if s.Session.Verdict().Trial() != nil {
		lines := s.sentenceLines(w)
		for _, l := range term.SafeLines(s.Status(), max(w-2, 1)) {
			lines = append(lines, s.Theme.Codes.Dim+" "+l+theme.Reset)
		}
		return lines
	}
	if reason := s.reason(); reason != "" {
		return term.SafeLines(reason, w)
	}
	return s.unlabelled(w, true)
}

// openFull opens all that is said in words, for windows that have no room for it.
func (s *Screen) openFull() {
	s.Open(&widget.Reader{
		Width: widget.ReadingWidth, Write: func(w int, _ *theme.Theme) []string { return s.full(w) },
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	})
}
