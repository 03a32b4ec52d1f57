package search

import (
	"fmt"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// example is a query that is offered while none is asked.
type example struct {
	text, source string // as of a query
	note         string // where it comes from
	at           int    // the text that it is made of; -1 for none
}

const (
	// mostAsked and mostGroups are how many queries and groups are offered, and mostLikes
	// how many texts; mostLooked is how many texts are looked through for groups.
	mostAsked, mostGroups, mostLikes, mostLooked = 12, 8, 100, 2000
	// leastGroupLetters is what tells the name of a group from a number.
	leastGroupLetters = 3
)

// makeExamples gathers what can be asked: queries asked before, those of the labels, the
// names of groups, and texts that others may be like.
func (s *Screen) makeExamples() {
	s.examples = nil
	if s.query != nil || s.typing || s.canSearch() != "" {
		return
	}
	asked := s.Session.Asked().List()
	known := map[string]bool{}
	for i := len(asked) - 1; i >= max(len(asked)-mostAsked, 0); i-- {
		q := asked[i]
		known[q.Text] = true
		s.examples = append(s.examples, example{q.Text, q.Source, "asked before, " + judgedNote(q), -1})
	}
	for _, q := range s.given.queries[:min(len(s.given.queries), mostAsked)] {
		s.examples = append(s.examples, example{q.Text, q.Source, "came with the labels", -1})
	}
	texts := s.Session.Texts()
	offer := groupExamples(texts[:min(len(texts), mostLooked)])
	for i, t := range texts[:min(len(texts), mostLikes)] {
		if len(texts) < 2 {
			break // nothing else can be like it
		}
		offer = append(offer, example{t.Text, t.Text, "find texts like " + format.Thousands(i+1), i})
	}
	for _, e := range offer {
		if !known[e.text] {
			s.examples = append(s.examples, e)
		}
	}
}

// groupExamples are names of groups as queries: words that a person has for several texts.
func groupExamples(texts []corpus.Text) (out []example) {
	size := map[string]int{}
	var names []string
	for _, t := range texts {
		if size[t.Group]++; size[t.Group] == 2 && isWord(t.Group) {
			names = append(names, t.Group)
		}
	}
	for _, name := range names[:min(len(names), mostGroups)] {
		out = append(out, example{name, "", "a group of " + format.Count(size[name], "text"), -1})
	}
	return out
}

// isWord tells that a group's name can be asked as a query.
func isWord(group string) bool {
	n := 0
	for _, r := range group {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n >= leastGroupLetters
}

// judgedNote says how far a query is judged.
func judgedNote(q labels.AskedQuery) string {
	if len(q.Graded) == 0 {
		return "not judged"
	}
	relevant := 0
	for _, g := range q.Graded {
		if g.Grade > 0 {
			relevant++
		}
	}
	return fmt.Sprintf("%d of %d relevant", relevant, len(q.Graded))
}

// askExample asks the example under the cursor.
func (s *Screen) askExample() tea.Cmd {
	e := s.examples[min(s.offered.Cursor, len(s.examples)-1)]
	return s.ask(e.text, e.source)
}

// beginLayout is how the screen is divided while no query is asked: what it answers stands
// over the examples, in wide windows beside them.
type beginLayout struct{ about, head, list ui.Rect }

// aboutBeside is the width from which what the screen answers stands beside the examples,
// in aboutWidth columns.
const aboutBeside, aboutWidth = 120, 62

func (s *Screen) beginLayout(z ui.Size) beginLayout {
	if z.W >= aboutBeside {
		left := z.W - aboutWidth - 3
		return beginLayout{about: ui.Rect{X: left + 2, W: aboutWidth + 1, H: z.H}, head: ui.Rect{W: left, H: 1}, list: ui.Rect{Y: 1, W: left, H: max(z.H-1, 0)}}
	}
	h := min(len(s.aboutLines(z.W-2, z.H)), max(z.H-2, 0))
	return beginLayout{about: ui.Rect{W: z.W, H: h}, head: ui.Rect{Y: h, W: z.W, H: 1}, list: ui.Rect{Y: h + 1, W: z.W, H: max(z.H-h-1, 0)}}
}

// leastForAbout is the height from which more is said than the question.
const leastForAbout = 14

// aboutLines say what the screen answers: in full where that leaves two thirds of the
// height, else as much as leaves most of it.
func (s *Screen) aboutLines(w, h int) []string {
	question := "What does each model find for a question?"
	if w < term.Width(question) {
		question = "What does each model find?"
	}
	lines := []string{s.Theme.Strong.Render(term.Truncate(question, w))}
	if h < leastForAbout {
		asks := "/ asks one"
		if s.offers() {
			asks += "; or take an example:"
		}
		return append(lines, s.Theme.Dim.Render(term.Truncate(asks, w)))
	}
	if h >= 40 {
		lines = append(lines, "")
	}
	for _, part := range [][2]string{
		{"/", "asks a question, as your users would put it, or some words."},
		{"", fmt.Sprintf("The first %d hits of every model stand side by side, with those by words alone (bm25) and by both together.", s.hits)},
		{"a b c", "the same text in several columns"},
		{"◆", "a text that only one of them finds"},
		{"+2.1σ", "far over what any two texts have in common. Where even the best hit is near 0, there may be no answer."},
		{"J", fmt.Sprintf("judges what was found, names hidden. The Verdict counts what you say; from %d queries on it may decide.", evaluate.FewItems)},
		{"Q", "lists all queries asked; i there takes in a file with a query a line."},
		{"~", "on any screen looks for texts like the one under the cursor."},
	} {
		if part[0] != "/" && part[0] != "" && h < 20 {
			continue
		}
		lines = append(lines, s.aboutPart(part[0], part[1], w)...)
		if h >= 40 {
			lines = append(lines, "")
		}
	}
	return lines
}

// aboutPart is a sign or key before what it means.
func (s *Screen) aboutPart(sign, meaning string, w int) []string {
	const signs = 7
	before := signs
	if sign == "" {
		before = 0
	}
	lines := term.SafeLines(meaning, max(w-before, 1))
	for i, l := range lines {
		at := ""
		if i == 0 {
			at = sign
		}
		lines[i] = s.Theme.Accent.Render(term.PadRight(at, before)) + l
	}
	return lines
}

// begin draws what can be asked.
func (s *Screen) begin(z ui.Size) []string {
	l := s.beginLayout(z)
	c := widget.NewCanvas(z)
	about := s.aboutLines(max(l.about.W-2, 1), z.H)
	for i := range about {
		about[i] = " " + about[i]
		if l.about.X > 0 {
			about[i] = s.Theme.Dim.Render("│") + about[i]
		}
	}
	for l.about.X > 0 && len(about) < l.about.H {
		about = append(about, s.Theme.Dim.Render("│"))
	}
	c.Put(l.about, about)
	if s.offers() {
		c.Put(l.head, []string{s.Theme.Codes.Header + term.Fit(s.examplesHead(l), l.head.W) + theme.Reset})
	}
	for i := range min(l.list.H, len(s.examples)-s.offered.Top) {
		at := s.offered.Top + i
		c.Put(ui.Rect{Y: l.list.Y + i, W: l.list.W, H: 1}, []string{s.exampleLine(at, l.list.W)})
	}
	return c.Lines()
}

// examplesHead names the list, and which part of it is in sight.
func (s *Screen) examplesHead(l beginLayout) string {
	head := " Examples from your texts: enter asks one"
	if l.head.W < 60 {
		head = " Examples: enter asks"
	}
	if n := len(s.examples); n > l.list.H {
		head += fmt.Sprintf(" · %d–%d of %d", s.offered.Top+1, min(s.offered.Top+l.list.H, n), n)
	}
	return head
}

// noteFrom is the width of the list from which is said where an example comes from.
const noteFrom = 60

func (s *Screen) exampleLine(at, w int) string {
	e := s.examples[at]
	note := ""
	if w >= noteFrom {
		note = "  " + e.note
	}
	text := " " + term.Fit(strings.TrimSpace(term.Excerpt(e.text, max(w-term.Width(note)-3, 1))), max(w-term.Width(note)-2, 1))
	if at == s.offered.Cursor {
		return s.Theme.Codes.Selected + term.Fit(text+note, w) + theme.Reset
	}
	return text + s.Theme.Dim.Render(note)
}
