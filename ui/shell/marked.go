package shell

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// leastForMark is how high a window must be for the marked text to have a line of its
// own; in lower ones it takes the status line.
const leastForMark = 14

// under are the texts under the cursor of the screen; none where it is on something else.
func (a *App) under() []int {
	if p, ok := a.current.(ui.Pointer); ok {
		return slices.DeleteFunc(p.Under(), func(i int) bool { return i >= a.Session.Corpus().Len() })
	}
	return nil
}

// nothingToMark is why no text can be marked here.
func (a *App) nothingToMark() string {
	if len(a.under()) > 0 {
		return ""
	}
	return "no text is under the cursor"
}

// mark marks the first text under the cursor; where that is marked, the next; where all
// were, it takes the mark away.
func (a *App) mark() tea.Cmd {
	texts := slices.Compact(a.under())
	at, marked := a.Session.Marked()
	next := 0
	if marked {
		next = slices.Index(texts, at) + 1
	}
	if next == len(texts) {
		a.Session.Unmark()
		a.Inform("No text is marked any more.")
		return nil
	}
	a.Session.Mark(texts[next])
	again := "m on it takes the mark away"
	if next+1 < len(texts) {
		again = fmt.Sprintf("m again marks text %d", texts[next+1]+1)
	}
	a.Inform("Text %d is marked: every screen compares with it. %s.", texts[next]+1, again)
	return nil
}

// compared is the text whose similarity to the marked one is shown: of those under the
// cursor the first that is another.
func (a *App) compared(marked int) int {
	texts := a.under()
	if len(texts) == 0 {
		texts = []int{a.Session.CursorA()}
	}
	if other := slices.IndexFunc(texts, func(i int) bool { return i != marked }); other >= 0 {
		return texts[other]
	}
	return marked
}

// MarkedLine says how similar every candidate finds the text under the cursor and the
// marked one; empty where none is marked.
func (a *App) MarkedLine(w int) string {
	marked, ok := a.Session.Marked()
	switch {
	case !ok:
		return ""
	case a.Top() != nil: // somebody may judge there, and must not be swayed
		return term.Fit("", w)
	}
	other, texts := a.compared(marked), a.Session.Corpus()
	head := fmt.Sprintf(" marked %d", marked+1)
	if other == marked {
		hint := ""
		if len(a.under()) > 0 {
			hint = ": move to another text"
		}
		return a.Theme.Accent.Render(term.Fit(fmt.Sprintf("%s “%s”%s", head, term.Excerpt(texts.At(marked).Text, max(w-40, 8)), hint), w))
	}
	short := head + fmt.Sprintf(" and %d: ", other+1)
	values := a.markedValues(marked, other, w-term.Width(short))
	long := fmt.Sprintf("%s “%s” and %d: ", head, term.Excerpt(texts.At(marked).Text, 30), other+1)
	if term.Width(long+values) <= w {
		short = long
	}
	return a.Theme.Accent.Render(term.Fit(short+values, w))
}

// noSimilarity stands for that of a text without a vector.
const noSimilarity = "–"

// markedValues are the similarities of two texts with the candidates' names, these cut
// where there is little room, and left out where there is none.
func (a *App) markedValues(x, y, w int) string {
	if a.Session.Stale() {
		return "being computed"
	}
	var names, values []string
	for _, c := range a.Session.Ready() {
		value := noSimilarity
		if v := c.Result.Vectors; v.Has(x) && v.Has(y) {
			value = format.Similarity(v.Similarity(x, y), 3)
		}
		names, values = append(names, term.Safe(c.Short())), append(values, value)
	}
	if len(values) == 0 {
		return "no model has a result"
	}
	bare := strings.Join(values, "  ")
	room := (w-term.Width(bare))/len(names) - 1
	if room < 3 {
		return bare
	}
	if total := len(names) + term.Width(strings.Join(names, "")+bare); total > w {
		names = term.DistinctCuts(names, room)
	}
	for i := range values {
		values[i] = names[i] + " " + values[i]
	}
	return strings.Join(values, "  ")
}
