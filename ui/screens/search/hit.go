package search

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// markedLines wraps a text, the spans of it in the look of matches. Where a line is
// broken, its blanks are gone: what is marked is found again by its letters.
func markedLines(text string, marks []search.Span, w int, t *theme.Theme) []string {
	lines := term.SafeLines(text, w)
	at := 0 // the byte of text that the next line begins at, or a blank before it
	for i, line := range lines {
		var b strings.Builder
		on := false
		for _, r := range line {
			if found := strings.IndexRune(text[at:], r); found >= 0 && strings.TrimSpace(text[at:at+found]) == "" {
				at += found
			}
			in := len(marks) > 0 && at >= marks[0].From && at < marks[0].To
			if in != on {
				b.WriteString(map[bool]string{true: t.Codes.Match, false: theme.Reset}[in])
				on = in
			}
			b.WriteRune(r)
			if at < len(text) && strings.HasPrefix(text[at:], string(r)) {
				at += len(string(r))
			}
			for len(marks) > 0 && at >= marks[0].To {
				marks = marks[1:]
			}
		}
		if on {
			b.WriteString(theme.Reset)
		}
		lines[i] = b.String()
	}
	return lines
}

// opened is a query with what was found, as it was when a hit was opened.
type opened struct {
	query string
	texts []corpus.Text
	text  int
	// differing are the texts that not every candidate finds, and finders who does.
	differing []int
	finders   map[int]string
	ranks     string
	// most is how many bytes of a text are looked at; 0 is all.
	most int
	// known is what texts are known to have in common with the query.
	known map[int]search.Shared
}

// mostBelow is how much of a text is looked at for what stands below the columns, which is
// drawn with every message.
const mostBelow = 8 << 10

// openedAt is what is known of a hit; of long texts their beginnings.
func (s *Screen) openedAt(text int) opened {
	o := opened{query: s.query.text, texts: s.Session.Texts(), text: text, finders: map[int]string{}, most: mostBelow, known: s.query.inCommon}
	for _, l := range s.shown.lines {
		finders, all := s.finders(l)
		if o.finders[l.Text] = finders; !all {
			o.differing = append(o.differing, l.Text)
		}
	}
	o.ranks = o.finders[text]
	return o
}

// words are those of a text, as many as are looked at.
func (o opened) words(text int) string {
	words := o.texts[text].Text
	if o.most > 0 && len(words) > o.most {
		return words[:term.RuneStart(words, o.most)]
	}
	return words
}

// inCommon is what a text has in common with the query.
func (o opened) inCommon(text int) search.Shared {
	in, known := o.known[text]
	if !known {
		in = search.InCommon(o.query, o.words(text))
		o.known[text] = in
	}
	return in
}

// openHit opens the hit under the cursor in full beside the query, over the hits that
// differ between the rows.
func (s *Screen) openHit() {
	text, _ := s.hit()
	o := s.openedAt(text)
	o.most, o.known = 0, map[int]search.Shared{}
	s.Open(&widget.Reader{
		Width: 140, Write: func(w int, t *theme.Theme) []string { return o.lines(w, t) },
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	})
}

// finders says which rows find a text and at which rank; all tells that all rows that
// found anything do, the hybrid aside.
func (s *Screen) finders(l search.Line) (names string, all bool) {
	var parts []string
	all = true
	for i, r := range s.rows() {
		switch {
		case l.Ranks[i] > 0:
			parts = append(parts, fmt.Sprintf("%s %d", r.letter, l.Ranks[i]))
		case len(r.hits) > 0 && r.kind != byBoth:
			all = false
		}
	}
	return strings.Join(parts, " · "), all
}

// lines are the query and the hit side by side, or one below the other, and the two
// columns of the hits that differ.
func (o opened) lines(w int, t *theme.Theme) []string {
	text, words := o.texts[o.text], o.words(o.text)
	shared := o.inCommon(o.text)
	left := func(w int) []string {
		lines := []string{t.Title.Render("Query")}
		return append(lines, markedLines(o.query, search.InCommon(words, o.query).Marks, w, t)...)
	}
	right := func(w int) []string {
		var lines []string
		for _, l := range rankLines("Text "+text.Label(o.text)+groupAfter(text, " · ")+"  ranks ", o.ranks, w) {
			lines = append(lines, t.Title.Render(l))
		}
		return append(lines, markedLines(words, shared.Marks, w, t)...)
	}
	lines := sideBySide(w, left, right, 1, 2)
	common := "No word in common with the query."
	if shared.Any() {
		common = "In common: " + strings.Join(shared.Words, ", ")
	}
	lines = append(lines, "")
	for _, l := range term.SafeLines(common, w) {
		lines = append(lines, t.Dim.Render(l))
	}
	if len(o.differing) == 0 {
		return append(lines, "", t.Dim.Render(term.Truncate("Every column finds the same texts.", w)))
	}
	lines = append(lines, "", t.Strong.Render(term.Truncate("Hits on which the columns differ", w)))
	column := func(title string, sharing bool) func(int) []string {
		return func(w int) []string {
			lines := []string{t.Title.Render(term.Truncate(title, w))}
			for _, at := range o.differing {
				in := o.inCommon(at)
				if in.Any() != sharing {
					continue
				}
				found := o.finders[at] + groupAfter(o.texts[at], "  ") + "  "
				if term.Width(found)+leastBehindRanks > w {
					for _, l := range rankLines("", o.finders[at]+groupAfter(o.texts[at], "  "), w) {
						lines = append(lines, t.Dim.Render(l))
					}
					found = "  "
				}
				room := max(w-term.Width(found), 8)
				head := o.texts[at].Text // of which a line is shown
				head = head[:term.RuneStart(head, min(len(head), 8*room))]
				lines = append(lines, term.Truncate(t.Dim.Render(found)+term.CutLines(markedLines(head, in.Marks, room, t), room, 1)[0], w))
			}
			if len(lines) == 1 {
				lines = append(lines, t.Dim.Render("none"))
			}
			return lines
		}
	}
	return append(lines, sideBySide(w, column("shares words with the query", true), column("does not", false), 1, 1)...)
}

// groupAfter is the group of a text behind what parts it from what is before; empty without.
func groupAfter(t corpus.Text, joint string) string {
	if t.Group == "" {
		return ""
	}
	return joint + term.Excerpt(t.Group, 20)
}

// leastBehindRanks is how much of a text is behind the ranks of who finds it at the least;
// where there is less room the ranks have lines of their own.
const leastBehindRanks = 16

// rankLines wraps the ranks of who finds a text between two of them, behind what is
// before them.
func rankLines(before, ranks string, w int) []string {
	const joint = "\u00a0" // where no line ends
	whole := strings.ReplaceAll(strings.ReplaceAll(ranks, " ", joint), joint+"·"+joint, " · ")
	lines := term.SafeLines(before+whole, w)
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, joint, " ")
	}
	return lines
}

// leastBeside is how wide two columns are at the least together.
const leastBeside = 70

// sideBySide draws two columns, whose widths are as the shares, or one below the other
// where there is no room.
func sideBySide(w int, left, right func(w int) []string, a, b int) []string {
	if w < leastBeside {
		return append(append(left(w), ""), right(w)...)
	}
	first := (w - 2) * a / (a + b)
	l, r := left(first), right(w-2-first)
	var lines []string
	for i := range max(len(l), len(r)) {
		line := ""
		if i < len(l) {
			line = l[i]
		}
		line = term.PadRight(line, first+2)
		if i < len(r) {
			line += r[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// openFigures opens the figures of all rows, and which share of their hits they have in
// common.
func (s *Screen) openFigures() {
	title := "How the columns do at the judged queries"
	if len(s.measured) == 0 {
		title = "What the columns have in common"
	}
	s.Open(&widget.Reader{
		Title: title, Width: 110,
		Write: func(w int, t *theme.Theme) []string {
			lines := s.figureLines(w)
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			for i, r := range s.rows() {
				if floor := s.floorText(r); floor != "" {
					lines = append(lines, s.pen(r)+s.rowNames(w)[i]+theme.Reset, "  "+term.Truncate(floor, max(w-2, 1)))
				}
			}
			if s.query != nil {
				for _, l := range s.overlapLines(w, ui.Unlimited) {
					lines = append(lines, t.Dim.Render(l))
				}
			}
			return lines
		},
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	})
}
