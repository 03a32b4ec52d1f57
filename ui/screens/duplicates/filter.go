package duplicates

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/widget"
)

// wordFilter lets through the pairs and clusters whose texts have all words between them.
type wordFilter struct {
	widget.FilterLine
	*ui.Context
	texts    *corpus.Text // the first of those that foldText is of: a revision has texts of its own
	foldText func() *corpus.Folded
	done     *atomic.Bool // foldText was called
	folding  bool         // a command calls it
}

// foldedAtOnce is how many texts are put into lower case while somebody waits.
const foldedAtOnce = 5000

// folded are the texts of the results in lower case, made when first asked for, on
// whichever goroutine that is.
func (f *wordFilter) folded() func() *corpus.Folded {
	texts := f.Session.Texts()
	if len(texts) == 0 {
		return func() *corpus.Folded { return corpus.Fold(nil) }
	}
	if f.texts != &texts[0] {
		done := new(atomic.Bool)
		f.texts, f.done = &texts[0], done
		f.foldText = sync.OnceValue(func() *corpus.Folded {
			defer done.Store(true)
			return corpus.Fold(texts)
		})
	}
	return f.foldText
}

// ready tells that folded texts are no wait.
func (f *wordFilter) ready() bool {
	f.folded()
	return len(f.Session.Texts()) <= foldedAtOnce || f.done.Load()
}

// prepare makes it so.
func (f *wordFilter) prepare() tea.Cmd {
	if f.folding || f.ready() {
		return nil
	}
	f.folding = true
	fold := f.folded()
	work := func(context.Context) (*corpus.Folded, error) { return fold(), nil }
	return loop.Async(f.Session.Life(), work, func(*corpus.Folded, error) tea.Cmd {
		f.folding = false
		return nil
	})
}

// wanted are the words as folded texts have them.
func (f *wordFilter) wanted() []string { return strings.Fields(strings.ToLower(f.Words())) }

// cell is a text behind what stands before it, with the words of the filter marked.
func (f *wordFilter) cell(before string, i, w int) widget.Cell {
	text := f.Session.Texts()[i]
	at := corpus.Fold([]corpus.Text{text}).Find(f.wanted(), 0)
	shown := widget.FoundExcerpt(text.Text, at, max(w-len(before), 1))
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
	return d.filter.Take(d.Context, d.Actions(), msg)
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
