package texts

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

// textFilter lets through the texts that match a query. Those that hold its words
// as they are come first in importance: only when no text does are its letters
// looked for in their order, because in long texts those are found nearly
// everywhere.
type textFilter struct {
	widget.FilterLine
	// literal tells that the words stand in the texts as they are.
	literal bool
	// matches are the texts shown, ascending, as of revision.
	matches  []int
	revision uint64
	of       string // the words that matches are of
	folded   *corpus.Folded
}

func newTextFilter() textFilter { return textFilter{revision: session.NoRevision} }

func (s *Screen) startFilter() {
	s.reading = false
	s.filter.Start(s.Theme, "type to filter; enter keeps it, esc clears it")
}

// Filter shows the texts that match those words.
func (s *Screen) Filter(words string) {
	s.reading = false
	s.filter.Set(s.Theme, words)
}

// endFilter shows all texts again.
func (s *Screen) endFilter() { s.filter = newTextFilter() }

// refilter finds the matches anew when the texts or the query have changed, and
// takes the cursor to the nearest one.
func (s *Screen) refilter() {
	f := &s.filter
	c := s.Session.Corpus()
	if f.Words() == "" || (f.revision == c.Revision() && f.of == f.Words()) {
		return
	}
	if f.revision != c.Revision() {
		f.folded = corpus.Fold(c.Snapshot())
	}
	f.revision, f.of = c.Revision(), f.Words()
	f.matches, f.literal = matchTexts(f.folded, f.of)
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

// matchTexts gives the texts that hold every word of the query, in text, id or
// group, or, when there are none, those that have its letters in this order.
func matchTexts(texts *corpus.Folded, query string) (matches []int, literal bool) {
	words := strings.Fields(strings.ToLower(query))
	for i := range texts.Len() {
		if texts.Hold(words, i) {
			matches = append(matches, i)
		}
	}
	if len(matches) > 0 {
		return matches, true
	}
	letters := []rune(strings.Join(words, ""))
	for i := range texts.Len() {
		if widget.InOrder(texts.Text(i), letters) {
			matches = append(matches, i)
		}
	}
	return matches, false
}

// rows is how many texts the list shows.
func (s *Screen) rows() int {
	if s.filter.Words() == "" {
		return s.Session.Corpus().Len()
	}
	return len(s.filter.matches)
}

// textOf is the text in a row of the list.
func (s *Screen) textOf(row int) int {
	if s.filter.Words() == "" {
		return row
	}
	return s.filter.matches[row]
}

// rowOf is the row of a text, or of the next one that is shown.
func (s *Screen) rowOf(text int) int {
	if s.filter.Words() == "" {
		return text
	}
	at, _ := slices.BinarySearch(s.filter.matches, text)
	return min(at, max(len(s.filter.matches)-1, 0))
}

// hits are the bytes of shown, a part of a text, that the filter found.
func (f *textFilter) hits(shown string) []int {
	if f.Words() == "" {
		return nil
	}
	if !f.literal {
		return widget.LetterHits(shown, f.Words())
	}
	return widget.WordHits(shown, f.Words())
}

// window is the part of text i that a list of w columns shows.
func (f *textFilter) window(i int, text string, w int) string {
	at := -1
	if f.Words() != "" && f.literal && i < f.folded.Len() {
		at = f.folded.Find(strings.Fields(strings.ToLower(f.Words())), i)
	}
	return widget.FoundExcerpt(text, at, w)
}

// filterLine is the line in which the filter is typed, with how many texts it
// lets through.
func (s *Screen) filterLine(w int) string {
	about := ""
	if s.filter.Words() != "" && !s.filter.literal && s.rows() > 0 && w >= 70 {
		about = ", letters in this order"
	}
	return s.filter.Draw(s.Theme, s.rows(), s.Session.Corpus().Len(), about, w-1) + " "
}
