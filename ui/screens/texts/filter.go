package texts

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// textFilter lets through the texts that match a query. Those that hold its words
// as they are come first in importance: only when no text does are its letters
// looked for in their order, because in long texts those are found nearly
// everywhere.
type textFilter struct {
	input  widget.Input
	typing bool
	query  string
	// literal tells that the words stand in the texts as they are.
	literal bool
	// matches are the texts shown, ascending, as of revision.
	matches  []int
	revision uint64
	of       string // the query that matches are of
	folded   []foldedText
}

// foldedText is a text in lower case.
type foldedText struct{ text, tags string }

func (s *Screen) startFilter() {
	if s.filter.query == "" {
		s.filter = textFilter{input: widget.NewInput(s.Theme, "type to filter; enter keeps it, esc clears it"), revision: session.NoRevision}
		s.filter.input.Prompt = "/ "
	}
	s.filter.typing, s.reading = true, false
	s.filter.input.Focus()
}

// Filter shows the texts that match those words.
func (s *Screen) Filter(words string) {
	s.startFilter()
	s.filter.typing, s.filter.query = false, strings.TrimSpace(words)
	s.filter.input.SetValue(words)
}

// endFilter shows all texts again.
func (s *Screen) endFilter() { s.filter = textFilter{} }

func (s *Screen) filterActions() []ui.Action {
	return []ui.Action{
		{ID: "texts.filter.keep", Key: keyFinish, Name: "keep the filter", Short: "to the texts", Group: ui.GroupDo, Footer: 2, Run: ui.Do(func() {
			s.filter.typing = false
			if s.filter.query == "" {
				s.endFilter()
			}
		})},
		{ID: "texts.filter.end", Key: keyEndWriting, Name: "clear the filter", Group: ui.GroupDo, Footer: 3, Run: ui.Do(s.endFilter)},
		{ID: "texts.filter.up", Key: keyFilterUp, Group: ui.GroupMove, Run: ui.Do(func() { s.Move(-1, 0) })},
		{ID: "texts.filter.down", Key: keyFilterDown, Group: ui.GroupMove, Run: ui.Do(func() { s.Move(1, 0) })},
	}
}

func (s *Screen) typeFilter(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	s.filter.input, cmd = s.filter.input.Update(msg)
	s.filter.query = strings.TrimSpace(s.filter.input.Value())
	return cmd
}

// refilter finds the matches anew when the texts or the query have changed, and
// takes the cursor to the nearest one.
func (s *Screen) refilter() {
	f := &s.filter
	c := s.Session.Corpus()
	if f.query == "" || (f.revision == c.Revision() && f.of == f.query) {
		return
	}
	if f.revision != c.Revision() {
		f.folded = fold(c)
	}
	f.revision, f.of = c.Revision(), f.query
	f.matches, f.literal = matchTexts(f.folded, f.query)
	if s.writing != nil {
		s.keepInSight(s.writing.edit.At())
	}
	if len(f.matches) > 0 && !slices.Contains(f.matches, s.Session.CursorA()) {
		s.point(s.rowOf(s.Session.CursorA()))
	}
}

// keepInSight lets a text through that does not match, or not any more.
func (s *Screen) keepInSight(text int) {
	if at, found := slices.BinarySearch(s.filter.matches, text); !found && text < s.Session.Corpus().Len() {
		s.filter.matches = slices.Insert(s.filter.matches, at, text)
	}
}

func fold(c session.Corpus) []foldedText {
	out := make([]foldedText, c.Len())
	for i := range out {
		t := c.At(i)
		out[i] = foldedText{text: strings.ToLower(t.Text), tags: strings.ToLower(t.ID + " " + t.Group)}
	}
	return out
}

// matchTexts gives the texts that hold every word of the query, in text, id or
// group, or, when there are none, those that have its letters in this order.
func matchTexts(texts []foldedText, query string) (matches []int, literal bool) {
	words := strings.Fields(strings.ToLower(query))
	for i, t := range texts {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(t.text, w) && !strings.Contains(t.tags, w) }) {
			matches = append(matches, i)
		}
	}
	if len(matches) > 0 {
		return matches, true
	}
	letters := []rune(strings.Join(words, ""))
	for i, t := range texts {
		if widget.InOrder(t.text, letters) {
			matches = append(matches, i)
		}
	}
	return matches, false
}

// rows is how many texts the list shows.
func (s *Screen) rows() int {
	if s.filter.query == "" {
		return s.Session.Corpus().Len()
	}
	return len(s.filter.matches)
}

// textOf is the text in a row of the list.
func (s *Screen) textOf(row int) int {
	if s.filter.query == "" {
		return row
	}
	return s.filter.matches[row]
}

// rowOf is the row of a text, or of the next one that is shown.
func (s *Screen) rowOf(text int) int {
	if s.filter.query == "" {
		return text
	}
	at, _ := slices.BinarySearch(s.filter.matches, text)
	return min(at, max(len(s.filter.matches)-1, 0))
}

// hits are the bytes of shown, a part of a text, that the filter found.
func (f *textFilter) hits(shown string) []int {
	if f.query == "" {
		return nil
	}
	if !f.literal {
		return widget.LetterHits(shown, f.query)
	}
	return widget.WordHits(shown, f.query)
}

// window is the part of a text that a list of w columns shows: its beginning, or
// what lies around the first word found when that is further back.
func (f *textFilter) window(i int, text string, w int) string {
	if f.query != "" && f.literal && i < len(f.folded) {
		word := strings.Fields(strings.ToLower(f.query))[0]
		if at := strings.Index(f.folded[i].text, word); at > w*3/4 && at < len(text) {
			return term.Ellipsis + term.Excerpt(text[term.RuneStart(text, at-w/4):], w)
		}
	}
	return term.Excerpt(text, w)
}

// filterLine is the line in which the filter is typed, with how many texts it
// lets through.
func (s *Screen) filterLine(w int) string {
	found := fmt.Sprintf("  %s of %s", format.Thousands(s.rows()), format.Thousands(s.Session.Corpus().Len()))
	if s.filter.query != "" && !s.filter.literal && s.rows() > 0 && w >= 70 {
		found += ", letters in this order"
	}
	in := s.filter.input
	if !s.filter.typing {
		in.Blur()
	}
	room := max(w-term.Width(found)-2, 1)
	in.SetWidth(max(room-3, 1))
	return " " + widget.InputLine(in, room) + s.Theme.Dim.Render(found) + " "
}
