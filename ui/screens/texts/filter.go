package texts

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// textFilter lets through the texts that match a query. Those that hold its words
// as they are come first in importance: only when no text does are its letters
// looked for in their order, because in long texts those are found nearly
// everywhere. Very many texts are searched aside; until then what matched before stays.
type textFilter struct {
	widget.FilterLine
	// found is what matches are of, without words when they are of nothing yet and all
	// texts are shown.
	found filterQuery
	filtered
	search *textSearch // the one under way; nil without one
}

// filterQuery is words, and the revision of the texts that are to be searched for them.
type filterQuery struct {
	revision uint64
	words    string
}

// filtered is what a query has found.
type filtered struct {
	// matches are the texts that match, ascending, and literal tells that the words stand in
	// them as they are.
	matches []int
	literal bool
	folded  *corpus.Folded // the texts in lower case; nil when they are still to be made
}

// textSearch is a search aside.
type textSearch struct {
	filterQuery
	cancel context.CancelFunc
}

func newTextFilter() textFilter { return textFilter{found: filterQuery{revision: session.NoRevision}} }

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
func (s *Screen) endFilter() {
	s.filter.stop()
	s.filter = newTextFilter()
}

// stop ends the search under way.
func (f *textFilter) stop() {
	if f.search != nil {
		f.search.cancel()
		f.search = nil
	}
}

// searchedAtOnce is up to how many bytes of texts a search of all is no wait.
const searchedAtOnce = 1 << 18

// refilter finds the matches anew when the texts or the query have changed, and
// takes the cursor to the nearest one.
func (s *Screen) refilter() tea.Cmd {
	f, c := &s.filter, s.Session.Corpus()
	wanted := filterQuery{c.Revision(), f.Words()}
	if wanted.words == "" {
		f.stop()
		f.found, f.filtered = newTextFilter().found, filtered{}
		return nil
	}
	if f.found.revision != wanted.revision {
		f.follow(c)
		s.showMatches()
	}
	switch {
	case f.found == wanted:
		f.stop()
		return nil
	case s.facts.bytes > searchedAtOnce:
		return s.searchAside(wanted)
	}
	if found, err := f.searching(wanted, c.Snapshot())(s.Session.Life()); err == nil {
		s.takeFiltered(wanted, found)
	}
	return nil
}

// mostFollowed is how many texts that have come are looked at at once.
const mostFollowed = 1000

// follow lets what was found follow a change of few texts; of others nothing is found yet.
func (f *textFilter) follow(c session.Corpus) {
	at, gone, come, known := c.Since(f.found.revision)
	if f.folded == nil || !known || come > mostFollowed {
		f.found, f.filtered = newTextFilter().found, filtered{}
		return
	}
	f.folded = f.folded.With(at, gone, c.Snapshot()[at:at+come])
	f.found.revision = c.Revision()
	words := strings.Fields(strings.ToLower(f.found.words))
	var matches []int
	for _, i := range f.matches {
		if i < at {
			matches = append(matches, i)
		}
	}
	for i := at; i < at+come; i++ {
		literal := f.folded.Hold(words, i)
		if literal && !f.literal { // its words are in the texts now: those count
			f.found.words = ""
			return
		}
		if literal || !f.literal && widget.InOrder(f.folded.Text(i), lettersOf(words)) {
			matches = append(matches, i)
		}
	}
	for _, i := range f.matches {
		if i >= at+gone {
			matches = append(matches, i-gone+come)
		}
	}
	if f.matches = matches; len(matches) == 0 && f.literal { // its letters may be
		f.found.words = ""
	}
}

// searchAside searches very many texts outside the loop. One search runs at a time.
func (s *Screen) searchAside(wanted filterQuery) tea.Cmd {
	f := &s.filter
	if f.search != nil {
		if f.search.filterQuery != wanted {
			f.search.cancel()
		}
		return nil
	}
	ctx, cancel := context.WithCancel(s.Session.Life())
	search := &textSearch{wanted, cancel}
	f.search = search
	return loop.Async(ctx, f.searching(wanted, s.Session.Corpus().Snapshot()), func(found filtered, err error) tea.Cmd {
		cancel()
		if s.filter.search != search {
			return nil
		}
		s.filter.search = nil
		if now := (filterQuery{s.Session.Corpus().Revision(), s.filter.Words()}); err == nil && now == wanted {
			s.takeFiltered(wanted, found)
		}
		return nil
	})
}

// searching searches the texts, of which those are enough that have the beginning of the
// words.
func (f *textFilter) searching(wanted filterQuery, texts []corpus.Text) func(ctx context.Context) (filtered, error) {
	folded := f.folded
	if f.found.revision != wanted.revision {
		folded = nil
	}
	var among []int
	if folded != nil && f.literal && f.found.words != "" && strings.HasPrefix(wanted.words, f.found.words) {
		among = f.matches
	}
	return func(ctx context.Context) (filtered, error) {
		if folded == nil {
			folded = corpus.Fold(texts)
		}
		return matchTexts(ctx, folded, wanted.words, among)
	}
}

// takeFiltered shows what was found.
func (s *Screen) takeFiltered(of filterQuery, found filtered) {
	s.filter.found, s.filter.filtered = of, found
	s.showMatches()
}

// showMatches keeps the text that is written in sight, and the cursor on one that is shown.
func (s *Screen) showMatches() {
	f := &s.filter
	if f.found.words == "" {
		return
	}
	if s.writing != nil {
		s.keepInSight(s.writing.edit.At())
	}
	if _, shown := slices.BinarySearch(f.matches, s.Session.CursorA()); len(f.matches) > 0 && !shown {
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
// group, or, when there are none, those that have its letters in this order. Those that
// hold the words are among some, or any where these are nil. The error is that of ctx.
func matchTexts(ctx context.Context, texts *corpus.Folded, query string, among []int) (filtered, error) {
	out := filtered{folded: texts, literal: true}
	words := strings.Fields(strings.ToLower(query))
	look := func(i int, matches bool) error {
		if matches {
			out.matches = append(out.matches, i)
		}
		if i%1024 == 0 {
			return ctx.Err()
		}
		return nil
	}
	for _, i := range among {
		if err := look(i, texts.Hold(words, i)); err != nil {
			return filtered{}, err
		}
	}
	for i := range texts.Len() {
		if among != nil {
			break
		}
		if err := look(i, texts.Hold(words, i)); err != nil {
			return filtered{}, err
		}
	}
	if len(out.matches) > 0 {
		return out, nil
	}
	out.literal = false
	letters := lettersOf(words)
	for i := range texts.Len() {
		if err := look(i, widget.InOrder(texts.Text(i), letters)); err != nil {
			return filtered{}, err
		}
	}
	return out, nil
}

func lettersOf(words []string) []rune { return []rune(strings.Join(words, "")) }

// looking tells that other texts will be shown in a moment.
func (s *Screen) looking() bool {
	return s.filter.Words() != "" && s.filter.found != filterQuery{s.Session.Corpus().Revision(), s.filter.Words()}
}

// filters tells that not all texts are shown.
func (f *textFilter) filters() bool { return f.Words() != "" && f.found.words != "" }

// rows is how many texts the list shows.
func (s *Screen) rows() int {
	if !s.filter.filters() {
		return s.Session.Corpus().Len()
	}
	return len(s.filter.matches)
}

// textOf is the text in a row of the list.
func (s *Screen) textOf(row int) int {
	if !s.filter.filters() {
		return row
	}
	return s.filter.matches[row]
}

// rowOf is the row of a text, or of the next one that is shown.
func (s *Screen) rowOf(text int) int {
	if !s.filter.filters() {
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
	if f.Words() != "" && f.literal && f.folded != nil && i < f.folded.Len() {
		at = f.folded.Find(strings.Fields(strings.ToLower(f.Words())), i)
	}
	return widget.FoundExcerpt(text, at, w)
}

// filterLine is the line in which the filter is typed, with how many texts it
// lets through.
func (s *Screen) filterLine(w int) string {
	about := ""
	switch {
	case w < 70:
	case s.looking():
		about = ", searching" + term.Ellipsis
	case s.filter.filters() && !s.filter.literal && s.rows() > 0:
		about = ", letters in this order"
	}
	return s.filter.Draw(s.Theme, s.rows(), s.Session.Corpus().Len(), about, w-1) + " "
}
