package duplicates

import (
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/widget"
)

// wordFilter lets through the pairs and clusters whose texts have all words between them.
type wordFilter struct {
	widget.FilterLine
	*ui.Context
	texts    *corpus.Text // the first of those that foldText is of: a revision has texts of its own
	foldText func() *corpus.Folded
}

// folded are the texts of the results in lower case, made when first asked for, on
// whichever goroutine that is.
func (f *wordFilter) folded() func() *corpus.Folded {
	texts := f.Session.Texts()
	if len(texts) == 0 {
		return func() *corpus.Folded { return corpus.Fold(nil) }
	}
	if f.texts != &texts[0] {
		f.texts, f.foldText = &texts[0], sync.OnceValue(func() *corpus.Folded { return corpus.Fold(texts) })
	}
	return f.foldText
}

// wanted are the words as folded texts have them.
func (f *wordFilter) wanted() []string { return strings.Fields(strings.ToLower(f.Words())) }

// cell is a text behind what stands before it, with the words of the filter marked.
func (f *wordFilter) cell(before string, i, w int) widget.Cell {
	shown := widget.FoundExcerpt(f.Session.Texts()[i].Text, f.folded()().Find(f.wanted(), i), max(w-len(before), 1))
	hits := widget.WordHits(shown, f.Words())
	for k := range hits {
		hits[k] += len(before)
	}
	return widget.Cell{Text: before + shown, Matches: hits}
}

// Typing tells that words go into the filter.
func (d *Screen) Typing() bool { return d.filter.Typing() }

// Update takes what is typed into the filter.
func (d *Screen) Update(msg tea.Msg) tea.Cmd {
	if !d.filter.Typing() {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if act, ok := ui.Find(d.Actions(), msg); ok {
			return d.Perform(act)
		}
	case tea.PasteMsg:
	default:
		return nil
	}
	return d.filter.Update(msg)
}

func (d *Screen) startFilter() {
	d.filter.Start(d.Theme, "words in the texts; enter keeps it, esc clears it")
}

// Filter shows the pairs or clusters that have those words between them.
func (d *Screen) Filter(words string) { d.filter.Set(d.Theme, words) }

// filterLine is the line in which words are typed, with how many pairs or clusters have
// them.
func (d *Screen) filterLine(w int) string {
	shown, all := d.found.total, d.found.all
	if d.clusters.on {
		shown, all = len(d.clusters.clusters), len(d.clusters.linked)
	}
	return d.filter.Draw(d.Theme, shown, all, "", w)
}
