package matrices

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/widget"
)

// textFilter leaves those texts in the matrices that have all its words, in themselves, their
// ids or their groups.
type textFilter struct {
	widget.FilterLine
	of     filteredOf
	list   []int          // the texts that it leaves, in the order of all
	folded *corpus.Folded // the texts in lower case
	// kept are the words with which the cursor was among the texts left.
	kept string
}

// filteredOf is what the list was made of. Every order has a list of its own, but one by
// similarity is shown for other texts, too, until theirs is known.
type filteredOf struct {
	words string
	order *int
	first *corpus.Text
}

// leastFiltered is how many texts make a matrix; fewer are none.
const leastFiltered = 2

// order are the texts that the matrices show: all that the session does, or those of them
// that the filter leaves.
func (m *Screen) order() []int {
	order := m.Session.DisplayOrder()
	if m.filter.Words() == "" || len(order) == 0 {
		return order
	}
	if list := m.filter.left(order, m.Session.Texts()); len(list) >= leastFiltered {
		return list
	}
	return order // and needsPair says that the filter leaves too few
}

// left are the texts of an order that the filter leaves.
func (f *textFilter) left(order []int, texts []corpus.Text) []int {
	of := filteredOf{f.Words(), &order[0], &texts[0]}
	if f.of == of {
		return f.list
	}
	if f.of.first != of.first {
		f.folded = corpus.Fold(texts)
	}
	words := strings.Fields(strings.ToLower(f.Words()))
	f.of, f.list = of, nil
	for _, i := range order {
		if i < f.folded.Len() && f.folded.Hold(words, i) {
			f.list = append(f.list, i)
		}
	}
	return f.list
}

// tooFewLeft tells that the filter leaves no two texts, so that there is no matrix.
func (m *Screen) tooFewLeft() bool {
	order := m.Session.DisplayOrder()
	return m.filter.Words() != "" && len(order) >= leastFiltered && len(m.filter.left(order, m.Session.Texts())) < leastFiltered
}

// Typing tells that words go into the filter.
func (m *Screen) Typing() bool { return m.filter.Typing() }

// Update takes what is typed into the filter.
func (m *Screen) Update(msg tea.Msg) tea.Cmd {
	if !m.filter.Typing() {
		return nil
	}
	return m.filter.Take(m.Context, m.Actions(), msg)
}

func (m *Screen) startFilter() {
	m.filter.Start(m.Theme, "words of texts, ids or groups; enter keeps it, esc clears it")
}

func (m *Screen) clearFilter() { m.filter.FilterLine.Clear() }

// Filter shows the texts that have those words.
func (m *Screen) Filter(words string) { m.filter.Set(m.Theme, words) }

// filterLine is the line in which words are typed, with how many texts have them.
func (m *Screen) filterLine(w int) string {
	order := m.Session.DisplayOrder()
	left := len(order)
	if m.filter.Words() != "" && len(order) > 0 {
		left = len(m.filter.left(order, m.Session.Texts()))
	}
	return m.filter.Draw(m.Theme, left, len(order), "", w)
}

// tooFewText says that the filter leaves no matrix, and how to go on.
const tooFewText = "Fewer than two texts have the words of the filter; esc clears it."

// drawTooFew draws the filter over the reason why nothing else is drawn.
func (m *Screen) drawTooFew(z ui.Size) []string {
	below := ui.Size{W: z.W, H: max(z.H-1, 0)}
	return append([]string{m.filterLine(z.W)}, widget.CenteredText(tooFewText, below, m.Theme)...)[:z.H]
}

// followFilter keeps the cursor among the texts that are shown: words that are typed take it
// along, and the filter ends where something else leads to a text that it leaves out.
func (m *Screen) followFilter() {
	order := m.order()
	if m.filter.Words() == "" || m.tooFewLeft() || m.filter.Typing() || len(order) < leastFiltered {
		return
	}
	if m.filter.kept == m.filter.Words() && (!slices.Contains(order, m.Session.CursorA()) || !slices.Contains(order, m.Session.CursorB())) {
		m.clearFilter()
		return
	}
	m.filter.kept = m.filter.Words()
}
